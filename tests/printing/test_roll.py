"""Slips on a roll: every name comes out, the printer's word counts, and what nobody can tell is said to be unsure."""

import os
import platform
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zxingcpp

from client.errors import DeviceError, DeviceState
from client.ports.manners import AS_USUAL, Manner
from client.ports.papers import PaperKind, PaperLook
from client.ports.printer import JobReport, Printout, PrintState, Unsure
from client.ports.readiness import Condition
from printing.dispatch import Dispatch
from printing.escpos.address import roll_printer_of
from printing.escpos.commands import Status, status_of
from printing.escpos.printer import BUSY, LOW, READY, SILENT_READY, RollPrinter
from printing.escpos.setting import Cut, Letters, Roll, slip
from printing.papers.roll import Words, short_form
from printing.use import driver_of, printer_of, trial_on
from tests.printing.facts import paper
from tests.printing.prints import List, orders
from tests.printing.roll_stand_in import RollStandIn, on_a_socket, on_a_terminal

SLIP = PaperKind.RECEIVING_SLIP
RARE = "𠮷䶮"
NAME = "热敏打印机"


def printout(manner: Manner = AS_USUAL, *, reprint_no: int = 0, kind: PaperKind = SLIP, **changes: Any) -> Printout:
    return Printout("2026-1 申请材料接收凭证", b"%PDF", manner, lambda: paper(kind, **changes), reprint_no)


def read(rows: list[bytes]) -> str:
    """The QR code among the dots that came out."""
    picture = 255 * (1 - np.unpackbits(np.array([list(row) for row in rows], np.uint8), axis=1))
    (found,) = zxingcpp.read_barcodes(np.ascontiguousarray(picture.astype(np.uint8)))
    told: str = found.text
    return told


def ink(rows: list[bytes]) -> int:
    return sum(byte.bit_count() for row in rows for byte in row)


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("printing.escpos.printer.ANSWERS_WITHIN", 0.05)
    monkeypatch.setattr("printing.escpos.printer.WORKS_WITHIN", 0.1)


def test_a_slip_says_number_item_time_window_and_whom_to_ask_and_no_material() -> None:
    facts = paper(SLIP)
    told = "\n".join(each.text for each in short_form(facts, 0) if isinstance(each, Words))
    for words in (facts.case_number, "食品经营许可（新办）", facts.window_no, facts.query_code, "收件不等于受理"):
        assert words in told
    assert facts.organ.advice_phone in told
    assert facts.organ.supervision_phone in told
    assert "补打" not in told
    assert not any(line.name in told for line in facts.materials)
    again = "\n".join(each.text for each in short_form(facts, 2) if isinstance(each, Words))
    assert "补打第2次" in again


def test_by_the_printers_own_letters_what_it_has_is_text_and_a_rare_name_is_drawn() -> None:
    printer = RollStandIn()
    printer.hear(slip(short_form(paper(SLIP, applicant_name="张三"), 0), Roll(letters=Letters.GB18030)))
    assert "申请人：张三" in printer.lines
    assert (printer.wrong, printer.is_chinese, printer.cuts) == ([], True, 1)
    assert b"\x1d!\x11\x1bE\x00\x1ba\x01" + paper(SLIP).query_code.encode() in printer.heard, "twice as large"
    assert b"\x1d!\x00\x1bE\x01\x1ba\x01" + "示例市".encode("gbk") in printer.heard, "bold, in the middle"
    rare = RollStandIn()
    rare.hear(slip(short_form(paper(SLIP, applicant_name=RARE), 0), Roll(letters=Letters.GB18030)))
    assert not any("申请人" in line for line in rare.lines)
    assert [line for line in printer.lines if "申请人" not in line] == rare.lines
    assert len(rare.rows) > len(printer.rows), "that line alone is drawn"


def test_drawn_letters_are_black_and_the_code_is_read_again() -> None:
    facts, printer = paper(SLIP, applicant_name=RARE), RollStandIn()
    printer.hear(slip(short_form(facts, 0), Roll()))
    assert (printer.lines, printer.wrong) == ([], [])
    assert read(printer.rows) == f"{facts.case_number} {facts.query_code}"
    plain = RollStandIn()
    plain.hear(slip(short_form(paper(SLIP, applicant_name="一一"), 0), Roll()))
    assert ink(printer.rows) > ink(plain.rows) + 100, "two rare characters have more strokes than two lines"


def test_who_reads_badly_gets_a_large_slip() -> None:
    plain, large = (paper(SLIP, look=PaperLook(large=is_large)) for is_large in (False, True))
    printer = RollStandIn()
    printer.hear(slip(short_form(large, 0), Roll(letters=Letters.GB18030)))
    assert b"\x1d!\x11\x1bE\x00\x1ba\x00" + "收件不等于受理".encode("gbk") in printer.heard
    assert (printer.wrong, max(map(len, printer.lines))) == ([], len(large.case_number))
    assert [each.large for each in short_form(plain, 0) if isinstance(each, Words)].count(True) == 1


def test_a_long_name_is_broken_and_nothing_is_wider_than_the_roll() -> None:
    printer = RollStandIn()
    long = short_form(paper(SLIP, item_name="食品经营许可" * 20), 0)
    printer.hear(slip(long, Roll(384, Letters.GB18030)))
    assert all(sum(1 if char.isascii() else 2 for char in line) <= 32 for line in printer.lines)
    assert "".join(printer.lines).count("食品经营许可") == 20


@pytest.mark.parametrize("cut", Cut)
def test_the_knife_is_used_as_the_setting_has_it(cut: Cut) -> None:
    printer = RollStandIn()
    printer.hear(slip([Words("1")], Roll(cut=cut)))
    assert (printer.cuts, printer.knife, printer.wrong) == (cut is not Cut.NO, cut, [])


@pytest.mark.parametrize(
    ("words", "across", "knife"),
    [
        ("profile=TM-T88V", 512, "partial"),
        ("profile=TM-T88V&width=384&cut=full", 384, "full"),
        ("profile=NT-5890K", 384, "no"),
        ("profile=TM-T20II-42col", 544, "partial"),
        ("profile=RP326", 576, "partial"),
    ],
)
def test_a_printer_known_by_its_name_brings_its_width_and_its_knife(words: str, across: int, knife: str) -> None:
    stand_in = RollStandIn()
    with on_a_socket(stand_in) as at:
        roll_printer_of(f"{at}?{words}").submit(printout())
    assert ({len(row) * 8 for row in stand_in.rows}, stand_in.knife, stand_in.wrong) == ({across}, knife, [])


@pytest.mark.parametrize("profile", ["TM-T99", "TM-U220", ""])
def test_a_name_nobody_knows_or_of_a_printer_without_dots_is_refused(profile: str) -> None:
    with pytest.raises(DeviceError, match="DEV-356"):
        printer_of(f"escpos://h?profile={profile}")


def test_the_library_comes_in_alone_leaves_nothing_behind_and_says_nothing(tmp_path: Path) -> None:
    """Not what somebody laid out for it in the folder the environment names: unpickled, it would run."""
    laid_out = tmp_path / "laid out"
    laid_out.mkdir()
    evil = laid_out / f"{platform.python_version()}.capabilities.pickle"
    evil.write_bytes(b"cos\n_exit\n(I7\ntR.")  # ends the process that reads it
    os.utime(evil, (2**31, 2**31))
    own = tmp_path / "own"
    own.mkdir()
    program = (
        "import logging\nfrom printing.escpos.setting import Roll, slip\nfrom printing.papers.roll import Stroke\n"
        "import sys\nassert 'escpos.capabilities' not in sys.modules\n"
        "assert len(slip([Stroke()], Roll())) > 18 * 72\nassert logging.getLogger().handlers == []"
    )
    ways = {"TMPDIR": str(own), "ESCPOS_CAPABILITIES_PICKLE_DIR": str(laid_out)}
    done = subprocess.run([sys.executable, "-c", program], env=os.environ | ways, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert list(own.iterdir()) == []


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        (b"\x12\x12\x12\x12", Status()),
        (b"\x1a\x36\x12\x72", Status(cover_open=True, paper_out=True, offline=True)),
        (b"\x12\x12\x12\x1e", Status(paper_low=True)),
        (b"\x12\x12\x1a\x12", Status(broken=True)),
        (b"\x12\x12\x12", None),
        (b"HTTP", None),
        (b"\x00\x00\x00\x00", None),
    ],
)
def test_what_a_printer_answers(answers: bytes, status: Status | None) -> None:
    assert status_of(answers) == status


def _over_a_file(printer: RollStandIn) -> AbstractContextManager[str]:
    return on_a_terminal(printer)


@pytest.mark.parametrize("way", ["network", "serial", "file"])
def test_a_slip_comes_out_once_and_says_so_on_every_way(way: str) -> None:
    stand_in = RollStandIn()
    with on_a_socket(stand_in) if way == "network" else _over_a_file(stand_in) as at:
        printer = printer_of(at if way == "network" else f"escpos:{way}:{at}?letters=gb18030")
        assert printer.check() == READY
        taken = printer.submit(printout(Manner(copies=2)))
        assert printer.report(taken.job) == JobReport(PrintState.DONE)
        printer.cancel(taken.job)
        stand_in.answers[4] = 0x1E
        assert printer.check() == LOW
        assert trial_on(printer, "大厅", "07").state is PrintState.DONE
    assert (stand_in.cuts, stand_in.wrong) == (3, [])
    assert printer.report("1-of-another-day") == JobReport(PrintState.UNKNOWN)
    assert "ESC/POS" in driver_of("escpos://host").words


@pytest.mark.parametrize(
    ("answer", "state", "code"),
    [
        ({2: 0x16}, DeviceState.COVER_OPEN, "DEV-345"),
        ({4: 0x72}, DeviceState.OUT_OF_PAPER, "DEV-344"),
        ({3: 0x1A}, DeviceState.JAMMED, "DEV-346"),
        ({1: 0x00}, DeviceState.TIMED_OUT, "DEV-343"),
    ],
)
def test_a_printer_that_is_not_ready_takes_nothing(answer: dict[int, int], state: DeviceState, code: str) -> None:
    stand_in = RollStandIn()
    stand_in.answers |= answer
    with on_a_socket(stand_in) as at, pytest.raises(DeviceError) as caught:
        printer_of(at).submit(printout())
    assert not isinstance(caught.value, Unsure)
    assert (caught.value.state, caught.value.code) == (state, code)
    assert (stand_in.rows, stand_in.cuts) == ([], 0)


@pytest.mark.parametrize(
    ("change", "code"),
    [({"runs_out": True}, "DEV-349"), ({"keeps_the_fence": True}, "DEV-350")],
)
def test_a_slip_that_broke_off_is_in_doubt(change: dict[str, bool], code: str) -> None:
    with on_a_socket(RollStandIn(**change)) as at, pytest.raises(Unsure, match=code):  # type: ignore[arg-type] # flags
        roll_printer_of(at).submit(printout())


def test_a_printer_without_a_way_back_is_said_to_be_unsure() -> None:
    stand_in = RollStandIn(silent=True)
    with on_a_terminal(stand_in) as at:
        printer = printer_of(f"escpos:file:{at}?status=no")
        assert printer.check() == SILENT_READY
        with pytest.raises(Unsure, match="DEV-348"):
            printer.submit(printout())
    assert stand_in.cuts == 1


@pytest.mark.expected_warnings("page not printed.*DEV-34")
def test_a_kind_without_a_short_form_is_for_another_printer_and_an_empty_roll_goes_on_by_itself() -> None:
    stand_in = RollStandIn()
    queue = List([*orders(1, PaperKind.ACCEPTANCE_NOTICE), *orders(2, SLIP)[1:]])
    with on_a_socket(stand_in) as at:
        dispatch = Dispatch(queue, printer_of(at))
        stand_in.answers[4] = 0x72
        dispatch.step()
        assert queue.told == [(1, JobReport(PrintState.FAILED, "热敏打印机只打印申请材料接收凭证的短联"))]
        dispatch.step()
        assert queue.told[-1] == (2, JobReport(PrintState.ASKED, "热敏打印机缺纸"))
        stand_in.answers[4] = 0x12
        dispatch.step()
    assert queue.told[-1] == (2, JobReport(PrintState.DONE))
    assert stand_in.cuts == 2, "one for the applicant, one for the file"


def test_nobody_there_and_nobody_allowed(tmp_path: Path) -> None:
    absent = printer_of(f"escpos:file:{tmp_path / 'lp0'}")
    with pytest.raises(DeviceError, match="DEV-301"):
        absent.submit(printout())
    assert absent.check().condition is Condition.FAILED
    assert not (tmp_path / "lp0").exists()

    def forbidden() -> Any:
        raise PermissionError

    with pytest.raises(DeviceError, match="DEV-351"):
        RollPrinter(forbidden, NAME, Roll()).submit(printout())


class _Broken:
    """A line that breaks at its second writing."""

    def __init__(self, at: int) -> None:
        self.left = at

    def write(self, content: bytes) -> None:  # noqa: ARG002 - a line's own shape
        self.left -= 1
        if self.left == 0:
            raise BrokenPipeError

    def read(self, count: int, seconds: float) -> bytes:  # noqa: ARG002 - a line's own shape
        return b"\x12" * count

    def close(self) -> None:
        """Nothing is held."""


@pytest.mark.parametrize(("at", "code", "unsure"), [(1, "DEV-301", False), (2, "DEV-350", True)])
def test_a_line_that_breaks_is_judged_by_whether_the_slip_was_begun(at: int, code: str, unsure: bool) -> None:  # noqa: FBT001 - a row
    with pytest.raises(DeviceError, match=code) as caught:
        RollPrinter(lambda: _Broken(at), NAME, Roll()).submit(printout())
    assert isinstance(caught.value, Unsure) is unsure


def test_a_look_does_not_disturb_a_slip() -> None:
    printer = RollPrinter(lambda: _Broken(9), NAME, Roll())
    with printer._lock:
        assert printer.check() == BUSY


@pytest.mark.parametrize(
    "address",
    ["escpos:", "escpos://", "escpos:usb:1", "escpos:file:", "escpos://h/p", "escpos://h?cut=maybe", "escpos://h?x=1",
     "escpos://h?width=100", "escpos://h?letters=big5", "escpos:serial:COM3?baud=fast", "escpos://h:port"],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(DeviceError, match="DEV-352"):
        printer_of(address)


def test_a_sheet_of_the_windows_own_is_no_trial_and_is_not_cut_to_a_roll(tmp_path: Path) -> None:
    paper_roll = tmp_path / "roll"
    paper_roll.touch()
    printer = printer_of(f"escpos:file:{paper_roll}?status=no")
    with pytest.raises(DeviceError, match="只打印申请材料接收凭证的短联"):
        printer.submit(Printout("日终核对单", b"%PDF"))
    assert paper_roll.read_bytes() == b""
