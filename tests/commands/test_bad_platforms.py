"""Platforms that are down, slow, strangers or login pages: `sync --once` says so, and everything waits on."""

import json
import socket
from pathlib import Path

import pytest

from sync import transport
from tests.commands.conftest import Window
from tests.commands.refusals import CALM, CHINESE, nothing_lost, start
from tests.commands.typed import Done, typed
from tests.hubs import HubProcess
from tests.sync.canned import CannedServer
from tests.sync.test_tls import certificate

PAGE = "<html><body>请先登录</body></html>".encode()


def _not_settled(done: Done) -> str:
    """Exit status 1, the counts on stdout, one line on stderr; returns what that line says."""
    assert done.status == 1, done
    assert done.document == {"sent": 0, "refused": 0, "waiting": 2, "unknown": 0}
    (line,) = done.err.splitlines()
    error: dict[str, str] = json.loads(line)
    assert list(error) == ["code", "title", "advice"]
    assert error["code"].startswith("PLAT-")
    for sentence in (error["title"], error["advice"]):
        assert CHINESE.search(sentence), error
        assert not any(word in sentence for word in CALM), error
    return error["title"]


def _sync(window: Window, url: str) -> Done:
    return start("sync", "--once", "--hub", url, "--profile", window.profile, "--json")


def _port_nobody_has() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def test_a_platform_that_is_down(window: Window, tmp_path: Path) -> None:
    assert "连接不上" in _not_settled(_sync(window, f"http://127.0.0.1:{_port_nobody_has()}"))
    nothing_lost(window)
    with HubProcess(tmp_path) as hub:
        done = _sync(window, hub.url)
        assert (done.status, done.err) == (0, "")
        assert done.document == {"sent": 2, "refused": 0, "waiting": 0, "unknown": 0}
        assert [case["number"] for case in hub.cases()] == [window.number]


def test_a_platform_that_does_not_answer(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "READ_TIMEOUT", 0.3)  # half a minute in life
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        done = typed("sync", "--once", "--hub", url, "--profile", window.profile, "--json")
    assert "没有收到" in _not_settled(done)
    nothing_lost(window)


def test_a_platform_nobody_vouches_for(window: Window, tmp_path: Path) -> None:
    _, context = certificate(tmp_path)
    with CannedServer("200 OK", "application/json", b"{}", tls=context) as server:
        assert "证书" in _not_settled(_sync(window, server.url))
        assert server.requests == 0
    nothing_lost(window)


@pytest.mark.parametrize("status", ["200 OK", "302 Found"])
def test_a_login_page_instead_of_the_platform(window: Window, status: str) -> None:
    with CannedServer(status, "text/html; charset=utf-8", PAGE) as server:
        title = _not_settled(_sync(window, server.url))
    assert status[:3] in title
    nothing_lost(window)


def test_a_window_without_a_platform(window: Window) -> None:
    done = start("sync", "--once", "--profile", window.profile, "--json")
    assert done.status == 1
    assert done.error["code"] == "PLAT-301"
    nothing_lost(window)
