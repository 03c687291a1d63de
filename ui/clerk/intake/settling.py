"""A character of a name that no table knows: the clerk types the one that is printed on the card, or its code."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from client.errors import CaseError
from client.rules.cards import character_of
from client.rules.forms import FormFault
from client.rules.names import FoldingTable, name_warnings
from client.text import clauses, tr
from ui.clerk.intake.gathered import Gathered, Private
from ui.clerk.intake.rows import Row
from ui.widgets.panel import words

LONGEST = 10  # characters of a code such as U+10FFFF, and blanks round it


class Settling(QWidget):
    """One character at a time, out of sight while there is none. `settled` carries what it was about and the answer."""

    settled = Signal(object, str)

    def __init__(self, folding: FoldingTable) -> None:
        super().__init__()
        self._folding = folding
        self._about: Private | None = None
        self._question = words("", "warn", wrap=True)
        self._row = Row("settled", {"title": tr("证件上印的字"), "maxLength": LONGEST})
        self._row.field.left.connect(self._left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._question)
        column.addWidget(self._row)
        self.hide()

    def show_people(self, now: Gathered, *, editable: bool) -> Gathered:
        """Ask for the next character; returns the people without what is said of their name here."""
        about = now.private(self._folding) if editable else None
        self.setVisible(about is not None)
        if about != self._about:
            self._row.field.put("")
            self._row.tell(None)
        self._about = about
        if about is None:
            return now
        told = name_warnings(getattr(now, about.part).name, self._folding)
        self._question.setText(f"◐ {told[0]}")
        return replace(now, warnings=tuple(warning for warning in now.warnings if warning not in told))

    def _left(self) -> None:
        typed = str(self._row.field.value()).strip()
        if self._about is None or not typed:
            return
        try:
            character = character_of(typed, self._folding)
        except CaseError as error:
            self._row.tell(FormFault("settled", "", clauses([error.title, error.advice])))
            return
        self.settled.emit(self._about, character)
