"""The print lane's work: rendering first, then printing; papers of a window without a printer wait, rendered."""

from collections.abc import Sequence
from contextlib import closing
from importlib.resources import files
from io import BytesIO
from itertools import count
from pathlib import Path
from threading import Event

import pytest
from pypdf import PdfReader

from client.ports.manners import PrintRule, PrintRules
from client.ports.papers import PaperKind, PaperOrder, Undrawn
from client.ports.printer import JobReport, Printout, PrintState, Taken
from client.ports.readiness import NOT_SET_UP, Condition
from client.rules.case import State
from client.store.papers import PaperState
from printing.dispatch import IDLE, SOON
from printing.faults import FONT_MISSING, PaperError
from printing.papers import fonts
from printing.press import A4Press
from printing.rounds import PATIENCE, Renderer, Rounds
from printing.simulated import SimulatedPrinter
from tests.desk.conftest import blank, desk
from tests.desk.counter import CLERK, FOOD, Desk
from tests.printing.prints import List, orders
from tests.printing.test_ipp_printing import until

__all__ = ["blank", "desk"]


def test_an_accepted_case_is_rendered_and_printed_in_a_few_rounds(desk: Desk, tmp_path: Path) -> None:
    outcome = desk.intake.accept(desk.draft(FOOD), CLERK)
    desk.prints.ask(outcome.paper_ids, CLERK)
    spool, queue = desk.memory.spool(desk.clock), desk.memory.prints(desk.clock)
    render = Renderer()
    printers = {"": SimulatedPrinter(tmp_path / "out", pace=0.0)}
    with closing(Rounds(lambda: render(spool), queue, printers)) as rounds:
        until(0, lambda: (rounds.step(), len(desk.prints.waiting()))[1])
    (sheet,) = (tmp_path / "out").glob("*.pdf")
    assert sheet.read_bytes().startswith(b"%PDF-")
    assert desk.facts(outcome.case_id, PaperKind.ACCEPTANCE_NOTICE).case_number == outcome.number
    assert desk.prints.waiting() == ()


def test_without_a_printer_papers_are_rendered_and_wait(desk: Desk) -> None:
    outcome = desk.intake.accept(desk.draft(FOOD), CLERK)
    desk.prints.ask(outcome.paper_ids, CLERK)
    spool, queue = desk.memory.spool(desk.clock), desk.memory.prints(desk.clock)
    render = Renderer()
    rounds = Rounds(lambda: render(spool), queue, {})
    assert rounds.step() == rounds.step() == IDLE
    (waiting,) = desk.prints.waiting()
    assert (waiting.rendered, waiting.state) == (True, PrintState.ASKED)


class Silent(SimulatedPrinter):
    """Does not answer to a page until it is told to."""

    def __init__(self) -> None:
        super().__init__(pace=0.0)
        self.may_answer = Event()

    def submit(self, printout: Printout) -> Taken:
        assert self.may_answer.wait(PATIENCE)
        return super().submit(printout)


def test_a_printer_that_does_not_answer_holds_up_neither_the_others_nor_the_next_page() -> None:
    queue = List([*orders(1, PaperKind.ACCEPTANCE_NOTICE), *orders(3, PaperKind.RECEIVING_SLIP)[1:]])
    notice, *slips = queue.orders
    rendered = count()
    silent = Silent()

    def render() -> Sequence[Undrawn]:
        next(rendered)
        return ()

    printers = {"": silent, "slip": SimulatedPrinter(pace=0.0)}
    rules: PrintRules = {PaperKind.RECEIVING_SLIP: PrintRule(printer="slip")}
    with closing(Rounds(render, queue, printers, rules)) as rounds:
        assert rounds.step() == SOON, "somebody looks soon whether it answered"
        until({PrintState.DONE}, lambda: (rounds.step(), {queue.state(slip) for slip in slips})[1])
        assert queue.state(notice) is PrintState.SENDING
        assert rounds.step() == SOON, "though the others have nothing left to do"
        at_work = rounds._at_work[0]
        assert at_work.begun() is at_work.begun(), "it is asked nothing more meanwhile"
        assert next(rendered) > 1
        silent.may_answer.set()
        until(IDLE, rounds.step)
    assert queue.state(notice) is PrintState.DONE


def test_what_breaks_off_at_one_printer_is_told_and_the_other_prints_on() -> None:
    class Broken(SimulatedPrinter):
        def report(self, job: str) -> JobReport:
            raise ZeroDivisionError(job)

    queue = List([*orders(1, PaperKind.ACCEPTANCE_NOTICE), *orders(2, PaperKind.RECEIVING_SLIP)[1:]])
    rules: PrintRules = {PaperKind.RECEIVING_SLIP: PrintRule(printer="slip")}
    printers = {"": Broken(pace=100), "slip": SimulatedPrinter(pace=0.0)}
    with closing(Rounds(lambda: (), queue, printers, rules)) as rounds:
        told = 0
        while queue.state(queue.orders[1]) is not PrintState.DONE or told < 2:
            try:
                rounds.step()
            except ZeroDivisionError:
                told += 1


@pytest.fixture
def cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program whose files are all there, but one of the fonts is cut off; returns where the whole one may be put."""
    fonts.face.cache_clear()
    fonts._find.cache_clear()
    monkeypatch.setattr(fonts, "files", lambda _package: tmp_path)
    (tmp_path / "fonts").mkdir()
    for name in fonts.DIGESTS:
        (tmp_path / "fonts" / f"{name}.ttf").symlink_to(Path(str(files("resources"))) / "fonts" / f"{name}.ttf")
    whole = (tmp_path / "fonts" / "HanaMinB.ttf").rename(tmp_path / "whole.ttf")
    (tmp_path / "fonts" / "HanaMinB.ttf").write_bytes(b"\0\1\0\0")
    return whole


@pytest.mark.expected_warnings("paper not rendered")
def test_a_damaged_font_loses_nothing_is_told_and_the_paper_is_drawn_once_it_is_whole(
    desk: Desk, cut_off: Path
) -> None:
    rare, usual = desk.draft(FOOD), desk.draft(FOOD)
    one, other = desk.people(FOOD)
    desk.drafting.set_people(rare, CLERK, one.model_copy(update={"name": "示例\U00020bb7公司"}), other)
    (waiting,) = desk.intake.accept(rare, CLERK).paper_ids
    desk.intake.accept(usual, CLERK)
    assert desk.state(rare) is State.ACCEPTED
    now = [0.0]
    render = Renderer(now=lambda: now[0])
    rounds = Rounds(lambda: render(desk.memory.spool(desk.clock)), desk.memory.prints(desk.clock), {})
    rounds.step()
    seen = rounds.look(lambda: NOT_SET_UP)
    assert (seen.condition, "HanaMinB" in seen.words, "重新安装" in seen.advice) == (Condition.ATTENTION, True, True)
    why = rounds.why_undrawn(waiting, 0)
    assert (why is not None and why.code, rounds.why_undrawn(waiting, 1)) == ("PAPER-103", None)
    assert rounds.why_undrawn(desk.papers(usual)[0].paper_id, 0) is None
    assert {paper.state for paper in desk.papers(rare)} == {PaperState.UNRENDERED}
    assert PaperState.UNRENDERED not in {paper.state for paper in desk.papers(usual)}
    cut_off.rename(cut_off.parent / "fonts" / "HanaMinB.ttf")
    rounds.step()
    assert rounds.look(lambda: NOT_SET_UP).condition is Condition.ATTENTION, "not tried again at once"
    now[0] += PATIENCE
    rounds.step()
    assert rounds.look(lambda: NOT_SET_UP) == NOT_SET_UP
    assert rounds.why_undrawn(waiting, 0) is None
    (page,) = PdfReader(BytesIO(desk.paperwork.page(waiting))).pages
    assert "示例\U00020bb7公司" in page.extract_text()


@pytest.mark.expected_warnings("paper not rendered")
def test_a_paper_that_comes_is_drawn_though_another_cannot_be(desk: Desk) -> None:
    spool = desk.memory.spool(desk.clock)
    (bad,) = desk.intake.accept(desk.draft(FOOD), CLERK).paper_ids
    render = Renderer(now=lambda: 0.0)
    render._press = press = _Refuses(bad)
    assert [undrawn.paper_id for undrawn in render(spool)] == [bad]
    (good,) = desk.intake.accept(desk.draft(FOOD), CLERK).paper_ids
    assert [undrawn.paper_id for undrawn in render(spool)] == [bad]
    assert desk.paperwork.page(good).startswith(b"%PDF-")
    assert press.asked == [bad, bad, good]
    assert [undrawn.paper_id for undrawn in render(spool)] == [bad]
    assert press.asked == [bad, bad, good], "what cannot be drawn is not tried in every round"


class _Refuses(A4Press):
    """One paper cannot be drawn."""

    def __init__(self, paper_id: int) -> None:
        super().__init__()
        self._paper_id = paper_id
        self.asked: list[int] = []

    def render(self, order: PaperOrder) -> bytes:
        self.asked.append(order.paper_id)
        if order.paper_id == self._paper_id:
            raise PaperError(FONT_MISSING, font="HanaMinB")
        return super().render(order)
