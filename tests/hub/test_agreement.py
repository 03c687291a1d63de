"""The hub's books: sums that follow every effect, on each database, and the cases behind them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests
from sqlalchemy import insert, text

from client.rules.agreement import Range, Sum, head_of, total
from client.rules.case import State
from sync.hub import agreement, changes
from sync.hub.intake import take
from sync.hub.problems import Kind, Rejection
from sync.hub.store import Store
from sync.hub.tables import files
from sync.protocol import MAX_RANGES, decode_held, encode_batch
from tests.hub.test_store import altering, opened, without_sums
from tests.hubs import LocalHub
from tests.sync.sample import Window, number, sha256

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
EVERYTHING = Range("!", "~")


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with opened(store_url) as made:
        yield made


def kept(store: Store) -> dict[str, Sum]:
    with store.read() as connection:
        rows = connection.execute(text("SELECT head, cases, digest FROM tallies")).all()
    return {head: Sum.of(cases, digest) for head, cases, digest in rows}


def counted(store: Store) -> dict[str, Sum]:
    """Every case the hub has, counted anew by head."""
    held = decode_held(agreement.held(store, EVERYTHING, "").model_dump_json().encode())
    heads = {head_of(each.number) for each in held}
    return {head: total(each.sum for each in held if head_of(each.number) == head) for head in heads}


def test_sums_follow_every_effect(store: Store) -> None:
    window, pages = Window(), [b"one", b"two"]
    put_up(store, *pages)
    first, second = window.event(number(1), "received", files=pages[:1]), window.event(number(1), files=pages)
    for batch in ([first, window.event(number(2))], [first, second], [window.event(number(100_000_001))]):
        take(store, encode_batch(batch), NOW)
        assert kept(store) == counted(store)
    changes.move(store, number(1), State.REVIEW, NOW, reason=None, by=None)
    assert kept(store) == counted(store)
    changes.move(store, number(1), State.DECIDED, NOW, reason=None, by=None)
    assert kept(store) == counted(store)
    assert sum(each.cases for each in kept(store).values()) == 3


def test_what_is_not_taken_counts_for_nothing(store: Store) -> None:
    window = Window()
    refused = window.event(number(1), "received", files=[b"not there"])
    take(store, encode_batch([refused]), NOW)
    assert kept(store) == counted(store) == {}


def put_up(store: Store, *pages: bytes) -> None:
    rows = [{"sha256": sha256(page), "size": len(page), "held_at": NOW.isoformat()} for page in pages]
    with store.write() as connection:
        connection.execute(insert(files), rows)


def test_a_page_of_cases_goes_on_behind_its_last_number(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreement, "PAGE", 2)
    numbers = [number(serial) for serial in (1, 2, 3, 10_000_001, 10_000_002)]
    window = Window()
    take(store, encode_batch([window.event(each) for each in numbers]), NOW)
    found: list[str] = []
    while page := agreement.held(store, EVERYTHING, found[-1] if found else "").cases:
        found += [each.number for each in page]
    assert found == sorted(numbers, key=lambda each: (head_of(each), each))
    day = head_of(numbers[0])
    assert [each.number for each in agreement.held(store, Range(day, day + "!"), numbers[1]).cases] == [numbers[2]]


def test_one_question_adds_up_so_much_and_no_more(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreement, "MOST_DAYS", 2)
    window = Window()
    take(store, encode_batch([window.event(number(1)), window.event(number(10_000_001))]), NOW)
    assert agreement.sums(store, [EVERYTHING]).sums[0].cases == 2
    with pytest.raises(Rejection) as caught:
        agreement.sums(store, [EVERYTHING, EVERYTHING])
    assert caught.value.kind is Kind.TOO_LARGE


def test_a_store_made_before_is_counted(store_url: str) -> None:
    with opened(store_url) as store:
        put_up(store, b"page")
        window = Window()
        take(store, encode_batch([window.event(number(1), files=[b"page"]), window.event(number(2))]), NOW)
        changes.move(store, number(2), State.REVIEW, NOW, reason=None, by=None)
        before = kept(store)
    with altering(store_url) as connection:
        without_sums(connection)
        connection.execute(text("UPDATE alembic_version SET version_num = '0004'"))
    with opened(store_url) as store:
        assert kept(store) == counted(store) == before


def test_the_questions_over_the_wire(tmp_path: Path) -> None:
    window = Window()
    with LocalHub(tmp_path) as hub:
        url = f"{hub.url}/v1/digests"
        batch = {"Content-Type": "application/cloudevents-batch+json"}
        requests.post(f"{hub.url}/v1/events", encode_batch([window.event(number(1))]), headers=batch, timeout=10)
        ranges = [{"first": "!", "end": "~"}, {"first": "2", "end": "3"}]
        sums = requests.post(url, json={"ranges": ranges}, timeout=10).json()["sums"]
        held = requests.get(f"{url}/cases", params=ranges[0], timeout=10).json()["cases"]
        too_many = requests.post(url, json={"ranges": ranges[:1] * (MAX_RANGES + 1)}, timeout=10)
    assert [each["cases"] for each in sums] == [1, 0]
    assert [case["number"] for case in held] == [number(1)]
    assert (too_many.status_code, too_many.json()["code"]) == (422, "invalid-request")
