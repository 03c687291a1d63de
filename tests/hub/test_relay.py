"""The hub's own outbox: what the port promises of the window's holds for a hall node's, on each database."""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from client.errors import PlatformError, StoreError
from client.ports.conflicts import FieldDifference
from client.ports.platform import Change, ChangePage, Event, EventAnswer, Verdict
from sync.hub import agreement, changes, intake
from sync.hub.relay import Relay, Upstream
from sync.hub.relayed import RelayInbox, RelayOutbox
from sync.hub.shelf import Shelf
from sync.hub.store import Store
from sync.hub.tables import relayed
from sync.protocol import encode_batch
from tests.hub.test_agreement import EVERYTHING, counted, kept
from tests.hubs import LocalHub
from tests.sync.sample import NOW, Window, number


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = Store(store_url)
    opened.prepare()
    opened.pass_on_to("http://127.0.0.1:1")
    yield opened
    opened.close()


@pytest.fixture
def outbox(store: Store, tmp_path: Path) -> RelayOutbox:
    return RelayOutbox(store, Shelf(tmp_path / "files"))


def take(store: Store, events: list[Event]) -> list[Verdict]:
    return [result.verdict for result in intake.take(store, encode_batch(events), NOW)]


def ids(events: list[Event]) -> list[str]:
    return [event.event_id for event in events]


def test_what_is_taken_goes_on_as_it_came_in_the_order_it_was_taken(store: Store, outbox: RelayOutbox) -> None:
    one, other = Window("urn:1"), Window("urn:2")
    events = [one.event(number(1), "received"), other.event(number(2)), one.event(number(1))]
    assert take(store, events) == [Verdict.ACCEPTED] * 3
    assert [(e.source, e.event_id, e.sequence, e.time, e.type) for e in outbox.due(NOW, 10)] == [
        (e.source, e.event_id, e.sequence, e.time, e.type) for e in events
    ]
    assert ids(list(outbox.due(NOW, 2))) == ids(events[:2])
    assert (outbox.counts().waiting, outbox.counts().oldest) == (3, min(event.time for event in events))


def test_a_platform_has_nothing_to_pass_on(store_url: str, tmp_path: Path) -> None:
    with closing(Store(store_url)) as platform:
        platform.prepare()
        platform.pass_on_to(None)
        take(platform, Window().cases(2))
        outbox = RelayOutbox(platform, Shelf(tmp_path / "files"))
        assert (outbox.due(NOW, 10), outbox.counts().waiting, outbox.counts().oldest) == ([], 0, None)


def test_a_node_is_not_served_as_if_it_were_the_platform(store: Store) -> None:
    store.pass_on_to("http://127.0.0.1:2")  # the platform moved
    with pytest.raises(PlatformError) as refused:
        store.pass_on_to(None)
    assert (refused.value.code, "127.0.0.1:2" in refused.value.title) == ("PLAT-node-alone", True)


def test_a_case_that_waits_holds_up_itself_alone(store: Store, outbox: RelayOutbox) -> None:
    window = Window()
    first, second = window.event(number(1), "received"), window.event(number(1))
    third = window.event(number(2))
    take(store, [first, second, third])
    outbox.delay([first.event_id], NOW + timedelta(seconds=60), "平台正忙")
    assert ids(list(outbox.due(NOW, 10))) == [third.event_id]
    assert len(outbox.due(NOW + timedelta(seconds=61), 10)) == 3
    assert len(outbox.due(NOW - timedelta(days=1), 10)) == 3  # a clock that was set back
    assert outbox.attempts(ids([first, second, third])) == 1


def test_what_is_sent_is_in_doubt_until_it_is_answered(store: Store, outbox: RelayOutbox) -> None:
    events = Window().cases(3)
    take(store, events)
    outbox.sending(ids(events))
    assert (ids(list(outbox.unknown())), outbox.counts().unknown) == (ids(events), 3)
    outbox.unsettled(ids(events[1:2]))
    outbox.answered([], NOW)
    outbox.answered(
        [
            EventAnswer(events[0].event_id, Verdict.ACCEPTED, ack="A1"),
            EventAnswer(events[1].event_id, Verdict.RETRY, reason="材料不全"),
        ],
        NOW,
    )
    assert ids(list(outbox.unknown())) == ids(events[2:])
    assert [taken.event_id for taken in outbox.taken(None, 10)] == ids(events[:1])
    assert outbox.taken(outbox.taken(None, 10)[0].sequence, 10) == []
    outbox.reopen([], "")
    outbox.reopen(ids(events[:1]), "平台恢复了较早的备份")
    assert ids(list(outbox.due(NOW, 10))) == ids(events[:2])


def test_what_is_stored_above_stays_stored(store: Store, outbox: RelayOutbox) -> None:
    (event,) = events = Window().cases(1)
    take(store, events)
    outbox.answered([EventAnswer(event.event_id, Verdict.ACCEPTED, ack="A1")], NOW)
    outbox.delay(ids(events), NOW, "平台正忙")
    outbox.sending(ids(events))
    outbox.unsettled(ids(events))
    outbox.answered([EventAnswer(event.event_id, Verdict.REFUSED, code="late")], NOW)
    assert [taken.event_id for taken in outbox.taken(None, 10)] == ids(events)
    assert (outbox.due(NOW, 10), outbox.unknown(), outbox.counts().refused) == ([], [], 0)


def test_what_the_platform_above_refuses_is_told_below_and_goes_up_again_when_it_is_sent_again(
    store: Store, outbox: RelayOutbox
) -> None:
    events = Window().cases(2)
    take(store, events)
    why = {"code": "item-revised", "reason": "该事项在平台已有新的版本"}
    differing = (FieldDifference("事项版本", "1", "2"),)
    refusal = EventAnswer(events[0].event_id, Verdict.REFUSED, **why, differences=differing)
    outbox.answered([refusal, EventAnswer(events[1].event_id, Verdict.ACCEPTED, ack="A1")], NOW)
    (told,) = changes.page(store, "").changes
    assert (told.kind, told.subject) == ("event.refused", number(0))
    wire = [{"field": "事项版本", "sent": "1", "held": "2"}]
    assert told.data == {"event_id": events[0].event_id, **why, "differences": wire}
    with store.read() as connection:
        row = connection.execute(select(relayed).where(relayed.c.state == "refused")).one()
    assert (row.code, row.last_error, row.differences) == (*why.values(), '[["事项版本", "1", "2"]]')
    assert (outbox.due(NOW, 10), outbox.counts().refused) == ([], 1)
    decided = [replace(each, decisions=("keep-version",)) for each in events]
    assert take(store, decided) == [Verdict.DUPLICATE] * 2
    (again,) = outbox.due(NOW, 10)
    assert (again.event_id, again.decisions) == (events[0].event_id, ("keep-version",))


def test_what_a_node_above_brought_no_further_is_refused_here_too_and_goes_up_again(
    store: Store, outbox: RelayOutbox
) -> None:
    answered, lost, waiting = events = Window().cases(3)
    take(store, events)
    outbox.answered([EventAnswer(answered.event_id, Verdict.ACCEPTED, ack="A1")], NOW)
    outbox.sending([lost.event_id])
    why = {"code": "item-revised", "reason": "该事项在平台已有新的版本"}
    wire = {**why, "differences": [{"field": "事项版本", "sent": "1", "held": "2"}]}
    told = [Change("event.refused", event.subject, {"event_id": event.event_id, **wire}, NOW) for event in events]
    theirs = Change("event.refused", number(9), {"event_id": "of-another-hall", **wire}, NOW)
    inbox = RelayInbox(store)
    assert inbox.apply(ChangePage([*told, theirs], "c1")) == 2  # the third goes up yet: its answer will say so itself
    assert inbox.apply(ChangePage([*told, theirs], "c2")) == 0  # a replay
    assert [(c.kind, c.data["event_id"]) for c in changes.page(store, "").changes] == [
        ("event.refused", answered.event_id),
        ("event.refused", lost.event_id),
    ]
    with store.read() as connection:
        row = connection.execute(select(relayed).where(relayed.c.event_id == answered.event_id)).one()
    assert (row.state, row.ack, row.code, row.last_error) == ("refused", None, *why.values())
    assert row.differences == '[["事项版本", "1", "2"]]'
    assert ids(list(outbox.due(NOW, 10))) == [waiting.event_id]
    assert take(store, events) == [Verdict.DUPLICATE] * 3
    assert ids(list(outbox.due(NOW, 10))) == ids(events)


def test_a_refusal_in_words_of_a_newer_program_is_passed_down_as_it_is(store: Store) -> None:
    newer = Change("event.refused", number(1), {"events": ["one", "two"]}, NOW)
    assert RelayInbox(store).apply(ChangePage([newer], "c1")) == 1
    assert [change.data for change in changes.page(store, "").changes] == [newer.data]


def test_what_was_decided_before_the_node_took_it_goes_up_with_it(store: Store, outbox: RelayOutbox) -> None:
    event = replace(Window().event(number(1)), decisions=("keep-version", "online-withdrawn"))
    take(store, [event])
    assert [each.decisions for each in outbox.due(NOW, 10)] == [event.decisions]


def test_files_are_named_once_and_come_from_the_shelf(store: Store, outbox: RelayOutbox, tmp_path: Path) -> None:
    from sync.hub.uploads import Reception  # noqa: PLC0415 - here alone

    page = b"page"
    window = Window()
    events = [window.event(number(at), files=[page]) for at in range(2)]
    Reception(store, Shelf(tmp_path / "files")).held(events[0].files[0], len(page))
    take(store, events)
    assert outbox.files(NOW) == list(events[0].files)
    with pytest.raises(StoreError) as refused:
        outbox.content(events[0].files[0])
    assert refused.value.code == "PLAT-file-gone"
    place = Shelf(tmp_path / "files").path(events[0].files[0])
    place.parent.mkdir(parents=True)
    place.write_bytes(page)
    assert outbox.content(events[0].files[0]) == page


def test_an_id_that_another_source_used_is_not_taken(store: Store, outbox: RelayOutbox) -> None:
    """Answers name an id alone: one of two such events would be thought to have arrived with the other."""
    window = Window("urn:1")
    event = window.event(number(1))
    theirs = Event(event.event_id, "urn:2", event.type, number(2), 1, event.time, b'{"state":"accepted"}')
    assert take(store, [event]) == [Verdict.ACCEPTED]
    assert take(store, [theirs, event]) == [Verdict.REFUSED, Verdict.DUPLICATE]
    assert ids(list(outbox.due(NOW, 10))) == [event.event_id]


def test_only_what_is_of_this_hall_and_news_here_is_passed_down(store: Store) -> None:
    take(store, Window().cases(2))
    inbox = RelayInbox(store)
    assert inbox.cursor() == ""
    page = [
        Change("case.state", number(0), {"state": "review", "reason": None}, NOW),
        Change("case.state", number(0), {"state": "review"}, NOW),  # a replay
        Change("case.state", number(9), {"state": "review"}, NOW),  # of another hall
        Change("case.state", number(1), {"state": "draft"}, NOW),
        Change("case.state", number(1), {"state": "strange"}, NOW),
        Change("holidays", "2027", {"days": []}, NOW),
    ]
    assert inbox.apply(ChangePage(page, "c1")) == 2
    assert inbox.cursor() == "c1"
    assert [(c.kind, c.subject) for c in changes.page(store, "").changes] == [
        ("case.state", number(0)),
        ("holidays", "2027"),
    ]
    assert [case.told for case in agreement.held(store, EVERYTHING, "").cases] == ["review", None]


def test_sums_follow_what_comes_down_however_much_of_it_at_once(store: Store) -> None:
    take(store, [*Window().cases(2), Window("urn:2").event(number(100_000_001))])
    RelayInbox(store).apply(
        ChangePage(
            [
                Change("case.state", number(1), {"state": "review"}, NOW),
                Change("case.state", number(100_000_001), {"state": "review"}, NOW),
                Change("case.state", number(1), {"state": "decided"}, NOW),
            ],
            "c1",
        )
    )
    assert [c.data["state"] for c in changes.page(store, "").changes] == ["review", "review", "decided"]
    assert [case.told for case in agreement.held(store, EVERYTHING, "").cases] == [None, "decided", "review"]
    assert kept(store) == counted(store)


@pytest.mark.timeout(30)
@pytest.mark.expected_warnings("turn to pass on not taken")
def test_a_folder_that_cannot_be_written_to_for_a_while_ends_no_passing_on(tmp_path: Path) -> None:
    folder, turn = tmp_path / "node", tmp_path / "node" / "upstream.lock"
    turn.mkdir(parents=True)  # no file, and no lock
    (tmp_path / "above").mkdir()
    with LocalHub(tmp_path / "above") as above, closing(Store(f"sqlite:///{tmp_path / 'node.db'}")) as store:
        store.prepare()
        store.pass_on_to(above.url)
        take(store, Window().cases(1))
        relay = Relay(store, Shelf(folder), folder, Upstream(above.url))
        relay.start()
        time.sleep(0.1)
        turn.rmdir()
        while not above.cases():
            time.sleep(0.05)
        relay.stop()
