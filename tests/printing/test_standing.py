"""The strip's line about printing: what comes out now, how many wait, and which printer wants what."""

from contextlib import closing
from pathlib import Path

import pytest

from client.ports.manners import PrintRule, PrintRules
from client.ports.papers import PaperKind, Undrawn
from client.ports.readiness import NOT_SET_UP, Condition, Readiness
from printing.faults import FONT_MISSING, PaperError
from printing.rounds import Rounds
from printing.simulated import SimulatedPrinter, Trouble
from printing.standing import Standing, stands, with_undrawn
from tests.printing.prints import List, orders
from tests.printing.test_ipp_printing import until

READY = Readiness(Condition.READY, "就绪")
LOW = Readiness(Condition.ATTENTION, "纸将尽", "请加纸")
EMPTY = Readiness(Condition.FAILED, "缺纸", "请装纸")
NOTICE, SLIP = PaperKind.ACCEPTANCE_NOTICE, PaperKind.RECEIVING_SLIP


@pytest.mark.parametrize(
    ("printers", "work", "told"),
    [
        ({"": READY}, [Standing()], READY),
        ({"": READY}, [Standing((NOTICE,), 2)], Readiness(Condition.READY, "正在打印受理通知书；2 份等候")),
        ({"": LOW}, [Standing((None,))], Readiness(Condition.ATTENTION, "纸将尽；正在打印 1 份", "请加纸")),
        ({"": EMPTY}, [Standing((), 3)], Readiness(Condition.FAILED, "缺纸；3 份等候", "请装纸")),
        ({"": READY, "slip": EMPTY}, [], Readiness(Condition.FAILED, "slip：缺纸", "请装纸")),
        ({"": LOW, "slip": EMPTY}, [], Readiness(Condition.FAILED, "slip：缺纸", "请装纸")),
        ({"": EMPTY, "slip": EMPTY}, [], Readiness(Condition.FAILED, "缺纸；slip：缺纸", "请装纸")),
        ({"": NOT_SET_UP}, [Standing((), 3)], NOT_SET_UP),
        ({"": NOT_SET_UP, "slip": READY}, [Standing((SLIP, SLIP))], Readiness(Condition.READY, "正在打印 2 份")),
    ],
)
def test_how_printing_stands(printers: dict[str, Readiness], work: list[Standing], told: Readiness) -> None:
    assert stands(printers, work) == told


def test_papers_that_cannot_be_drawn_are_told_before_all_else() -> None:
    error = PaperError(FONT_MISSING, font="HanaMinB")
    undrawn = [Undrawn(1, 0, NOTICE, error), Undrawn(2, 0, SLIP, error)]
    said = f"2 份文书没有生成：{error.title}"
    assert with_undrawn(READY, ()) == READY
    assert with_undrawn(NOT_SET_UP, undrawn) == Readiness(Condition.ATTENTION, said, error.advice)
    assert with_undrawn(EMPTY, undrawn) == Readiness(Condition.FAILED, f"{said}；缺纸", f"{error.advice}。请装纸")


@pytest.mark.expected_warnings("printer not reached.*DEV-301")
def test_a_window_at_work_says_so_from_round_to_round(tmp_path: Path) -> None:
    queue = List([*orders(3, NOTICE), *orders(4, SLIP)[3:]])
    times = [0.0]
    own, slip = (SimulatedPrinter(tmp_path, pace=1.0, now=lambda: times[0]) for _ in range(2))
    rules: PrintRules = {SLIP: PrintRule(printer="slip")}
    with closing(Rounds(lambda: (), queue, {"": own, "slip": slip}, rules)) as rounds:

        def says() -> str:
            rounds.step()
            return rounds.look(own.check).words

        slip.trouble = Trouble.OUT_OF_PAPER
        assert rounds.look(own.check).words == "slip：打印机缺纸"
        until("slip：打印机缺纸；正在打印受理通知书；3 份等候", says)
        own.trouble = Trouble.ABSENT
        until("连不上模拟打印机；slip：打印机缺纸；4 份等候", says)
        own.trouble = slip.trouble = Trouble.NONE
        times[0] = 9.0
        until("就绪（模拟）", says)
