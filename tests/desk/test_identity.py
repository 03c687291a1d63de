"""A window enrolled anew: another source, everything unsent under it, what the platform has left as it was."""

from client.desk.identity import StoredIdentity
from client.ports.identity import Credentials, Unsent
from client.ports.platform import EventAnswer, Verdict
from client.store.outbox import OutboxState, retry_refused
from tests.desk.counter import CLERK, FOOD, MORNING, Desk

GIVEN = Credentials("https://hub.example", "client", "sample secret")


def received(desk: Desk, count: int) -> list[str]:
    for _ in range(count):
        desk.intake.receive(desk.draft(FOOD), CLERK)
    return [entry.event_id for entry in desk.memory.outbox().entries()]


def test_credentials_are_kept_in_the_store_and_the_newest_count(desk: Desk) -> None:
    identity = StoredIdentity(desk.counter)
    assert identity.credentials() is None
    identity.keep(Credentials("https://old.example", "old", "old"))
    identity.keep(GIVEN)
    desk.reopen()
    assert StoredIdentity(desk.counter).credentials() == GIVEN
    assert b"sample secret" not in desk.profile.database.read_bytes()
    assert GIVEN.secret not in repr(GIVEN)
    assert [subject for _, subject, _ in desk.audited("enrol")] == [desk.counter.settings.source_uri] * 2


def test_what_is_not_acknowledged_goes_up_under_the_new_source(desk: Desk) -> None:
    stored, known, doubtful, refused, waiting = received(desk, 5)
    outbox, old = desk.memory.outbox(), desk.memory.source
    outbox.answered([EventAnswer(stored, Verdict.ACCEPTED, ack="A"), EventAnswer(refused, Verdict.REFUSED)], MORNING)
    outbox.unsettled([known, doubtful])
    identity = StoredIdentity(desk.counter)
    assert identity.unsent() == [Unsent(old, event_id) for event_id in (known, doubtful, refused, waiting)]
    source = identity.begin_epoch([EventAnswer(known, Verdict.ACCEPTED, ack="B")])
    assert source.rpartition(":")[0] == old.rpartition(":")[0]
    desk.reopen()
    assert desk.memory.source == source != old
    states = [entry.state for entry in desk.memory.outbox().entries()]
    assert states == [OutboxState.STORED] * 2 + [OutboxState.WAITING, OutboxState.REFUSED, OutboxState.WAITING]
    assert [event.source for event in desk.memory.outbox().due(MORNING, 9)] == [source] * 2
    with desk.memory.begin() as connection:
        retry_refused(connection, refused)
    assert [event.source for event in desk.memory.outbox().due(MORNING, 9)] == [source] * 3  # the old one is refused
    assert {taken.source for taken in desk.memory.outbox().taken(None, 9)} == {old}
    assert desk.audited("begin_epoch") == [("platform", source, "done")]
