"""The case on the table: what the desk says of it, and the one way to change it and see what it says then."""

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, SignalInstance

from client.desk.drafting import Drafting
from client.desk.sheet import CaseSheet, sheet
from client.desk.staff import Staff
from client.errors import DeskError
from client.rules.items import Item
from ui.seat import Seat

Result = TypeVar("Result")


class CaseWork(QObject):
    """One case at a time; `changed` carries its newest sheet, None when the table is clear.

    Writes go to the store lane in the order they are asked for; an answer about a case that was put away meanwhile
    is dropped.
    """

    asked = Signal()  # a new draft is on its way: it is `opened`, or `refused`
    refused = Signal()
    blank_came = Signal(list)  # pages of a scan that show nothing, where they are not wanted
    opened = Signal(int)  # a new draft; `changed` follows: whatever was gathered before it belongs to it
    changed = Signal(object)
    changed_next = Signal(object)  # the same for the materials and their pages, behind it
    changed_last = Signal(object)  # and for what is in sight, when all of it knows the case

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._case_id: int | None = None
        self._turn = 0  # counts the cases on the table: an answer for an earlier one comes too late
        self._opening: int | None = None  # the turn a draft was asked for in: another Enter asks for no second one
        self.sheet: CaseSheet | None = None
        self._rest: deque[Callable[[], object]] = deque()  # of a case that is coming on the page, or leaving it

    @property
    def case_id(self) -> int | None:
        """Id of the case on the table; None when it is clear."""
        return self._case_id

    def open(self, item: Item, failed: Callable[[DeskError], object] | None = None) -> bool:
        """A new draft of `item`, one at a time; on disk when it is `opened`. False: the window is locked."""
        counter, turn = self._seat.house.counter, self._turn
        staff = self._seat.acting()
        if staff is None:
            return False
        if self._opening == turn:
            return True
        self._opening = turn

        def work() -> CaseSheet:
            return sheet(counter, Drafting(counter).open(staff, item, on_table=True))

        def opened(found: CaseSheet) -> None:
            if turn == self._turn:
                self._turn += 1
                self._case_id = found.case_id
                self.opened.emit(found.case_id)
                self._opened(found)

        def refused(error: DeskError) -> None:
            if self._opening == turn:
                self._opening = None
            (failed or self._seat.notices.error)(error)
            self.refused.emit()

        self._seat.tasks.run(self._seat.lanes.store, work, opened, refused, owner=self)
        self.asked.emit()
        return True

    def load(self, case_id: int, then: Callable[[CaseSheet], object] | None = None) -> None:
        """Take up a case that is in the store; the table is clear where there is none."""
        if case_id != self._case_id:
            self._turn += 1
        self._case_id = case_id
        counter = self._seat.house.counter

        def failed(error: DeskError) -> None:
            self._seat.notices.error(error)
            if case_id == self._case_id and (self.sheet is None or self.sheet.case_id != case_id):
                self.put_away()

        self._seat.tasks.run(
            self._seat.lanes.store,
            lambda: sheet(counter, case_id),
            lambda found: self._opened(found, then),
            failed,
            owner=self,
        )

    def put_away(self) -> None:
        """Clear the table; the case stays where it is, in the store."""
        self._turn += 1
        self._case_id = None
        self.sheet = None
        self.changed.emit(None)
        self._later(self._cleared)

    def write(
        self,
        act: Callable[[int, Staff], Result],
        done: Callable[[Result], object] | None = None,
        failed: Callable[[DeskError], object] | None = None,
        *,
        words: str = "",
    ) -> bool:
        """Change the case by a use case of the desk: `act(case_id, staff)` on the store lane, one transaction.

        Afterwards `changed` carries the case as it stands, then `done` the result. False: nothing will happen, for
        there is no case, or the window is locked.
        """
        staff = self._seat.acting()
        return staff is not None and self.write_as(staff, act, done, failed, words=words)

    def write_as(
        self,
        by: Staff,
        act: Callable[[int, Staff], Result],
        done: Callable[[Result], object] | None = None,
        failed: Callable[[DeskError], object] | None = None,
        *,
        words: str = "",
    ) -> bool:
        """The same for whoever is known to sit here; it does not count as an act of theirs."""
        case_id, counter = self._case_id, self._seat.house.counter
        if case_id is None:
            return False

        def work() -> tuple[Result, CaseSheet]:
            return act(case_id, by), sheet(counter, case_id)

        def back(found: tuple[Result, CaseSheet]) -> None:
            result, seen = found

            def over() -> None:
                self._seat.bell.case_changed.emit(case_id)
                if done is not None:
                    done(result)

            self._see(seen, over)

        self._seat.tasks.run(self._seat.lanes.store, work, back, failed, owner=self, words=words)
        return True

    def read_again(self) -> None:
        """Something outside this page may have changed the case: its papers, the platform's word."""
        if self._case_id is not None:
            self.load(self._case_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802 - Qt's name and arguments
        """A key that is pressed while a case opens is meant for the case as a whole."""
        if event.type() in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress}:
            while self._rest:
                self._go_on()
        return False

    def _opened(self, found: CaseSheet, then: Callable[[CaseSheet], object] | None = None) -> None:
        def over() -> None:
            if then is not None and found.case_id == self._case_id:
                then(found)

        self._see(found, over)

    def _see(self, found: CaseSheet, over: Callable[[], object]) -> None:
        """All of the page may change with a case: in three turns, so that no key waits for the whole."""
        if found.case_id == self._case_id:
            self.sheet = found
            self.changed.emit(found)
        self._later(partial(self._show, found, self.changed_next), partial(self._show, found, self.changed_last), over)

    def _show(self, found: CaseSheet, signal: SignalInstance) -> None:
        if found.case_id == self._case_id:
            signal.emit(found)

    def _later(self, *acts: Callable[[], object]) -> None:
        """Each in a turn of its own, or all of them at once when a key is pressed."""
        self._rest.extend(acts)
        self._seat.tasks.go_on(self._go_on, owner=self)
        if (app := QCoreApplication.instance()) is not None:
            app.installEventFilter(self)

    def _go_on(self) -> None:
        if self._rest:
            self._rest.popleft()()
        if self._rest:
            self._seat.tasks.go_on(self._go_on, owner=self)
        elif (app := QCoreApplication.instance()) is not None:
            app.removeEventFilter(self)

    def _cleared(self) -> None:
        if self._case_id is None:
            self.changed_next.emit(None)
            self.changed_last.emit(None)
