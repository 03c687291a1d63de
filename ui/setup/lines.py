"""A table of a set-up page that is read, not edited: as high as its lines, without a scroll bar of its own."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

LINE = 30  # pixels of a row
_FIT = QHeaderView.ResizeMode.ResizeToContents


class Lines(QTableWidget):
    """`stretched` is the column that takes the room; without `heads` no line stands above. Arrow keys go along it."""

    def __init__(self, name: str, columns: int, stretched: int, heads: tuple[str, ...] = ()) -> None:
        super().__init__(0, columns)
        self.setAccessibleName(name)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(LINE)
        self.setHorizontalHeaderLabels(heads)
        self.horizontalHeader().setVisible(bool(heads))
        self.horizontalHeader().setFixedHeight(LINE)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(columns):
            how = QHeaderView.ResizeMode.Stretch if column == stretched else _FIT
            self.horizontalHeader().setSectionResizeMode(column, how)

    def say(self, lines: list[tuple[str, ...]]) -> None:
        """Those lines, and the line one stands on kept."""
        self.setRowCount(len(lines))
        self.setFixedHeight(LINE * (len(lines) + (not self.horizontalHeader().isHidden())) + 2)
        for row, line in enumerate(lines):
            for column, text in enumerate(line):
                item = self.item(row, column)
                if item is None:
                    item = QTableWidgetItem()
                    self.setItem(row, column, item)
                item.setText(text)
                item.setToolTip(text)
