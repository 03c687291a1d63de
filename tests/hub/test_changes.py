"""The feed: every act once, in order, by a cursor that belongs to this store alone."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from client.errors import PlatformError
from sync.faults import NO_SUCH_CASE, NOT_LAWFUL
from sync.hub import changes
from sync.hub.cases import list_cases, move_case
from sync.hub.intake import take
from sync.hub.problems import Kind, Rejection
from sync.hub.store import Store
from sync.protocol import encode_batch
from tests.hubs import LocalHub
from tests.sync.sample import Window, number

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def url(store_url: str) -> str:
    return store_url


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    made = Store(url)
    made.prepare()
    take(made, encode_batch(Window().cases(3)), NOW)
    yield made
    made.close()


def test_an_act_of_the_department_moves_the_case_and_goes_down(store: Store, url: str) -> None:
    move_case(url, number(1), "review", reason="转入审查", by="示例部门")
    (change,) = changes.page(store, "").changes
    assert (change.kind, change.subject) == ("case.state", number(1))
    assert change.data == {"state": "review", "reason": "转入审查", "by": "示例部门"}
    assert [case["state"] for case in list_cases(url)] == ["accepted", "review", "accepted"]


def test_a_case_is_moved_by_one_act_at_a_time_or_its_window_would_not_follow(store: Store, url: str) -> None:
    """Two acts in one, or a way back that only a suspension opens: the window takes neither, and would differ."""
    move_case(url, number(1), "review")
    for state in ("accepted", "finished"):
        with pytest.raises(PlatformError) as caught:
            move_case(url, number(1), state)
        assert caught.value.fault is NOT_LAWFUL
    for state in ("suspended", "review", "decided", "finished", "delivered", "archived"):
        move_case(url, number(1), state)


@pytest.mark.parametrize(
    ("serial", "state", "fault"), [(99, "review", NO_SUCH_CASE), (1, "received", NOT_LAWFUL), (1, "lost", NOT_LAWFUL)]
)
def test_an_act_that_cannot_be_leaves_everything_as_it_was(
    store: Store, url: str, serial: int, state: str, fault: object
) -> None:
    with pytest.raises(PlatformError) as caught:
        move_case(url, number(serial), state)
    assert caught.value.fault is fault
    assert changes.page(store, "").changes == []
    assert {case["state"] for case in list_cases(url)} == {"accepted"}


def test_pages_follow_each_other_without_a_gap(store: Store) -> None:
    with store.write() as connection:
        for i in range(changes.PAGE + 50):
            changes.put(connection, "case.state", number(i), {"state": "review"}, NOW)
    first = changes.page(store, "")
    second = changes.page(store, first.cursor)
    assert (len(first.changes), first.more) == (changes.PAGE, True)
    assert (len(second.changes), second.more) == (50, False)
    assert [c.subject for c in first.changes + second.changes] == [number(i) for i in range(changes.PAGE + 50)]
    last = changes.page(store, second.cursor)
    assert (last.changes, last.cursor) == ([], second.cursor)


def test_a_cursor_of_another_store_or_of_the_future_is_gone(store: Store) -> None:
    epoch, _, at = changes.page(store, "").cursor.rpartition("-")
    for cursor in ("0" * 32 + "-0", f"{epoch}-{int(at) + 1}"):
        with pytest.raises(Rejection) as caught:
            changes.page(store, cursor)
        assert caught.value.kind is Kind.CURSOR_GONE
    with pytest.raises(Rejection) as caught:
        changes.page(store, "1; DROP TABLE cases")
    assert caught.value.kind is Kind.CURSOR_INVALID


def test_a_waiting_window_hears_of_a_change_when_it_happens(tmp_path: Path) -> None:
    with LocalHub(tmp_path) as hub:
        feed = f"{hub.url}/v1/changes"
        cursor = requests.get(feed, timeout=5).json()["cursor"]
        batch = encode_batch(Window().cases(1))
        requests.post(
            f"{hub.url}/v1/events",
            data=batch,
            headers={"Content-Type": "application/cloudevents-batch+json"},
            timeout=5,
        )
        act = threading.Timer(0.3, move_case, (hub.store_url, number(0), "review"))
        act.start()
        begun = time.monotonic()
        page = requests.get(feed, params={"cursor": cursor, "wait": 10.0}, timeout=15).json()
        assert 0.2 < time.monotonic() - begun < 5
        assert [change["subject"] for change in page["changes"]] == [number(0)]
        begun = time.monotonic()
        assert requests.get(feed, params={"cursor": page["cursor"], "wait": 0.3}, timeout=5).json()["changes"] == []
        assert time.monotonic() - begun >= 0.25
        act.join()


def of_hall(store: Store, hall: str | None, cursor: str = "") -> list[str]:
    return [change.subject for change in changes.page(store, cursor, hall).changes]


def test_a_hall_reads_its_own_changes_and_those_for_all_in_their_order(store: Store) -> None:
    with store.write() as connection:
        for serial, hall in enumerate(("110101-01", "110101-02", "", "110101-02", "110101-01")):
            changes.put(connection, "case.state", str(serial), {}, NOW, hall)
    assert of_hall(store, "110101-01") == ["0", "2", "4"]
    assert of_hall(store, "110101-02") == ["1", "2", "3"]
    assert of_hall(store, "110101-03") == ["2"]
    assert of_hall(store, None) == ["0", "1", "2", "3", "4"]
    behind = changes.page(store, "", "110101-03").cursor
    assert of_hall(store, "110101-03", behind) == []
    assert of_hall(store, "110101-01", behind) == ["4"]


def test_what_a_department_does_is_for_the_hall_whose_case_it_is(store: Store, url: str) -> None:
    case = number(50)
    take(store, encode_batch([Window("urn:yichuang:window:110101-02-07:first").event(case)]), NOW)
    move_case(url, case, "review")
    move_case(url, number(1), "review")  # its window is of no hall: everybody hears of it
    assert of_hall(store, "110101-02") == [case, number(1)]
    assert of_hall(store, "110101-01") == [number(1)]


def test_a_page_is_bounded_by_what_it_weighs_and_one_heavy_change_goes_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "PAGE_BYTES", 1000)
    with store.write() as connection:
        for size in (2000, 300, 300, 300, 300):
            changes.put(connection, "x.y", "", {"a": "z" * size}, NOW)
    cursor, sizes, more = "", [], True
    while more:
        page = changes.page(store, cursor)
        sizes.append(len(page.changes))
        cursor, more = page.cursor, page.more
    assert sizes == [1, 3, 1]


def test_a_change_for_another_hall_wakes_nobody(tmp_path: Path) -> None:
    with LocalHub(tmp_path) as hub, closing(Store(hub.store_url)) as store:
        feed = f"{hub.url}/v1/changes"
        cursor = requests.get(feed, timeout=5).json()["cursor"]

        def put(hall: str) -> None:
            with store.write() as connection:
                changes.put(connection, "case.state", hall, {}, NOW, hall)

        acts = [threading.Timer(0.3 * nth, put, (hall,)) for nth, hall in enumerate(("110101-02", "110101-01"), 1)]
        for act in acts:
            act.start()
        begun = time.monotonic()
        asked = {"cursor": cursor, "wait": "10", "hall": "110101-01"}
        page = requests.get(feed, params=asked, timeout=15).json()
        assert 0.5 < time.monotonic() - begun < 5
        assert [change["subject"] for change in page["changes"]] == ["110101-01"]
        for act in acts:
            act.join()


def test_a_newcomer_to_the_feed_is_told_of_the_first_change_ever(tmp_path: Path) -> None:
    """The process had looked when the feed was empty still."""
    with LocalHub(tmp_path) as hub, closing(Store(hub.store_url)) as store:
        feed = f"{hub.url}/v1/changes"
        assert requests.get(feed, params={"wait": "0.3", "hall": "110101-01"}, timeout=5).json()["changes"] == []
        act = threading.Timer(0.6, _put_one, (store,))
        act.start()
        begun = time.monotonic()
        assert requests.get(feed, params={"wait": "10", "hall": "110101-01"}, timeout=15).json()["changes"]
        assert time.monotonic() - begun < 5
        act.join()


def _put_one(store: Store) -> None:
    with store.write() as connection:
        changes.put(connection, "case.state", number(1), {}, NOW, "110101-01")
