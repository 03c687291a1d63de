"""A window whose disk fails: it takes a case when it is told to, and says what came of it.

Its I/O can be watched from outside, for cards and pages lie ready: what is left is what the desk asks of the disk.
"""

import ctypes
import signal
from collections.abc import Callable
from dataclasses import dataclass, replace

from client.desk.in_force import InForce
from client.desk.intake import Intake, Outcome
from client.desk.staff import Staff
from client.errors import DeskError, StoreError
from client.ports.id_card import IdentityDocument
from client.ports.readiness import Condition, Readiness
from client.rules.case import State
from tests.attack.clerk import DemoClerk
from tests.attack.lives import Life, pages, readers
from tests.attack.orders import GO
from tests.attack.telling import ToldDrafting, ToldIntake, told_printing

PR_SET_PTRACER = 0x59616D61
ANYBODY = ctypes.c_ulong(-1)


@dataclass
class Kept:
    """A card that was read before: the reader's line is no disk."""

    card: IdentityDocument
    name: str = "身份证阅读器"

    def read(self) -> IdentityDocument:
        return self.card

    def check(self) -> Readiness:
        return Readiness(Condition.READY, "")

    def close(self) -> None:
        """Nothing is open."""


class DeafIntake(ToldIntake):
    """Broken on purpose, for the control arm: stands still before it accepts, and does not hear that it failed."""

    def accept(self, case_id: int, by: Staff) -> Outcome:
        self._tell("accepting", case=case_id)
        signal.sigwait({GO})
        try:
            outcome = Intake.accept(self, case_id, by)
        except StoreError:
            outcome = Outcome(case_id, "", State.ACCEPTED)
        self._tell("accepted", case=case_id, number=outcome.number)
        return outcome


def take_when_told(life: Life) -> None:
    """Take a case of one and the same item at each signal; what cannot be done is told by its code."""
    ctypes.CDLL(None).prctl(PR_SET_PTRACER, ANYBODY, 0, 0, 0)  # let whoever fails our calls come near
    with readers(life) as cards:
        kept = [Kept(card.read()) for card in cards[:1]]
    catalogue = life.counter.catalogue
    counter = life.counter
    one = InForce(replace(catalogue, items=catalogue.newest()[:1]), counter.calendar, counter.settings)
    counter = replace(counter, in_force=one)
    clerk = DemoClerk(told_printing(replace(life.house, counter=counter), life.tell), kept, pages(), lambda: None)
    clerk._drafting = ToldDrafting(counter, life.tell)
    intake: Callable[..., ToldIntake] = DeafIntake if life.order.deaf else ToldIntake
    clerk._intake = intake(counter, life.tell)
    life.tell("ready")
    while True:
        signal.sigwait({GO})
        _take(clerk, life)


def _take(clerk: DemoClerk, life: Life) -> None:
    try:
        taken = clerk.take_next()
    except DeskError as error:
        life.tell("not done", code=error.code)
    else:
        life.tell("handed over", number=taken.number, papers=taken.papers)
