"""出具文书: which paper, what is asked for it, and how it will look, all of it before anything is written."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from client.desk.intake import Outcome
from client.desk.issuing import Issuing, Offer
from client.desk.sheet import CaseSheet
from client.desk.staff import Staff
from client.errors import DeskError
from client.ports.entries import faults_in
from client.rules.forms import FormFault
from client.text import apart, listed, tr
from ui.clerk.intake.aside import Aside, chain, texts
from ui.clerk.intake.deeds import Deed
from ui.clerk.intake.form_body import FormBody
from ui.clerk.intake.letters import LetterLines
from ui.clerk.intake.look_line import LookLine
from ui.clerk.intake.work import CaseWork
from ui.clerk.issuing.asked import form_of, given, known
from ui.clerk.issuing.offered import OfferList, what_it_is
from ui.clerk.paper_view import PaperView
from ui.seat import Seat
from ui.widgets.chips import Chip, Tone
from ui.widgets.choices import stops
from ui.widgets.fields import ENTER
from ui.widgets.keys import KeyButton
from ui.widgets.panel import words

ISSUED = "paper_issued"
SETTLED = 400  # milliseconds after the last key before the page is drawn anew


class IssuingPanel(Aside):
    """`show_case` lists what may be made; `give` issues the chosen one, or says what is still wanting.

    What was typed stays with its case and its kind until the paper is made, wherever the clerk goes meanwhile.
    """

    def __init__(self, seat: Seat, work: CaseWork, back: str) -> None:
        super().__init__(seat, tr("出具文书"), back)
        self._issuing = Issuing(seat.house.counter)
        self._sheet: CaseSheet | None = None
        self._offers: Sequence[Offer] = ()
        self._chosen: Offer | None = None
        self._typed: dict[str, dict[str, str]] = {}  # by kind
        self._wanted = ""  # the kind to take up as soon as it is offered
        self.list = OfferList()
        self._told = words("", "quiet", wrap=True)
        self._name = words("", "strong", wrap=True)
        self._voice = words("", "small", wrap=True)
        self._count = Chip()
        self.form = FormBody(self._known, seat.tasks)
        self.letters = LetterLines(seat)
        self.look = LookLine(seat, work)
        self._issue = KeyButton(tr("出具", "a paper"), seat.keys["issue_paper"], self.give, look="main", heard=False)
        # stands beside it, where its page has room
        self.paper = PaperView(seat, leaves=False, narrow=True, lane=seat.lanes.samples)
        self._settle = QTimer(self, interval=SETTLED, singleShot=True)
        self._lay_out()
        self._settle.timeout.connect(self._draw)
        self.list.taken.connect(self._take_place)
        self.form.edited.connect(self._edited)
        self.form.built.connect(self._built)
        work.changed_last.connect(self.look.show_case)
        self.look.moved.connect(self._draw)

    @property
    def chosen(self) -> Offer | None:
        return self._chosen

    def show_case(self, sheet: CaseSheet) -> None:
        """Ask anew what may be made for it."""
        if self._sheet is None or self._sheet.case_id != sheet.case_id:
            self._typed, self._wanted = {}, ""
        elif self._chosen is not None:
            self._wanted = self._chosen.kind
        self._sheet, self._offers = sheet, ()
        self.list.show_offers(())
        self.look.show_case(sheet)
        self._show_list()
        self._told.setText(tr("正在查看可以出具的文书"))
        ask, told = partial(self._issuing.offers, sheet.case_id), partial(self._offered, sheet)
        self.seat.tasks.run(self.seat.lanes.store, ask, told, owner=self)
        self.seat.tasks.run(self.seat.lanes.samples, self.seat.door.templates)  # what draws loads while one chooses

    def begin(self) -> None:
        if self._chosen is None:
            self.list.setFocus()
        elif not self._focus_first_wanting():
            self._issue.setFocus()

    def give(self) -> None:
        if self._chosen is None:
            self.list.setFocus()
            self._take_place(self.list.currentRow())
            return
        offer, sheet, faults = self._chosen, self._sheet, self._mark()
        if sheet is None:
            return
        if faults:
            said = listed(fault.title for fault in faults)
            self.seat.notices.warn(
                tr("《{paper}》还不能出具").format(paper=offer.title), tr("请填好：{fields}").format(fields=said)
            )
            self._focus_first_wanting()
        else:
            self.given.emit(self._deed(offer, sheet, given(offer, self._values)))

    def issued(self) -> None:
        """It is made: nothing of it is to be typed again."""
        if self._chosen is not None:
            self._typed.pop(self._chosen.kind, None)
        self._chosen, self._wanted = None, ""

    def typed(self) -> Mapping[str, object]:
        chosen = self._chosen.kind if self._chosen is not None else ""
        return {"kind": str(chosen), "entries": {kind: dict(values) for kind, values in self._typed.items()}}

    def take(self, typed: Mapping[str, object]) -> None:
        kept = typed.get("entries")
        if isinstance(kept, Mapping):
            self._typed = {str(kind): texts(values) for kind, values in kept.items() if isinstance(values, Mapping)}
        self._wanted = texts(typed).get("kind", "")
        self._take_wanted()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes from the form to the list, from the list away."""
        if self._leaves(event) and self._chosen is not None and len(self._offers) > 1:
            self.seat.notices.clear()
            self._show_list()
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter in the last field leads to the key that issues: beyond it lie fields of other panels."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ENTER:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return False
            self._issue.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    @property
    def _values(self) -> dict[str, str]:
        return self._typed[self._chosen.kind] if self._chosen is not None else {}

    def _known(self, path: str) -> str | None:
        return self._values.get(path)

    def _offered(self, sheet: CaseSheet, offers: Sequence[Offer]) -> None:
        if self._sheet is not sheet:
            return
        self._offers = offers
        self.list.show_offers(offers)
        self._told.setText(
            tr("选一种文书（↑ ↓、数字或拼音首字母），Enter 填写") if offers else tr("本件现在没有可以单独出具的文书")
        )
        self.seat.narrator.tell("papers_offered", case=sheet.case_id, kinds=[offer.kind for offer in offers])
        self._take_wanted()

    def _take_wanted(self) -> None:
        place = next((place for place, offer in enumerate(self._offers) if offer.kind == self._wanted), -1)
        if place >= 0:
            self._wanted = ""
            self.list.setCurrentRow(place)
            self._take_place(place)

    def _take_place(self, place: int) -> None:
        """The form of that offer, what is known in it."""
        if not 0 <= place < len(self._offers):
            return
        offer = self._chosen = self._offers[place]
        fields = offer.schema.get("properties", {})
        typed = {name: value for name, value in self._typed.get(offer.kind, {}).items() if name in fields}
        self._typed[offer.kind] = {**known(offer), **typed}
        self._name.setText(offer.title)
        self._voice.setText(what_it_is(offer))
        self._show_form(on=True)
        self.form.show_form(form_of(offer))

    def _built(self) -> None:
        if self._chosen is None:
            return
        rows = list(self.form.rows.values())
        ways = [stop for row in rows for stop in stops(row.field)]
        chain(*ways, self._issue)
        for last in ways[-1:]:
            last.installEventFilter(self)
        for name, row in self.form.rows.items():
            row.say_auto(auto=bool(self._known(name)) and self._chosen.suggested.get(name) == self._known(name))
        self._mark()
        self._ask_letters()
        self._draw()
        if self.isVisible():
            self.begin()

    def _edited(self, path: str) -> None:
        row = self.form.rows[path]
        self._values[path] = str(row.field.value())
        row.say_auto(auto=False)
        self._mark()
        self._ask_letters()
        self._settle.start()

    def _mark(self) -> Sequence[FormFault]:
        """Say of each field what is wrong with it, and how many are."""
        if self._chosen is None:
            return ()
        faults = faults_in(self._chosen.kind, given(self._chosen, self._values), self._chosen.days)
        by_name = {fault.field: fault for fault in faults}
        for name, row in self.form.rows.items():
            row.tell(by_name.get(name))
        wrong = any(not fault.missing for fault in faults)
        said = tr("还差 {count} 项").format(count=len(faults)) if faults else tr("已填齐")
        self._count.say(said, Tone.BAD if wrong else Tone.WARN if faults else Tone.GOOD, shape=True)
        return faults

    def _focus_first_wanting(self) -> bool:
        """The first field that is missing or wrong, or of a form that is whole the first; False where there is none."""
        faults = self._mark()
        names = [fault.field for fault in faults] or list(self.form.rows)
        if names:
            self.form.focus_field(names[0])
        return bool(names)

    def _ask_letters(self) -> None:
        if self._chosen is not None:
            fields = self._chosen.schema.get("properties", {})
            self.letters.ask({str(fields[name].get("title", name)): value for name, value in self._values.items()})

    def _draw(self) -> None:
        """The page as it would be issued now, read and drawn off the screen's thread; nothing is written for it."""
        offer, sheet, by = self._chosen, self._sheet, self.seat.present()
        if offer is None or sheet is None or by is None or self._mark():
            self.paper.say(tr("填齐后显示样张"))
            return
        entries, door, issuing = given(offer, self._values), self.seat.door, self._issuing

        def work() -> bytes:
            return door.templates().preview(issuing.preview(sheet.case_id, by, offer.kind, entries))

        def is_new() -> bool:
            return offer is self._chosen and entries == given(offer, self._values)

        def drawn(page: bytes) -> None:
            if is_new():
                self.paper.name.setText(tr("样张"))
                self.paper.show_pages(lambda: page)

        def failed(error: DeskError) -> None:
            if is_new():
                self.paper.say("▲ " + apart((error.title, error.advice)))

        self.seat.tasks.run(self.seat.lanes.samples, work, drawn, failed, owner=self)

    def _deed(self, offer: Offer, sheet: CaseSheet, entries: Mapping[str, str]) -> Deed:
        issuing = self._issuing

        def issue(case_id: int, by: Staff) -> Outcome:
            paper_id = issuing.issue(case_id, by, offer.kind, entries)
            return Outcome(case_id, sheet.number or "", sheet.state, (paper_id,))

        return Deed(ISSUED, tr("正在出具文书"), issue)

    def _show_list(self) -> None:
        self._chosen = None
        self.paper.say(tr("选定文书并填齐后显示样张"))
        self._show_form(on=False)

    def _show_form(self, *, on: bool) -> None:
        of_the_form: tuple[QWidget, ...] = (self._name, self._voice, self.form, self._issue)
        of_the_list: tuple[QWidget, ...] = (self._told, self.list)
        for parts, shown in ((of_the_form, on), (of_the_list, not on)):
            for part in parts:
                part.setVisible(shown)
        if not on:
            self._count.say("")
            self.letters.say(())

    def _lay_out(self) -> None:
        self.header.insertWidget(1, self._count)
        self.rows.addWidget(self._told)
        self.rows.addWidget(self.list, 1)
        self.rows.addWidget(self._name)
        self.rows.addWidget(self._voice)
        self.rows.addWidget(self.form, 1)
        self.rows.addWidget(self.letters)
        self.foot.addWidget(self.look)
        self.foot.addStretch(1)
        self.foot.addWidget(self._issue)
