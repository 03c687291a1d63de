"""The sheet of a set-up page: two columns of panels that scroll, and what has the keyboard is always in sight."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.setup.lines import Lines

_AROUND = 40  # pixels in sight around the field


class Sheet(QScrollArea):
    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 6, 0)
        columns.setSpacing(12)
        self._columns = (QVBoxLayout(), QVBoxLayout())
        for column in self._columns:
            column.setSpacing(10)
            column.addStretch(1)
            columns.addLayout(column, 1)
        self.setWidget(inside)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def put(self, panel: QWidget, column: int) -> None:
        """Under what stands in that column (0 left, 1 right)."""
        place = self._columns[column]
        place.insertWidget(place.count() - 1, panel)
        for lines in panel.findChildren(Lines):
            lines.currentItemChanged.connect(partial(self._follow_line, lines))

    def _follow_line(self, lines: Lines, now: QTableWidgetItem | None, _before: QTableWidgetItem | None) -> None:
        """A table is as high as its lines, and may be higher than the sheet."""
        if now is not None:
            at = lines.viewport().mapTo(self.widget(), lines.visualItemRect(now).center())
            self.ensureVisible(at.x(), at.y(), 0, _AROUND)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, _AROUND)


def foot(*parts: QWidget, stretched: QWidget) -> QFrame:
    """The row beneath the sheet, in sight however far one scrolls; `stretched` takes the room."""
    frame = QFrame()
    frame.setProperty("look", "panel")
    row = QHBoxLayout(frame)
    row.setContentsMargins(14, 8, 14, 8)
    row.setSpacing(12)
    for part in parts:
        row.addWidget(part, 1 if part is stretched else 0)
    return frame


def lay_out(page: QWidget, sheet: Sheet, below: QFrame) -> None:
    """The sheet and its foot, one under the other."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    column.addWidget(sheet, 1)
    column.addWidget(below)
