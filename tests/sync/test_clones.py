"""Two disks copied whole speak as one window: the platform sees it, the later one stops, nothing is lost or merged."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from client.ports.platform import DrainReport, Event
from sync.drain import drain
from sync.faults import CLONED, Stopped
from sync.hub.intake import take
from sync.hub.problems import Kind, Rejection
from sync.hub.store import Store
from sync.loop import Loop
from sync.platform import HttpPlatform
from sync.protocol import encode_batch
from tests.hubs import LocalHub
from tests.sync.memory import TestInbox, TestOutbox
from tests.sync.sample import NOW, Window, number


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    made = Store(store_url)
    made.prepare()
    yield made
    made.close()


def verdicts(store: Store, *events: Event) -> list[str]:
    return [str(result.verdict) for result in take(store, encode_batch(events), datetime.now(UTC))]


def refused(store: Store, *events: Event) -> bool:
    with pytest.raises(Rejection) as caught:
        take(store, encode_batch(events), datetime.now(UTC))
    return caught.value.kind is Kind.CLONED


def test_a_place_that_another_event_has_shows_a_clone_and_nothing_of_the_batch_is_taken(store: Store) -> None:
    window, clone = Window(), Window()
    shared = window.event(number(1))
    assert verdicts(store, shared) == ["accepted"]
    clone.event(number(1))  # its copy of the same place
    assert verdicts(store, shared) == ["duplicate"]  # both disks hold it: it is one event
    assert verdicts(store, window.event(number(2))) == ["accepted"]
    other, later = clone.event(number(3)), clone.event(number(4))
    assert refused(store, other, later)
    assert verdicts(store, window.event(number(5))) == ["accepted"]
    assert refused(store, other, later)  # and again: nothing of it was kept


def test_two_events_of_one_place_in_one_batch_are_a_clones_too(store: Store) -> None:
    assert refused(store, Window().event(number(1)), Window().event(number(2)))


def test_a_place_is_one_sources_own(store: Store) -> None:
    assert verdicts(store, Window("urn:w:1").event(number(1)), Window("urn:w:2").event(number(2))) == ["accepted"] * 2


def test_of_two_clones_that_send_at_once_one_is_refused(store: Store, store_url: str) -> None:
    """Two processes on one store: whoever comes second sees the first."""
    begin = Window().event(number(0))
    ready = threading.Barrier(2)

    def send(case: int) -> str:
        own, window = Store(store_url), Window()
        window.event(number(0))
        ready.wait(5)
        try:
            return verdicts(own, window.event(number(case)))[0]
        except Rejection as error:
            return error.kind.value.code
        finally:
            own.close()

    assert verdicts(store, begin) == ["accepted"]
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, (1, 2))) == ["accepted", "cloned-source"]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LocalHub]:
    with LocalHub(tmp_path) as made:
        yield made


def test_the_later_window_stops_sending_and_keeps_everything(hub: LocalHub) -> None:
    window, clone = TestOutbox(), TestOutbox()
    window.put(Window().cases(3))
    clone.put(Window().cases(3, first=10))
    platform = HttpPlatform(hub.url)
    try:
        assert drain(window, TestInbox(), platform, lambda: NOW).sent == 3
        report = drain(clone, TestInbox(), platform, lambda: NOW)
    finally:
        platform.close()
    assert (report.sent, report.waiting, report.refused, report.unknown) == (0, 3, 0, 0)
    assert report.outage is not None
    assert "PLAT-cloned" in report.outage
    assert "yichuang enrol" in report.outage
    assert [case["number"] for case in hub.cases()] == [number(n) for n in range(3)]


def test_the_loop_pauses_and_goes_on_when_somebody_has_seen_to_it(hub: LocalHub) -> None:
    window, clone = TestOutbox(), TestOutbox()
    window.put(Window().cases(1))
    clone.put(Window().cases(1, first=10))
    reports: list[DrainReport] = []
    platform = HttpPlatform(hub.url)
    try:
        drain(window, TestInbox(), platform, lambda: NOW)
        loop = Loop(clone, TestInbox(), platform, lambda: NOW, heard=reports.append)
        loop.step()
        assert loop.paused
        assert (reports[-1].waiting, reports[-1].outage) == (1, str(Stopped(CLONED)))
        loop.link_up()
        assert not loop.paused
    finally:
        platform.close()
