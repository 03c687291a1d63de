"""A file at the hub is on its disk, with its name, before anybody is told that it is held."""

import os
from pathlib import Path

import pytest

from sync.hub.shelf import Shelf
from tests.sync.sample import sha256

CONTENT = b"page" * 1_000
DIGEST = sha256(CONTENT)


def test_bytes_then_name_then_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Path | int] = []
    fsync = os.fsync

    def note(handle: int) -> None:
        fsync(handle)
        told.append(Path(f"/proc/self/fd/{handle}").readlink())

    monkeypatch.setattr("sync.hub.shelf.os.fsync", note)
    shelf = Shelf(tmp_path)
    shelf.prepare()
    assert told == [tmp_path]  # the names of its folders
    writer = shelf.begin(DIGEST, len(CONTENT))
    assert writer is not None
    writer.write(CONTENT)
    shelf.finish(DIGEST, writer, told.append)
    assert told[1:] == [tmp_path / "incoming" / DIGEST, shelf.path(DIGEST).parent, len(CONTENT)]
