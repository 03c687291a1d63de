"""The print lane's work: rendering first, then printing; papers of a window without a printer wait, rendered."""

from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from client.ports.papers import PaperKind, PaperOrder
from client.ports.printer import PrintState
from client.ports.readiness import NOT_SET_UP, Condition
from client.rules.case import State
from client.store.papers import PaperState
from printing.dispatch import IDLE
from printing.faults import FONT_MISSING, PaperError
from printing.papers import fonts
from printing.press import A4Press
from printing.rounds import PATIENCE, Renderer, Rounds
from printing.simulated import SimulatedPrinter
from tests.desk.conftest import blank, desk
from tests.desk.counter import CLERK, FOOD, Desk

__all__ = ["blank", "desk"]


def test_an_accepted_case_is_rendered_and_printed_in_a_few_rounds(desk: Desk, tmp_path: Path) -> None:
    outcome = desk.intake.accept(desk.draft(FOOD), CLERK)
    desk.prints.ask(outcome.paper_ids, CLERK)
    spool, queue = desk.memory.spool(desk.clock), desk.memory.prints(desk.clock)
    render = Renderer()
    rounds = Rounds(lambda: render(spool), queue, {"": SimulatedPrinter(tmp_path / "out", pace=0.0)})
    for _ in range(50):
        rounds.step()
        if not queue.asked() and not queue.underway():
            break
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
    assert {paper.state for paper in desk.papers(rare)} == {PaperState.UNRENDERED}
    assert PaperState.UNRENDERED not in {paper.state for paper in desk.papers(usual)}
    cut_off.rename(cut_off.parent / "fonts" / "HanaMinB.ttf")
    rounds.step()
    assert rounds.look(lambda: NOT_SET_UP).condition is Condition.ATTENTION, "not tried again at once"
    now[0] += PATIENCE
    rounds.step()
    assert rounds.look(lambda: NOT_SET_UP) == NOT_SET_UP
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
