"""What mends each thing that is owed: one verb for each kind, and what it needs to be told."""

from collections.abc import Callable, Mapping

from client.desk.counter import Counter
from client.desk.paperwork import Paperwork
from client.desk.prints import Prints
from client.desk.sending import Sending
from client.desk.sheet import sheet
from client.desk.staff import Staff
from client.desk.today import ToDo, ToDoKind
from client.text import tr
from ui.clerk.intake.paper_verbs import SEALS
from ui.seat import Seat
from ui.widgets.chips import Tone

TONES: Mapping[ToDoKind, Tone] = {
    ToDoKind.REFUSED: Tone.BAD,
    ToDoKind.PRINT_UNKNOWN: Tone.WARN,
    ToDoKind.PRINT_FAILED: Tone.BAD,
    ToDoKind.PRINT_STUCK: Tone.WARN,
    ToDoKind.NOTICE_DUE: Tone.BAD,
    ToDoKind.CORRECTION_DUE: Tone.WARN,
    ToDoKind.DEFERRAL_DUE: Tone.WARN,
    ToDoKind.AWAITING_SEAL: Tone.WARN,
    ToDoKind.UNPRINTED: Tone.BRAND,
    ToDoKind.NUMBERS_LOW: Tone.WARN,
    ToDoKind.HELD: Tone.WARN,
    ToDoKind.UNSENT: Tone.BRAND,
}
Act = Callable[[Staff], object]


class Mending:
    """Does the verb of a row on the store lane, and tells the others what changed."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def mend(self, todo: ToDo, ask_seal: Callable[[ToDo, str], object], look: Callable[[ToDo], object]) -> None:
        """The verb of `todo`. `ask_seal` with the usual seal where one is to be named; `look` where a person must."""
        seat, counter = self._seat, self._seat.house.counter
        match todo.kind:
            case ToDoKind.REFUSED:
                self._do(todo, lambda by: Sending(counter).retry(todo.event_id or "", by), tr("已重新排队上传"))
            case ToDoKind.HELD:
                self._do(todo, lambda by: Sending(counter).release(todo.event_id or "", by), tr("已恢复上传"))
            case ToDoKind.UNSENT | ToDoKind.NUMBERS_LOW:
                self._do(todo, lambda _by: Sending(counter).hurry(), "", after=self._link_up)
            case ToDoKind.PRINT_UNKNOWN:
                look(todo)
            case ToDoKind.PRINT_STUCK:
                seat.bell.papers_asked.emit()
                seat.notices.warn(todo.words, tr("请到打印机旁查看缺纸、卡纸或盖板；处理好后自动继续"))
            case ToDoKind.PRINT_FAILED:
                self._do(todo, lambda by: self._prints.again(*_print(todo), by), tr("已再次送打印机"), papers=True)
            case ToDoKind.UNPRINTED:
                self._do(todo, lambda by: self._prints.ask([_print(todo)[0]], by), tr("已送打印机"), papers=True)
            case ToDoKind.AWAITING_SEAL:
                seat.tasks.run(
                    seat.lanes.looks, lambda: _usual_seal(counter, todo), lambda usual: ask_seal(todo, usual)
                )
            case ToDoKind.NOTICE_DUE | ToDoKind.CORRECTION_DUE | ToDoKind.DEFERRAL_DUE:
                seat.bell.go.emit("intake", {"case_id": todo.case_id})

    def sealed(self, todo: ToDo, seal: str) -> None:
        """The paper of `todo` bears this seal."""
        paperwork = Paperwork(self._seat.house.counter)
        self._do(todo, lambda by: paperwork.apply_wet_seal(_print(todo)[0], by, seal), tr("已登记用印"))

    def came_out(self, todo: ToDo, *, there: bool) -> None:
        """A person looked: the sheet of `todo` is there, or not."""
        settle = self._prints.came_out if there else self._prints.did_not_come_out
        told = tr("已记为打出") if there else tr("补打的一份已送打印机")
        self._do(todo, lambda by: settle(*_print(todo), by), told, papers=not there)

    @property
    def _prints(self) -> Prints:
        return Prints(self._seat.house.counter)

    def _do(
        self,
        todo: ToDo,
        act: Act,
        told: str,
        *,
        papers: bool = False,
        after: Callable[[], object] = lambda: None,
    ) -> None:
        seat = self._seat
        by = seat.acting()
        if by is None:
            return

        def done(_result: object) -> None:
            if told:
                seat.notices.good(told, todo.case_number)
            after()
            if papers:
                seat.bell.papers_asked.emit()
            seat.bell.case_changed.emit(todo.case_id)
            seat.narrator.tell("mended", kind=todo.kind.value, case=todo.case_id)

        seat.tasks.run(seat.lanes.store, lambda: act(by), done)

    def _link_up(self) -> None:
        if self._seat.hands.sender is not None:
            self._seat.hands.sender.link_up()


def _usual_seal(counter: Counter, todo: ToDo) -> str:
    return SEALS[sheet(counter, todo.case_id).item.intake_regime]


def _print(todo: ToDo) -> tuple[int, int]:
    """Which print of which paper; the queue names both where a sheet is meant."""
    if todo.paper_id is None:
        raise AssertionError("this row is about no paper")
    return todo.paper_id, todo.reprint_no or 0
