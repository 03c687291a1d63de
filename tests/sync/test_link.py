"""The link: what is felt, what is heard, and what is said of them; against a real hub that dies and comes back."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from client.errors import PlatformError
from client.ports.agreement import Comparison
from client.ports.link import LinkState, Progress
from client.ports.platform import DrainReport
from client.ports.readiness import Condition, Readiness
from client.rules.agreement import Range, Sum
from sync.courier import Courier
from sync.faults import UNREACHABLE
from sync.link import Link
from sync.platform import HttpPlatform
from tests.hubs import HubProcess
from tests.sync.books import Paper
from tests.sync.memory import TestInbox, TestOutbox
from tests.sync.sample import NOW, Window, number

BEAT = 1.0  # seconds between two looks of the device strip
DEADLINE = 2.0  # seconds until a change is seen
GONE = DrainReport(error="PLAT-unreachable 连接不上平台", outage="PLAT-unreachable 连接不上平台")


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    with HubProcess(tmp_path) as found:
        yield found


class Listener:
    """A host that answers the telephone and says nothing."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]

    def accept(self) -> socket.socket:
        connection, _ = self._socket.accept()
        return connection

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    with closing(Listener()) as found:
        yield found


@pytest.fixture
def returns() -> list[str]:
    """What the link told at each return."""
    return []


@pytest.fixture
def link(listener: Listener, returns: list[str]) -> Iterator[Link]:
    with closing(Link(f"http://127.0.0.1:{listener.port}", lambda: NOW, lambda: returns.append("back"))) as found:
        yield found


def seconds_until(look: Callable[[], Readiness], condition: Condition) -> float:
    """How long a strip that looks once a second takes to show it."""
    begun = time.monotonic()
    while look().condition is not condition:
        assert time.monotonic() - begun < 10
        time.sleep(BEAT)
    return time.monotonic() - begun


@pytest.mark.timeout(60)
def test_a_hub_that_dies_and_comes_back_is_seen_within_two_seconds(tmp_path: Path, hub: HubProcess) -> None:
    outbox = TestOutbox(tmp_path / "outbox.db")
    reports: list[DrainReport] = []
    with closing(outbox), closing(HttpPlatform(hub.url)) as platform:
        courier = Courier(outbox, TestInbox(), platform, lambda: NOW, hub.url, reports.append, Paper())
        courier.start()
        seconds_until(courier.look, Condition.READY)
        hub.kill()
        gone = seconds_until(courier.look, Condition.ATTENTION)
        assert courier.look().words == "无应答"  # its machine is there
        outbox.put([Window().event(number(1))])
        courier.wake()
        hub.start()
        back = seconds_until(courier.look, Condition.READY)
        while outbox.counts().waiting:
            time.sleep(0.01)
        sent = courier.state()
        assert courier.stop()
    assert (gone < DEADLINE, back < DEADLINE) == (True, True), (gone, back)
    assert sent.up is True
    assert len(hub.cases()) == 1
    assert reports


def test_the_return_is_told_once(link: Link, listener: Listener, returns: list[str]) -> None:
    assert link.look() == Readiness(Condition.ATTENTION, "正在连接")  # somebody is there; whether it is the platform?
    listener.accept().close()
    port = listener.port
    listener.close()
    down = link.look()
    assert (down.condition, down.words) == (Condition.ATTENTION, "无应答")
    assert link.state().up is False
    assert returns == []
    with socket.create_server(("127.0.0.1", port)):
        assert [link.look().condition for _ in range(3)] == [Condition.READY] * 3
    assert returns == ["back"]
    assert link.state() == LinkState(up=True, since=NOW)


def test_a_connection_that_only_grew_old_is_no_outage(link: Link, listener: Listener, returns: list[str]) -> None:
    link.look()
    link.heard(DrainReport())
    talker = listener.accept()
    talker.sendall(b"HTTP/1.1 408 Request Timeout\r\n\r\n")
    assert link.look().condition is Condition.READY
    talker.close()
    assert link.look().condition is Condition.READY
    listener.accept().close()
    assert returns == []


def test_the_system_asks_after_a_connection_that_is_silent(link: Link, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cable that is pulled somewhere on the way closes nothing."""
    made: list[socket.socket] = []

    def connect(*args: Any, **options: Any) -> socket.socket:
        made.append(create_connection(*args, **options))
        return made[-1]

    create_connection = socket.create_connection
    monkeypatch.setattr("sync.link.socket.create_connection", connect)
    link.look()
    (held,) = made
    assert held.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
    pauses = [held.getsockopt(socket.IPPROTO_TCP, getattr(socket, name)) for name in ("TCP_KEEPIDLE", "TCP_KEEPINTVL")]
    assert sum(pauses) * held.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT) <= DEADLINE


def test_a_connection_that_is_reset_is_made_anew(link: Link, listener: Listener) -> None:
    link.look()
    link.heard(DrainReport())
    broken = listener.accept()
    broken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    broken.close()
    assert link.look().condition is Condition.READY
    listener.accept().close()


def test_somebody_who_answers_and_takes_nothing_is_not_the_platform(
    link: Link, listener: Listener, returns: list[str]
) -> None:
    """A login page in between, a token that is no longer good: the telephone is answered, nothing is taken."""
    no = "PLAT-signed-out 平台不认可本窗口的身份（状态 401），已暂停上传"
    link.look()
    link.heard(DrainReport(error=no, outage=no))
    assert link.look() == Readiness(Condition.ATTENTION, "暂不能上传", no)
    listener.accept().close()  # and it hangs up at every call
    assert link.look().words == "暂不能上传"
    assert returns == []
    link.heard(DrainReport(error="STORE-301 文件已损坏"))  # one file is spoilt; the link is not
    assert link.state().up is True
    listener.accept().close()


def test_where_only_a_proxy_leads_out_the_passes_are_believed() -> None:
    with closing(Listener()) as nobody:
        port = nobody.port
    with closing(Link(f"http://127.0.0.1:{port}", lambda: NOW, list)) as link:
        link.heard(DrainReport())
        assert link.look().condition is Condition.READY
        link.heard(GONE)
        assert link.look().words == "断网"
    with closing(Link(f"http://127.0.0.1:{port}", lambda: NOW, list)) as link:
        assert link.look().words == "无应答"  # nobody has been heard of yet


def test_since_is_when_it_became_so_and_not_when_it_was_heard_last(listener: Listener) -> None:
    now = [NOW]

    def later(minutes: int) -> datetime:
        now[0] = NOW.replace(minute=minutes)
        return now[0]

    with closing(Link(f"http://127.0.0.1:{listener.port}", lambda: now[0], list)) as link:
        assert link.state() == LinkState(up=None)
        began = later(1)
        link.heard(GONE)
        later(5)
        link.heard(GONE)
        assert link.state() == LinkState(up=False, since=began, error=GONE.outage)


def test_a_pass_is_shown_while_it_is_under_way(link: Link) -> None:
    link.told(Progress(3, 8, 2, 5))
    assert link.state() == LinkState(None, sending=True, sent=3, total=8, files=2, files_total=5)
    link.told(Progress())
    assert link.state() == LinkState(None)


def test_without_a_platform_the_window_works_alone() -> None:
    link = Link(None, lambda: NOW, list)
    found = link.look()
    assert (found.condition, found.words) == (Condition.UNSET, "单机工作")
    link.close()


@pytest.mark.timeout(20)
def test_a_courier_says_that_it_pauses(tmp_path: Path, hub: HubProcess) -> None:
    outbox = TestOutbox(tmp_path / "outbox.db")
    made = threading.Semaphore(0)
    with closing(outbox), closing(HttpPlatform(hub.url)) as platform:
        courier = Courier(outbox, TestInbox(), platform, lambda: NOW, hub.url, lambda _: made.release(), Paper())
        courier.start()
        assert made.acquire(timeout=10)
        courier.pause()
        assert courier.state().paused
        courier.link_up()
        assert made.acquire(timeout=10)
        assert not courier.state().paused
        assert courier.stop()


@pytest.mark.timeout(20)
def test_a_courier_tells_how_the_clocks_stood_after_a_pass_that_went_through(tmp_path: Path, hub: HubProcess) -> None:
    outbox = TestOutbox(tmp_path / "outbox.db")
    outbox.put([Window().event(number(1))])
    drifts: list[timedelta] = []
    compared = threading.Event()

    def tell(drift: timedelta) -> None:
        drifts.append(drift)
        compared.set()

    hub.kill()
    with closing(outbox), closing(HttpPlatform(hub.url)) as platform:
        courier = Courier(outbox, TestInbox(), platform, lambda: NOW, hub.url, lambda _: None, Paper(), compared=tell)
        courier.start()
        assert not compared.wait(0.5)  # nobody answered
        hub.start()
        courier.link_up()
        assert compared.wait(10)
        assert courier.stop()
    assert abs(drifts[0]) <= timedelta(seconds=20)  # one clock; a busy server may tell a Date that is some seconds old


class Faltering(HttpPlatform):
    """A platform that does not answer the first question what it holds."""

    asked = 0

    def sums(self, ranges: Sequence[Range]) -> Sequence[Sum]:
        self.asked += 1
        if self.asked == 1:
            raise PlatformError(UNREACHABLE, host="platform.example")
        return super().sums(ranges)


@pytest.mark.timeout(20)
def test_a_courier_compares_after_a_pass_that_went_through_and_when_it_is_asked(
    tmp_path: Path, hub: HubProcess
) -> None:
    outbox = TestOutbox(tmp_path / "outbox.db")
    passes = threading.Semaphore(0)
    with closing(outbox), closing(Faltering(hub.url)) as platform:
        courier = Courier(outbox, TestInbox(), platform, lambda: NOW, hub.url, lambda _: passes.release(), Paper())
        courier.start()
        assert passes.acquire(timeout=10)
        assert courier.comparison is None  # it broke off, and is owed
        courier.link_up()
        assert passes.acquire(timeout=10)
        first = courier.comparison
        assert first == Comparison(agreed=0, at=NOW)
        courier.compare()
        assert passes.acquire(timeout=10)
        assert courier.comparison == first
        assert courier.comparison is not first
        assert courier.stop()
    assert platform.asked == 3


@pytest.mark.timeout(20)
def test_a_platform_that_is_away_is_not_asked_what_it_holds(tmp_path: Path) -> None:
    outbox = TestOutbox(tmp_path / "outbox.db")
    passes = threading.Semaphore(0)
    nobody = "http://127.0.0.1:9"
    with closing(outbox), closing(Faltering(nobody)) as platform:
        courier = Courier(outbox, TestInbox(), platform, lambda: NOW, nobody, lambda _: passes.release(), Paper())
        courier.start()
        assert passes.acquire(timeout=10)
        assert courier.stop()
    assert platform.asked == 0
