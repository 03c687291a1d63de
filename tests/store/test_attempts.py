"""The history of an event: every try, the newest of them kept, and nothing kept of what was no try."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from client.ports.outbox import Try
from client.ports.platform import EventAnswer, Verdict
from client.store import attempts
from client.store.attempts import KEPT, AttemptRecord
from client.store.engine import Database
from client.store.outbox import OutboxState, StoredOutbox, refuse_after_all, retry_refused
from client.store.sealed import SealedFiles
from client.store.tables import attempts as tries
from client.store.tables import outbox
from tests.store.conftest import NOW
from tests.store.test_outbox import make_cases, put


@pytest.fixture
def box(database: Database, files: SealedFiles) -> StoredOutbox:
    make_cases(database)
    return StoredOutbox(database, files)


def tried(minutes: int = 0, seconds: float | None = 0.25) -> Try:
    return Try(NOW + timedelta(minutes=minutes), seconds)


def history(database: Database, event_id: str) -> list[AttemptRecord]:
    with database.read() as connection:
        return list(attempts.of_event(connection, event_id))


def rows(database: Database) -> int:
    with database.read() as connection:
        found: int = connection.execute(select(func.count()).select_from(tries)).scalar_one()
    return found


def test_each_try_is_kept_with_when_what_and_how_long(database: Database, box: StoredOutbox) -> None:
    event, other = put(database), put(database, 2)
    box.delay([event], NOW, "连不上平台", tried(0))
    box.unsettled([event], "没有完整的回答", tried(1, 10.0))
    box.answered([EventAnswer(event, Verdict.ACCEPTED, ack="A-7")], NOW, tried(2, None))
    box.answered([EventAnswer(other, Verdict.REFUSED, reason="事项版本过旧")], NOW, tried(3))
    assert history(database, event) == [
        AttemptRecord(3, NOW + timedelta(minutes=2), None, OutboxState.STORED, "A-7"),
        AttemptRecord(2, NOW + timedelta(minutes=1), 10.0, OutboxState.UNKNOWN, "没有完整的回答"),
        AttemptRecord(1, NOW, 0.25, OutboxState.WAITING, "连不上平台"),
    ]
    assert history(database, other) == [
        AttemptRecord(1, NOW + timedelta(minutes=3), 0.25, OutboxState.REFUSED, "事项版本过旧")
    ]


def test_a_fortnight_of_tries_takes_a_fixed_number_of_rows(database: Database, box: StoredOutbox) -> None:
    event = put(database)
    for number in range(2 * KEPT + 3):
        box.delay([event], NOW, f"第{number + 1}次", tried(number))
    kept = history(database, event)
    assert [each.number for each in kept] == list(range(2 * KEPT + 3, KEPT + 3, -1))
    assert kept[0].said == f"第{2 * KEPT + 3}次"
    assert rows(database) == KEPT


def test_what_has_to_go_again_keeps_the_answer_that_settled_it(database: Database, box: StoredOutbox) -> None:
    refused, forgotten = put(database), put(database, 2)
    box.answered([EventAnswer(refused, Verdict.REFUSED, reason="事项版本过旧")], NOW, tried(0))
    box.answered([EventAnswer(forgotten, Verdict.ACCEPTED, ack="A-7")], NOW, tried(0))
    assert rows(database) == 0  # a backlog that goes costs none
    with database.begin() as connection:
        retry_refused(connection, refused)
    box.reopen([forgotten], "平台恢复了较早的备份")
    for event in (refused, forgotten):
        box.answered([EventAnswer(event, Verdict.RETRY, reason="稍后")], NOW, tried(1))
        box.answered([EventAnswer(event, Verdict.DUPLICATE, ack="A-8")], NOW, tried(2))
    told = [
        [(each.number, each.outcome, each.said) for each in history(database, event)] for event in (refused, forgotten)
    ]
    assert told == [
        [(3, "stored", "A-8"), (2, "waiting", "稍后"), (1, "refused", "事项版本过旧")],
        [(3, "stored", "A-8"), (2, "waiting", "稍后"), (1, "stored", "A-7")],
    ]


def test_what_was_settled_before_tries_were_kept_goes_again_without_any(database: Database, box: StoredOutbox) -> None:
    event = put(database)
    box.answered([EventAnswer(event, Verdict.ACCEPTED, ack="A-7")], NOW)
    assert history(database, event) == []
    box.reopen([event], "平台恢复了较早的备份")
    assert history(database, event) == []


def test_what_was_no_try_leaves_no_history(database: Database, box: StoredOutbox) -> None:
    event = put(database)
    box.delay([event], NOW, "连不上平台")
    box.unsettled([], tried=tried())
    box.delay(["nobody's"], NOW, "连不上平台", tried())
    box.answered([], NOW, tried())
    with database.begin() as connection:
        attempts.note(connection, tried(), [])
        attempts.put_by(connection, [])
    assert rows(database) == 0
    assert history(database, "nobody's") == []


def test_the_history_goes_with_its_event(database: Database, box: StoredOutbox) -> None:
    event = put(database)
    box.delay([event], NOW, "连不上平台", tried())
    with database.begin() as connection:
        connection.execute(delete(outbox))
    assert rows(database) == 0


def test_what_was_refused_further_up_keeps_the_answer_that_came_first(database: Database, box: StoredOutbox) -> None:
    event = put(database)
    box.answered([EventAnswer(event, Verdict.ACCEPTED, ack="A-7")], NOW, tried())
    with database.begin() as connection:
        assert refuse_after_all(connection, EventAnswer(event, Verdict.REFUSED, reason="编号重复"))
    assert [(each.number, each.outcome, each.said) for each in history(database, event)] == [(1, "stored", "A-7")]
