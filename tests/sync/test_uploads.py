"""Files go up whole or go on where they were cut; the far end never says done for wrong bytes."""

import base64
import os
import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
import requests

from client.errors import PlatformError
from sync.faults import Unsure, WrongDigest
from sync.platform import HttpPlatform
from tests.hubs import HubProcess, LocalHub
from tests.sync.canned import CannedServer
from tests.sync.proxy import FaultProxy, Trick
from tests.sync.sample import sha256

PIECE = 64 << 10
TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LocalHub]:
    with LocalHub(tmp_path) as made:
        yield made


@pytest.fixture
def proxy(hub: LocalHub) -> Iterator[FaultProxy]:
    with FaultProxy(hub.url) as made:
        yield made


@pytest.fixture
def behind(proxy: FaultProxy) -> Iterator[HttpPlatform]:
    made = HttpPlatform(proxy.url, piece=PIECE)
    yield made
    made.close()


def held(hub: LocalHub | HubProcess, digest: str) -> bytes:
    return (hub.files / digest[:2] / digest).read_bytes()


def offset(hub: LocalHub | HubProcess, digest: str) -> int:
    answer = requests.head(f"{hub.url}/v1/files/{digest}", headers=TUS, timeout=5)
    return int(answer.headers.get("Upload-Offset", -answer.status_code))


def test_a_file_of_any_size_arrives_as_it_was(hub: LocalHub, behind: HttpPlatform) -> None:
    for size in (0, 1, PIECE - 1, PIECE, PIECE + 1, 5 * PIECE):
        content = os.urandom(size)
        behind.upload(sha256(content), content)
        assert held(hub, sha256(content)) == content
        assert behind.missing([sha256(content)]) == []
        behind.upload(sha256(content), content)  # a second time is harmless
    assert list((hub.files / "incoming").iterdir()) == []


def test_a_cut_costs_one_piece_not_the_file(hub: LocalHub, proxy: FaultProxy, behind: HttpPlatform) -> None:
    cuts = (
        Trick.RESET_BEFORE,
        Trick.CUT_REQUEST,
        Trick.RESET_AFTER,
        Trick.LOST_ANSWER,
        Trick.FAILED_AFTER,
        Trick.TWICE,
    )
    for trick, times in product(cuts, (1, 2)):
        content = os.urandom(6 * PIECE + 5)
        proxy.only(trick, times, method="PATCH")
        behind.upload(sha256(content), content)
        assert held(hub, sha256(content)) == content
    assert proxy.played == dict.fromkeys(cuts, 3)


def test_a_line_that_stays_cut_gives_up_and_a_later_try_goes_on_from_there(
    hub: LocalHub, proxy: FaultProxy, behind: HttpPlatform
) -> None:
    content = os.urandom(6 * PIECE)
    sent = []

    def plan(method: str, path: str) -> Trick | None:
        sent.append(method)
        return Trick.CUT_REQUEST if sent.count("PATCH") > 3 and method == "PATCH" else None

    proxy.plan = plan
    with pytest.raises(Unsure):
        behind.upload(sha256(content), content)
    assert offset(hub, sha256(content)) == 3 * PIECE
    sent.clear()
    proxy.plan = lambda method, _: sent.append(method)
    fresh = HttpPlatform(proxy.url, piece=PIECE)  # as after a kill of the window: nothing is remembered there
    fresh.upload(sha256(content), content)
    fresh.close()
    assert sent.count("PATCH") == 3
    assert held(hub, sha256(content)) == content


def test_an_upload_goes_on_after_the_hub_was_killed(tmp_path: Path) -> None:
    content = os.urandom(8 * PIECE)
    digest = sha256(content)
    with HubProcess(tmp_path) as hub, FaultProxy(hub.url) as proxy:
        patches = []

        def plan(method: str, path: str) -> Trick | None:
            if method == "PATCH":
                patches.append(path)
                if len(patches) == 4:
                    hub.restart()
            return None

        proxy.plan = plan
        platform = HttpPlatform(proxy.url, piece=PIECE)
        platform.upload(digest, content)
        platform.close()
        assert held(hub, digest) == content
        assert len(patches) <= 11


def test_thirty_percent_loss_does_not_stop_a_file(hub: LocalHub, proxy: FaultProxy, behind: HttpPlatform) -> None:
    content = os.urandom(40 * PIECE)
    rng = random.Random(7)
    proxy.plan = lambda method, _: Trick.LOST_ANSWER if method == "PATCH" and rng.random() < 0.3 else None
    behind.upload(sha256(content), content)
    assert held(hub, sha256(content)) == content
    assert proxy.played[Trick.LOST_ANSWER] > 5


@pytest.mark.parametrize("size", [100, 3 * PIECE])
def test_wrong_bytes_are_never_called_done(size: int, hub: LocalHub, behind: HttpPlatform) -> None:
    promised = sha256(b"what was promised")
    with pytest.raises(WrongDigest):
        behind.upload(promised, os.urandom(size))
    assert behind.missing([promised]) == [promised]
    assert offset(hub, promised) in {0, -404}
    behind.upload(promised, b"what was promised")  # and the liar is not in the way of the right file
    assert held(hub, promised) == b"what was promised"


def test_two_windows_with_the_same_file_do_not_spoil_each_other(hub: LocalHub, behind: HttpPlatform) -> None:
    content = os.urandom(4 * PIECE)
    digest = sha256(content)
    other = requests.post(
        f"{hub.url}/v1/files",
        data=content[:PIECE],
        headers=TUS
        | {
            "Upload-Length": str(len(content)),
            "Upload-Metadata": "sha256 " + base64.b64encode(digest.encode()).decode(),
            "Content-Type": "application/offset+octet-stream",
        },
        timeout=5,
    )
    assert other.headers["Upload-Offset"] == str(PIECE)
    behind.upload(digest, content)
    assert held(hub, digest) == content


def test_a_platform_that_cannot_do_tus_says_so() -> None:
    with CannedServer("404 Not Found", "text/html", b"") as server:
        platform = HttpPlatform(server.url)
        with pytest.raises(PlatformError):
            platform.upload(sha256(b"page"), b"page")
        platform.close()


def test_a_foreign_tus_server_without_our_extensions_is_served_by_the_bare_protocol() -> None:
    headers = "Location: /uploads/1\r\nUpload-Offset: 0\r\nTus-Extension: creation\r\n"
    with CannedServer("201 Created", "text/plain", b"", options="200 OK", headers=headers) as server:
        platform = HttpPlatform(server.url)
        with pytest.raises(Unsure):  # it answers a PATCH with 201, which is no answer to it
            platform.upload(sha256(b"page"), b"page")
        platform.close()
        assert server.requests > 3


@pytest.mark.parametrize(
    "headers",
    ["Location: http://192.0.2.1/uploads/1\r\nUpload-Offset: 0\r\n", "Location: /uploads/1\r\nUpload-Offset: many\r\n"],
)
def test_an_upload_is_not_led_elsewhere_nor_fooled_by_an_offset(headers: str) -> None:
    with CannedServer("201 Created", "text/plain", b"", options="200 OK", headers=headers) as server:
        platform = HttpPlatform(server.url)
        with pytest.raises(Unsure):
            platform.upload(sha256(b"page"), b"page")
        platform.close()
