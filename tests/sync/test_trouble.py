"""Whose trouble it is when nothing goes up, told apart by what really came back."""

import os
import socket
import subprocess
import sys
from contextlib import closing
from types import SimpleNamespace

import psutil
import pytest

from client.errors import DeskError, Fault, PlatformError, StoreError
from client.ports.link import TROUBLE_WORDS, LinkState, Trouble
from client.ports.outbox import Counts
from client.ports.platform import DrainReport
from client.ports.readiness import Condition
from sync.faults import BAD_CERTIFICATE, CLONED, NOT_A_PLATFORM, SIGNED_OUT, UNREACHABLE, Busy, Stopped, Unsure
from sync.link import LAMP_WORDS, Link
from sync.loop import Loop
from sync.platform import HttpPlatform
from sync.trouble import is_connected, trouble_of, way_trouble
from tests.sync.desk import ScriptedPlatform
from tests.sync.memory import TestInbox, TestOutbox
from tests.sync.sample import NOW, Window, number

SPOILT = Fault("STORE-test", title="文件已损坏", advice="请值班长处理")


def nobody_listens() -> str:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    return f"http://127.0.0.1:{port}"


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (PlatformError(UNREACHABLE, host="platform.example"), Trouble.NETWORK),
        (Stopped(SIGNED_OUT, status=401), Trouble.SIGN_IN),
        (Stopped(CLONED, status=409), Trouble.SIGN_IN),
        (Busy(status=503, retry_after=None), Trouble.PLATFORM),
        (Unsure(NOT_A_PLATFORM, host="platform.example", status=200), Trouble.PLATFORM),
        (PlatformError(BAD_CERTIFICATE, host="platform.example"), Trouble.PLATFORM),
        (StoreError(SPOILT), Trouble.THIS_MACHINE),
    ],
)
def test_each_error_has_its_owner(monkeypatch: pytest.MonkeyPatch, error: DeskError, trouble: Trouble) -> None:
    monkeypatch.setattr("sync.trouble.is_connected", lambda: True)
    assert trouble_of(error) is trouble


def test_a_machine_that_turns_us_down_is_there() -> None:
    with closing(HttpPlatform(nobody_listens())) as platform, pytest.raises(PlatformError) as turned_down:
        platform.changes("")
    assert turned_down.value.fault is UNREACHABLE
    assert trouble_of(turned_down.value) is Trouble.PLATFORM


@pytest.mark.parametrize("error", [socket.gaierror(-2, "no such name"), TimeoutError(), OSError(101, "no way there")])
@pytest.mark.parametrize(("connected", "trouble"), [(True, Trouble.NETWORK), (False, Trouble.CABLE)])
def test_without_a_way_there_it_is_the_network_or_already_our_own_cable(
    monkeypatch: pytest.MonkeyPatch, error: OSError, *, connected: bool, trouble: Trouble
) -> None:
    monkeypatch.setattr("sync.trouble.is_connected", lambda: connected)
    assert way_trouble(error) is trouble


Card = tuple[bool, str, list[str]]  # whether it runs, its name, its addresses


@pytest.mark.parametrize(
    ("cards", "connected"),
    [
        (
            [(True, "lo", ["127.0.0.1", "::1"]), (True, "eth0", ["192.0.2.7", "fe80::1%eth0", "02:00:5e:00:53:01"])],
            True,
        ),
        ([(True, "lo", ["127.0.0.1", "::1"]), (False, "eth0", ["192.0.2.7", "02:00:5e:00:53:01"])], False),
        ([(True, "Loopback Pseudo-Interface 1", ["127.0.0.1"]), (False, "以太网", ["169.254.8.9"])], False),
        ([(True, "Loopback Pseudo-Interface 1", ["127.0.0.1"]), (True, "WLAN", ["192.0.2.7"])], True),
        ([(True, "tunl0", [])], False),
    ],
)
def test_a_way_out_is_a_card_that_runs_and_has_an_address(
    monkeypatch: pytest.MonkeyPatch, cards: list[Card], *, connected: bool
) -> None:
    stats = {name: SimpleNamespace(isup=runs) for runs, name, _ in cards}
    addresses = {name: [SimpleNamespace(address=each) for each in its] for _, name, its in cards}
    monkeypatch.setattr(psutil, "net_if_stats", lambda: stats)
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: addresses)
    assert is_connected() is connected


def test_a_machine_without_any_network_knows_that_it_has_none() -> None:
    alone = [sys.executable, "-c", "from sync.trouble import is_connected; print(is_connected())"]
    root = [] if os.getuid() == 0 else ["--map-root-user"]  # who is root already may not become it where / is no mount
    said = subprocess.run(["unshare", "--net", *root, *alone], check=True, capture_output=True, timeout=60)
    assert said.stdout == b"False\n"


def test_each_trouble_has_words_of_its_own() -> None:
    for words in (TROUBLE_WORDS, LAMP_WORDS):
        assert len({words[trouble] for trouble in Trouble}) == len(Trouble)


class Spoilt(TestOutbox):
    """A disk that can be read no more."""

    def counts(self) -> Counts:
        raise StoreError(SPOILT)


def test_a_memory_that_fails_is_told_as_this_machines_and_ends_with_the_next_good_pass() -> None:
    with closing(Link(nobody_listens(), lambda: NOW, list)) as link:
        outbox: TestOutbox = Spoilt()
        loop = _loop(outbox, link)
        assert loop.step() == 1.0
        stand = link.state()
        assert (stand.up, stand.trouble) == (False, Trouble.THIS_MACHINE)
        assert "STORE-test" in (stand.error or "")
        assert _loop(TestOutbox(), link).step() == 10.0
        assert link.state() == LinkState(up=True, since=NOW)
        Loop(
            Spoilt(), TestInbox(), ScriptedPlatform(), lambda: NOW, uniform=lambda low, _: low
        ).step()  # nobody listens


def test_the_lamp_says_whose_trouble_it_is() -> None:
    with socket.create_server(("127.0.0.1", 0)) as there:
        url = f"http://127.0.0.1:{there.getsockname()[1]}"
        with closing(Link(url, lambda: NOW, list)) as link:
            link.look()
            for trouble in Trouble:
                link.heard(DrainReport(outage="不行", trouble=trouble))
                lamp = link.look()
                assert (lamp.condition, lamp.words) == (Condition.ATTENTION, LAMP_WORDS[trouble])


def _loop(outbox: TestOutbox, link: Link) -> Loop:
    outbox.put([Window().event(number(1))])
    return Loop(
        outbox,
        TestInbox(),
        ScriptedPlatform(),
        lambda: NOW,
        heard=link.heard,
        broken=link.broken,
        uniform=lambda low, _: low,
    )
