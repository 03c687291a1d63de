"""Per-case order whatever happens to an event: nothing dropped, nothing stuck; the outbox beside a naive model."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import delete

from client.ports.platform import Event, EventAnswer, Verdict
from client.store import outbox as outbox_rows
from client.store.engine import Database
from client.store.outbox import FURTHEST_TRY, OutboxState, StoredOutbox
from client.store.sealed import SealedFiles
from client.store.tables import outbox
from tests.desk.counter import CARD, CLERK, MORNING, Desk

CASES = 3
EVERYTHING = 10_000


def put(database: Database, case_id: int) -> str:
    with database.begin() as connection:
        return outbox_rows.put(
            connection,
            source="urn:yichuang:window:110101-01-07:epoch",
            case_id=case_id,
            subject=f"case {case_id}",
            event_type="case.accepted",
            time=MORNING,
            data=b"{}",
        )


@dataclass
class Known:
    """What the naive model knows of one event."""

    event_id: str
    case_id: int
    state: OutboxState = OutboxState.WAITING
    until: datetime | None = None
    attempts: int = 0


class Sending(RuleBasedStateMachine):
    """Whatever sync does in whatever order, beside a model that reads like the promise."""

    database: Database
    files: SealedFiles

    def __init__(self) -> None:
        super().__init__()
        with self.database.begin() as connection:
            connection.execute(delete(outbox))
        self.box = StoredOutbox(self.database, self.files)
        self.known: list[Known] = []
        self.now = MORNING

    def _time_has_come(self, event: Known) -> bool:
        return event.until is None or not self.now < event.until <= self.now + FURTHEST_TRY

    def _due(self) -> list[str]:
        """Waiting, its time has come, and every earlier event of its case is stored or goes before it."""
        batch: list[str] = []
        for event in self.known:
            earlier = self.known[: self.known.index(event)]
            ready = event.state is OutboxState.WAITING and self._time_has_come(event)
            if ready and all(
                e.state is OutboxState.STORED or e.event_id in batch for e in earlier if e.case_id == event.case_id
            ):
                batch.append(event.event_id)
        return batch

    def _some(self, data: st.DataObject) -> Known:
        return data.draw(st.sampled_from(self.known))

    @rule(case_id=st.integers(1, CASES))
    def put(self, case_id: int) -> None:
        self.known.append(Known(put(self.database, case_id), case_id))

    @precondition(lambda self: self.known)
    @rule(limit=st.integers(1, 3))
    def send(self, limit: int) -> None:
        ids = [event.event_id for event in self.box.due(self.now, limit)]
        self.box.sending(ids)
        for event in self.known:
            if event.event_id in ids:
                event.state = OutboxState.SENDING

    @precondition(lambda self: self.known)
    @rule(data=st.data(), verdict=st.sampled_from(Verdict))
    def answer(self, data: st.DataObject, verdict: Verdict) -> None:
        event = self._some(data)
        self.box.answered([EventAnswer(event.event_id, verdict)], self.now)
        if event.state is not OutboxState.STORED:
            event.state = {
                Verdict.REFUSED: OutboxState.REFUSED,
                Verdict.RETRY: OutboxState.WAITING,
            }.get(verdict, OutboxState.STORED)
            event.until, event.attempts = None, event.attempts + 1

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def lose_the_answer(self, data: st.DataObject) -> None:
        event = self._some(data)
        self.box.unsettled([event.event_id])
        if event.state is not OutboxState.STORED:
            event.state = OutboxState.UNKNOWN

    @precondition(lambda self: self.known)
    @rule(data=st.data(), seconds=st.integers(0, 600))
    def delay(self, data: st.DataObject, seconds: int) -> None:
        event = self._some(data)
        until = self.now + timedelta(seconds=seconds)
        self.box.delay([event.event_id], until, "连不上平台")
        if event.state is not OutboxState.STORED:
            event.state, event.until, event.attempts = OutboxState.WAITING, until, event.attempts + 1

    @rule()
    def hurry(self) -> None:
        self.box.hurry()
        for event in self.known:
            if event.state is OutboxState.WAITING:
                event.until = None

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def retry(self, data: st.DataObject) -> None:
        event = self._some(data)
        with self.database.begin() as connection:
            tried = outbox_rows.retry_refused(connection, event.event_id)
        assert (tried is not None) == (event.state is OutboxState.REFUSED)
        if tried is not None:
            event.state, event.until = OutboxState.WAITING, None

    @rule(seconds=st.sampled_from([-86_400, -1, 1, 30, 600, 400 * 86_400, -400 * 86_400]))
    def move_the_clock(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @invariant()
    def order_is_kept(self) -> None:
        assert [event.event_id for event in self.box.due(self.now, EVERYTHING)] == self._due()

    @invariant()
    def doubts_are_known(self) -> None:
        in_doubt = {OutboxState.SENDING, OutboxState.UNKNOWN}
        assert [e.event_id for e in self.box.unknown()] == [e.event_id for e in self.known if e.state in in_doubt]

    @invariant()
    def nothing_is_dropped(self) -> None:
        entries = [(entry.event_id, entry.state, entry.attempts) for entry in self.box.entries()]
        assert entries == [(event.event_id, event.state, event.attempts) for event in self.known]

    def teardown(self) -> None:
        """Nothing is stuck: once every doubt is settled and every refusal tried again, all of it can go."""
        self.box.answered([EventAnswer(event.event_id, Verdict.RETRY) for event in self.box.unknown()], self.now)
        for event in self.known:
            with self.database.begin() as connection:
                outbox_rows.retry_refused(connection, event.event_id)
        self.box.hurry()
        left = [event.event_id for event in self.known if event.state is not OutboxState.STORED]
        assert [event.event_id for event in self.box.due(self.now, EVERYTHING)] == left


def drive(desk: Desk, *phases: Phase) -> None:
    for _ in range(CASES):
        desk.drafting.open(CLERK, desk.item(CARD))
    machine = type("Sending", (Sending,), {"database": desk.memory.database, "files": desk.memory.files})
    checks = list(HealthCheck)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=30, stateful_step_count=25, suppress_health_check=checks, deadline=None, phases=phases
        ),
    )


def test_whatever_happens_the_outbox_keeps_its_promise(desk: Desk) -> None:
    drive(desk, Phase.generate, Phase.shrink)


def test_the_model_sees_an_order_that_is_not_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: an outbox that forgets the earlier events of a case is found out."""

    def forgetful(box: StoredOutbox, _now: datetime, limit: int) -> Sequence[Event]:
        waiting = [entry.sequence for entry in box.entries() if entry.state is OutboxState.WAITING]
        with box._database.read() as connection:
            return outbox_rows._chosen(connection, waiting[:limit])

    monkeypatch.setattr(StoredOutbox, "due", forgetful)
    with pytest.raises(AssertionError):
        drive(desk, Phase.generate)
