"""`yichuang sync` and `yichuang hub`: up to the platform, down again, and the platform as a program."""

import json
import signal
import socket
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

import yichuang
from client.ports.platform import EventAnswer, Verdict
from sync.hub.store import Store
from sync.hub.tables import events
from tests.commands.conftest import Window
from tests.commands.typed import PROGRAM, Done, typed
from tests.hubs import LocalHub


@pytest.fixture
def nobody() -> str:
    """An address on this machine where nothing answers."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def serve(*words: str | Path) -> "subprocess.Popen[str]":
    command = [*PROGRAM, "hub", "serve", "--listen", "127.0.0.1:0", *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def ended(hub: "subprocess.Popen[str]") -> int:
    hub.send_signal(signal.SIGTERM)
    rest, _ = hub.communicate(timeout=20)
    assert rest == ""
    return hub.returncode


def test_everything_settles_and_the_platform_holds_it_once(window: Window, tmp_path: Path) -> None:
    with LocalHub(tmp_path) as hub:
        first = window.run("sync", "--once", "--hub", hub.url)
        again = window.run("sync", "--once", "--hub", hub.url)
    assert (first.status, first.err) == (0, "")
    assert first.document == {"sent": 2, "refused": 0, "waiting": 0, "unknown": 0}
    assert (again.status, again.document["sent"]) == (0, 0)
    (case,) = typed("hub", "cases", "--store", hub.store_url, "--json").document
    assert list(case) == ["number", "source", "state", "events", "files"]
    assert (case["number"], case["state"], case["events"]) == (window.number, "accepted", 2)
    assert case["source"].startswith("urn:yichuang:window:110101-01-07:")
    assert case["files"]
    assert all(list(file) == ["sha256", "size"] for file in case["files"])
    assert typed("hub", "cases", "--store", hub.store_url).out == f"{window.number}  accepted\n"
    assert {event["state"] for event in window.run("outbox").document} == {"stored"}
    assert "平台已接收（" in window.told("outbox")[0]


def test_what_is_made_after_a_pass_says_how_the_clocks_stood(window: Window, tmp_path: Path) -> None:
    with LocalHub(tmp_path) as hub:
        assert window.run("sync", "--once", "--hub", hub.url).status == 0
        assert window.run("intake", window.example).status == 0
        assert window.run("sync", "--once", "--hub", hub.url).status == 0
        with closing(Store(hub.store_url)) as store, store.read() as connection:
            told = connection.scalars(select(events.c.data).where(events.c.type == "case.accepted")).all()
    first, second = (json.loads(data)["clock"] for data in told)
    assert first is None
    assert abs(second["ahead_seconds"]) < 20, "one clock: a busy server may tell a Date that is some seconds old"


def test_the_platform_is_named_by_the_settings(window: Window, tmp_path: Path) -> None:
    with LocalHub(tmp_path) as hub:
        window.write_setting(f'hub_url = "{hub.url}"')
        assert window.told("sync", "--once") == ["上传 2，待上传 0，结果待核实 0，平台未接收 0"]


@pytest.mark.parametrize("named", [("--hub", "https://hub.example.org"), ("--hub=https://hub.example.org",), ()])
def test_a_sample_hall_sends_to_no_platform_but_one_on_this_machine(
    window: Window, tmp_path: Path, named: tuple[str, ...]
) -> None:
    fresh = tmp_path / "fresh"
    typed("intake", window.example, "--profile", fresh)
    with LocalHub(tmp_path) as hub:
        settings = fresh / "settings.toml"
        url = hub.url if named else "https://hub.example.org"
        settings.write_text(f'hub_url = "{url}"\n{settings.read_text(encoding="utf-8")}', encoding="utf-8")
        refused = typed("sync", "--once", *named, "--profile", fresh, "--json")
        assert (refused.status, refused.error["code"]) == (1, "PLAT-311")
        assert "hub.example.org" in refused.error["title"]
        assert hub.cases() == []
        sent = typed("sync", "--once", "--hub", hub.url, "--profile", fresh, "--json")
    assert (sent.status, sent.document["sent"]) == (0, 2)


def test_a_state_of_the_department_comes_down(window: Window, tmp_path: Path) -> None:
    with LocalHub(tmp_path) as hub:
        window.run("sync", "--once", "--hub", hub.url)
        moved = typed("hub", "move", window.number, "review", "--store", hub.store_url, "--reason", "示例", "--json")
        assert moved.document == {"number": window.number, "state": "review"}
        assert window.run("case", window.number).document["state"] == "accepted"
        assert window.run("sync", "--once", "--hub", hub.url).status == 0
        assert window.run("case", window.number).document["state"] == "review"


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_an_unlawful_move_is_told(window: Window, tmp_path: Path, state: str) -> None:
    with LocalHub(tmp_path) as hub:
        window.run("sync", "--once", "--hub", hub.url)
        refused = typed("hub", "move", window.number, state, "--store", hub.store_url, "--json")
    assert refused.error["code"] == "PLAT-not-lawful"


def test_a_state_there_is_none_of_is_told_with_those_there_are(window: Window) -> None:
    refused = typed("hub", "move", window.number, "nope", "--json")
    assert (refused.status, refused.error["code"]) == (2, "USAGE-001")
    assert "'review'" in refused.error["title"]


def test_while_the_platform_is_away_everything_waits_and_the_reason_is_told(window: Window, nobody: str) -> None:
    done = window.run("sync", "--once", "--hub", nobody)
    assert done.status == 1
    assert done.document == {"sent": 0, "refused": 0, "waiting": 2, "unknown": 0}
    error = Done(1, "", done.err).error
    assert error["code"] == "PLAT-302"
    assert "PLAT-unreachable" in error["title"]


def test_without_a_platform_that_is_said(window: Window) -> None:
    assert window.run("sync", "--once").error["code"] == "PLAT-301"


def test_a_refused_event_is_sent_again_when_a_person_says_so(window: Window, tmp_path: Path) -> None:
    event = window.run("outbox").document[0]["id"]
    with yichuang.FrontDoor().write(str(window.profile)) as house:
        refusal = EventAnswer(event, Verdict.REFUSED, code="stale-item", reason="事项版本已停用")
        house.counter.memory.outbox().answered([refusal], house.counter.clock())
    with LocalHub(tmp_path) as hub:
        before = window.run("sync", "--once", "--hub", hub.url)
        assert (before.status, before.document["refused"]) == (1, 1)
        assert before.err == ""
        assert window.told("outbox")[0].endswith("平台未接收（事项版本已停用）")
        retried = window.run("outbox", "--retry", event)
        assert [line["state"] for line in retried.document] == ["waiting", "waiting"]
        assert window.run("sync", "--once", "--hub", hub.url).status == 0
    assert window.run("outbox", "--retry", event).error["code"] == "PLAT-201"


def test_a_clerk_does_not_send_again_what_was_refused(window: Window) -> None:
    event = window.run("outbox").document[0]["id"]
    window.run("staff", "add", "0207", "张三", "--pin-file", window.folder / "pin.txt")
    assert window.run("outbox", "--retry", event, "--as", "0207").error["code"] == "STAFF-201"


def test_the_hub_serves_as_a_program_until_it_is_told_to_stop(window: Window, tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'hub.db'}"
    token = window.secret("token.txt", "示例-token\n".replace("示例", "sample"))
    with serve("--store", store, "--files", tmp_path / "files", "--token-file", token) as hub:
        try:
            assert hub.stdout is not None
            url = hub.stdout.readline().strip()
            assert window.run("sync", "--once", "--hub", url).document["waiting"] == 2  # it does not know us
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("YICHUANG_TOKEN_FILE", str(token))
                assert window.run("sync", "--once", "--hub", url).status == 0
        finally:
            status = ended(hub)
    assert status == 0
    assert len(typed("hub", "cases", "--store", store, "--json").document) == 1


def test_a_hall_node_as_a_program_passes_on_what_it_takes(window: Window, tmp_path: Path) -> None:
    token = window.secret("token.txt", "sample-token\n")
    store = f"sqlite:///{tmp_path / 'node.db'}"
    with LocalHub(tmp_path, token="sample-token") as platform:
        above = ("--upstream", platform.url, "--upstream-token-file", token)
        with serve("--store", store, "--files", tmp_path / "node-files", *above) as node:
            try:
                assert node.stdout is not None
                assert window.run("sync", "--once", "--hub", node.stdout.readline().strip()).status == 0
                until = time.monotonic() + 30
                while [case["events"] for case in platform.cases()] != [2]:
                    assert time.monotonic() < until
                    time.sleep(0.1)
            finally:
                status = ended(node)
    assert status == 0
    assert platform.cases() == typed("hub", "cases", "--store", store, "--json").document
    words = ("--listen", "127.0.0.1:0", "--store", store, "--files", tmp_path / "node-files", "--json")
    assert typed("hub", "serve", *words).error["code"] == "PLAT-node-alone"


def test_a_platform_above_is_not_spoken_to_in_the_clear(tmp_path: Path) -> None:
    words = ("--store", f"sqlite:///{tmp_path / 'hub.db'}", "--files", tmp_path / "files", "--json")
    told = typed("hub", "serve", "--listen", "127.0.0.1:0", "--upstream", "http://hub.example.org", *words)
    assert told.error["code"] == "PLAT-not-encrypted"
    told = typed("hub", "serve", "--listen", "127.0.0.1:0", "--upstream", "hub.example.org", *words)
    assert (told.status, told.error["code"]) == (2, "USAGE-001")


def test_the_hub_opens_no_door_to_others_without_a_token(tmp_path: Path) -> None:
    words = ("--store", f"sqlite:///{tmp_path / 'hub.db'}", "--files", tmp_path / "files", "--json")
    assert typed("hub", "serve", "--listen", "0.0.0.0:0", *words).error["code"] == "PLAT-hub-without-token"


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    words = ("--store", f"sqlite:///{tmp_path / 'hub.db'}", "--files", tmp_path / "files", "--json")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        error = typed("hub", "serve", "--listen", listen, *words).error
    assert error["code"] == "PLAT-303"
    assert f"{listen} 上开放（地址和端口已被占用）" in error["title"]


def test_a_host_there_is_none_of_is_told(tmp_path: Path) -> None:
    (token := tmp_path / "token.txt").write_text("a token of the tests")
    words = ("--store", f"sqlite:///{tmp_path / 'hub.db'}", "--files", tmp_path / "files", "--token-file", token)
    error = typed("hub", "serve", "--listen", "nobody.invalid:0", *words, "--json").error
    assert (error["code"], "（没有这个主机名）" in error["title"]) == ("PLAT-303", True)


def test_a_platform_ends_with_whoever_started_it(tmp_path: Path) -> None:
    """A window of the demo hall that is killed leaves no platform behind."""
    words = ["hub", "serve", "--listen", "127.0.0.1:0", "--store", f"sqlite:///{tmp_path / 'hub.db'}"]
    words += ["--files", str(tmp_path / "files"), "--until-input-ends", "--json"]
    hub = subprocess.Popen([*PROGRAM, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert hub.stdout is not None
    assert hub.stdin is not None
    assert "url" in hub.stdout.readline()
    hub.stdin.close()
    assert hub.wait(20) == 0
    hub.stdout.close()
