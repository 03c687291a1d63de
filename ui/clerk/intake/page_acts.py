"""Acts with a page of the case on the table, each of which can be undone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from client.desk.drafting import Drafting
from client.desk.paging import PageBefore, Paging
from client.desk.sheet import CaseSheet, PageSheet, SlotSheet
from client.desk.staff import Staff
from client.errors import DeskError
from client.ports.pages import WHOLE, Part
from client.text import tr
from ui.clerk.intake.undoing import Undo, Undoing
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat

QUARTER = 90  # degrees, clockwise

Result = TypeVar("Result")
Back = Callable[[Paging, int, Staff, int], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Awaited:
    """A page that is being scanned again, and the pages of its material then."""

    case_id: int
    was: PageBefore
    page_ids: tuple[int, ...]


class PageActs(QObject):
    """`went`: which page of which material to look at, after an act moved it or brought it back."""

    went = Signal(str, int)
    replace_asked = Signal(str, int)  # material and page: scan it again
    done = Signal()  # what can be undone is another act now

    def __init__(self, seat: Seat, work: CaseWork, parent: QObject) -> None:
        super().__init__(parent)
        self._seat = seat
        self._work = work
        self._paging = Paging(seat.house.counter)
        self._undoing = Undoing()
        self._awaited: _Awaited | None = None

    @property
    def can_undo(self) -> bool:
        return len(self._undoing) > 0

    def see(self, case: CaseSheet | None) -> None:
        """The case as it stands: what was done in another one is forgotten, a page that was scanned again is noted."""
        self._undoing.keep_to(case.case_id if case is not None else None)
        awaited = self._awaited
        if awaited is None or case is None or case.case_id != awaited.case_id:
            self._awaited = None
            return
        ids = next((tuple(p.page_id for p in s.pages) for s in case.slots if s.material.key == awaited.was.slot), ())
        place = awaited.was.place - 1
        if ids != awaited.page_ids:
            self._awaited = None
            expected = (*awaited.page_ids[:place], *ids[place : place + 1], *awaited.page_ids[place + 1 :])
            if ids == expected and ids[place] != awaited.was.page_id:
                self._note(case.case_id, ids[place], awaited.was, self._restore(awaited.was))

    def delete(self, page: PageSheet) -> None:
        """Take the page out of its material."""

        def put_back(was: PageBefore) -> Back:
            return lambda paging, case_id, by, _page_id: (paging.put_back(case_id, by, was),)

        self._act(
            lambda case_id, by: self._paging.take_out(case_id, by, page.page_id),
            lambda case_id, was: self._note(case_id, was.page_id, was, put_back(was)),
        )

    def leave_out(self, blank: Sequence[PageSheet]) -> None:
        """Take blank pages out, all in one act that is undone as one."""

        def put_back(taken: Sequence[PageBefore]) -> Back:
            def back(paging: Paging, case_id: int, by: Staff, _page_id: int) -> tuple[int, ...]:
                return tuple(reversed([paging.put_back(case_id, by, was) for was in reversed(taken)]))

            return back

        def left_out(case_id: int, taken: Sequence[PageBefore]) -> None:
            self._note(case_id, taken[0].page_id, taken[0], put_back(taken), *taken[1:])
            told = tr("去掉了 {count} 张空白页").format(count=len(taken))
            keys = self._seat.keys
            back = tr("需要时按 {there} 到页面栏，再按 {key} 找回").format(there=keys["to_pages"], key=keys["undo"])
            self._seat.notices.good(told, back)

        self._act(lambda case_id, by: [self._paging.take_out(case_id, by, page.page_id) for page in blank], left_out)

    def move(self, page: PageSheet, slot: str, place: int, *, follow: bool = True) -> None:
        """Put the page at a place (from 0) of a material, its own or another."""

        def moved(case_id: int, was: PageBefore) -> None:
            def back(paging: Paging, case_id: int, by: Staff, page_id: int) -> tuple[int, ...]:
                paging.move(case_id, by, page_id, was.slot, was.place)
                return (page_id,)

            self._note(case_id, was.page_id, was, back)
            if follow:
                self.went.emit(slot, place)

        self._act(lambda case_id, by: self._paging.move(case_id, by, page.page_id, slot, place + 1), moved)

    def turn(self, page: PageSheet) -> None:
        """The page a quarter further, clockwise."""
        self.trim(page, WHOLE, QUARTER)

    def trim(self, page: PageSheet, part: Part, turned: int = 0) -> None:
        """A part of the page takes its place; its original stays beside it."""
        self._change(
            lambda case_id, by: self._paging.trim(case_id, by, page.page_id, part, turned),
            tr("正在裁切页面") if part != WHOLE else tr("正在旋转页面"),
        )

    def mark(self, page: PageSheet) -> None:
        """What it is for alone, written across the page."""
        self._change(lambda case_id, by: self._paging.mark(case_id, by, page.page_id), tr("正在注明用途"))

    def join(self, front: PageSheet, back: PageSheet) -> None:
        """Both sides of a card on one page."""

        def joined(case_id: int, result: tuple[int, PageBefore, PageBefore]) -> None:
            page_id, *sides = result
            first, second = sides

            def part(paging: Paging, case_id: int, by: Staff, page_id: int) -> tuple[int, ...]:
                return paging.part(case_id, by, page_id, first, second)

            self._note(case_id, page_id, first, part, second)

        self._act(
            lambda case_id, by: self._paging.join(case_id, by, front.page_id, back.page_id),
            joined,
            words=tr("正在合并两面"),
        )

    def take_original(self, page: PageSheet) -> None:
        """The page as it came from the scanner, in the place of what it was made into."""
        drafting = Drafting(self._seat.house.counter)

        def act(case_id: int, by: Staff) -> tuple[int, PageBefore]:
            was = self._paging.before(case_id, page.page_id)
            return drafting.take_original(case_id, by, page.page_id), was

        self._change(act, "")

    def replace(self, slot: SlotSheet, page: PageSheet) -> None:
        """Ask for the page to be scanned again, and remember what it was."""
        case_id, ids = self._work.case_id, tuple(each.page_id for each in slot.pages)
        if case_id is None:
            return

        def ask(was: PageBefore) -> None:
            self._awaited = _Awaited(case_id, was, ids)
            self.replace_asked.emit(slot.material.key, page.page_id)

        self._seat.tasks.run(
            self._seat.lanes.store, lambda: self._paging.before(case_id, page.page_id), ask, owner=self
        )

    def undo(self) -> None:
        """Undo what was done last; what cannot be undone now can be tried again."""
        last = self._undoing.pop()
        if last is None:
            return

        def failed(error: DeskError) -> None:
            self._undoing.push(last)
            self._seat.notices.error(error)
            self.done.emit()

        def undone(page_ids: tuple[int, ...]) -> None:
            self._undoing.undone(last, page_ids)
            self.went.emit(last.slot, last.place)
            self.done.emit()

        self._awaited = None
        self._work.write(lambda case_id, by: last.act(self._paging, case_id, by, last.page_id), undone, failed)

    def _act(
        self, act: Callable[[int, Staff], Result], done: Callable[[int, Result], object], *, words: str = ""
    ) -> None:
        self._awaited = None
        case_id = self._work.case_id
        if case_id is not None:
            self._work.write(act, lambda result: done(case_id, result), words=words)

    def _change(self, act: Callable[[int, Staff], tuple[int, PageBefore]], words: str) -> None:
        """An act that puts another file in a page's place."""

        def changed(case_id: int, result: tuple[int, PageBefore]) -> None:
            page_id, was = result
            self._note(case_id, page_id, was, self._restore(was))

        self._act(act, changed, words=words)

    def _note(self, case_id: int, page_id: int, was: PageBefore, act: Back, *others: PageBefore) -> None:
        if case_id == self._work.case_id:
            was_ids = (was.page_id, *(other.page_id for other in others))
            self._undoing.push(Undo(case_id, page_id, was_ids, was.slot, was.place - 1, act))
        self.done.emit()

    @staticmethod
    def _restore(was: PageBefore) -> Back:
        return lambda paging, case_id, by, page_id: (paging.restore(case_id, by, page_id, was),)
