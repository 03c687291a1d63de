"""The outbox: per-case order whatever happens to an event, nothing dropped, nothing stuck."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import delete

from client.errors import StoreError
from client.ports.outbox import Counts
from client.ports.platform import Event, EventAnswer, Verdict
from client.store import faults
from client.store import outbox as outbox_rows
from client.store.engine import Database, open_database
from client.store.keys import Purpose, StoreKey
from client.store.outbox import FURTHEST_TRY, OutboxState, StoredOutbox
from client.store.profile import Profile
from client.store.sealed import SealedFiles
from client.store.tables import cases, items, outbox, pages, papers, slots
from tests.store.conftest import NOW, fill

SOURCE = "urn:yichuang:window:110101-01-07:epoch"
CASES = 3
EVERYTHING = 10_000


def make_cases(database: Database) -> None:
    with database.begin() as connection:
        fill(connection, items, id=1)
        for case_id in range(1, CASES + 1):
            fill(connection, cases, id=case_id, item_id=1, state="draft")


@pytest.fixture
def box(database: Database, files: SealedFiles) -> StoredOutbox:
    make_cases(database)
    return StoredOutbox(database, files)


def put(database: Database, case_id: int = 1, data: bytes = b"{}", files: Sequence[str] = ()) -> str:
    with database.begin() as connection:
        return outbox_rows.put(
            connection,
            source=SOURCE,
            case_id=case_id,
            subject=f"case {case_id}",
            event_type="case.accepted",
            time=NOW,
            data=data,
            files=files,
        )


def answer(box: StoredOutbox, event_id: str, verdict: Verdict, **words: str) -> None:
    box.answered([EventAnswer(event_id, verdict, **words)], NOW)


def due(box: StoredOutbox, now: datetime = NOW, limit: int = EVERYTHING) -> list[str]:
    return [event.event_id for event in box.due(now, limit)]


def states(box: StoredOutbox) -> list[OutboxState]:
    return [entry.state for entry in box.entries()]


def test_an_event_goes_out_as_it_was_put(database: Database, box: StoredOutbox) -> None:
    event_id = put(database, 2, '{"name": "\U0002ce97"}'.encode(), ["d1", "d2"])
    (event,) = box.due(NOW, 10)
    assert (event.event_id, event.source, event.subject, event.type) == (event_id, SOURCE, "case 2", "case.accepted")
    assert (event.data, event.files, event.time) == ('{"name": "\U0002ce97"}'.encode(), ("d1", "d2"), NOW)


def test_an_event_of_an_act_that_failed_was_never_put(database: Database, box: StoredOutbox) -> None:
    def act() -> None:
        with database.begin() as connection:
            outbox_rows.put(
                connection, source=SOURCE, case_id=1, subject="1", event_type="case.accepted", time=NOW, data=b"{}"
            )
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        act()
    assert due(box) == []


@pytest.mark.parametrize("obstacle", ["delayed", "refused", "unknown", "sending"])
def test_an_earlier_event_holds_its_own_case_and_no_other(database: Database, box: StoredOutbox, obstacle: str) -> None:
    first, later, other = put(database, 1), put(database, 1), put(database, 2)
    if obstacle == "delayed":
        box.delay([first], NOW + timedelta(seconds=30), "平台繁忙")
    elif obstacle == "refused":
        answer(box, first, Verdict.REFUSED, reason="事项编码不符")
    elif obstacle == "unknown":
        box.unsettled([first])
    else:
        box.sending([first])
    assert due(box) == [other]
    answer(box, first, Verdict.ACCEPTED)
    assert due(box) == [later, other]


def test_a_batch_is_the_oldest_and_no_larger_than_asked(database: Database, box: StoredOutbox) -> None:
    ids = [put(database, 1 + serial % CASES) for serial in range(7)]
    assert due(box, limit=4) == ids[:4]


def test_what_was_being_sent_when_the_window_died_is_unknown(
    database: Database, box: StoredOutbox, files: SealedFiles, profile: Profile, key: StoreKey
) -> None:
    sent, waiting = put(database, 1), put(database, 2)
    box.sending([sent])
    database.close()
    reopened = open_database(profile.database, key.subkey(Purpose.DATABASE))
    try:
        again = StoredOutbox(reopened, files)
        assert [event.event_id for event in again.unknown()] == [sent]
        assert due(again) == [waiting]
        assert again.counts() == Counts(waiting=1, unknown=1, refused=0, oldest=NOW)
    finally:
        reopened.close()


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        (Verdict.ACCEPTED, OutboxState.STORED),
        (Verdict.DUPLICATE, OutboxState.STORED),
        (Verdict.REFUSED, OutboxState.REFUSED),
        (Verdict.RETRY, OutboxState.WAITING),
    ],
)
def test_the_platforms_word_is_kept(
    database: Database, box: StoredOutbox, verdict: Verdict, state: OutboxState
) -> None:
    event_id = put(database)
    box.sending([event_id])
    answer(box, event_id, verdict, ack="R-1", reason="事项编码不符")
    (entry,) = box.entries()
    assert (entry.state, entry.ack, entry.last_error, entry.attempts) == (state, "R-1", "事项编码不符", 1)
    assert (entry.case, entry.type, entry.event_id) == ("case 1", "case.accepted", event_id)


def test_what_is_stored_stays_stored(database: Database, box: StoredOutbox) -> None:
    event_id = put(database)
    answer(box, event_id, Verdict.ACCEPTED, ack="R-1")
    box.sending([event_id])
    box.unsettled([event_id])
    box.delay([event_id], NOW, "平台繁忙")
    answer(box, event_id, Verdict.REFUSED)
    (entry,) = box.entries()
    assert (entry.state, entry.ack, entry.attempts) == (OutboxState.STORED, "R-1", 1)


def test_a_delayed_event_waits_for_its_time_and_counts_its_attempts(database: Database, box: StoredOutbox) -> None:
    first, second = put(database, 1), put(database, 2)
    until = NOW + timedelta(seconds=60)
    for _ in range(3):
        box.delay([first], until, "连不上平台")
    assert box.attempts([first, second]) == 3
    assert box.attempts([second]) == 0
    assert box.attempts([]) == 0
    assert due(box, until - timedelta(microseconds=1)) == [second]
    assert due(box, until) == [first, second]
    assert box.entries()[0].last_error == "连不上平台"


def test_a_person_may_have_everything_tried_now(database: Database, box: StoredOutbox) -> None:
    waiting, refused = put(database, 1), put(database, 2)
    box.delay([waiting], NOW + timedelta(seconds=60), "连不上平台")
    answer(box, refused, Verdict.REFUSED)
    box.hurry()
    assert due(box) == [waiting]
    assert box.attempts([waiting]) == 1


def test_nothing_to_do_writes_nothing(database: Database, box: StoredOutbox) -> None:
    box.sending([])
    box.unsettled([])
    box.delay([], NOW, "")
    box.answered([], NOW)
    assert box.counts() == Counts(0, 0, 0, None)


def test_a_clock_set_back_leaves_nothing_stuck(database: Database, box: StoredOutbox) -> None:
    event_id = put(database)
    ahead = NOW + timedelta(days=400)
    box.delay([event_id], ahead + timedelta(seconds=90), "连不上平台")
    assert due(box, ahead) == []
    assert due(box, NOW) == [event_id]


def test_the_longest_pause_a_platform_may_ask_for_is_kept(database: Database, box: StoredOutbox) -> None:
    event_id = put(database)
    box.delay([event_id], NOW + FURTHEST_TRY, "平台繁忙")
    assert due(box, NOW) == []
    assert due(box, NOW + FURTHEST_TRY) == [event_id]


def test_order_is_the_windows_own_and_not_the_clocks(database: Database, box: StoredOutbox) -> None:
    ids = []
    for day in (400, 0, -1):
        with database.begin() as connection:
            ids.append(
                outbox_rows.put(
                    connection,
                    source=SOURCE,
                    case_id=1,
                    subject="case 1",
                    event_type="case.accepted",
                    time=NOW + timedelta(days=day),
                    data=b"{}",
                )
            )
    assert due(box) == ids
    assert box.counts().oldest == NOW - timedelta(days=1)


def test_a_refused_event_is_tried_again_when_somebody_says_so(database: Database, box: StoredOutbox) -> None:
    event_id, other = put(database, 1), put(database, 2)
    answer(box, event_id, Verdict.REFUSED, reason="事项编码不符")
    with database.begin() as connection:
        assert outbox_rows.retry_refused(connection, event_id) == "case 1"
        assert outbox_rows.retry_refused(connection, event_id) is None
        assert outbox_rows.retry_refused(connection, other) is None
        assert outbox_rows.retry_refused(connection, "unheard of") is None
    assert due(box) == [event_id, other]


def test_entries_are_paged_by_key_and_can_leave_out_the_settled(database: Database, box: StoredOutbox) -> None:
    ids = [put(database, 1) for _ in range(5)]
    answer(box, ids[1], Verdict.ACCEPTED)
    listed = box.entries(limit=2)
    assert [entry.event_id for entry in listed] == ids[:2]
    assert [entry.event_id for entry in box.entries(after=listed[-1].sequence)] == ids[2:]
    assert [entry.event_id for entry in box.entries(settled=False)] == [ids[0], *ids[2:]]


def test_the_files_of_pages_and_papers_are_read_by_their_digest(
    database: Database, box: StoredOutbox, files: SealedFiles
) -> None:
    page, paper = files.put(b"a page"), files.put(b"a paper")
    with database.begin() as connection:
        fill(connection, slots, id=1, case_id=1, key="application", state="complete")
        fill(connection, slots, id=2, case_id=2, key="application", state="complete")
        for slot_id in (1, 2):  # the same blank form in two cases
            fill(connection, pages, slot_id=slot_id, ordinal=1, sealed_name=page.name, sha256=page.sha256)
        fill(connection, papers, case_id=1, sealed_name=paper.name, sha256=paper.sha256)
    assert box.content(page.sha256) == b"a page"
    assert box.content(paper.sha256) == b"a paper"
    with pytest.raises(StoreError) as missing:
        box.content("0" * 64)
    assert missing.value.fault is faults.FILE_MISSING


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
        self.now = NOW

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


def drive(database: Database, files: SealedFiles, *phases: Phase) -> None:
    make_cases(database)
    machine = type("Sending", (Sending,), {"database": database, "files": files})
    checks = list(HealthCheck)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=30, stateful_step_count=25, suppress_health_check=checks, deadline=None, phases=phases
        ),
    )


def test_whatever_happens_the_outbox_keeps_its_promise(database: Database, files: SealedFiles) -> None:
    drive(database, files, Phase.generate, Phase.shrink)


def test_the_model_sees_an_order_that_is_not_kept(
    database: Database, files: SealedFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: an outbox that forgets the earlier events of a case is found out."""

    def forgetful(box: StoredOutbox, _now: datetime, limit: int) -> Sequence[Event]:
        waiting = outbox.select().where(outbox.c.state == OutboxState.WAITING)
        return box._events(waiting.order_by(outbox.c.sequence).limit(limit))

    monkeypatch.setattr(StoredOutbox, "due", forgetful)
    with pytest.raises(AssertionError):
        drive(database, files, Phase.generate)
