"""The intake page: people, item and form at the left, materials in the middle, their pages at the right, acts below."""

from collections.abc import Callable, Generator, Iterator, Mapping
from functools import partial
from typing import Self

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from client.desk.completeness import INCOMPLETE
from client.desk.intake import Intake
from client.desk.sheet import CaseSheet
from client.errors import DeskError
from client.ports.readiness import Condition
from client.rules.case import State
from client.text import listed, tr
from ui.clerk.intake.aside import Aside
from ui.clerk.intake.columns import GAP, Columns
from ui.clerk.intake.deeds import Deed, Done, conclude, decision
from ui.clerk.intake.done import DonePanel
from ui.clerk.intake.drafts import DISK, NO_ROOM
from ui.clerk.intake.middle import CORRECTION, DONE, ISSUING, OUTCOMES, TABLE, may_open
from ui.clerk.intake.parts import Parts, making_parts
from ui.clerk.intake.stopwatch import Stopwatch
from ui.clerk.intake.wanting import to_first, unkept
from ui.clerk.intake.ways import awaited
from ui.clerk.issuing.panel import ISSUED
from ui.page import Page
from ui.seat import Seat

ROUNDS = 5  # of saving before an act; who types on all the while is told to press again


class IntakePage(Page):
    name = tr("受理", "page")
    icon = "intake"
    place_name = "intake"

    @classmethod
    def making(cls, seat: Seat) -> Generator[None, None, Self]:
        parts = yield from making_parts(seat)
        return cls(seat, parts)

    def __init__(self, seat: Seat, parts: Parts) -> None:
        super().__init__(seat)
        self.work, self.people, self.item, self.form = parts.work, parts.people, parts.item, parts.form
        self.middle, self.pages, self.bar = parts.middle, parts.pages, parts.bar
        self.work.setParent(self)
        self._shown_case: tuple[int, object] | None = None
        self._gives_up = False  # the clerk was told what is not saved
        self._going: Mapping[str, object] = {}  # the place that was opened last; until it is reached it is where we are
        self._stopwatch = Stopwatch(seat, self)
        self._acts: Mapping[str, Callable[[], None]] = {
            "save": self.put_away,
            "other_outcomes": partial(self._aside, OUTCOMES),
            "ask_correction": partial(self._aside, CORRECTION),
            "receive": self._receive,
            "accept": partial(self._decide, "accept"),
            "papers": self._show_papers,
            "issue_paper": self._issue_paper,
        }
        self._lay_out(parts.right)
        self._listen()
        self._see(None)

    def preparing(self) -> Iterator[None]:
        for part in self.middle.materials.parts:
            part.grab()
            yield
        done = self.middle.done
        yield
        done.grab()
        yield

    def shown(self) -> None:
        """Say what is not ready before a citizen waits, and take the keyboard."""
        disk = self.seat.lamps.get(DISK)
        if disk is not None and disk.condition is Condition.FAILED:
            self.seat.notices.warn(NO_ROOM, disk.advice)
        if self.work.case_id is None:
            self.middle.drafts.read()
        self.middle.begin()
        if self.work.case_id is None:
            self._give_keyboard()

    def left(self) -> None:
        self._flush()

    def place(self) -> Mapping[str, object]:
        """Where the clerk is; killed on the way there, a window is to open there all the same."""
        if self._is_going:
            return self._going
        aside = self.middle.aside
        return {
            "case_id": self.work.case_id,
            "people": self.people.pending(),
            "materials": self.middle.materials.place(),
            "form": self.form.focused_place(),
            "keyboard": {"people": self.people.focused_place(), "item": self.item.focused_place()},
            "view": self.middle.view,
            "typed": aside.typed() if aside is not None else {},
        }

    def go_to(self, place: Mapping[str, object]) -> None:
        """Open a case: as it was left, or as it is when all that is known of it is its id."""
        case_id, people = place.get("case_id"), place.get("people")
        self._going = place
        if isinstance(case_id, int):
            self._flush()
            self.middle.expect(place.get("view"))
            self._take_up(case_id, place)
        elif isinstance(people, Mapping) and people and self.work.case_id is None:
            self.people.take(people)

    @property
    def _is_going(self) -> bool:
        """Whether the case of that place is on its way to the table, or the field where the caret was."""
        case_id, sheet = self._going.get("case_id"), self.work.sheet
        if case_id is None or case_id != self.work.case_id:
            return False
        return sheet is None or sheet.case_id != case_id or self.form.is_coming

    def _give_keyboard(self) -> None:
        """To the field above the form where the caret was, once."""
        there, self._going = self._going.get("keyboard"), {**self._going, "keyboard": {}}
        for name, panel in (("people", self.people), ("item", self.item)):
            place = there.get(name) if isinstance(there, Mapping) else None
            if isinstance(place, Mapping) and place:
                panel.go_to(place)

    def put_away(self) -> None:
        """Save what is on the table and clear it for the next; what cannot be saved goes at the second asking.

        At once where all is saved: the next key is meant for the next citizen.
        """
        if self.bar.underway:
            return
        self.middle.materials.save()
        if not self.form.unsaved and not self.people.pending():
            self._clear()
            return
        self.bar.set_underway(on=True)
        self.people.leave(on=True)
        self._after_saving(self._clear)

    def _clear(self) -> None:
        self.bar.set_underway(on=False)
        title, first = unkept(self.people, self.form)
        if title and not self._gives_up:
            self._gives_up = True
            self.people.leave(on=False)
            keys = listed(self.seat.keys[act] for act in ("save", "new_case"))
            self.seat.notices.warn(title, tr("{first}；再按一次 {keys} 就不再保留").format(first=first, keys=keys))
            return
        self.form.give_up()
        sheet, self._gives_up = self.work.sheet, False
        self.seat.notices.clear()
        self.work.put_away()
        if title:
            self.seat.notices.warn(tr("已清桌，没有保存的内容没有保留"), title)
        if sheet is not None:
            self.seat.narrator.tell("put-away", case=sheet.case_id)
            if sheet.editable and not title:
                self.seat.notices.good(tr("已暂存"), tr("在“下一位”的草稿或“办件”页可以接着办"))
            elif any(slot.pending for slot in sheet.slots):
                self.seat.notices.warn(tr("容缺补齐的材料还没有收下"), tr("扫描的页已随办件保存；打开本件再收下"))
        self.middle.begin()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._stopwatch.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        self._stopwatch.stop()
        super().hideEvent(event)

    def _press(self, act: str) -> None:
        self._gives_up = self._gives_up and act == "save"
        self._acts[act]()

    def _receive(self) -> None:
        """收件, the correction taken in, or what was let follow: whatever the case waits for."""
        sheet = self.work.sheet
        if sheet is None or not awaited(sheet):
            self._decide("receive")
            return
        if self.middle.view != DONE:
            self._open(DONE)
        self.middle.done.supply.give()

    def _decide(self, name: str) -> None:
        """Do it; the desk refuses what is not whole, and the clerk is brought to what is wanting."""
        if self.middle.materials.is_scanning:
            self.seat.notices.warn(tr("材料还在扫描"), tr("请等扫描结束，或按 Esc 停止后再办理"))
            return
        way, sheet = self.bar.way(name), self.work.sheet
        act = way.act
        if sheet is None or act is None or act not in sheet.acts:
            self.seat.notices.warn(tr("不能办理“{act}”").format(act=way.words), way.why)
            return
        self._do(decision(Intake(self.seat.house.counter), act))

    def _do(self, deed: Deed) -> None:
        """Once: until it came back no key acts again. What is typed goes before it, on the same lane."""
        if self.bar.underway:
            return
        self.bar.set_underway(on=True)
        self.seat.notices.clear()  # of an act before this one
        self._after_saving(partial(self._conclude, deed))

    def _after_saving(self, then: Callable[[], None], rounds: int = ROUNDS) -> None:
        """Have saved what is typed; `then` comes after it, for the lane keeps the order.

        What comes back may fill the form, or open a case for people who waited: that is to be saved in its turn.
        """
        self._flush()

        def over(_: None) -> None:
            if rounds > 1 and (self.form.is_being_saved or self.people.is_being_saved):
                self._after_saving(then, rounds - 1)
            else:
                then()

        self.seat.tasks.run(self.seat.lanes.store, lambda: None, over, owner=self)

    def _conclude(self, deed: Deed) -> None:
        """Unless the desk would not take something that was typed: that is said, and nothing is decided without it."""
        act = conclude(self.seat.house.counter, deed, sealed_first=self.seat.hands.keys is not None)
        if self.form.unsaved or self.people.pending():
            self.bar.set_underway(on=False)
            if not self.seat.notices.text:
                self.seat.notices.warn(tr("刚输入的内容还没有保存"), tr("请稍候再按一次"))
        elif not self.work.write(act, self._done, self._refused, words=deed.words):
            self.bar.set_underway(on=False)

    def _done(self, done: Done) -> None:
        self.bar.set_underway(on=False)
        outcome, sheet = done.outcome, self.work.sheet
        self.seat.narrator.tell(done.deed.event, case=outcome.number, papers=list(outcome.paper_ids))
        if done.deed.event == "voided" or sheet is None:
            self.work.put_away()
            self.seat.notices.good(tr("草稿已作废"))
            self.middle.begin()
            return
        self.seat.bell.papers_asked.emit()
        if done.unasked is None:
            self.seat.notices.clear()
        else:
            self.seat.notices.error(done.unasked)
        self._show_made(done, sheet)

    def _show_made(self, done: Done, sheet: CaseSheet) -> None:
        """The papers; of one that was made beside a draft it is told: the draft is what goes on."""
        is_beside = done.deed.event == ISSUED
        if is_beside:
            self.middle.issuing.issued()
        if not (is_beside and sheet.state is State.DRAFT):
            self._open(DONE)
            return
        self.middle.bring(TABLE)
        self.middle.begin()
        if done.unasked is None:
            self.seat.notices.good(tr("已出具，正在打印"), tr("按 {key} 查看文书").format(key=self.seat.keys["papers"]))

    def _refused(self, error: DeskError) -> None:
        self.bar.set_underway(on=False)
        self.seat.notices.error(error)
        sheet = self.work.sheet
        if error.code == INCOMPLETE.code and sheet is not None:
            to_first(self.seat, sheet, self.middle, self.people, self.item, self.form)

    def _aside(self, view: str) -> None:
        """Its key opens it, and once open gives it."""
        aside, sheet = self.middle.aside, self.work.sheet
        way = self.bar.way(_KEY_OF[view])
        if self.middle.view == view and aside is not None:
            aside.give()
        elif sheet is not None and way.why and way.act in sheet.acts:
            to_first(self.seat, sheet, self.middle, self.people, self.item, self.form)
        elif way.why:
            self.seat.notices.warn(tr("不能办理“{act}”").format(act=way.words), way.why)
        else:
            self._open(view)

    def _issue_paper(self) -> None:
        """Its key opens it, and once open gives it. What was typed about the case stands on the paper."""
        sheet = self.work.sheet
        if sheet is None or not may_open(ISSUING, sheet):
            self.seat.notices.warn(tr("现在没有可以单独出具的文书"), tr("请先选好事项；受理、补正的文书随办理动作出具"))
        elif self.middle.view == ISSUING:
            self.middle.issuing.give()
        else:
            self._flush()
            self._open(ISSUING)

    def _show_papers(self) -> None:
        """The papers and the materials in turn."""
        sheet = self.work.sheet
        if sheet is None or not sheet.papers:
            self.seat.notices.warn(tr("还没有文书"), tr("收件或受理后出具"))
        elif self.middle.view == DONE:
            self.middle.bring(TABLE)
            self.middle.begin()
        else:
            self._open(DONE)

    def _open(self, view: str) -> None:
        if self.work.sheet is not None:
            self.middle.open(view, self.work.sheet)

    def _leave_aside(self) -> None:
        self.seat.notices.clear()
        self.middle.bring(TABLE)
        self.middle.begin()

    def _take_up(self, case_id: int, place: Mapping[str, object]) -> None:
        if self.bar.underway and case_id != self.work.case_id:  # the act is of the case that is on the table
            self.seat.notices.warn(tr("桌上的办件正在办理"), tr("请稍候再打开另一件"))
            return
        materials, form, people = place.get("materials"), place.get("form"), place.get("people")

        def there(sheet: CaseSheet) -> None:
            self._give_keyboard()
            view, typed = place.get("view"), place.get("typed")
            if not isinstance(view, str) or not may_open(view, sheet):
                return
            self.middle.open(view, sheet)
            if isinstance(typed, Mapping) and self.middle.aside is not None:
                self.middle.aside.take(typed)

        if case_id != self.work.case_id:
            if self.work.case_id is not None:
                self.work.put_away()
            if isinstance(people, Mapping) and people:
                self.people.take(people)
            if isinstance(form, Mapping):
                self.form.go_to(form)
            if isinstance(materials, Mapping):
                self.middle.materials.go_to(materials)
        self.work.load(case_id, there)

    def _see(self, sheet: CaseSheet | None) -> None:
        """Another case, or this one in another state, is looked at from the beginning."""
        self.bar.show_case(sheet)
        shown = None if sheet is None else (sheet.case_id, sheet.state)
        if shown == self._shown_case:
            if sheet is not None and self.middle.view == DONE:
                self.middle.done.show_case(sheet)
            self._say_bar()
            return
        self._shown_case, self._gives_up = shown, False
        self._stopwatch.begin(sheet)
        if sheet is None:
            self.middle.clear()
            return
        self.seat.narrator.tell("case", id=sheet.case_id, state=sheet.state)
        if sheet.editable:
            self.middle.bring(TABLE)
        else:
            self.middle.open(DONE, sheet)

    def _say_bar(self) -> None:
        """While a panel is open its key gives it."""
        words = {CORRECTION: ("ask_correction", tr("出具告知书")), OUTCOMES: ("other_outcomes", tr("确认处理"))}
        self.bar.say(*words.get(self.middle.view, ("", "")))

    def _flush(self) -> None:
        """Have saved what is half typed, wherever the caret is."""
        self.form.save()
        self.people.save()
        self.middle.materials.save()

    def _listen(self) -> None:
        self.work.changed_last.connect(self._see)
        self.bar.pressed.connect(self._press)
        self.middle.moved.connect(self._say_bar)
        self.middle.materials.slot_chosen.connect(self.pages.show_slot)
        self.pages.replace_asked.connect(self.middle.materials.replace_page)
        self.middle.drafts.chosen.connect(lambda case_id: self._take_up(case_id, {}))
        self.middle.made.connect(self._listen_to)
        fresh = QShortcut(QKeySequence(self.seat.keys["new_case"]), self, context=Qt.ShortcutContext.WindowShortcut)
        fresh.activated.connect(self.put_away)

    def _listen_to(self, aside: Aside) -> None:
        aside.leave.connect(self._leave_aside)
        aside.given.connect(self._do)
        if isinstance(aside, DonePanel):
            aside.next_case.connect(self.put_away)
            aside.issue.connect(self._issue_paper)

    def _lay_out(self, right: QWidget) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(GAP)
        page.addWidget(Columns(self.people, self.item, self.form, self.middle, right), 1)
        page.addWidget(self.bar)


_KEY_OF = {CORRECTION: "ask_correction", OUTCOMES: "other_outcomes"}
