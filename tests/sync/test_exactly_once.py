"""Under every fault the network and a dying hub can play, each case and file is at the platform exactly once."""

import random
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from client.ports.platform import DrainReport, Event
from sync.drain import drain
from sync.hub.store import Store
from sync.platform import HttpPlatform
from tests.hubs import WITHOUT_KEYS, HubProcess
from tests.sync.memory import TestInbox, TestOutbox
from tests.sync.proxy import FaultProxy, Trick, at_random
from tests.sync.sample import NOW, Window, number, sha256

SEED = 20261130
# A 413 of a machine in between is final, so it has a test of its own in test_platform.
TRICKS = tuple(trick for trick in Trick if trick is not Trick.TOO_LARGE_PAGE)
AFTER_THE_EFFECT = (Trick.RESET_AFTER, Trick.LOST_ANSWER, Trick.CUT_ANSWER, Trick.FAILED_AFTER, Trick.TWICE)


class Attack:
    """A window with a backlog behind a faulty line; every pass is made by a window that has just been started."""

    def __init__(
        self, directory: Path, hub: HubProcess, proxy: FaultProxy, events: list[Event], pages: int | None = None
    ) -> None:
        self.hub = hub
        self.proxy = proxy
        self._path = directory / "outbox.db"
        self._now = NOW
        self._luck = random.Random(SEED)
        self._contents = {sha256(content): content for content in files(pages or len(events))}
        self.passes = 0
        self.put(events)

    def put(self, events: list[Event]) -> None:
        with self._outbox() as outbox:
            outbox.put(events)

    def one_pass(self) -> DrainReport:
        platform = HttpPlatform(self.proxy.url, piece=4096)
        with self._outbox() as outbox:
            report = drain(outbox, TestInbox(), platform, self._clock, uniform=self._luck.uniform)
        platform.close()
        self.passes += 1
        self._now += timedelta(seconds=130)
        return report

    def until_settled(self, most: int) -> None:
        report = self.one_pass()
        while report.waiting or report.unknown:
            report = self.one_pass()
            assert self.passes < most, (report, self.proxy.played)

    def _clock(self) -> datetime:
        return self._now

    def _outbox(self) -> "_Closing":
        return _Closing(TestOutbox(self._path, self._contents))


class _Closing:
    def __init__(self, outbox: TestOutbox) -> None:
        self._outbox = outbox

    def __enter__(self) -> TestOutbox:
        return self._outbox

    def __exit__(self, *_: object) -> None:
        self._outbox.close()


def files(count: int) -> list[bytes]:
    return [f"page {i}".encode() * 900 for i in range(count)]


def backlog(count: int) -> list[Event]:
    """`count` cases of two events each, one with a file: received, then accepted."""
    window = Window()
    pages = files(count)
    received = [window.event(number(i), "received") for i in range(count)]
    return received + [window.event(number(i), "accepted", files=[pages[i]]) for i in range(count)]


@pytest.fixture
def hub(tmp_path: Path, store_url: str) -> Iterator[HubProcess]:
    with HubProcess(tmp_path, store_url=store_url) as made:
        yield made


def taken(hub: HubProcess) -> list[tuple[str, str]]:
    """Source-unique ids and types of all effects at the hub, by its own table."""
    store = Store(hub.store_url)
    with store.read() as connection:
        rows = connection.execute(text("SELECT subject, type FROM events ORDER BY id")).all()
    store.close()
    return [(row.subject, row.type) for row in rows]


def assert_exactly_once(hub: HubProcess, count: int) -> None:
    expected = sorted((number(i), f"case.{state}") for i in range(count) for state in ("received", "accepted"))
    assert sorted(taken(hub)) == expected
    for case, content in zip(hub.cases(), files(count), strict=True):
        assert (case["state"], case["events"]) == ("accepted", 2)
        assert case["files"] == [{"sha256": sha256(content), "size": len(content)}]
        assert (hub.files / sha256(content)[:2] / sha256(content)).read_bytes() == content


def test_each_case_and_file_arrives_exactly_once_whatever_the_line_does(tmp_path: Path, hub: HubProcess) -> None:
    count = 60
    with FaultProxy(hub.url, at_random(SEED, TRICKS, 0.5)) as proxy:
        attack = Attack(tmp_path, hub, proxy, backlog(count))
        attack.until_settled(most=400)
        assert set(proxy.played) == set(TRICKS), "the attack left a trick out"
        assert proxy.played.total() >= 150
    assert_exactly_once(hub, count)


def test_a_hub_killed_between_effect_and_answer_takes_nothing_twice(tmp_path: Path, hub: HubProcess) -> None:
    count, kills = 20, 10
    events = backlog(count)
    with FaultProxy(hub.url) as proxy:
        proxy.after_effect = lambda trick: hub.restart() if trick is Trick.LOST_ANSWER else None
        attack = Attack(tmp_path, hub, proxy, [], pages=count)
        for nth in range(kills):
            attack.put(events[nth * 4 : nth * 4 + 4])
            proxy.only(Trick.LOST_ANSWER, method="POST", path="/v1/events")
            assert attack.one_pass().unknown == 4
        attack.until_settled(most=kills + 3)
        assert proxy.played[Trick.LOST_ANSWER] == kills
    assert_exactly_once(hub, count)


def doubling(method: str, path: str) -> Trick | None:
    """Every batch of events arrives twice: a network that repeats, or a sender that does not know."""
    return Trick.TWICE if (method, path) == ("POST", "/v1/events") else None


def test_events_that_arrive_twice_take_effect_once(tmp_path: Path, hub: HubProcess) -> None:
    with FaultProxy(hub.url, doubling) as proxy:
        Attack(tmp_path, hub, proxy, backlog(10)).until_settled(most=5)
    assert_exactly_once(hub, 10)


def test_the_control_arm_a_hub_that_forgets_its_keys_is_caught(tmp_path: Path) -> None:
    with HubProcess(tmp_path, program=WITHOUT_KEYS) as hub, FaultProxy(hub.url, doubling) as proxy:
        Attack(tmp_path, hub, proxy, backlog(10)).until_settled(most=5)
        with pytest.raises(AssertionError):
            assert_exactly_once(hub, 10)
        assert len(taken(hub)) == 40  # every event twice, seen by the same eyes


def test_a_refused_case_is_set_aside_and_the_others_arrive(tmp_path: Path, hub: HubProcess) -> None:
    window = Window()
    wrong = [window.event(number(900), "received"), window.event(number(900), "no_such_state")]
    with FaultProxy(hub.url, at_random(SEED, AFTER_THE_EFFECT, 0.3)) as proxy:
        attack = Attack(tmp_path, hub, proxy, wrong + [window.event(number(i)) for i in range(30)])
        attack.until_settled(most=100)
    assert {case["number"] for case in hub.cases()} == {number(900), *(number(i) for i in range(30))}
    assert len(taken(hub)) == 31


def test_windows_that_bring_the_same_file_at_the_same_time_all_get_through(tmp_path: Path, hub: HubProcess) -> None:
    """Whoever meets another at the same bytes again and again leaves it for a later pass, and is through in the end."""
    blank = b"blank form" * 30_000
    reports: list[list[DrainReport]] = []

    def send(nth: int) -> None:
        window = Window(f"urn:yichuang:window:{nth}")
        outbox = TestOutbox(contents={sha256(blank): blank})
        outbox.put([window.event(number(nth * 100 + i), files=[blank]) for i in range(5)])
        platform = HttpPlatform(hub.url, piece=1 << 16)
        passes: list[DrainReport] = []
        while not passes or (passes[-1].waiting and len(passes) < 10):
            clock = partial(NOW.__add__, len(passes) * timedelta(seconds=130))
            passes.append(drain(outbox, TestInbox(), platform, clock))
        reports.append(passes)
        platform.close()
        outbox.close()

    windows = [threading.Thread(target=send, args=(nth,)) for nth in range(6)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert [(sum(one.sent for one in passes), passes[-1].waiting) for passes in reports] == [(5, 0)] * 6
    assert {one.unknown for passes in reports for one in passes} == {0}
    assert (hub.files / sha256(blank)[:2] / sha256(blank)).read_bytes() == blank
    assert {case["events"] for case in hub.cases()} == {1}
