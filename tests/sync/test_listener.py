"""Waiting at the feed: what happens at the platform is here at once, and whoever waits can be sent away at once."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Self

import pytest

from client.errors import PlatformError
from client.ports.platform import Change, ChangePage, DrainReport
from sync.courier import Courier
from sync.hub.cases import list_cases, move_case
from sync.listener import Listener
from sync.platform import HttpPlatform
from tests.hubs import HubProcess
from tests.sync.books import OutboxBooks
from tests.sync.canned import CannedServer
from tests.sync.desk import DOWN
from tests.sync.memory import TestInbox, TestOutbox
from tests.sync.sample import NOW, Window, number
from tests.sync.test_tls import certificate

SOON = 3.0  # seconds; the loop itself would look again after sixty
GOOD, BAD = DrainReport(), DrainReport(outage="PLAT-unreachable 连接不上平台")


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    with HubProcess(tmp_path) as found:
        yield found


class Sitting:
    """A window that is open, with nothing to do but to wait. It may not send the `late` first of its cases yet."""

    def __init__(self, hub: HubProcess, cases: int, *, late: int = 0) -> None:
        self.outbox, self.inbox = TestOutbox(), TestInbox()
        self.events = Window().cases(cases)
        self.outbox.put(self.events)
        self._late = [event.event_id for event in self.events[:late]]
        self.outbox.delay(self._late, NOW + timedelta(hours=1), "平台正忙")
        self.reports: list[DrainReport] = []
        self._passes = threading.Semaphore(0)
        self._platform = HttpPlatform(hub.url)
        self._courier = Courier(
            self.outbox,
            self.inbox,
            self._platform,
            lambda: NOW,
            hub.url,
            self._hear,
            OutboxBooks(self.outbox),
            listening=HttpPlatform(hub.url),
        )

    def _hear(self, report: DrainReport) -> None:
        self.reports.append(report)
        self._passes.release()

    def hurry(self) -> None:
        """Send what is late."""
        self.outbox.delay(self._late, NOW, "平台正忙")
        self._courier.wake()

    def passed(self) -> None:
        assert self._passes.acquire(timeout=20)

    def __enter__(self) -> Self:
        self._courier.start()
        self.passed()
        time.sleep(0.3)  # the listener has asked by now
        return self

    def __exit__(self, *_: object) -> None:
        began = time.monotonic()
        assert self._courier.stop()
        assert time.monotonic() - began < SOON
        self._platform.close()
        self.outbox.close()


@pytest.mark.timeout(60)
def test_what_the_department_does_is_here_at_once(hub: HubProcess) -> None:
    with Sitting(hub, cases=1) as window:
        began = time.monotonic()
        case = window.events[0].subject
        move_case(hub.store_url, case, "review")
        while not window.inbox.applied:
            assert time.monotonic() - began < SOON
            time.sleep(0.01)
        assert [(change.subject, change.data["state"]) for change in window.inbox.applied] == [(case, "review")]


@pytest.mark.timeout(60)
def test_a_platform_put_back_to_an_old_copy_between_two_passes_is_asked_what_it_knows(
    tmp_path: Path, hub: HubProcess
) -> None:
    """Nobody had anything to send meanwhile, and no change had gone out: only the waiting was broken off."""
    hub.stop()
    old = tmp_path / "old.db"
    shutil.copy(tmp_path / "hub.db", old)
    hub.start()
    with Sitting(hub, cases=3) as window:
        assert len(hub.cases()) == 3
        hub.stop()
        for file in tmp_path.glob("hub.db*"):
            file.unlink()
        shutil.copy(old, tmp_path / "hub.db")
        hub.start()
        while len(list_cases(hub.store_url)) < 3:
            window.passed()
        assert sum(report.forgotten for report in window.reports) == 3


@pytest.mark.timeout(90)
def test_a_platform_put_back_gets_what_it_took_long_after_its_neighbours(tmp_path: Path, hub: HubProcess) -> None:
    """More cases than are asked after one by one lie before it, and are known."""
    with Sitting(hub, cases=31, late=1) as window:
        hub.stop()
        old = tmp_path / "old.db"
        shutil.copy(tmp_path / "hub.db", old)
        hub.start()
        assert len(list_cases(hub.store_url)) == 30
        window.hurry()
        while len(list_cases(hub.store_url)) < 31:
            window.passed()
        hub.stop()
        for file in tmp_path.glob("hub.db*"):
            file.unlink()
        shutil.copy(old, tmp_path / "hub.db")
        met = len(window.reports)
        while all(report.outage is None for report in window.reports[met:]):
            window.passed()
        hub.start()
        while len(list_cases(hub.store_url)) < 31:
            window.passed()
        assert sum(report.forgotten for report in window.reports) == 1


class Scripted:
    """A platform that answers as told, and notes when it was asked."""

    def __init__(self, answer: Callable[[str], ChangePage], holds: float = 0.0) -> None:
        self._answer = answer
        self._holds = holds
        self.asked: list[float] = []
        self.ended = threading.Event()

    def changes(self, cursor: str, wait: float = 0.0) -> ChangePage:
        assert wait in {25.0, self._holds}
        self.asked.append(time.monotonic())
        time.sleep(self._holds)
        return self._answer(cursor)

    def abort(self) -> None:
        self.ended.set()

    def close(self) -> None:
        assert self.ended.is_set()


def nothing_new(cursor: str) -> ChangePage:
    return ChangePage([], cursor)


def no_answer(_cursor: str) -> ChangePage:
    raise DOWN


@pytest.fixture
def calls() -> list[str]:
    return []


@pytest.fixture
def listening(calls: list[str]) -> Iterator[Callable[..., Listener]]:
    made: list[Listener] = []

    def make(platform: Scripted, inbox: TestInbox | None = None, **pauses: float) -> Listener:
        news, away = (lambda: calls.append("news")), (lambda: calls.append("away"))
        made.append(Listener(inbox or TestInbox(), platform, news, away, **pauses))
        made[-1].start()
        return made[-1]

    yield make
    assert [each.stop() for each in made] == [True] * len(made)


def test_nobody_is_asked_before_a_pass_went_through(listening: Callable[..., Listener], calls: list[str]) -> None:
    platform = Scripted(nothing_new)
    listener = listening(platform)
    listener.heard(BAD)
    time.sleep(0.2)
    assert platform.asked == []
    assert calls == []


def test_a_platform_that_holds_no_answer_may_have_been_away_and_is_asked_again_only_after_a_rest(
    listening: Callable[..., Listener], calls: list[str]
) -> None:
    platform = Scripted(nothing_new)
    began = time.monotonic()
    listener = listening(platform, rest=0.3)
    for _ in range(20):
        listener.heard(GOOD)  # as after the pass that each of them calls for
        time.sleep(0.05)
    assert 2 <= len(platform.asked) <= 1 + (time.monotonic() - began) / 0.3
    assert calls == ["away"] * len(platform.asked)


def test_a_platform_that_held_its_answer_was_not_away(listening: Callable[..., Listener], calls: list[str]) -> None:
    platform = Scripted(nothing_new, holds=0.1)
    listening(platform, wait=0.1, rest=0.0).heard(GOOD)
    time.sleep(0.5)
    assert len(platform.asked) >= 3
    assert calls == []


def test_news_is_told_once_until_it_was_read(listening: Callable[..., Listener], calls: list[str]) -> None:
    inbox = TestInbox()
    change = Change("case.state", number(1), {"state": "review"}, NOW)
    platform = Scripted(lambda _cursor: ChangePage([change], "c1"))
    listener = listening(platform, inbox, rest=0.1, pace=0.1)
    listener.heard(GOOD)
    time.sleep(0.5)
    assert (calls, len(platform.asked)) == (["news"], 1)
    inbox.apply(ChangePage([change], "c1"))
    listener.heard(GOOD)
    time.sleep(0.3)
    assert calls.count("news") == 1
    assert len(platform.asked) == 2


def test_what_a_pass_reads_while_somebody_waits_is_no_news_to_him(
    listening: Callable[..., Listener], calls: list[str]
) -> None:
    inbox = TestInbox()
    meanwhile = threading.Event()

    def answer(_cursor: str) -> ChangePage:
        assert meanwhile.wait(10)
        return ChangePage([], "c1")

    listener = listening(Scripted(answer), inbox)
    listener.heard(GOOD)
    time.sleep(0.1)
    inbox.apply(ChangePage([], "c1"))
    listener.heard(GOOD)
    meanwhile.set()
    time.sleep(0.2)
    assert "news" not in calls


def test_a_platform_that_went_away_is_told_and_left_alone_until_a_pass_went_through(
    listening: Callable[..., Listener], calls: list[str]
) -> None:
    platform = Scripted(no_answer)
    listener = listening(platform, rest=0.1)
    listener.heard(GOOD)
    time.sleep(0.4)
    assert (calls, len(platform.asked)) == (["away"], 1)
    listener.heard(GOOD)
    time.sleep(0.3)
    assert calls == ["away", "away"]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("sealed", [False, True])
def test_a_wait_ends_at_once_when_the_window_closes(
    *, sealed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: list[str]
) -> None:
    shown, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(shown))
    with CannedServer("200 OK", "application/json", b"{}", tls=context if sealed else None, drip=2.0) as server:
        listener = Listener(TestInbox(), HttpPlatform(server.url), list, lambda: calls.append("away"))
        listener.start()
        listener.heard(GOOD)
        while not server.heads:
            time.sleep(0.01)
        time.sleep(0.1)
        began = time.monotonic()
        assert listener.stop()
        assert time.monotonic() - began < 1
    assert calls == []  # whoever was sent away has nothing to tell


def test_nothing_is_asked_after_the_end(hub: HubProcess) -> None:
    with closing(HttpPlatform(hub.url)) as platform:
        platform.changes("")
        platform.abort()
        with pytest.raises(PlatformError):
            platform.changes("")
