"""Files go up to a tus server that others wrote, whole and by the byte, over a line that is cut as well."""

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from tuspyserver import create_tus_router

from sync.platform import HttpPlatform
from tests.sync.proxy import FaultProxy, Trick
from tests.sync.sample import sha256

PIECE = 64 << 10
CUTS = (Trick.RESET_BEFORE, Trick.RESET_AFTER, Trick.LOST_ANSWER, Trick.FAILED_AFTER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "uploads"


@pytest.fixture
def proxy(folder: Path) -> Iterator[FaultProxy]:
    """A faulty line to the foreign server."""
    app = FastAPI()
    app.include_router(create_tus_router(prefix="v1/files", files_dir=str(folder)))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        with FaultProxy(f"http://127.0.0.1:{listener.getsockname()[1]}") as made:
            yield made
        server.should_exit = True
        thread.join()


@pytest.fixture
def platform(proxy: FaultProxy) -> Iterator[HttpPlatform]:
    made = HttpPlatform(proxy.url, piece=PIECE)
    yield made
    made.close()


def held(folder: Path) -> list[bytes]:
    """The whole files there; what lies beside them is the server's own."""
    return [path.read_bytes() for path in folder.iterdir() if path.is_file() and not path.suffix]


def test_a_file_of_any_size_arrives_as_it_was(folder: Path, platform: HttpPlatform) -> None:
    contents = [os.urandom(size) for size in (1, PIECE - 1, PIECE, PIECE + 1, 5 * PIECE)]
    for content in contents:
        platform.upload(sha256(content), content)
    assert sorted(held(folder)) == sorted(contents)


@pytest.mark.parametrize("trick", CUTS)
def test_a_cut_costs_one_piece_not_the_file(
    trick: Trick, folder: Path, proxy: FaultProxy, platform: HttpPlatform
) -> None:
    content = os.urandom(6 * PIECE + 5)
    proxy.only(trick, 2, method="PATCH")
    platform.upload(sha256(content), content)
    assert held(folder) == [content]
    assert proxy.played[trick] == 2


def test_several_files_go_up_at_once(folder: Path, platform: HttpPlatform) -> None:
    contents = [os.urandom(3 * PIECE) for _ in range(4)]
    going = [threading.Thread(target=platform.upload, args=(sha256(each), each)) for each in contents]
    for each in going:
        each.start()
    for each in going:
        each.join()
    assert sorted(held(folder)) == sorted(contents)
