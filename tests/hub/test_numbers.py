"""Blocks of numbers at the hub: each serial in one block, one block a key, whoever asks and however often."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import requests

from client.errors import PlatformError
from client.ports.numbers import Block, BlockRest, BlockWish
from client.ports.platform import Event, Verdict
from sync.faults import ALREADY_LEASED, NO_HUB_STORE, Refused, Unsure
from sync.hub.intake import take
from sync.hub.numbers import SeriesRow, begin_above, lease, lease_above, list_series, take_back
from sync.hub.problems import Kind, Rejection
from sync.hub.store import Store
from sync.platform import HttpPlatform
from sync.protocol import BlockMessage, LeaseMessage, RestMessage, decode_block, encode_batch
from tests.hubs import HubProcess, LocalHub
from tests.postgres import Postgres
from tests.sync.sample import Window, number

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
SERIES = "示市监许受〔2026〕"
SOURCE, AGAIN, OTHER = "urn:w:07:epoch-1", "urn:w:07:epoch-2", "urn:w:08:epoch-1"


def wish(size: int = 10, *, key: str = "", source: str = SOURCE, series: str = SERIES, held: int = 0) -> LeaseMessage:
    return LeaseMessage(source=source, key=key or str(uuid4()), series=series, size=size, held=held)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    made = Store(store_url)
    made.prepare()
    yield made
    made.close()


def serials(block: BlockMessage) -> tuple[int, int]:
    return block.first, block.last


def code(caught: pytest.ExceptionInfo[Rejection]) -> Kind:
    return caught.value.kind


def test_a_series_is_cut_into_blocks_one_after_the_other(store: Store, store_url: str) -> None:
    found = [serials(lease(store, wish(size), NOW)) for size in (10, 1, 500)]
    assert found == [(1, 10), (11, 11), (12, 511)]
    assert serials(lease(store, wish(series="乙〔2026〕"), NOW)) == (1, 10)
    assert list_series(store_url) == [SeriesRow("乙〔2026〕", 10, 1, 0), SeriesRow(SERIES, 511, 3, 0)]


def test_nothing_is_leased_that_a_window_holds(store: Store) -> None:
    """A hub that was put back knows of no block; whoever asks tells what it has."""
    assert serials(lease(store, wish(held=40), NOW)) == (41, 50)
    assert serials(lease(store, wish(source=OTHER, held=20), NOW)) == (51, 60)


def test_nothing_is_leased_that_stands_on_a_paper(store: Store) -> None:
    def told(paper: object) -> Event:
        event = window.event(number(1), kind="paper.issued")
        return replace(event, data=json.dumps({**json.loads(event.data), "paper": paper}).encode())

    lease(store, wish(), NOW)
    window = Window()
    numbers = [f"{SERIES}{serial}号" for serial in (33, 12, 10**20)] + ["别的〔2026〕9号", "", "临时"]
    events = [window.event(number(1)), told("none"), *(told({"number": each}) for each in numbers)]
    events.append(told({"number": "临时", "central_number": "示市监许受〔2026〕35号"}))
    assert {result.verdict for result in take(store, encode_batch(events), NOW)} == {Verdict.ACCEPTED}
    assert serials(lease(store, wish(source=OTHER), NOW)) == (36, 45)
    take(store, encode_batch([told({"number": f"{SERIES}2号"})]), NOW)
    assert serials(lease(store, wish(source=OTHER), NOW)) == (46, 55), "and it never goes back"


def test_a_lease_asked_for_twice_is_one(store: Store, store_url: str) -> None:
    asked = wish()
    first = lease(store, asked, NOW)
    assert lease(store, asked, NOW) == first
    assert lease(store, wish(key=asked.key, source=AGAIN), NOW) == first  # the same window after a restore
    assert list_series(store_url)[0].last == 10


@pytest.mark.parametrize(("source", "series"), [(OTHER, SERIES), (SOURCE, "乙〔2026〕")])
def test_a_key_that_stands_for_another_lease_is_refused(store: Store, store_url: str, source: str, series: str) -> None:
    key = lease(store, wish(), NOW).key
    with pytest.raises(Rejection) as caught:
        lease(store, wish(key=key, source=source, series=series), NOW)
    assert code(caught) is Kind.OTHER_BLOCK
    assert [row.series for row in list_series(store_url)] == [SERIES]


@pytest.mark.usefixtures("store")
def test_processes_that_lease_at_once_never_overlap(store_url: str) -> None:
    """Eight stores that share nothing in memory, on a series nobody has begun, each key asked for twice."""
    wishes = [wish(7, source=f"urn:w:{n:02}:e") for n in range(16)]

    def ask(some: list[LeaseMessage]) -> list[BlockMessage]:
        own = Store(store_url)
        try:
            return [lease(own, each, NOW) for each in some]
        finally:
            own.close()

    with ThreadPoolExecutor(8) as pool:
        found = [block for part in pool.map(ask, [wishes[n::4] for n in (0, 1, 2, 3, 3, 2, 1, 0)]) for block in part]
    blocks = {block.key: serials(block) for block in found}
    assert len(found) == 2 * len(blocks) == 32
    assert all(serials(block) == blocks[block.key] for block in found)
    given = [serial for first, last in blocks.values() for serial in range(first, last + 1)]
    assert sorted(given) == list(range(1, 16 * 7 + 1))


def test_the_rest_comes_back_once_and_is_not_leased_again(store: Store, store_url: str) -> None:
    block = lease(store, wish(), NOW)
    rest = RestMessage(source=AGAIN, first=4)
    back = take_back(store, block.key, rest, NOW)
    assert back.returned_from == 4
    assert take_back(store, block.key, rest, NOW) == back
    assert serials(lease(store, wish(), NOW)) == (11, 20)
    assert list_series(store_url) == [SeriesRow(SERIES, 20, 2, 7)]


@pytest.mark.parametrize(
    ("source", "first", "kind"),
    [(OTHER, 4, Kind.OTHER_BLOCK), (SOURCE, 11, Kind.OTHER_BLOCK), (SOURCE, 5, Kind.OTHER_BLOCK)],
)
def test_what_cannot_come_back_is_refused(store: Store, source: str, first: int, kind: Kind) -> None:
    block = lease(store, wish(), NOW)
    take_back(store, block.key, RestMessage(source=SOURCE, first=4), NOW)
    with pytest.raises(Rejection) as caught:
        take_back(store, block.key, RestMessage(source=source, first=first), NOW)
    assert code(caught) is kind
    with pytest.raises(Rejection) as unknown:
        take_back(store, "nobody", RestMessage(source=SOURCE, first=4), NOW)
    assert code(unknown) is Kind.UNKNOWN_BLOCK


def test_a_series_may_begin_behind_what_was_given_otherwise(store: Store, store_url: str) -> None:
    begin_above(store_url, SERIES, 800)
    assert serials(lease(store, wish(), NOW)) == (801, 810)
    with pytest.raises(PlatformError) as caught:
        begin_above(store_url, SERIES, 805)
    assert caught.value.fault is ALREADY_LEASED
    begin_above(store_url, SERIES, 810)
    assert serials(lease(store, wish(), NOW)) == (811, 820)


class Above:
    """A platform that answers late: its second block is heard of first."""

    def __init__(self) -> None:
        self._firsts = [11, 1]

    def lease(self, wish: BlockWish) -> Block:
        first = self._firsts.pop(0)
        return Block(wish.key, wish.series, first, first + wish.size - 1)

    def give_back(self, rest: BlockRest) -> None:
        raise NotImplementedError


def test_a_node_that_hears_of_blocks_out_of_order_knows_how_far_a_series_is_leased(
    store: Store, store_url: str
) -> None:
    above = Above()
    assert [serials(lease_above(store, above, wish(), NOW)) for _ in range(2)] == [(11, 20), (1, 10)]
    assert list_series(store_url) == [SeriesRow(SERIES, 20, 2, 0)]


def test_where_no_hub_was_there_are_no_series(tmp_path: Path) -> None:
    with pytest.raises(PlatformError) as caught:
        list_series(f"sqlite:///{tmp_path / 'none.db'}")
    assert caught.value.fault is NO_HUB_STORE


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LocalHub]:
    with LocalHub(tmp_path) as made:
        yield made


@pytest.fixture
def platform(hub: LocalHub) -> Iterator[HttpPlatform]:
    made = HttpPlatform(hub.url)
    yield made
    made.close()


def test_a_window_leases_and_gives_back_over_the_wire(hub: LocalHub, platform: HttpPlatform) -> None:
    asked = BlockWish(SOURCE, "key-1", SERIES, 10)
    assert platform.lease(asked) == platform.lease(asked) == Block("key-1", SERIES, 1, 10)
    platform.give_back(BlockRest(SOURCE, "key-1", 3))
    platform.give_back(BlockRest(SOURCE, "key-1", 3))
    platform.give_back(BlockRest(SOURCE, "key a platform that was restored does not know".replace(" ", "-"), 3))
    with pytest.raises(Refused) as caught:
        platform.give_back(BlockRest(SOURCE, "key-1", 4))
    assert caught.value.problem == "other-block"
    assert list_series(hub.store_url) == [SeriesRow(SERIES, 10, 1, 8)]


WRONG = ({"size": 0}, {"size": 10_001}, {"series": ""}, {"series": "a b"}, {"series": "\x00"}, {"key": "§"})


def test_a_wish_of_the_wrong_shape_is_refused(hub: LocalHub) -> None:
    for wrong in WRONG:
        body = {"source": SOURCE, "key": "key-1", "series": SERIES, "size": 10} | wrong
        answer = requests.post(f"{hub.url}/v1/numbers/blocks", json=body, timeout=5)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")


@pytest.mark.parametrize("first", [2, 0])
def test_an_answer_that_is_no_block_is_none(first: int) -> None:
    body = f'{{"key": "k", "series": "s", "first": {first}, "last": 1}}'.encode()
    with pytest.raises(ValueError):  # noqa: PT011 -- pydantic's words or ours: no block either way
        decode_block(body)


def test_an_answer_about_another_block_is_not_taken(platform: HttpPlatform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.platform.decode_block", lambda _body: Block("other", SERIES, 1, 10))
    with pytest.raises(Unsure):
        platform.lease(BlockWish(SOURCE, "key-1", SERIES, 10))


@pytest.fixture
def hubs(tmp_path: Path, postgres_server: Postgres) -> Iterator[tuple[HubProcess, HubProcess]]:
    url = postgres_server.store()
    with HubProcess(tmp_path, store_url=url) as one, HubProcess(tmp_path, store_url=url) as other:
        yield one, other


def test_two_hub_processes_lease_each_serial_once_whatever_is_killed(hubs: tuple[HubProcess, HubProcess]) -> None:
    """Four windows; each asks one hub and, whatever became of that, the other with the same key. One hub is killed."""
    wishes = [BlockWish(f"urn:w:{n % 4}:e", f"key-{n}", SERIES, 5) for n in range(40)]

    def supply(nth: int) -> list[Block]:
        platforms = [HttpPlatform(hub.url) for hub in hubs]
        found = []
        for wish in wishes[nth::4]:
            if wish.key == "key-21":
                hubs[0].restart()
            with suppress(PlatformError):  # the answer of the first is lost more often than not
                platforms[0].lease(wish)
            found.append(platforms[1].lease(wish))
        for platform in platforms:
            platform.close()
        return found

    with ThreadPoolExecutor(4) as pool:
        blocks = [block for part in pool.map(supply, range(4)) for block in part]
    given = [serial for block in blocks for serial in range(block.first, block.last + 1)]
    assert sorted(given) == list(range(1, 201))
