"""The table of goal R11 for the printer: each question to it fails in each way, over a real line.

What comes of it is told in one closed list, and the question can be repeated: the same printer answers once the fault
is gone. A page that may have been taken is never called failed. The table is kept in build/r11-printer.json.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from client.errors import DeviceError
from client.ports.printer import Printout
from printing.ipp.printer import IppPrinter
from printing.ipp.wire import Patience
from tests.printing.answers import Answer, job, odd_printer, printer, said

TABLE = Path(__file__).parents[2] / "build" / "r11-printer.json"
NAME = "窗口打印机"
WELL, TAKEN, FINISHED = said(printer()), said(job(7)), said(job(7, 9))

ABSENT, GONE, SILENT, STRANGE, FORBIDDEN, BUSY, REFUSED, DOUBT = (
    "DEV-301", "DEV-302", "DEV-303", "DEV-304", "DEV-305", "DEV-307", "DEV-309", "DEV-311",
)  # fmt: skip
FAULTS: Mapping[str, Answer] = {
    "stalled": Answer(delay=0.5),
    "slow": Answer(b"." * 100, drip=0.02),
    "cut": Answer(cut=True),
    "garbage": Answer(b"<html><body>It works!</body></html>"),
    "short": Answer(b""),
    "locked": Answer(status=403),
    "gone": said(code=0x0406),
    "server error": Answer(status=500),
    "busy": said(code=0x0507),
    "status": said(code=0x0503),
}
LATE = {"stalled", "slow"}
BEFORE = {
    "stalled": SILENT, "slow": SILENT, "cut": SILENT, "garbage": STRANGE, "short": STRANGE, "locked": FORBIDDEN,
    "gone": GONE, "server error": SILENT, "busy": BUSY, "status": REFUSED,
}  # fmt: skip
EXPECTED = {
    "look": BEFORE,
    # Its answer is what makes a page ours: without a clear one it may lie in the tray.
    "hand over": {**BEFORE, **dict.fromkeys(("stalled", "slow", "cut", "garbage", "short", "server error"), DOUBT)},
    "report": BEFORE,
    "cancel": BEFORE,
}


def _submit(ours: IppPrinter) -> str:
    assert ours.submit(Printout("2026-1", b"%PDF-1.7")).job.startswith("7")
    return "done"


def _report(ours: IppPrinter) -> str:
    return ours.report("7").state.value


def _cancel(ours: IppPrinter) -> str:
    ours.cancel("7")
    return "done"


Ask = Callable[[IppPrinter], str]
STEPS: Mapping[str, tuple[Ask, list[Answer], list[Answer]]] = {
    # What is asked, the sound answers before the one that fails, and all that a sound printer answers.
    "look": (_submit, [], [WELL, TAKEN, said(code=0x0501)]),
    "hand over": (_submit, [WELL], [WELL, TAKEN, said(code=0x0501)]),
    "report": (_report, [], [FINISHED]),
    "cancel": (_cancel, [], [said(), FINISHED]),
}


def outcome(ask: Ask, ours: IppPrinter) -> str:
    try:
        return ask(ours)
    except DeviceError as error:
        return error.code


def test_each_question_fails_in_each_way_and_can_be_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    table, wrong = [], []
    for step, (ask, before, sound) in STEPS.items():
        for fault, answer in FAULTS.items():
            with odd_printer(*before, answer) as odd, monkeypatch.context() as patience:
                for name in ("PAGE", "QUESTION") if fault in LATE else ():
                    patience.setattr(f"printing.ipp.printer.{name}", Patience(0.3, 0.3, 0.45))
                ours = IppPrinter(odd.address, NAME)
                came = outcome(ask, ours)
                patience.undo()
                odd.answers[:] = sound
                again = outcome(ask, ours)
            table.append({"device": "printer", "step": step, "fault": fault, "outcome": came, "repeated": again})
            if (came, again) != (EXPECTED[step][fault], "done"):
                wrong.append(table[-1])
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(json.dumps(table, indent=1), "utf-8")
    assert wrong == []


def test_a_printer_that_is_not_there_is_absent_whatever_is_asked() -> None:
    with odd_printer(WELL) as odd:
        pass
    ours = IppPrinter(odd.address, NAME)
    assert [outcome(ask, ours) for ask in (_submit, _report, _cancel)] == [ABSENT] * 3
