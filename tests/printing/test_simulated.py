"""The shipped simulator keeps the manners of a printer."""

from pathlib import Path

import pytest

from client.errors import DeviceError, DeviceState
from client.ports.devices import SIMULATED
from client.ports.printer import JobReport, Printout, PrintState
from client.ports.readiness import Condition
from printing.ipp.printer import IppPrinter
from printing.ipp.states import CANCELLED
from printing.simulated import SimulatedPrinter, Trouble
from printing.use import printer_of

PDF = b"%PDF-1.7"
OTHER = Printout("2026-2", PDF)


class Watch:
    """A clock that goes on when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def printer(tmp_path: Path, watch: Watch) -> SimulatedPrinter:
    return SimulatedPrinter(tmp_path / "out", pace=1.0, now=watch)


def names(tmp_path: Path) -> list[str]:
    return sorted(sheet.name for sheet in (tmp_path / "out").glob("*"))


def test_pages_come_out_one_after_the_other(printer: SimulatedPrinter, watch: Watch, tmp_path: Path) -> None:
    jobs = [printer.submit(Printout(f"示市监许受〔2026〕{number} 号", PDF)).job for number in (1, 2)]
    watch.now = 0.5
    assert [printer.report(job).state for job in jobs] == ["printing", "queued"]
    watch.now = 1.5
    assert [printer.report(job).state for job in jobs] == ["done", "printing"]
    watch.now = 9
    assert [printer.report(job).state for job in jobs] == ["done", "done"]
    assert names(tmp_path) == ["0001-示市监许受-2026-1-号.pdf", "0002-示市监许受-2026-2-号.pdf"]


@pytest.mark.parametrize(
    ("trouble", "words"),
    [(Trouble.OUT_OF_PAPER, "打印机缺纸"), (Trouble.JAM, "打印机卡纸"), (Trouble.OFFLINE, "打印机已脱机")],
)
def test_jobs_wait_while_something_is_wrong(
    trouble: Trouble, words: str, printer: SimulatedPrinter, watch: Watch, tmp_path: Path
) -> None:
    printer.trouble = trouble
    job = printer.submit(Printout("2026-1", PDF)).job
    watch.now = 9
    assert printer.report(job) == JobReport(PrintState.STOPPED, words)
    look = printer.check()
    assert (printer.trouble, look.condition, look.words) == (trouble, Condition.FAILED, words)
    assert names(tmp_path) == []
    printer.trouble = Trouble.NONE
    assert printer.report(job).state == PrintState.PRINTING, "the time that went by is not printed"
    watch.now = 10
    assert printer.report(job) == JobReport(PrintState.DONE)
    assert (printer.check().condition, printer.check().words) == (Condition.READY, "就绪（模拟）")


def test_absent_takes_nothing_and_answers_nothing(printer: SimulatedPrinter) -> None:
    job = printer.submit(Printout("2026-1", PDF)).job
    printer.trouble = Trouble.ABSENT
    for ask in (
        lambda: printer.submit(OTHER),
        lambda: printer.report(job),
        lambda: printer.cancel(job),
    ):
        with pytest.raises(DeviceError) as caught:
            ask()
        assert caught.value.state == DeviceState.ABSENT
    assert printer.check().condition == Condition.FAILED


def test_cancelled_is_not_printed_and_printed_is_not_cancelled(
    printer: SimulatedPrinter, watch: Watch, tmp_path: Path
) -> None:
    done, taken_back, pressed = (printer.submit(Printout(f"2026-{number}", PDF)).job for number in (1, 2, 3))
    watch.now = 1.0
    printer.cancel(done)
    printer.cancel(taken_back)
    printer.cancel_at_device()
    watch.now = 9
    assert printer.report(done) == JobReport(PrintState.DONE)
    assert [printer.report(job) for job in (taken_back, pressed)] == [JobReport(PrintState.CANCELLED, CANCELLED)] * 2
    assert len(names(tmp_path)) == 1


def test_a_job_of_a_printer_before_it_is_unknown(printer: SimulatedPrinter, watch: Watch) -> None:
    before = SimulatedPrinter().submit(OTHER).job
    own = printer.submit(OTHER).job
    for job in (before, "7", "7 urn:uuid:1"):
        assert printer.report(job).state == PrintState.UNKNOWN
        printer.cancel(job)
    watch.now = 9
    assert printer.report(own).state == PrintState.DONE, "and what it had is not taken back for it"


def test_a_setting_names_it(tmp_path: Path) -> None:
    assert isinstance(printer_of(SIMULATED, folder=tmp_path), SimulatedPrinter)
    assert isinstance(printer_of("ipp://localhost/printers/window"), IppPrinter)
    nowhere = SimulatedPrinter(pace=0)
    assert nowhere.report(nowhere.submit(Printout("2026-1", PDF)).job) == JobReport(PrintState.DONE)
