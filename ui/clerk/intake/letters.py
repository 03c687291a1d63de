"""Which characters of what is typed no paper will bear, told under the field before the paper is made."""

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from client.desk.lettering import told
from ui.seat import Seat
from ui.widgets.panel import words


class LetterLines(QWidget):
    """Out of sight while there is nothing to tell. The fonts are asked off the screen's thread."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._turn = 0  # an answer about what was typed before comes too late
        self._told = words("", "warn", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._told)
        self.hide()

    def ask(self, texts: Mapping[str, str]) -> None:
        """`texts` by the names of their fields, as they will stand on the paper."""
        self._turn += 1
        turn, lettering = self._turn, self._seat.house.counter.lettering

        def tell(sentences: tuple[str, ...]) -> None:
            if turn == self._turn:
                self.say(sentences)

        self._seat.tasks.run(self._seat.lanes.looks, lambda: told(lettering, texts), tell, owner=self)

    def say(self, sentences: tuple[str, ...]) -> None:
        self._told.setText("\n".join(f"◐ {sentence}" for sentence in sentences))
        self.setAccessibleName(self._told.text())
        self.setVisible(bool(sentences))
