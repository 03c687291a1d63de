"""How the papers of the case on the table will look: in large type, with a second language; each by a key.

What the settings and the age say stands there already; what the citizen wants otherwise is kept with the case at once.
"""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from client.desk.looks import Looks
from client.desk.sheet import CaseSheet
from client.desk.staff import Staff
from client.ports.papers import PaperLook
from client.text import labelled, tr
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat
from ui.widgets.keys import KeyButton
from ui.widgets.panel import words

LANGUAGES: Mapping[str, str] = {"en": tr("英文")}


class LookLine(QWidget):
    """`moved` when the papers are to look otherwise than they did. In sight only while there is a case."""

    moved = Signal()

    def __init__(self, seat: Seat, work: CaseWork) -> None:
        super().__init__()
        self._seat = seat
        self._work = work
        self._shown: tuple[int, PaperLook] | None = None
        self.large = KeyButton("", seat.keys["large_papers"], self._turn_large, look="quiet")
        self.language = KeyButton("", seat.keys["paper_language"], self._turn_language, look="quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(words(tr("本件文书"), "small"))
        row.addWidget(self.large)
        row.addWidget(self.language)
        row.addStretch(1)
        self.hide()

    @property
    def stops(self) -> tuple[KeyButton, KeyButton]:
        return self.large, self.language

    def show_case(self, case: CaseSheet | None) -> None:
        self.setVisible(case is not None)
        if case is None:
            return
        look, before = case.look, self._shown
        self._shown = case.case_id, look
        self.large.say("✓ " + tr("大字") if look.large else "○ " + tr("大字"))
        second = tr("无") if look.second is None else LANGUAGES.get(look.second, look.second)
        self.language.say(labelled(tr("第二语言"), second))
        if before is not None and before[0] == case.case_id and before != self._shown:
            self.moved.emit()

    def _turn_large(self) -> None:
        self._work.write(Looks(self._seat.house.counter).turn_large)

    def _turn_language(self) -> None:
        """Which languages there are is known to the words of the papers: a file, read where the case is written."""
        looks, door = Looks(self._seat.house.counter), self._seat.door

        def turn(case_id: int, by: Staff) -> None:
            looks.turn_language(case_id, by, door.templates().in_force().languages)

        self._work.write(turn)
