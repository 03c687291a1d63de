"""Papers on a real cupsd with an IPP Everywhere printer behind it, and on that printer itself."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from client.errors import DeviceError, DeviceState
from client.ports.printer import JobReport, Printout, PrintState
from client.ports.readiness import Condition
from printing.ipp import states
from printing.ipp.finding import found
from printing.ipp.messages import Section, first
from printing.ipp.printer import GONE, IppPrinter, question
from printing.ipp.wire import QUESTION, Address
from printing.trial import trial_page
from printing.virtual import QUEUE, VirtualQueue

PATIENCE = 20.0  # seconds
HEARD = 0.5  # seconds until the printer has heard of it: it tells nobody, and with paper at once it would have printed
NAME = "窗口打印机"
GET_JOBS = 0x000A
PAGE = trial_page("示例区政务服务大厅", "A01")

NO_PAPER = JobReport(PrintState.STOPPED, "打印机缺纸")
OFFLINE = JobReport(PrintState.STOPPED, "打印机已脱机")
CANCELLED = JobReport(PrintState.CANCELLED, states.CANCELLED)
CANCELLED_LATE = JobReport(PrintState.UNKNOWN, states.CANCELLED_LATE)


@pytest.fixture(params=["through CUPS", "directly"])
def printer(request: pytest.FixtureRequest, print_queue: VirtualQueue) -> IppPrinter:
    return IppPrinter(print_queue.address if request.param == "through CUPS" else print_queue.printer, NAME)


@pytest.fixture
def queue(print_queue: VirtualQueue) -> IppPrinter:
    return IppPrinter(print_queue.address, NAME)


def until(wanted: Any, look: Callable[[], Any]) -> list[Any]:
    """Look until it is as wanted; returns what was seen on the way, each once in a row."""
    seen: list[Any] = []
    end = time.monotonic() + PATIENCE
    while not seen or seen[-1] != wanted:
        now = look()
        if not seen or now != seen[-1]:
            seen.append(now)
        assert time.monotonic() < end, seen
        time.sleep(0.01)
    return seen


def reports(printer: IppPrinter, job: str) -> Callable[[], JobReport]:
    return lambda: printer.report(job)


def test_a_page_comes_out_whole_and_says_where_it_is(printer: IppPrinter, print_queue: VirtualQueue) -> None:
    print_queue.slow_down(0.2)
    assert printer.check() == states.READY
    seen = until(JobReport(PrintState.DONE), reports(printer, printer.submit(Printout("2026-1", PAGE)).job))
    assert [report.state for report in seen if report.state != PrintState.QUEUED] == ["printing", "done"]
    (sheet,) = print_queue.sheets()
    (page,) = PdfReader(sheet).pages
    assert "打印测试页" in page.extract_text()


def test_out_of_paper_stops_it_and_paper_lets_it_go_on(printer: IppPrinter, print_queue: VirtualQueue) -> None:
    print_queue.order("empty")
    job = printer.submit(Printout("2026-2", PAGE)).job
    until(NO_PAPER, reports(printer, job))
    stands = printer.check()
    assert (stands.condition, stands.words) == (Condition.FAILED, "打印机缺纸")
    assert "纸张" in stands.advice
    assert not print_queue.sheets()
    print_queue.order("refill")
    until(JobReport(PrintState.DONE), reports(printer, job))
    assert len(print_queue.sheets()) == 1
    assert printer.check() == states.READY


@pytest.mark.parametrize(("trouble", "words"), [("jam", "打印机卡纸"), ("cover", "打印机盖板没有关好")])
def test_a_jam_and_an_open_cover_stop_it_until_somebody_came(
    trouble: str, words: str, print_queue: VirtualQueue
) -> None:
    direct = IppPrinter(print_queue.printer, NAME)
    print_queue.order(trouble)
    job = direct.submit(Printout("2026-20", PAGE)).job
    until(JobReport(PrintState.STOPPED, words), reports(direct, job))
    assert direct.check().words == words
    print_queue.order("refill")
    until(JobReport(PrintState.DONE), reports(direct, job))


def test_what_runs_low_is_told_while_it_prints(queue: IppPrinter, print_queue: VirtualQueue) -> None:
    print_queue.order("low")
    job = queue.submit(Printout("2026-21", PAGE)).job
    until(JobReport(PrintState.DONE), reports(queue, job))
    until("纸将尽、碳粉或者墨水将尽", lambda: queue.check().words)
    assert queue.check().condition == Condition.ATTENTION
    print_queue.order("refill")
    job = queue.submit(Printout("2026-22", PAGE)).job
    until(JobReport(PrintState.DONE), reports(queue, job))
    until(states.READY, queue.check)


def test_a_server_that_is_down_takes_nothing_and_leaves_in_doubt_what_it_printed(
    queue: IppPrinter, print_queue: VirtualQueue
) -> None:
    print_queue.order("empty")
    job = queue.submit(Printout("2026-23", PAGE)).job
    until(NO_PAPER, reports(queue, job))
    print_queue.order("down")
    asked: list[Callable[[], object]] = [
        lambda: queue.submit(Printout("2026-24", PAGE)),
        lambda: queue.report(job),
        lambda: queue.cancel(job),
    ]
    for ask in asked:
        with pytest.raises(DeviceError) as caught:
            ask()
        assert (caught.value.state, caught.value.code) == (DeviceState.ABSENT, "DEV-301")
    assert queue.check().words == "连不上窗口打印机"
    print_queue.order("refill")
    print_queue.order("up")
    until(JobReport(PrintState.UNKNOWN, states.BROKEN_OFF), reports(queue, job))
    until(1, lambda: len(print_queue.sheets()))
    queue.cancel(job)  # else it would be printed once more with the next
    until(JobReport(PrintState.DONE), reports(queue, queue.submit(Printout("2026-25", PAGE)).job))
    assert len(print_queue.sheets()) == 2


def test_taken_back_while_it_waits(printer: IppPrinter, print_queue: VirtualQueue) -> None:
    print_queue.order("empty")
    job = printer.submit(Printout("2026-3", PAGE)).job
    printer.cancel(job)
    if printer.report(job) == NO_PAPER:  # the printer itself, which tells of it once there is paper
        time.sleep(HEARD)
    print_queue.order("refill")
    until(True, lambda: reports(printer, job)() in {CANCELLED, CANCELLED_LATE})  # CUPS may have begun with it
    printer.cancel(job)  # once more does no harm


def test_cancelled_at_the_device(queue: IppPrinter, print_queue: VirtualQueue) -> None:
    """This printer tells nobody that it has heard of a cancel, and prints what it had begun again: then once more."""
    for number in ("2026-4", "2026-41", "2026-42"):
        print_queue.order("empty")
        job = queue.submit(Printout(number, PAGE)).job
        until(NO_PAPER, reports(queue, job))
        IppPrinter(print_queue.printer, NAME).cancel(_job_at_work(print_queue.printer))
        time.sleep(HEARD)
        print_queue.order("refill")
        if _ended(reports(queue, job)) == CANCELLED_LATE:
            return
    pytest.fail("three prints cancelled at the printer, and none was told as such")


def test_offline_stops_it_and_online_lets_it_go_on(queue: IppPrinter, print_queue: VirtualQueue) -> None:
    print_queue.order("offline")
    assert queue.check().condition == Condition.FAILED, "the printer behind the queue is asked"
    job = queue.submit(Printout("2026-5", PAGE)).job
    until(OFFLINE, reports(queue, job))
    print_queue.order("online")
    until(JobReport(PrintState.DONE), reports(queue, job))
    assert queue.check() == states.READY


def test_a_printer_switched_off_while_it_printed_forgets_its_job(print_queue: VirtualQueue) -> None:
    direct = IppPrinter(print_queue.printer, NAME)
    print_queue.order("empty")
    job = direct.submit(Printout("2026-6", PAGE)).job
    print_queue.order("offline")
    with pytest.raises(DeviceError) as caught:
        direct.report(job)
    assert (caught.value.state, caught.value.code) == (DeviceState.ABSENT, "DEV-301")
    print_queue.order("refill")
    print_queue.order("online")
    assert direct.report(job) == JobReport(PrintState.UNKNOWN, GONE)
    other = direct.submit(Printout("2026-7", PAGE)).job
    assert direct.report(job) == JobReport(PrintState.UNKNOWN, GONE), "another job has its number now"
    until(JobReport(PrintState.DONE), reports(direct, other))


def test_a_busy_printer_says_so(print_queue: VirtualQueue) -> None:
    direct = IppPrinter(print_queue.printer, NAME)
    print_queue.order("empty")
    job = direct.submit(Printout("2026-8", PAGE)).job
    with pytest.raises(DeviceError) as caught:
        direct.submit(Printout("2026-9", PAGE))
    assert (caught.value.state, caught.value.code) == (DeviceState.BUSY, "DEV-307")
    print_queue.order("refill")
    until(JobReport(PrintState.DONE), reports(direct, job))


def test_a_stopped_queue_says_so_whoever_stopped_it(queue: IppPrinter, print_queue: VirtualQueue) -> None:
    print_queue.admin("cupsdisable", QUEUE)
    job = queue.submit(Printout("2026-10", PAGE)).job
    assert queue.report(job) == JobReport(PrintState.STOPPED, "打印机已暂停")
    assert queue.check().words == "打印机已暂停"
    print_queue.admin("cupsreject", QUEUE)
    with pytest.raises(DeviceError, match="DEV-306"):
        queue.submit(Printout("2026-11", PAGE))
    queue.cancel(job)
    print_queue.admin("cupsaccept", QUEUE)
    print_queue.admin("cupsenable", QUEUE)
    assert queue.report(job) == CANCELLED


@pytest.fixture
def renamed(queue: IppPrinter, print_queue: VirtualQueue) -> Iterator[str]:
    """A job of a queue that is now called otherwise."""
    job = queue.submit(Printout("2026-12", PAGE)).job
    until(JobReport(PrintState.DONE), reports(queue, job))
    print_queue.admin("lpadmin", "-x", QUEUE)
    yield job
    print_queue.make_queue()


def test_a_queue_of_another_name_is_absent_with_advice(renamed: str, queue: IppPrinter) -> None:
    asked: list[Callable[[], object]] = [
        lambda: queue.submit(Printout("2026-13", PAGE)),
        lambda: queue.report(renamed),
        lambda: queue.cancel(renamed),
    ]
    for ask in asked:
        with pytest.raises(DeviceError) as caught:
            ask()
        assert (caught.value.state, caught.value.code) == (DeviceState.ABSENT, "DEV-302")
        assert "重新选择打印机" in caught.value.advice
    assert queue.check().words == "打印服务器上没有窗口打印机"


def test_the_queues_of_a_server_are_found_and_a_printer_as_itself(print_queue: VirtualQueue) -> None:
    (queue,) = found(print_queue.server)
    assert (queue.name, queue.address, queue.takes_pdf) == (QUEUE, print_queue.address, True)
    (itself,) = found(print_queue.printer.removesuffix("/ipp/print"))
    assert (itself.address, itself.takes_pdf) == (print_queue.printer, True)


def _ended(look: Callable[[], JobReport]) -> JobReport:
    """Whichever end it comes to; CUPS asks the printer every twelve seconds at the longest, and then once more."""
    end = time.monotonic() + 3 * PATIENCE
    while (report := look()) not in {CANCELLED_LATE, JobReport(PrintState.DONE)}:
        assert time.monotonic() < end, report
        time.sleep(0.1)
    return report


def _job_at_work(printer: str) -> str:
    """The number of the job the printer has now (Get-Jobs, RFC 8011, 4.2.6): its queue says that it waits before."""

    def number() -> int | None:
        return first(question(Address.of(printer), NAME, GET_JOBS, [], QUESTION), Section.JOB).number("job-id")

    until(True, lambda: number() is not None)
    return str(number())
