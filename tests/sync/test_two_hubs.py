"""Two hub processes over one PostgreSQL and one folder of files: windows use either, and neither needs the other."""

import random
import threading
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from client.errors import PlatformError
from client.ports.platform import Change, DrainReport, Event
from sync.drain import drain
from sync.hub.cases import list_cases, move_case
from sync.platform import HttpPlatform
from tests.hubs import HubProcess
from tests.postgres import Postgres
from tests.sync.memory import TestInbox, TestOutbox
from tests.sync.sample import NOW, Window, number, sha256

SEED = 20261130
WINDOWS, CASES = 8, 12
SHARED = b"the same blank form at every window" * 3_000


@pytest.fixture
def hubs(tmp_path: Path, postgres_server: Postgres) -> Iterator[tuple[HubProcess, HubProcess]]:
    url = postgres_server.store()
    with HubProcess(tmp_path, store_url=url) as one, HubProcess(tmp_path, store_url=url) as other:
        yield one, other


class Desk:
    """A window with a backlog, that tries one hub in one pass and the other in the next, as behind a load balancer."""

    def __init__(self, nth: int, hubs: tuple[HubProcess, HubProcess]) -> None:
        self._hubs = hubs
        self._luck = random.Random(SEED + nth)
        window = Window(f"urn:yichuang:window:{nth}")
        page = f"page of window {nth}".encode() * 900
        self.numbers = [number(nth * 100 + i) for i in range(CASES)]
        self.events: list[Event] = [window.event(case, "received", files=[SHARED]) for case in self.numbers]
        self.events += [window.event(case, "accepted", files=[page]) for case in self.numbers]
        self._outbox = TestOutbox(contents={sha256(SHARED): SHARED, sha256(page): page})
        self._passes = 0

    def work(self) -> None:
        """New events come while older ones are under way; then passes until nothing waits."""
        for event in self.events:
            self._outbox.put([event])
            self._pass()
        while (report := self._pass()).waiting or report.unknown:
            assert self._passes < 200, report
        self._outbox.close()

    def _pass(self) -> DrainReport:
        self._passes += 1
        platform = HttpPlatform(self._luck.choice(self._hubs).url, piece=1 << 14)
        clock = partial(NOW.__add__, self._passes * timedelta(seconds=130))
        try:
            return drain(self._outbox, TestInbox(), platform, clock, uniform=self._luck.uniform)
        finally:
            platform.close()


def test_windows_lose_and_double_nothing_when_one_of_two_hubs_is_killed(hubs: tuple[HubProcess, HubProcess]) -> None:
    desks = [Desk(nth, hubs) for nth in range(WINDOWS)]
    threads = [threading.Thread(target=desk.work) for desk in desks]
    for thread in threads:
        thread.start()
    while len(list_cases(hubs[0].store_url)) < WINDOWS * CASES // 4:
        threading.Event().wait(0.02)
    hubs[0].kill()
    assert all(thread.is_alive() for thread in threads), "it was killed too late to tell anything"
    hubs[0].start()
    for thread in threads:
        thread.join()
    held = list_cases(hubs[0].store_url)
    assert [case["number"] for case in held] == [case for desk in desks for case in desk.numbers]
    assert {(case["state"], case["events"], len(case["files"])) for case in held} == {("accepted", 2, 2)}
    for digest in {file["sha256"] for case in held for file in case["files"]}:
        assert sha256((hubs[0].files / digest[:2] / digest).read_bytes()) == digest


def test_a_feed_read_at_either_hub_misses_nothing_while_both_departments_act(
    hubs: tuple[HubProcess, HubProcess],
) -> None:
    url = hubs[0].store_url
    window = Window()
    platforms = [HttpPlatform(hub.url) for hub in hubs]
    platforms[0].send(window.cases(40))

    def act_on(part: range) -> None:
        for serial in part:
            move_case(url, number(serial), "review")

    acts = [threading.Thread(target=act_on, args=(part,)) for part in (range(20), range(20, 40))]
    for act in acts:
        act.start()
    seen: list[Change] = []
    cursor = ""
    for turn in range(400):
        page = platforms[turn % 2].changes(cursor, 0.05)
        seen += page.changes
        cursor = page.cursor
        if len(seen) >= 40:
            break
    for act in acts:
        act.join()
    for platform in platforms:
        platform.close()
    assert sorted(change.subject for change in seen) == [number(i) for i in range(40)]


def test_a_hub_whose_store_is_gone_says_so_and_recovers(tmp_path: Path, postgres_server: Postgres) -> None:
    """Its connections are cut, as by a restart of the database: the next call may fail, the one after does not."""
    with HubProcess(tmp_path, store_url=postgres_server.store()) as hub:
        platform = HttpPlatform(hub.url)
        platform.send(Window().cases(1))
        with postgres_server.connect() as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'hub_%'")
        with pytest.raises(PlatformError):
            platform.changes("")
        assert platform.changes("").changes == ()
        platform.close()
