"""The papers a case may have now, to be chosen by arrows, by their number, or by the initials of their pinyin."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from client.desk.issuing import Offer
from client.rules.papers import PAPER_RULES, PAPER_WORDS, Voice
from client.text import apart, spoken, tr
from ui.widgets.fields import ENTER
from ui.widgets.initials import initials

VOICES = {
    Voice.ORGAN: tr("机关文书：编文书编号，用印后交付"),
    Voice.WINDOW: tr("窗口单据：双方签名，不用印"),
    Voice.APPLICANT: tr("申请人的文书：由申请人签名"),
}


class OfferList(QListWidget):
    """`taken` carries the place of the one that was chosen."""

    taken = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._initials: list[str] = []
        self.setAccessibleName(tr("可以出具的文书"))
        self.setObjectName("offers")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.itemClicked.connect(lambda item: self.taken.emit(self.row(item)))

    def show_offers(self, offers: Sequence[Offer]) -> None:
        self._initials = [initials(PAPER_WORDS[offer.kind]) for offer in offers]  # titles begin with their law
        self.clear()
        for place, offer in enumerate(offers, 1):
            item = QListWidgetItem(f"{place}  {offer.title}\n{what_it_is(offer)}", self)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, offer.title)
        self.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        letter, plain = event.text().casefold(), Qt.KeyboardModifier.NoModifier
        if event.key() in ENTER:
            if not event.isAutoRepeat() and self.currentRow() >= 0:
                self.taken.emit(self.currentRow())
        elif letter.isascii() and letter.isalnum() and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == plain:
            self._seek(letter)
        else:
            super().keyPressEvent(event)

    def _seek(self, letter: str) -> None:
        """A number is that line; a letter the next line that begins with it."""
        count = self.count()
        if letter.isdigit():
            if 0 < int(letter) <= count:
                self.setCurrentRow(int(letter) - 1)
            return
        places = [(self.currentRow() + step) % count for step in range(1, count + 1)]
        found = next((place for place in places if self._initials[place].startswith(letter)), None)
        if found is not None:
            self.setCurrentRow(found)


def what_it_is(offer: Offer) -> str:
    """Whose word it is; in another language also what the title means."""
    voice = VOICES[PAPER_RULES[offer.kind].voice]
    return apart((PAPER_WORDS[offer.kind], voice)) if spoken() else voice
