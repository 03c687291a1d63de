"""The outbox, promise by promise; tests/desk/test_outbox_order.py drives all of it beside a model."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from client.errors import FileLost
from client.ports.outbox import Counts
from client.ports.platform import EventAnswer, Verdict
from client.store import faults, holding
from client.store import outbox as outbox_rows
from client.store.engine import Database, open_database
from client.store.keys import Purpose, StoreKey
from client.store.outbox import FURTHEST_TRY, OutboxState, StoredOutbox
from client.store.profile import Profile
from client.store.sealed import SealedFiles
from client.store.tables import cases, items, pages, papers, slots
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


def answer(
    box: StoredOutbox, event_id: str, verdict: Verdict, *, ack: str | None = None, reason: str | None = None
) -> None:
    box.answered([EventAnswer(event_id, verdict, ack=ack, reason=reason)], NOW)


def due(box: StoredOutbox, now: datetime = NOW, limit: int = EVERYTHING) -> list[str]:
    return [event.event_id for event in box.due(now, limit)]


def states(box: StoredOutbox) -> list[OutboxState]:
    return [entry.state for entry in box.entries()]


def test_an_event_goes_out_as_it_was_put(database: Database, box: StoredOutbox) -> None:
    event_id = put(database, 2, '{"name": "\U0002ce97"}'.encode(), ["d1", "d2"])
    (event,) = box.due(NOW, 10)
    assert (event.event_id, event.source, event.subject, event.type) == (event_id, SOURCE, "case 2", "case.accepted")
    assert (event.data, event.files, event.time) == ('{"name": "\U0002ce97"}'.encode(), ("d1", "d2"), NOW)


def test_the_files_of_what_may_go_are_named_once_each_and_in_order(database: Database, box: StoredOutbox) -> None:
    sent, delayed = put(database, 1, files=["d0"]), put(database, 2, files=["d9"])
    put(database, 3, files=["d1", "d2"])
    put(database, 3, files=["d2", "d3"])
    put(database, 3)
    answer(box, sent, Verdict.ACCEPTED)
    box.delay([delayed], NOW + timedelta(seconds=30), "平台繁忙")
    assert box.files(NOW) == ["d1", "d2", "d3"]
    assert box.files(NOW + timedelta(seconds=30)) == ["d9", "d1", "d2", "d3"]


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


def test_what_the_platform_has_forgotten_waits_again_and_nothing_else_does(
    database: Database, box: StoredOutbox
) -> None:
    ids = [put(database, 1 + serial % CASES) for serial in range(5)]
    for event_id in ids[:4]:
        answer(box, event_id, Verdict.ACCEPTED, ack="R-1")
    assert [taken.event_id for taken in box.taken(None, 2)] == [ids[3], ids[2]]
    (older,) = box.taken(box.taken(None, 2)[-1].sequence, 1)
    assert (older.event_id, older.source) == (ids[1], SOURCE)
    box.sending([ids[4]])
    box.reopen([ids[3], ids[4]], "平台缺少本件")
    box.reopen([], "平台缺少本件")
    assert states(box) == [*[OutboxState.STORED] * 3, OutboxState.WAITING, OutboxState.SENDING]
    assert (box.entries()[3].ack, box.entries()[3].last_error) == (None, "平台缺少本件")
    assert due(box) == [ids[3]]


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
    with pytest.raises(FileLost) as missing:
        box.content("0" * 64)
    assert missing.value.fault is faults.FILE_MISSING


def hold(database: Database, event_id: str, reason: str = "等部门答复") -> str | None:
    with database.begin() as connection:
        return holding.hold(connection, event_id, reason)


def release(database: Database, event_id: str) -> str | None:
    with database.begin() as connection:
        return holding.release(connection, event_id)


def test_what_is_held_back_holds_its_own_case_and_no_other(database: Database, box: StoredOutbox) -> None:
    first, second, third = put(database, files=["d1"]), put(database), put(database)
    other = put(database, 2)
    assert hold(database, second) == "case 1"
    assert due(box) == [first, other]
    assert box.files(NOW) == ["d1"]
    assert hold(database, first) == "case 1"
    assert due(box) == [other]
    assert box.files(NOW) == []
    box.hurry()
    assert due(box) == [other]
    assert [release(database, event) for event in (first, second)] == ["case 1", "case 1"]
    assert due(box) == [first, second, third, other]


def test_what_is_held_back_after_it_was_due_does_not_go(database: Database, box: StoredOutbox) -> None:
    """A person decides while its files go up: neither it nor what follows it in its case is marked."""
    first, second, third = put(database), put(database), put(database)
    other = put(database, 2)
    batch = due(box)
    assert hold(database, second) == "case 1"
    assert box.sending(batch) == [first, other]
    assert states(box) == [OutboxState.SENDING, OutboxState.WAITING, OutboxState.WAITING, OutboxState.SENDING]
    answer(box, first, Verdict.ACCEPTED)
    assert due(box) == []
    assert release(database, second) == "case 1"
    assert due(box) == [second, third]


def test_only_what_waits_or_was_refused_can_be_held_and_only_once(database: Database, box: StoredOutbox) -> None:
    event = put(database)
    assert release(database, event) is None
    assert hold(database, event) == "case 1"
    assert hold(database, event) is None
    assert release(database, event) == "case 1"
    box.sending([event])
    assert hold(database, event) is None
    box.unsettled([event])
    assert hold(database, event) is None
    answer(box, event, Verdict.REFUSED, reason="事项版本过旧")
    assert hold(database, event) == "case 1"
    assert box.counts() == Counts(waiting=0, unknown=0, refused=0, oldest=NOW, held=1)
    with database.begin() as connection:
        assert outbox_rows.retry_refused(connection, event) == "case 1"
    assert due(box) == [event]  # sent again it is not held any more
    assert box.counts() == Counts(waiting=1, unknown=0, refused=0, oldest=NOW)
    assert hold(database, "nobody's") is None


def test_what_is_held_is_counted_apart_and_never_hidden(database: Database, box: StoredOutbox) -> None:
    held, _waiting = put(database), put(database, 2)
    hold(database, held)
    assert box.counts() == Counts(waiting=1, unknown=0, refused=0, oldest=NOW, held=1)
    assert [entry.held for entry in box.entries()] == ["等部门答复", None]


def test_an_answer_from_another_road_ends_the_holding_and_asking_for_time_does_not(
    database: Database, box: StoredOutbox
) -> None:
    """The bundle on a stick may have gone before somebody held an event back."""
    event = put(database)
    hold(database, event)
    answer(box, event, Verdict.RETRY)
    assert [entry.held for entry in box.entries()] == ["等部门答复"]
    answer(box, event, Verdict.ACCEPTED)
    assert [entry.held for entry in box.entries()] == [None]
    assert box.counts() == Counts(0, 0, 0, None)
