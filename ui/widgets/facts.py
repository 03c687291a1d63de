"""Names and values, two columns: what is said of one thing, with no more rows than there are words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.widgets.panel import words


class Facts(QWidget):
    """`say` keeps the labels it has: nothing flickers when the same facts are told again."""

    def __init__(self) -> None:
        super().__init__()
        self._pairs: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    def say(self, facts: Sequence[tuple[str, str]]) -> None:
        while len(self._pairs) < len(facts):
            name, value = words("", "small"), words("", wrap=True, selectable=True)
            place = len(self._pairs)
            self._grid.addWidget(name, place, 0, alignment=Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, place, 1)
            self._pairs.append((name, value))
        for place, (name, value) in enumerate(self._pairs):
            name.setVisible(place < len(facts))
            value.setVisible(place < len(facts))
            said, told = facts[place] if place < len(facts) else ("", "")
            name.setText(said)
            value.setText(told)
            value.setAccessibleName(f"{said} {told}")

    @property
    def text(self) -> str:
        """All that is said, a line for each fact."""
        return "\n".join(f"{name.text()} {value.text()}" for name, value in self._pairs if name.text())
