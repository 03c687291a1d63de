"""What a maker's own library needs beside its device: another interpreter, and the decoder of photos."""

from client.config import Settings
from client.text import tr
from ui.setup.fields import LONGEST
from ui.setup.rows import FieldRow
from ui.widgets.fields import TextField
from ui.widgets.panel import Panel, words
from ui.widgets.typed import WORDS


class DriversPanel(Panel):
    def __init__(self, settings: Settings) -> None:
        super().__init__(tr("厂商驱动"))
        typed = {
            "driver_python": (tr("驱动程序的Python"), tr("厂商的库是 32 位时，填写 32 位 Python 的路径")),
            "photo_library": (tr("证件照片解码库"), tr("厂商解码库的路径")),
        }
        self.rows: dict[str, FieldRow] = {}
        for key, (name, hint) in typed.items():
            field = TextField(name, most=LONGEST, typed=WORDS)
            field.setPlaceholderText(hint)
            field.put(getattr(settings, key) or "")
            self.rows[key] = FieldRow(name, field)
            self.body.addWidget(self.rows[key])
        self.body.addWidget(words(tr("没有厂商的库时空着；照片解码库空着时，证件照片处显示轮廓"), "small", wrap=True))

    def values(self) -> dict[str, str | None]:
        """By their names in the settings."""
        return {key: row.value() or None for key, row in self.rows.items()}
