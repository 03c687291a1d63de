"""How the window is to look and speak: its theme, large type, its language."""

from collections.abc import Mapping

from client.config import Settings
from client.text import tr
from ui.setup.rows import FieldRow
from ui.theme.tokens import Theme
from ui.widgets.choices import Choice
from ui.widgets.panel import Panel

THEMES: Mapping[Theme, str] = {
    Theme.LIGHT: tr("浅色"),
    Theme.DARK: tr("深色"),
    Theme.HIGH_CONTRAST: tr("高对比度"),
}
_LARGE = "large"
_SIZES = (("normal", tr("标准")), (_LARGE, tr("大字")))
LANGUAGES = (("zh_CN", "中文"), ("en", "English"))  # each in its own: whoever cannot read the window finds it


class LookPanel(Panel):
    def __init__(self, settings: Settings) -> None:
        super().__init__(tr("外观"))
        self._theme = Choice(tr("配色"), [(theme.value, word) for theme, word in THEMES.items()])
        self._theme.put(settings.theme)
        self._size = Choice(tr("字号"), _SIZES)
        self._size.put(_LARGE if settings.large_type else _SIZES[0][0])
        self._language = Choice(tr("语言"), LANGUAGES)
        self._language.put(settings.language)
        self.rows: Mapping[str, FieldRow] = {
            "theme": FieldRow(tr("配色"), self._theme),
            "large_type": FieldRow(tr("字号"), self._size),
            "language": FieldRow(tr("语言"), self._language),
        }
        for row in self.rows.values():
            self.body.addWidget(row)

    def values(self) -> dict[str, object]:
        """By their names in the settings."""
        return {
            "theme": self._theme.value(),
            "large_type": self._size.value() == _LARGE,
            "language": self._language.value(),
        }
