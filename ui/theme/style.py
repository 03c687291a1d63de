"""Turns tokens into Qt's own terms: a palette, a style sheet, the fonts."""

import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme.tokens import Tokens

FAMILY = "Noto Sans SC"
RARE_FAMILIES = ("HanaMinB", "Yichuang Rare")  # 𠮷 and its kin; 48 MB, so they are loaded when the window stands
_FIELD_PADDING = 8  # pixels of border and padding in a field's height

_ROLES: Mapping[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "background",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "field",
    QPalette.ColorRole.AlternateBase: "background",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.Button: "panel",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.Highlight: "brand",
    QPalette.ColorRole.HighlightedText: "brand_ink",
    QPalette.ColorRole.PlaceholderText: "ink_3",
    QPalette.ColorRole.Link: "brand",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "ink_3",
}
BADGE_LINE, BADGE_INK = QPalette.ColorRole.Mid, QPalette.ColorRole.Dark  # of a key's name on its button
_SMALL = "small"  # property of the program: pixels of small words


def dress(app: QApplication, tokens: Tokens) -> None:
    """Give the whole program one look: Fusion, our colours, our fonts."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    app.setStyle("Fusion")
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, QColor(tokens.colour(name)))
    app.setPalette(palette)
    font = QFont()
    font.setFamilies([FAMILY, *RARE_FAMILIES, "sans-serif"])
    font.setPixelSize(tokens.sizes["body"])
    app.setFont(font)
    app.setProperty(_SMALL, tokens.sizes["small"])
    app.setStyleSheet(style_sheet(tokens))


def small_font() -> QFont:
    """Of what is painted in small words, where no style sheet reaches."""
    font = QApplication.font()
    if (program := QApplication.instance()) is not None:
        font.setPixelSize(program.property(_SMALL))
    return font


def load_fonts() -> None:
    """The fonts of the screen; before the first widget."""
    for name in ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"):
        QFontDatabase.addApplicationFont(_font(name))


def load_rare_fonts() -> None:
    """The fonts of rare characters, once the window stands."""
    for family in RARE_FAMILIES:
        QFontDatabase.addApplicationFont(_font(f"{family.replace(' ', '')}.ttf"))


def style_sheet(tokens: Tokens) -> str:
    """The style sheet with its tokens filled in. Raises KeyError for a token nobody defined."""
    words = (resources.files("resources") / "theme" / "window.qss").read_text(encoding="utf-8")
    sizes = {name: f"{size}px" for name, size in tokens.sizes.items()}
    values = {**tokens.colours, **sizes, "field_height": f"{tokens.sizes['row'] - _FIELD_PADDING}px"}
    return re.sub("@([a-z_0-9]+)", lambda found: values[found[1]], words)


def set_look(widget: QWidget, look: str) -> None:
    """Give a widget another look, and paint it so."""
    if widget.property("look") != look:
        widget.setProperty("look", look)
        repaint(widget)


def set_mark(widget: QWidget, mark: str, *, on: bool) -> None:
    """Set a mark (`wanting`, `wrong`) of a field, and paint it so."""
    if bool(widget.property(mark)) != on:
        widget.setProperty(mark, on)
        repaint(widget)


def repaint(widget: QWidget) -> None:
    """Paint a widget by the style sheet anew; one that was never shown has not been painted by it yet."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def _font(name: str) -> str:
    return str(Path(str(resources.files("resources"))) / "fonts" / name)
