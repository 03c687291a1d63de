"""The chosen material from near: what is asked of it, and what the clerk may say of it, each by a key."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from client.desk.drafting import Drafting, MaterialMark
from client.desk.sheet import CaseSheet, SlotSheet, SlotState, sheet
from client.desk.staff import Staff
from client.rules.items import OriginalStays
from client.text import tr
from ui.clerk.intake.marks import SUBSTITUTE_WORDS, VERB_WORDS, Verb, is_lawful, is_said, mark_after, mark_of
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat
from ui.widgets.flow import Flow
from ui.widgets.keys import KeyButton
from ui.widgets.panel import arranged_once, words

MOST_COPIES = 99
_COLUMNS = 2

_STAYS = {OriginalStays.RETURNED: tr("核对后 退还申请人"), OriginalStays.KEPT: tr("核对后 留存")}


class Details(QFrame):
    """Paints one material of `work`; every word said goes to the store at once."""

    def __init__(self, seat: Seat, work: CaseWork) -> None:
        super().__init__()
        self.setProperty("look", "box")
        self.setAccessibleName(tr("所选材料"))
        self._seat = seat
        self._work = work
        self._case_id: int | None = None
        self._slot: SlotSheet | None = None
        self._facts = [_Fact() for _ in range(_COLUMNS * 2)]
        self._verbs = {verb: self._verb_key(verb) for verb in Verb}
        self._original = self._count(tr("收原件份数"))
        self._photocopy = self._count(tr("收复印件份数"))
        self._copies = self._copies_row()
        self._lay_out()

    def show_slot(self, case: CaseSheet | None, slot: SlotSheet | None) -> None:
        """Show this material as it stands; nothing while none is chosen."""
        before = self._case_id, _key(self._slot)
        now = case.case_id if case is not None else None, _key(slot)
        if now != before and now[0] == before[0]:
            self.save()  # a count that is half typed is of the material before
        self._case_id, self._slot = now[0], slot
        self.setVisible(case is not None and slot is not None)
        if case is not None and slot is not None:
            with arranged_once(self):
                self._show(case, slot, fresh=now != before)

    def _show(self, case: CaseSheet, slot: SlotSheet, *, fresh: bool) -> None:
        told = list(_facts(slot))
        for place, fact in enumerate(self._facts):
            fact.say(*(told[place] if place < len(told) else ("", "")))
        for verb, button in self._verbs.items():
            button.setVisible(case.editable and is_lawful(verb, slot))
            button.say(_verb_words(verb, slot))
        self._copies.setVisible(case.editable and slot.state is SlotState.COMPLETE and not slot.material.electronic)
        for field, count in ((self._original, slot.copies_original), (self._photocopy, slot.copies_photocopy)):
            if fresh or not field.hasFocus():
                field.setValue(count)

    def save(self) -> None:
        """Have saved the copies as they stand."""
        slot, original, photocopy = self._slot, self._original.value(), self._photocopy.value()
        if slot is not None and (original, photocopy) != (slot.copies_original, slot.copies_photocopy):
            self._change(lambda now: replace(mark_of(now), copies_original=original, copies_photocopy=photocopy))

    def say(self, verb: Verb) -> None:
        """Say that word of the material, or take it back. It is judged by what the store holds by then."""
        self._change(partial(mark_after, verb))

    def _change(self, mark: Callable[[SlotSheet], MaterialMark]) -> None:
        slot = self._slot
        if slot is None:
            return
        counter, key = self._seat.house.counter, slot.material.key

        def act(case_id: int, by: Staff) -> None:
            now = next(each for each in sheet(counter, case_id).slots if each.material.key == key)
            Drafting(counter).mark(case_id, by, key, mark(now))

        self._work.write(act)

    def _verb_key(self, verb: Verb) -> KeyButton:
        key = self._seat.keys[verb.value]
        return KeyButton(VERB_WORDS[verb], key, lambda: self.say(verb), look="quiet")

    def _count(self, name: str) -> QSpinBox:
        field = QSpinBox()
        field.setRange(0, MOST_COPIES)
        field.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        field.setAccessibleName(name)
        field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        field.editingFinished.connect(self.save)
        return field

    def _copies_row(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(KeyButton(tr("份数"), self._seat.keys["copies"], self._original.setFocus, look="quiet"))
        for name, field in ((tr("原件"), self._original), (tr("复印件"), self._photocopy)):
            line.addWidget(words(name, "small"))
            line.addWidget(field)
        return row

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        facts = QGridLayout()
        facts.setHorizontalSpacing(16)
        facts.setVerticalSpacing(4)
        for place, fact in enumerate(self._facts):
            facts.addWidget(fact, place // _COLUMNS, place % _COLUMNS, Qt.AlignmentFlag.AlignTop)
            facts.setColumnStretch(place % _COLUMNS, 1)
        column.addLayout(facts)
        verbs = Flow()
        for button in self._verbs.values():
            verbs.add(button)
        verbs.add(self._copies)
        column.addLayout(verbs)
        self.hide()


class _Fact(QWidget):
    """A title and its words, side by side."""

    def __init__(self) -> None:
        super().__init__()
        self._title = words("", "fact")
        self._words = words("", "small", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._title, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignTop)

    def say(self, title: str, said: str) -> None:
        self._title.setText(title)
        self._words.setText(said)
        self.setVisible(bool(said))


def _key(slot: SlotSheet | None) -> str:
    return slot.material.key if slot is not None else ""


def _facts(slot: SlotSheet) -> Iterator[tuple[str, str]]:
    material = slot.material
    if material.requirement:
        yield tr("受理标准"), material.requirement
    if material.original is not None:
        yield tr("原件"), _STAYS[material.original]
    if material.repeated:
        yield tr("数量"), tr("每人（每件）一套")
    if material.deferral_rule is not None:
        yield tr("容缺依据"), material.deferral_rule.citation


def _verb_words(verb: Verb, slot: SlotSheet) -> str:
    mark = "✓" if is_said(verb, slot) else "○"
    if verb is Verb.SUBSTITUTE:
        way = SUBSTITUTE_WORDS[slot.substitute] if slot.substitute is not None else tr("无")
        return tr("{mark} 代替方式：{way}").format(mark=mark, way=way)
    return f"{mark} {VERB_WORDS[verb]}"
