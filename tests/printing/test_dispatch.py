"""From the desk's list to the printer and back: in order, each once, and no print lost without a word."""

import time
from pathlib import Path

import pytest

from client.errors import DeviceError, DeviceState, StoreError
from client.ports.printer import JobReport, Printer, PrintOrder, PrintQueue, PrintState, Taken, Unsure
from client.ports.readiness import Condition, Readiness
from client.store.faults import FILE_MISSING, FULL
from printing.dispatch import A_ROUND, IDLE, PATIENCE, SOON, WAITING, Dispatch
from printing.ipp import faults
from printing.ipp.printer import IppPrinter
from printing.simulated import SimulatedPrinter, Trouble
from printing.virtual import VirtualQueue
from tests.desk.counter import CLERK, FOOD, Desk, MovableClock
from tests.printing.prints import Death, DiedError, List, Mortal, orders

PRINTED = JobReport(PrintState.DONE)
NAME = "窗口打印机"


class Refusing:
    """A printer that raises `error` for every page, and for every question after `answers` reports."""

    name = NAME

    def __init__(self, error: DeviceError, answers: int = 0) -> None:
        self.error = error
        self.answers = answers
        self.well = False
        self.pages = 0
        self.questions = 0

    def submit(self, *_: object) -> Taken:
        self.pages += 1
        raise self.error

    def report(self, *_: object) -> JobReport:
        self.questions += 1
        if self.questions > self.answers:
            raise self.error
        return JobReport(PrintState.PRINTING)

    def cancel(self, *_: object) -> None:
        raise self.error

    def check(self) -> Readiness:
        return Readiness(Condition.READY if self.well else Condition.FAILED, self.error.title)


def error(state: DeviceState = DeviceState.ABSENT) -> DeviceError:
    return DeviceError(state, faults.NO_PRINTER, device=NAME)


def run(queue: PrintQueue, printer: Printer, seconds: float = 10.0) -> None:
    """Step until nothing is left to do."""
    dispatch, until = Dispatch(queue, printer), time.monotonic() + seconds
    while dispatch.step() != IDLE:
        assert time.monotonic() < until
        time.sleep(0.005)


def test_what_is_asked_for_is_printed_in_order_and_told_once(tmp_path: Path) -> None:
    queue, printer = List(orders(3)), SimulatedPrinter(tmp_path, pace=0.02)
    dispatch = Dispatch(queue, printer)
    assert dispatch.step() == SOON
    assert [queue.state(order) for order in queue.orders] == ["printing", "queued", "queued"]
    run(queue, printer)
    assert [sheet.read_bytes() for sheet in sorted(tmp_path.iterdir())] == [b"%PDF 1", b"%PDF 2", b"%PDF 3"]
    assert [paper for paper, report in queue.told if report == PRINTED] == [1, 2, 3]
    assert dispatch.step() == IDLE


def test_what_is_no_news_is_not_told_again() -> None:
    queue, printer = List(orders(1)), SimulatedPrinter()
    printer.trouble = Trouble.OUT_OF_PAPER
    dispatch = Dispatch(queue, printer)
    assert [dispatch.step() for _ in range(3)] == [WAITING] * 3
    assert queue.told == [(1, JobReport(PrintState.STOPPED, "打印机缺纸"))]
    printer.trouble = Trouble.NONE
    run(queue, printer)
    assert queue.told[-1] == (1, PRINTED)


def test_hundreds_at_a_printer_are_asked_of_by_turns_and_each_is_told(tmp_path: Path) -> None:
    class Heard(SimulatedPrinter):
        heard = 0

        def report(self, job: str) -> JobReport:
            self.heard += 1
            return super().report(job)

    count = 3 * A_ROUND - 5
    queue, printer = List(orders(count)), Heard(tmp_path, pace=0.0)
    printer.trouble = Trouble.OUT_OF_PAPER
    dispatch = Dispatch(queue, printer)
    for _ in range(6):
        before = printer.heard
        dispatch.step()
        assert printer.heard - before <= A_ROUND
    assert {queue.state(order) for order in queue.orders} == {PrintState.STOPPED}
    assert dispatch.standing.waiting == count
    printer.trouble = Trouble.NONE
    run(queue, printer)
    assert {queue.state(order) for order in queue.orders} == {PrintState.DONE}


def test_as_many_as_wait_are_said_to() -> None:
    queue = List(orders(500))
    dispatch = Dispatch(queue, Refusing(error()))
    dispatch.step()
    assert dispatch.standing.waiting == 500


def test_cancelled_at_the_device_is_told() -> None:
    queue, printer = List(orders(2)), SimulatedPrinter(pace=100)
    dispatch = Dispatch(queue, printer)
    dispatch.step()
    printer.cancel_at_device()
    assert dispatch.step() == SOON
    assert [queue.state(order) for order in queue.orders] == ["cancelled", "cancelled"]


@pytest.mark.expected_warnings("page not printed.*DEV-301")
@pytest.mark.parametrize("state", [DeviceState.UNSUPPORTED, DeviceState.UNREADABLE])
def test_a_page_that_a_printer_does_not_want_is_for_later_and_the_next_is_not_tried_at_once(state: DeviceState) -> None:
    queue, printer = List(orders(3)), Refusing(error(state))
    dispatch = Dispatch(queue, printer)
    assert dispatch.step() == WAITING
    assert queue.told == [(1, JobReport(PrintState.FAILED, "连不上窗口打印机"))]
    assert [queue.state(order) for order in queue.orders] == ["failed", "asked", "asked"]
    assert (dispatch.step(), printer.pages) == (WAITING, 2)


@pytest.mark.parametrize("state", sorted(set(DeviceState) - {DeviceState.UNSUPPORTED, DeviceState.UNREADABLE}))
def test_while_a_printer_takes_nothing_all_go_on_waiting_and_come_out_by_themselves(state: DeviceState) -> None:
    queue, printer = List(orders(3)), Refusing(error(state))
    dispatch = Dispatch(queue, printer)
    assert [dispatch.step() for _ in range(3)] == [WAITING] * 3
    assert [queue.state(order) for order in queue.orders] == ["asked"] * 3
    assert queue.told == [(1, JobReport(PrintState.ASKED, "连不上窗口打印机"))]
    assert printer.pages == 1, "it is looked at, and offered no page while it says that it cannot"
    assert dispatch.standing.waiting == 3
    run(queue, SimulatedPrinter(pace=0))
    assert [paper for paper, report in queue.told if report == PRINTED] == [1, 2, 3]


def test_a_printer_that_took_nothing_is_offered_a_page_as_soon_as_it_is_well_or_after_a_while() -> None:
    queue, printer, times = List(orders(1)), Refusing(error()), [0.0]
    dispatch = Dispatch(queue, printer, now=lambda: times[0])
    dispatch.step()
    times[0] = PATIENCE - 1
    assert (dispatch.step(), printer.pages) == (WAITING, 1)
    times[0] = PATIENCE
    assert (dispatch.step(), printer.pages) == (WAITING, 2), "what it says of itself may be wrong"
    printer.well = True
    assert (dispatch.step(), printer.pages) == (WAITING, 3)


def test_a_printer_that_takes_pages_again_is_offered_the_next_whatever_it_says_of_itself(tmp_path: Path) -> None:
    class Gloomy(SimulatedPrinter):
        is_gloomy = False

        def check(self) -> Readiness:
            return Readiness(Condition.FAILED, "打印机已停止") if self.is_gloomy else super().check()

    queue, printer = List(orders(1)), Gloomy(tmp_path, pace=0.0)
    dispatch = Dispatch(queue, printer, now=lambda: 0.0)
    printer.trouble = Trouble.ABSENT
    dispatch.step()
    printer.trouble = Trouble.NONE
    dispatch.step()
    queue.orders, printer.is_gloomy = orders(2), True
    dispatch.step()
    assert [queue.state(order) for order in queue.orders] == ["done", "done"]


@pytest.mark.expected_warnings("page not printed.*DEV-311")
def test_a_page_that_may_be_out_is_not_handed_over_again() -> None:
    queue = List(orders(1))
    printer = Refusing(Unsure(DeviceState.TIMED_OUT, faults.UNSURE, device=NAME))
    dispatch = Dispatch(queue, printer)
    assert dispatch.step() == WAITING
    assert dispatch.step() == IDLE
    assert (printer.pages, queue.state(queue.orders[0])) == (1, PrintState.UNKNOWN)


@pytest.mark.expected_warnings("page not printed.*STORE")
def test_a_damaged_page_does_not_hold_up_the_others(tmp_path: Path) -> None:
    queue = List(orders(2), spoilt={1: StoreError(FILE_MISSING, file="paper:1")})
    run(queue, SimulatedPrinter(tmp_path, pace=0))
    assert [queue.state(order) for order in queue.orders] == ["failed", "done"]
    assert len(list(tmp_path.iterdir())) == 1


class Full(List):
    """Cannot write what the printer answers, until there is room again."""

    def __init__(self, count: int) -> None:
        super().__init__(orders(count))
        self.has_room = False

    def sent(self, order: PrintOrder, job: str) -> None:
        self._require_room()
        super().sent(order, job)

    def reported(self, paper_id: int, reprint_no: int, report: JobReport) -> None:
        self._require_room()
        super().reported(paper_id, reprint_no, report)

    def _require_room(self) -> None:
        if not self.has_room:
            raise StoreError(FULL)


def _kept_later(printer: Printer) -> PrintState:
    """Where a print stands whose answer could be kept at the third step only."""
    queue = Full(1)
    dispatch = Dispatch(queue, printer)
    for _ in range(2):
        with pytest.raises(StoreError):
            dispatch.step()
    assert queue.state(queue.orders[0]) == PrintState.SENDING
    queue.has_room = True
    dispatch.step()
    return queue.state(queue.orders[0])


def test_a_job_that_could_not_be_noted_is_noted_later_and_not_sent_twice(tmp_path: Path) -> None:
    assert _kept_later(SimulatedPrinter(tmp_path, pace=0)) == PrintState.DONE
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("state", "kept"),
    [
        pytest.param(
            DeviceState.UNSUPPORTED,
            PrintState.FAILED,
            marks=pytest.mark.expected_warnings("page not printed.*DEV-301"),
        ),
        (DeviceState.ABSENT, PrintState.ASKED),
    ],
)
def test_a_refusal_that_could_not_be_noted_is_noted_later(state: DeviceState, kept: PrintState) -> None:
    refusing = Refusing(error(state))
    assert _kept_later(refusing) == kept
    assert refusing.pages == 1


@pytest.mark.expected_warnings("printer not reached.*DEV-301")
def test_a_printer_that_went_away_is_asked_once_a_step_and_keeps_its_jobs() -> None:
    queue = List(orders(3))
    Dispatch(queue, SimulatedPrinter(pace=100)).step()
    printer = Refusing(error(), answers=1)
    dispatch = Dispatch(queue, printer)
    assert dispatch.step() == SOON
    away = JobReport(PrintState.STOPPED, "连不上窗口打印机")
    assert (queue.told[-2:], printer.questions) == ([(2, away), (3, away)], 2)
    assert dispatch.step() == WAITING
    assert (queue.told[-1], printer.questions) == ((1, away), 3)


@pytest.mark.parametrize("at", range(1, 19))
def test_whenever_the_window_dies_a_page_comes_out_once_or_somebody_looks(at: int, tmp_path: Path) -> None:
    queue, printer, death = List(orders(2)), SimulatedPrinter(tmp_path, pace=0), Death(at)
    queue.death = death
    with pytest.raises(DiedError):
        run(queue, Mortal(printer, death))
    queue.restart()
    run(queue, printer)
    sheets = [sheet.read_bytes() for sheet in tmp_path.iterdir()]
    for order in queue.orders:
        count = sheets.count(b"%%PDF %d" % order.paper_id)
        state = queue.state(order)
        assert (state, count) in {(PrintState.DONE, 1), (PrintState.UNKNOWN, 0), (PrintState.UNKNOWN, 1)}
    in_doubt = [order for order in queue.orders if queue.state(order) == PrintState.UNKNOWN]
    assert len(in_doubt) <= 1, "only the one that was being handed over"


def test_a_printer_that_takes_one_page_at_a_time_prints_them_all(print_queue: VirtualQueue) -> None:
    print_queue.slow_down(0.1)
    queue = List(orders(3))
    run(queue, IppPrinter(print_queue.printer, NAME))
    assert [queue.state(order) for order in queue.orders] == ["done"] * 3
    assert [sheet.read_bytes() for sheet in print_queue.sheets()] == [b"%PDF 1", b"%PDF 2", b"%PDF 3"]


def test_the_papers_of_a_desk_are_printed_and_its_list_is_empty(
    desk: Desk, clock: MovableClock, print_queue: VirtualQueue
) -> None:
    queue = desk.memory.prints(clock)
    (paper_id,) = desk.intake.accept(desk.draft(FOOD), CLERK).paper_ids
    desk.render()
    desk.prints.ask([paper_id], CLERK)
    run(queue, IppPrinter(print_queue.printer, NAME))
    assert desk.prints.waiting() == ()
    assert [sheet.read_bytes() for sheet in print_queue.sheets()] == [b"%%PDF %d" % paper_id]


def test_a_busy_printer_leaves_a_desks_paper_on_its_list(desk: Desk, clock: MovableClock) -> None:
    queue = desk.memory.prints(clock)
    desk.prints.ask(desk.intake.accept(desk.draft(FOOD), CLERK).paper_ids, CLERK)
    desk.render()
    Dispatch(queue, Refusing(error(DeviceState.BUSY))).step()
    assert [waiting.state for waiting in desk.prints.waiting()] == [PrintState.ASKED]
    run(queue, SimulatedPrinter(pace=0))
    assert desk.prints.waiting() == ()


@pytest.mark.expected_warnings("printer not reached.*DEV-301")
def test_a_printer_that_cannot_be_reached_is_asked_to_take_back_one_job_a_step() -> None:
    class Counting(Refusing):
        cancels = 0

        def cancel(self, *_: object) -> None:
            self.cancels += 1
            raise self.error

    queue, printer = List(orders(3)), Counting(error())
    Dispatch(queue, SimulatedPrinter(pace=100)).step()
    queue.voided = frozenset({1, 2, 3})
    Dispatch(queue, printer).step()
    assert printer.cancels == 1, "every question may take seconds"


@pytest.mark.expected_warnings("printer not reached.*DEV-301")
def test_a_paper_that_was_voided_is_taken_back_from_the_printer_as_soon_as_that_can_be(tmp_path: Path) -> None:
    queue, printer = List(orders(3)), SimulatedPrinter(tmp_path, pace=0.0)
    printer.trouble = Trouble.OUT_OF_PAPER
    dispatch = Dispatch(queue, printer)
    dispatch.step()
    printer.trouble = Trouble.ABSENT
    queue.voided = frozenset({2})
    dispatch.step()
    assert queue.state(queue.orders[1]) == PrintState.STOPPED
    printer.trouble = Trouble.OUT_OF_PAPER
    dispatch.step()
    printer.trouble = Trouble.NONE
    run(queue, printer)
    assert [queue.state(order) for order in queue.orders] == ["done", "cancelled", "done"]
    assert [sheet.read_bytes() for sheet in sorted(tmp_path.iterdir())] == [b"%PDF 1", b"%PDF 3"]


def test_a_job_in_doubt_is_taken_back_so_that_it_does_not_come_out_beside_its_reprint() -> None:
    class Doubtful(SimulatedPrinter):
        taken_back = 0

        def report(self, job: str) -> JobReport:  # noqa: ARG002 - the port's own shape
            return JobReport(PrintState.UNKNOWN, "可能已经打出")

        def cancel(self, job: str) -> None:
            self.taken_back += 1
            assert job == queue.jobs[1, 0]
            raise error()

    queue, printer = List(orders(1)), Doubtful()
    Dispatch(queue, printer).step()
    assert (printer.taken_back, queue.state(queue.orders[0])) == (1, PrintState.UNKNOWN)
