"""A hall's node at a platform that takes from those it knows: joined by command, it passes on for its hall alone."""

import json
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import requests

from client.errors import PlatformError
from sync.hub.joining import NOT_OURS, credentials_in
from sync.platform import HttpPlatform
from tests.commands.conftest import Window
from tests.commands.test_sync import ended, serve
from tests.commands.typed import Done, typed
from tests.hubs import LocalHub
from tests.sync.sample import Window as Source
from tests.sync.sample import number

HALL, OTHER_HALL = "110101-01", "110101-02"


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[LocalHub]:
    with LocalHub(tmp_path, enrolled_only=True) as made:
        requests.get(f"{made.url}/healthz", timeout=5)
        yield made


def join(platform: LocalHub, kept: Path, *, hall: str = HALL, of: str = HALL) -> Done:
    token = typed("hub", "enrol-token", of, "--store", platform.store_url, "--json").document["token"]
    one_time = kept.with_name("one-time.txt")
    one_time.write_text(token, encoding="utf-8")
    words = ("--upstream", platform.url, "--token-file", one_time, "--credentials", kept)
    return typed("hub", "join", hall, *words, "--json")


@contextmanager
def node(platform: LocalHub, folder: Path, kept: Path) -> Iterator[str]:
    words = ("--store", f"sqlite:///{folder / 'node.db'}", "--files", folder / "node-files", "--json")
    process = serve("--upstream", platform.url, "--upstream-credentials", kept, *words)
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())["url"]
    finally:
        assert ended(process) == 0


def test_a_joined_node_passes_on_what_its_windows_bring_until_it_is_revoked(
    platform: LocalHub, window: Window, tmp_path: Path
) -> None:
    kept = tmp_path / "node.json"
    assert join(platform, kept).document == {"hall": HALL, "credentials": str(kept)}
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    with node(platform, tmp_path, kept) as url:
        assert window.run("sync", "--once", "--hub", url).document["sent"] == 2
        until = time.monotonic() + 20
        while not platform.cases():
            assert time.monotonic() < until
            time.sleep(0.05)
    (case,) = platform.cases()
    assert str(case["source"]).startswith(f"urn:yichuang:window:{HALL}-07:")
    assert typed("hub", "revoke", HALL, "--store", platform.store_url).out == f"已停用 {HALL}\n"
    door = HttpPlatform(platform.url, credentials=credentials_in(kept, platform.url))
    with closing(door), pytest.raises(PlatformError, match="PLAT-signed-out"):
        door.changes("")


def test_a_node_speaks_for_its_hall_alone(platform: LocalHub, tmp_path: Path) -> None:
    kept = tmp_path / "node.json"
    join(platform, kept)
    with closing(HttpPlatform(platform.url, credentials=credentials_in(kept, platform.url))) as door:
        (taken,) = door.send([Source(f"urn:yichuang:window:{HALL}-07:e1").event(number(1))])
        assert taken.ack
        for other in (f"{OTHER_HALL}-07", "110101-01", "110101-011-07"):
            with pytest.raises(PlatformError):
                door.send([Source(f"urn:yichuang:window:{other}:e1").event(number(2))])
    assert len(platform.cases()) == 1


def test_a_token_of_another_hall_joins_nobody(platform: LocalHub, tmp_path: Path) -> None:
    assert join(platform, tmp_path / "node.json", of=OTHER_HALL).error["code"] == "PLAT-not-enrolled"
    assert join(platform, tmp_path / "node.json", of=f"{HALL}-07").error["code"] == "PLAT-not-enrolled"
    assert join(platform, tmp_path / "node.json", hall="110101").status == 2
    assert not (tmp_path / "node.json").exists()


def test_credentials_that_can_be_kept_nowhere_are_said(platform: LocalHub, tmp_path: Path) -> None:
    (tmp_path / "node.json").mkdir()
    assert join(platform, tmp_path / "node.json").error["code"] == "PLAT-308"


@pytest.mark.parametrize(
    "content", [None, "", "{}", '{"hub_url": "http://127.0.0.1:9", "client_id": "c", "secret": "s"}']
)
def test_credentials_of_another_platform_or_none_are_not_shown(tmp_path: Path, content: str | None) -> None:
    kept = tmp_path / "node.json"
    if content is not None:
        kept.write_text(content, encoding="utf-8")
    with pytest.raises(PlatformError) as caught:
        credentials_in(kept, "http://127.0.0.1:8765/")
    assert caught.value.fault is NOT_OURS
    words = ("--upstream", "http://127.0.0.1:8765", "--upstream-credentials", kept, "--listen", "127.0.0.1:0")
    assert typed("hub", "serve", *words, "--json").error["code"] == "PLAT-307"
