"""Which hall and which window: the numbers that stand in every case number, and the paper numbers it may give."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from client.config import Settings
from client.text import tr
from ui.setup.fields import LATIN, Serials
from ui.setup.rows import FieldRow
from ui.widgets.fields import TextField
from ui.widgets.panel import Panel, words
from ui.widgets.typed import WORDS

REGION, CODE = 6, 2  # digits
HALL_NAME = 60  # characters


class HallPanel(Panel):
    def __init__(self, kept: Settings | None) -> None:
        super().__init__(tr("大厅和窗口"))
        self._serials = Serials(kept.paper_serials if kept else None)
        typed = {
            "region": (tr("行政区划代码"), REGION, LATIN),
            "hall_code": (tr("大厅代码"), CODE, LATIN),
            "hall_name": (tr("大厅名称"), HALL_NAME, WORDS),
            "window_no": (tr("窗口号"), CODE, LATIN),
        }
        self._fields = {key: TextField(name, most=most, typed=how) for key, (name, most, how) in typed.items()}
        self.rows: Mapping[str, FieldRow] = {
            **{key: FieldRow(typed[key][0], field) for key, field in self._fields.items()},
            "paper_serials": FieldRow(tr("文书编号"), self._serials),
        }
        examples = {
            "region": tr("如 110101"),
            "hall_code": tr("如 01"),
            "hall_name": tr("如 某某区政务服务中心"),
            "window_no": tr("如 07"),
        }
        for key, field in self._fields.items():
            field.setPlaceholderText(examples[key])
            field.put(getattr(kept, key) if kept else "")
        for row in self.rows.values():
            self.body.addWidget(row)
        self.body.addWidget(words(tr("文书编号是本窗口可用的号段，由大厅分给，各窗口不得重叠"), "small", wrap=True))

    @property
    def fields(self) -> Sequence[QWidget]:
        """Where the keyboard stops, in order."""
        return [*self._fields.values(), *self._serials.ends]

    def names(self) -> tuple[str, str]:
        """Name of the hall and number of the window, as they stand here."""
        return self.rows["hall_name"].value(), self.rows["window_no"].value()

    def values(self) -> dict[str, object]:
        """By their names in the settings; as text, for whoever checks them."""
        serials = tuple(end.value().strip() for end in self._serials.ends)
        return {key: row.value() for key, row in self.rows.items()} | {"paper_serials": serials}
