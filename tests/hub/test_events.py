"""Events at the hub: each takes effect once or is refused with a reason, and cases keep their order."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from client.ports.platform import Event
from client.rules.case import State
from sync.hub.cases import list_cases
from sync.hub.intake import answer_to, take
from sync.hub.judging import may_become
from sync.hub.problems import Kind, Rejection
from sync.hub.store import Store
from sync.protocol import BATCH_TYPE, MAX_BATCH_EVENTS, Result, encode_batch
from tests.hub.tus import STREAM, creation
from tests.hubs import LocalHub
from tests.sync.sample import Window, number, sha256

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def url(store_url: str) -> str:
    return store_url


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    made = Store(url)
    made.prepare()
    yield made
    made.close()


def send(store: Store, *events: Event) -> list[Result]:
    return take(store, encode_batch(events), NOW)


def words(results: list[Result]) -> list[str]:
    """Each verdict, or the code of its problem."""
    return [result.problem.code if result.problem else result.verdict for result in results]


def test_a_case_is_what_its_events_made_of_it(store: Store, url: str) -> None:
    window = Window()
    events = [
        window.event(number(1), "received"),
        window.event(number(1), "awaiting_correction", kind="case.correction_requested"),
        window.event(number(1), "correction_made", kind="case.corrected"),
        window.event(number(1), "accepted"),
        window.event(number(1), kind="paper.issued"),
        window.event(number(2), "not_accepted"),
    ]
    results = send(store, *events)
    assert words(results) == ["accepted"] * 6
    assert len({result.ack for result in results}) == 6
    shown = [(case["number"], case["source"], case["state"], case["events"]) for case in list_cases(url)]
    assert shown == [(number(1), window.source, "accepted", 5), (number(2), window.source, "not_accepted", 1)]


def test_the_same_event_again_is_a_duplicate_with_its_first_answer(store: Store, url: str) -> None:
    event = Window().event(number(1))
    (first,) = send(store, event)
    again = send(store, event, event)
    assert words(again) == ["duplicate", "duplicate"]
    assert {result.ack for result in again} == {first.ack}
    assert answer_to(store, event.source, event.event_id).ack == first.ack
    assert list_cases(url)[0]["events"] == 1


def test_an_event_twice_in_one_batch_takes_effect_once(store: Store, url: str) -> None:
    event = Window().event(number(1))
    assert words(send(store, event, event)) == ["accepted", "duplicate"]
    assert list_cases(url)[0]["events"] == 1


def test_the_same_id_with_another_payload_is_refused_never_merged(store: Store, url: str) -> None:
    event = Window().event(number(1))
    send(store, event)
    for other in (
        {"data": event.data.replace(b"false", b"true")},
        {"type": "case.review"},
        {"sequence": 77},
        {"time": NOW},
        {"files": (sha256(b"another page"),)},
        {"subject": number(2)},
    ):
        assert words(send(store, _but(event, **other))) == ["other-payload"]
    spaced = _but(event, data=json.dumps(json.loads(event.data), indent=3).encode())
    assert words(send(store, spaced)) == ["duplicate"]  # blanks between the words say nothing
    assert list_cases(url)[0]["events"] == 1


def test_the_same_id_of_another_window_is_another_event(store: Store) -> None:
    event = Window("urn:yichuang:w1").event(number(1))
    other = Window("urn:yichuang:w2").event(number(2))
    assert words(send(store, event, _but(other, event_id=event.event_id))) == ["accepted", "accepted"]


def test_after_an_event_that_is_not_taken_the_later_ones_of_its_case_wait(store: Store) -> None:
    window = Window()
    page = b"page"
    bad = window.event(number(1), "received", kind="visit.opened")
    later = window.event(number(1))
    lacking = window.event(number(2), "received", files=[page])
    after = window.event(number(2))
    other = window.event(number(3))
    results = send(store, bad, later, lacking, after, other)
    assert words(results) == ["unknown-type", "earlier-event", "files-missing", "earlier-event", "accepted"]
    assert [result.verdict for result in results] == ["refused", "retry", "retry", "retry", "accepted"]


def test_events_out_of_their_order_in_a_batch_are_judged_in_it(store: Store, url: str) -> None:
    window = Window()
    received, accepted = window.event(number(1), "received"), window.event(number(1))
    assert words(send(store, accepted, received)) == ["accepted", "accepted"]
    assert list_cases(url)[0]["state"] == "accepted"


def test_an_event_older_than_what_its_case_has_seen_is_refused(store: Store) -> None:
    window = Window()
    early, late = window.event(number(1), "received"), window.event(number(1), "received")
    send(store, late)
    assert words(send(store, early)) == ["not-lawful"]
    paper, after = window.event(number(1), kind="paper.issued"), window.event(number(1), "accepted")
    send(store, after)
    assert words(send(store, paper)) == ["out-of-order"]


def test_a_restored_window_goes_on_with_its_cases_under_its_new_epoch(store: Store, url: str) -> None:
    before, after = Window("urn:yichuang:w1:e1"), Window("urn:yichuang:w1:e2")
    send(store, before.event(number(9), "received"), before.event(number(1), "received"))
    assert words(send(store, after.event(number(1)))) == ["accepted"]
    assert [case["source"] for case in list_cases(url)] == ["urn:yichuang:w1:e1"] * 2


FIRST, SECOND = "0192f0c1-0000-7000-8000-000000000001", "0192f0c1-0000-7000-8000-000000000002"


def test_two_windows_that_give_the_same_number_never_share_a_case(store: Store, url: str) -> None:
    ours, theirs = Window("urn:yichuang:w1:e1"), Window("urn:yichuang:w2:e1")
    send(store, _of(FIRST, ours.event(number(1), "received")))
    strangers = [theirs.event(number(1)), theirs.event(number(1), kind="paper.issued")]
    for event in strangers:
        (result,) = send(store, _of(SECOND, event))
        assert (result.verdict, result.problem and result.problem.code) == ("refused", "number-taken")
        assert result.problem is not None
        assert "已属于另一办件" in result.problem.title
    assert [(case["state"], case["events"]) for case in list_cases(url)] == [("received", 1)]
    assert words(send(store, _of(FIRST, ours.event(number(1))))) == ["accepted"]


def test_two_cases_of_one_number_are_told_apart_within_a_batch(store: Store, url: str) -> None:
    ours, theirs = Window("urn:yichuang:w1:e1"), Window("urn:yichuang:w2:e1")
    batch = [_of(FIRST, ours.event(number(1), "received")), _of(SECOND, theirs.event(number(1)))]
    assert words(send(store, *batch)) == ["accepted", "number-taken"]
    assert [(case["source"], case["state"]) for case in list_cases(url)] == [(ours.source, "received")]


def test_one_case_does_not_come_under_two_numbers(store: Store, url: str) -> None:
    window = Window()
    send(store, _of(FIRST, window.event(number(1))))
    again, other = _of(FIRST, window.event(number(2))), _of(SECOND, window.event(number(3)))
    twin = _of(SECOND, window.event(number(4)))
    assert words(send(store, again, other, twin)) == ["key-taken", "accepted", "key-taken"]
    assert [case["number"] for case in list_cases(url)] == [number(1), number(3)]


@pytest.mark.parametrize("key", ["\0", "x" * 65, 7, ["key"]])
def test_a_key_that_is_none_is_refused(store: Store, key: object) -> None:
    event = Window().event(number(1))
    data = json.dumps(json.loads(event.data) | {"case_key": key}).encode()
    assert words(send(store, _but(event, data=data))) == ["invalid-event"]


def test_a_restored_window_that_gives_a_number_again_does_not_change_the_case_that_has_it(
    store: Store, url: str
) -> None:
    before, after = Window("urn:yichuang:w1:e1"), Window("urn:yichuang:w1:e2")
    send(store, _of(FIRST, before.event(number(1), "received")))
    assert words(send(store, _of(SECOND, after.event(number(1))))) == ["number-taken"]
    assert words(send(store, _of(FIRST, after.event(number(1))))) == ["accepted"]  # the same case goes on
    again = _of(FIRST, after.event(number(1)))  # and the same acceptance under a second id is no second one
    assert words(send(store, again)) == ["not-lawful"]
    assert [(case["state"], case["events"]) for case in list_cases(url)] == [("accepted", 2)]


def test_a_case_without_a_key_takes_the_first_one_that_is_said(store: Store) -> None:
    window = Window()
    send(store, window.event(number(1), "received"))
    assert words(send(store, _of(FIRST, window.event(number(1), kind="paper.issued")))) == ["accepted"]
    assert words(send(store, _of(SECOND, window.event(number(1))))) == ["number-taken"]
    assert words(send(store, window.event(number(1)))) == ["accepted"]
    assert words(send(store, _of(SECOND, window.event(number(1), "review")))) == ["number-taken"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": "no_such_state"}, "unknown-state"),
        ({"state": None}, "unknown-state"),
        ({"state": ["accepted"]}, "unknown-state"),
        ({"state": "draft"}, "unknown-state"),
        ({"case_number": "another"}, "other-case"),
    ],
)
def test_an_event_that_does_not_fit_its_case_is_refused(store: Store, change: dict[str, Any], code: str) -> None:
    event = Window().event(number(1))
    data = json.loads(event.data) | change
    assert words(send(store, _but(event, data=json.dumps(data).encode()))) == [code]


def test_a_paper_without_its_case_is_refused(store: Store) -> None:
    assert words(send(store, Window().event(number(1), kind="paper.issued"))) == ["unknown-case"]


@given(st.sampled_from(State), st.sampled_from(State))
def test_no_case_ever_goes_back(before: State, after: State) -> None:
    """Between two different states at least one way is closed, except among those a case in hand moves between."""
    both = may_become(before, after, announced=True) and may_become(after, before, announced=True)
    in_hand = {State.ACCEPTED, State.DEEMED_ACCEPTED, State.REVIEW, State.SPECIAL_PROCEDURE, State.SUSPENDED}
    assert not both or {before, after} <= in_hand
    assert not may_become(State.ACCEPTED, State.RECEIVED, announced=True)
    assert not may_become(State.WITHDRAWN, State.ACCEPTED, announced=True)


def test_an_acceptance_cannot_happen_twice_but_an_extension_leaves_a_case_where_it_is(store: Store) -> None:
    window = Window()
    send(store, window.event(number(1)))
    assert words(send(store, window.event(number(1)))) == ["not-lawful"]
    assert words(send(store, window.event(number(1), kind="case.extended"))) == ["accepted"]


def test_one_event_that_breaks_the_form_does_not_hold_up_its_batch(store: Store) -> None:
    good, bad = Window().cases(2)
    batch = json.loads(encode_batch([bad, good]))
    batch[0]["time"] = "yesterday"
    results = take(store, json.dumps(batch).encode(), NOW)
    assert words(results) == ["invalid-event", "accepted"]
    assert results[0].problem is not None
    assert results[0].problem.fields == ["time"]


@pytest.mark.parametrize("body", [b"", b"{", b"{}", b"[1]", b'[{"id": 1}]', b'[{"source": "s"}]', b'"text"'])
def test_what_is_no_batch_is_refused_whole(store: Store, body: bytes) -> None:
    with pytest.raises(Rejection) as caught:
        take(store, body, NOW)
    assert caught.value.kind is Kind.INVALID_BATCH


def test_an_empty_batch_is_a_batch(store: Store) -> None:
    assert take(store, b"[]", NOW) == []


def test_a_batch_of_too_many_is_refused_whole(store: Store) -> None:
    events = Window().cases(MAX_BATCH_EVENTS + 1)
    with pytest.raises(Rejection) as caught:
        send(store, *events)
    assert caught.value.kind is Kind.TOO_LARGE
    batch = json.loads(encode_batch(events))
    batch[0]["id"] = ""
    with pytest.raises(Rejection):
        take(store, json.dumps(batch).encode(), NOW)


def test_files_named_by_events_belong_to_their_case_once(tmp_path: Path) -> None:
    page, other = b"page", b"other page"
    with LocalHub(tmp_path) as hub:
        for content in (page, other):
            _bring(hub, content)
        window = Window()
        batch = [
            window.event(number(1), "received", files=[page]),
            window.event(number(1), files=[page, other]),
            window.event(number(1), "review", files=[page]),
        ]
        for part in (batch[:2], batch[2:]):
            assert _post(hub, encode_batch(part)).status_code == 200
        shown = {file["sha256"]: file["size"] for file in hub.cases()[0]["files"]}  # type: ignore[attr-defined] # JSON
        assert shown == {sha256(page): len(page), sha256(other): len(other)}


def test_a_batch_of_another_type_or_size_is_told_so(tmp_path: Path) -> None:
    with LocalHub(tmp_path) as hub:
        assert _post(hub, b"[]", "application/json").json()["code"] == "batch-type"
        answer = _post(hub, b" " * ((16 << 20) + 1))
        assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
        assert _post(hub, b"[").json()["code"] == "invalid-batch"


def _of(case_key: str, event: Event) -> Event:
    return _but(event, data=json.dumps(json.loads(event.data) | {"case_key": case_key}).encode())


def _but(event: Event, **changes: Any) -> Event:
    fields = {name: getattr(event, name) for name in Event.__slots__}
    return Event(**(fields | changes))


def _post(hub: LocalHub, body: bytes, media_type: str = BATCH_TYPE) -> requests.Response:
    return requests.post(f"{hub.url}/v1/events", data=body, headers={"Content-Type": media_type}, timeout=10)


def _bring(hub: LocalHub, content: bytes) -> None:
    answer = requests.post(f"{hub.url}/v1/files", data=content, headers=creation(content) | STREAM, timeout=10)
    assert answer.status_code == 201


def test_a_place_no_database_can_count_is_refused(store: Store) -> None:
    assert words(send(store, _but(Window().event(number(1)), sequence=9_249_574_144_144_214_876))) == ["invalid-event"]
