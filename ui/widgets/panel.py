"""A white panel with a title row, as all pages are made of; and labels that know their look."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.style import set_look


class Panel(QFrame):
    """`header` is its title row (add chips and buttons there), `body` the rest."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 14, 12)
        outer.setSpacing(6)
        self.header = QHBoxLayout()
        self.header.setSpacing(8)
        self.title = words(title, "title")
        if title:
            self.header.addWidget(self.title)
            self.setAccessibleName(title)
            outer.addLayout(self.header)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        outer.addLayout(self.body, 1)


def words(text: str = "", look: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A line of words; plain text always, because names are not markup."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if look:
        set_look(label, look)
    if selectable:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if wrap:
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


def in_the_middle(page: QWidget, panel: QWidget) -> None:
    """Lay `panel` out alone on `page`, a little above the middle; no alignment, which would cut wrapped words."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(panel)
    row.addStretch(1)
    column = QVBoxLayout(page)
    column.addStretch(2)
    column.addLayout(row)
    column.addStretch(3)


@contextmanager
def arranged_once(widget: QWidget) -> Iterator[None]:
    """Show and hide several things in `widget`: its layout is reckoned once behind them, not with each of them."""
    layout = widget.layout()
    if layout is None:
        yield
        return
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(True)
        layout.update()


def rule() -> QFrame:
    """A thin line between two parts of a panel."""
    line = QFrame()
    line.setFixedHeight(1)
    line.setProperty("look", "rule")
    return line
