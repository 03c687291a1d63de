"""The print lane's work: rendering first, then printing; papers of a window without a printer wait, rendered."""

from pathlib import Path

from client.ports.papers import PaperKind
from client.ports.printer import PrintState
from printing.dispatch import IDLE
from printing.rounds import Renderer, Rounds
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
