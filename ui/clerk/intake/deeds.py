"""An act of the counter as the page does it: the decision first, committed; then its papers are asked for."""

from collections.abc import Callable
from dataclasses import dataclass

from client.desk.counter import Counter
from client.desk.intake import Intake, Outcome
from client.desk.prints import Prints
from client.desk.staff import Staff
from client.errors import DeskError
from client.rules.case import Act
from client.text import tr


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to happen. `event`: how the narrator tells of it; `words`: what is going on while it takes its time."""

    event: str
    words: str
    do: Callable[[int, Staff], Outcome]


@dataclass(frozen=True, slots=True)
class Done:
    """What happened. `unasked`: why its papers could not be asked for; the decision stands all the same."""

    deed: Deed
    outcome: Outcome
    unasked: DeskError | None


def decision(intake: Intake, act: Act) -> Deed:
    """What a key of the bar decides about a case."""
    event, do = {
        Act.RECEIVE: ("received", intake.receive),
        Act.ACCEPT: ("accepted", intake.accept),
        Act.TAKE_CORRECTION: ("correction_taken", intake.take_correction),
    }[act]
    return Deed(event, tr("正在办理"), do)


def conclude(counter: Counter, deed: Deed, *, sealed_first: bool = False) -> Callable[[int, Staff], Done]:
    """The deed with its papers, for the store lane. `sealed_first`: what a key will seal is not printed before."""

    def work(case_id: int, by: Staff) -> Done:
        outcome = deed.do(case_id, by)
        try:
            Prints(counter).ask(outcome.paper_ids, by, sealed_first=sealed_first)
        except DeskError as error:
            return Done(deed, outcome, error)
        return Done(deed, outcome, None)

    return work
