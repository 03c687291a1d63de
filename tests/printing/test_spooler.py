"""The system's own printers: the word of the process that prints counts, and its death in the middle is a doubt."""

import sys
from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pypdfium2  # type: ignore[import-untyped] # it has no types
import pytest

from client.errors import DeviceError, DeviceState
from client.ports.manners import AS_USUAL, Manner, Media, Sides
from client.ports.printer import JobReport, Printout, PrintState, Unsure
from client.ports.readiness import Condition
from printing.spooler import AT_WORK, HAD_ERROR, NOT_TOLD, READY, SETTLED, SpoolChild, SpoolerPrinter, system_printers
from printing.trial import trial_page
from printing.use import driver_of, printer_of
from printing.virtual import QUEUE, VirtualQueue
from tests.printing.test_ipp_printing import until

# Hears one question after the other, and says for each what stands in the line of its arguments that is next.
STAND_IN = """
import json, os, sys
for said in sys.argv[1:]:
    length = json.loads(sys.stdin.buffer.readline())["length"]
    sys.stdin.buffer.read(length)
    for answer in said.split("|"):
        if answer == "die": os._exit(3)
        if answer == "sleep": __import__("time").sleep(60)
        print(answer, flush=True)
"""
BEGUN, DONE = '{"said": "begun"}', '{"end": "done", "cannot": []}'
PRINTED = f"{BEGUN}|{DONE}"
REAL = (sys.executable, "-c", "from ui.spooler import serve; serve()")
PAGE = trial_page("示例区政务服务大厅", "07")


@pytest.fixture
def children() -> Iterator[list[SpoolChild]]:
    started: list[SpoolChild] = []
    yield started
    for child in started:
        child.close()


def ends(*words: str) -> list[str]:
    return [f'{{"end": "{word}"}}' for word in words]


class Printing:
    """A printer whose process says `said`, one line to each question, and a clock the test has."""

    def __init__(self, children: list[SpoolChild], *said: str) -> None:
        self.seconds = 0.0
        self.child = SpoolChild((sys.executable, "-c", STAND_IN, *said))
        children.append(self.child)
        self.printer = SpoolerPrinter("laser", child=self.child, now=lambda: self.seconds)

    def hand_over(self, manner: Manner = AS_USUAL) -> str:
        return self.printer.submit(Printout("2026-1", b"%PDF", manner)).job


def test_done_is_a_printer_at_rest_some_seconds_after(children: list[SpoolChild]) -> None:
    printing = Printing(children, PRINTED, *ends("active", "idle", "idle"))
    job = printing.hand_over()
    assert printing.printer.report(job).state is PrintState.PRINTING
    assert printing.printer.report(job).state is PrintState.PRINTING, "it may not have heard of it yet"
    printing.seconds = SETTLED
    assert printing.printer.report(job) == JobReport(PrintState.DONE)
    assert printing.printer.report("7") == JobReport(PrintState.UNKNOWN)
    printing.printer.cancel(job)


def test_a_job_of_an_earlier_opening_is_not_taken_for_one_of_this(children: list[SpoolChild]) -> None:
    before = Printing(children, PRINTED).hand_over()
    printing = Printing(children, PRINTED, *ends("idle"))
    job = printing.hand_over()
    printing.seconds = SETTLED
    assert printing.printer.report(before) == JobReport(PrintState.UNKNOWN)
    assert printing.printer.report(job) == JobReport(PrintState.DONE)


def test_where_an_error_was_seen_a_person_looks(children: list[SpoolChild]) -> None:
    printing = Printing(children, PRINTED, *ends("error", "idle"))
    job = printing.hand_over()
    printing.seconds = SETTLED
    assert printing.printer.report(job) == JobReport(PrintState.STOPPED, "打印机已停止")
    assert printing.printer.report(job) == JobReport(PrintState.UNKNOWN, HAD_ERROR)


def test_what_it_cannot_do_is_said(children: list[SpoolChild]) -> None:
    cannot = f'{BEGUN}|{{"end": "done", "cannot": ["media", "sides", "tray"]}}'
    printing = Printing(children, cannot)
    taken = printing.printer.submit(Printout("2026-1", b"%PDF", Manner(1, Sides.LONG_EDGE, Media.A5, "tray-1")))
    for words in ("没有A5纸", "不能双面打印", "没有纸盒tray-1", NOT_TOLD):
        assert words in taken.note


@pytest.mark.parametrize(
    ("said", "code", "unsure"),
    [
        (ends("absent"), "DEV-354", False),
        ([f"{BEGUN}|{ends('refused')[0]}"], "DEV-355", False),
        (["die"], "DEV-353", False),
        (["no json"], "DEV-353", False),
        (["sleep"], "DEV-353", False),
        ([f"{BEGUN}|die"], "DEV-311", True),
        ([f"{BEGUN}|sleep"], "DEV-311", True),
    ],
)
def test_a_page_is_in_doubt_once_it_was_begun(
    said: list[str],
    code: str,
    unsure: bool,  # noqa: FBT001 - a row
    children: list[SpoolChild],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if "sleep" in said[0]:
        monkeypatch.setattr("printing.spooler.PRINTS_WITHIN", 0.2)
        monkeypatch.setattr("printing.spooler.STARTS_WITHIN", 0.2)
    with pytest.raises(DeviceError, match=code) as caught:
        Printing(children, *said).hand_over()
    assert isinstance(caught.value, Unsure) is unsure
    goes_for_all = caught.value.state in {DeviceState.ABSENT, DeviceState.TIMED_OUT}
    assert goes_for_all is (unsure or code == "DEV-354"), "a page that its driver dies of does not hold up the others"


def test_a_process_that_was_lost_is_started_again(children: list[SpoolChild]) -> None:
    printing = Printing(children, *ends("active"), "die")
    assert printing.printer.check() == AT_WORK
    ended = printing.printer.check()
    assert ended.condition is Condition.FAILED
    assert printing.printer.check() == AT_WORK


def test_a_look_is_not_kept_waiting_by_a_print(children: list[SpoolChild], monkeypatch: pytest.MonkeyPatch) -> None:
    printing = Printing(children)
    monkeypatch.setattr("printing.spooler.LOOKS_WITHIN", 0.01)
    with printing.child._lock:
        assert printing.printer.check() == AT_WORK, "the process paints, and is not gone"
    assert system_printers(SpoolChild(("no-such-program",))) == ()
    assert isinstance(printer_of("system:laser"), SpoolerPrinter)
    assert "Qt" in driver_of("system:laser").words


def test_a_paper_comes_out_of_a_real_queue_as_it_was_drawn(
    print_queue: VirtualQueue, monkeypatch: pytest.MonkeyPatch, children: list[SpoolChild]
) -> None:
    monkeypatch.setenv("CUPS_SERVER", print_queue.server.removeprefix("ipp://"))
    monkeypatch.setattr("printing.spooler.SETTLED", 0.0)
    children.append(child := SpoolChild(REAL))
    printer = SpoolerPrinter(QUEUE, child=child)
    assert printer.check() == READY
    taken = printer.submit(Printout("2026-1 受理通知书", PAGE, Manner(2, Sides.LONG_EDGE, Media.A5)))
    assert taken.note.startswith("打印机没有A5纸，已打印在A4纸上。打印机不能双面打印")
    until(1, lambda: len(print_queue.sheets()))
    (sheet,), (asked,) = print_queue.sheets(), print_queue.asked()
    assert (asked["IPP_COPIES"], asked["IPP_JOB_NAME"]) == ("2", "2026-1 受理通知书")
    assert _apart(sheet.read_bytes(), PAGE) < 0.02
    until(JobReport(PrintState.DONE), lambda: printer.report(taken.job))
    with pytest.raises(DeviceError, match="DEV-354") as caught:
        SpoolerPrinter("nobody", child=child).submit(Printout("2026-2", PAGE))
    assert caught.value.state is DeviceState.ABSENT
    assert system_printers(child) == [QUEUE]


def _apart(one: bytes, other: bytes) -> float:
    """How much of the one page is drawn otherwise than the other, at 100 dpi."""
    pictures = []
    for content in (one, other):
        with pypdfium2.PdfDocument(BytesIO(content)) as document:
            picture = document[0].render(scale=100 / 72, grayscale=True).to_numpy().squeeze().astype(int)
        pictures.append(picture[:1160, :820])
    return float(np.mean(np.abs(pictures[0] - pictures[1]) > 128))
