"""The real desk, told of from outside: what begins, and what was promised AFTER the desk's own call came back.

A death between the two leaves the outcome unknown, and unknown is never counted as failed.
"""

import hashlib
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from client.desk.counter import Counter
from client.desk.drafting import Drafting
from client.desk.intake import Intake, Outcome
from client.desk.staff import Staff
from client.desk.wording import PaperFrame
from client.errors import CaseError
from client.house import House
from client.ports.papers import Undrawn
from client.rules.case import Act
from client.store.cases import CaseRecord
from printing.press import A4Press
from printing.spool import render_waiting, undrawn
from tests.attack.orders import Tell

LINGER = 0.2  # seconds the broken window takes from its promise to its commit


class ToldDrafting(Drafting):
    """Tells of answers and pages."""

    def __init__(self, counter: Counter, tell: Tell) -> None:
        super().__init__(counter)
        self._tell = tell

    def fill(self, case_id: int, by: Staff, answers: Mapping[str, Any]) -> tuple[str, ...]:
        digest = digest_of(answers)
        self._tell("filling", case=case_id, answers=digest)
        faults = super().fill(case_id, by, answers)
        self._tell("filled", case=case_id, answers=digest)
        return faults

    def attach(self, case_id: int, by: Staff, slot: str, name: str, content: bytes) -> int:
        self._tell("attaching", case=case_id)
        page_id = super().attach(case_id, by, slot, name, content)
        self._tell("attached", case=case_id, page=page_id, sha256=hashlib.sha256(content).hexdigest())
        return page_id


class ToldIntake(Intake):
    """Tells of cases taken in and accepted."""

    def __init__(self, counter: Counter, tell: Tell) -> None:
        super().__init__(counter)
        self._tell = tell

    def receive(self, case_id: int, by: Staff) -> Outcome:
        self._tell("receiving", case=case_id)
        with self._refusals(case_id):
            outcome = super().receive(case_id, by)
        self._tell("received", case=case_id, number=outcome.number)
        return outcome

    def accept(self, case_id: int, by: Staff) -> Outcome:
        self._tell("accepting", case=case_id)
        with self._refusals(case_id):
            outcome = super().accept(case_id, by)
        self._tell("accepted", case=case_id, number=outcome.number)
        return outcome

    @contextmanager
    def _refusals(self, case_id: int) -> Iterator[None]:
        """The desk says no, and nothing was written; after an error of the disk nobody knows."""
        try:
            yield
        except CaseError as error:
            self._tell("refused", case=case_id, code=error.code)
            raise


class EarlyIntake(ToldIntake):
    """Broken on purpose, for the control arm: the citizen is told while the transaction is still open."""

    def _conclude(
        self, connection: Connection, record: CaseRecord, by: Staff, act: Act, *frames: PaperFrame, **told: object
    ) -> Outcome:
        outcome = super()._conclude(connection, record, by, act, *frames, **told)
        if act is Act.ACCEPT:
            self._tell("accepted", case=outcome.case_id, number=outcome.number)
            time.sleep(LINGER)
        return outcome


def told_printing(house: House, tell: Tell) -> House:
    """The house, telling of each paper that was rendered."""

    def render() -> Sequence[Undrawn]:
        tell("rendering")
        done = render_waiting(house.counter.memory.spool(house.counter.clock), A4Press())
        tell("rendered", papers=[[one.paper_id, one.reprint_no] for one in done if one.error is None])
        return undrawn(done)

    return replace(house, render_waiting=render)


def digest_of(answers: Mapping[str, Any]) -> str:
    """Names a form's content without showing it."""
    return hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()
