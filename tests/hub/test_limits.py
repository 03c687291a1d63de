"""What one source may bring: refused with a time to come again, and the others go on."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from sqlalchemy import select

from client.errors import PlatformError
from sync.faults import Busy
from sync.hub.intake import take
from sync.hub.limits import Limits
from sync.hub.problems import Kind, Rejection
from sync.hub.store import Store
from sync.hub.tables import sources
from sync.platform import HttpPlatform
from sync.protocol import encode_batch
from tests.hub.tus import STREAM, TUS, creation
from tests.hubs import LocalHub
from tests.sync.sample import Window, number

NOW = datetime(2026, 11, 30, 23, 55, tzinfo=UTC)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    made = Store(store_url)
    made.prepare()
    yield made
    made.close()


def test_a_source_that_brought_its_days_events_comes_again_the_next_day(store: Store) -> None:
    limits = Limits(day_events=3)
    wild, calm = Window("urn:yichuang:wild"), Window("urn:yichuang:calm")
    take(store, encode_batch(wild.cases(4)), NOW, limits)  # none is too large for ever
    one_more = encode_batch([wild.event(number(9))])
    with pytest.raises(Rejection) as caught:
        take(store, one_more, NOW, limits)
    assert (caught.value.kind, caught.value.headers["Retry-After"]) == (Kind.TOO_MANY_EVENTS, "300")
    assert len(take(store, encode_batch(calm.cases(1, first=50)), NOW, limits)) == 1
    for batch in (one_more, encode_batch([wild.event(number(10))])):  # of which the first day's count for nothing
        (result,) = take(store, batch, NOW + timedelta(hours=1), limits)
        assert result.verdict == "accepted"


def test_what_comes_twice_counts_once(store: Store) -> None:
    batch = encode_batch(Window().cases(2))
    for _ in range(4):
        take(store, batch, NOW, Limits(day_events=3))
    with pytest.raises(Rejection):
        take(store, batch, NOW, Limits(day_events=2))


def test_events_and_the_files_they_name_fill_a_sources_share(tmp_path: Path) -> None:
    page = b"p" * 5000
    with LocalHub(tmp_path, limits=Limits(source_bytes=6000)) as hub:
        platform = HttpPlatform(hub.url)
        requests.post(f"{hub.url}/v1/files", data=page, headers=creation(page) | STREAM, timeout=5)
        window = Window()
        platform.send([window.event(number(1), "received", files=[page])])
        platform.send([window.event(number(1), files=[page], size=500)])  # the same page for the same case: once
        with pytest.raises(PlatformError) as caught:
            platform.send([window.event(number(2))])
        platform.close()
    assert isinstance(caught.value, Busy)
    assert (caught.value.retry_after, "507" in str(caught.value)) == (600.0, True)


def test_a_share_is_full_when_nothing_of_it_is_left(store: Store) -> None:
    window = Window()
    take(store, encode_batch(window.cases(1)), NOW)
    with store.read() as connection:
        used = connection.scalars(select(sources.c.bytes)).one()
    batch = encode_batch([window.event(number(9))])
    with pytest.raises(Rejection) as caught:
        take(store, batch, NOW, Limits(source_bytes=used))
    assert caught.value.kind is Kind.QUOTA_FULL
    assert [result.verdict for result in take(store, batch, NOW, Limits(source_bytes=used + 1))] == ["accepted"]


def test_an_upload_nobody_goes_on_with_is_cleared_after_its_days(tmp_path: Path) -> None:
    page = b"page"
    with LocalHub(tmp_path) as hub:
        place = requests.post(f"{hub.url}/v1/files", headers=creation(page), timeout=5).headers["Location"]
    (part,) = (path for path in (hub.files / "incoming").iterdir() if path.suffix == "")
    long_ago = time.time() - timedelta(days=8).total_seconds()
    for keep, left in ((timedelta(days=9), True), (timedelta(days=7), False)):
        os.utime(part, (long_ago, long_ago))
        with LocalHub(tmp_path, limits=Limits(keep_uploads=keep)) as hub:
            until = time.monotonic() + 5
            while part.exists() is not left and time.monotonic() < until:
                time.sleep(0.02)
            status = requests.head(hub.url + place, headers=TUS, timeout=5).status_code
        assert (part.exists(), status) == (left, 200 if left else 404)
