"""The one file of a backup: a tar whose last member lists all the others, so that a cut or changed one is known.

Nothing is extracted by tarfile itself: only plain files under the few names a store has are taken out of it.
"""

import hashlib
import os
import re
import tarfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from client.errors import StoreError
from client.store import faults

_MANIFEST = "manifest.json"
_MEMBER = re.compile(r"store\.db|store\.key|settings\.toml|files/[0-9a-f]/[0-9a-f]{2}/[0-9a-f]{64}")
_CHUNK = 1 << 20
_LARGEST_MANIFEST = 256 << 20  # bytes: some million files


class _Manifest(BaseModel):
    """What a backup holds: SHA-256 (hex) by member name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    members: Mapping[str, str]


def _uncounted() -> None:
    """Nobody counts the members."""


def pack(archive: BinaryIO, members: Iterable[tuple[str, Path]], step: Callable[[], object] = _uncounted) -> None:
    """Write `members` (name, file) and their manifest into `archive`; `step` after each member. Raises OSError."""
    digests: dict[str, str] = {}
    with tarfile.open(fileobj=archive, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, path in members:
            with path.open("rb") as file:
                digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
                file.seek(0)
                tar.addfile(_info(name, path.stat().st_size), file)
            step()
        manifest = _Manifest(members=digests).model_dump_json().encode()
        tar.addfile(_info(_MANIFEST, len(manifest)), BytesIO(manifest))


def check(archive: Path, step: Callable[[], object] = _uncounted) -> None:
    """Read the whole of `archive` once against its manifest; `step` before each member. Raises StoreError (damaged)."""

    def nowhere(_name: str) -> Path:
        step()
        return Path(os.devnull)

    _go_through(archive, nowhere)


def unpack(archive: Path, folder: Path) -> None:
    """Take every member out into `folder`, checked. Raises StoreError (backup damaged), OSError of the folder."""

    def place(name: str) -> Path:
        path = folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path

    _go_through(archive, place)


def _go_through(archive: Path, place: Callable[[str], Path]) -> None:
    found: dict[str, str] = {}
    manifest: bytes | None = None
    with _damage(archive), archive.open("rb") as file, tarfile.open(fileobj=file, mode="r:") as tar:
        for info in tar:
            source = tar.extractfile(info) if info.isreg() else None
            if source is None or manifest is not None or info.name in found:
                raise _damaged(archive)
            if info.name == _MANIFEST and info.size <= _LARGEST_MANIFEST:
                manifest = source.read()
            elif _MEMBER.fullmatch(info.name):
                found[info.name] = _copy(source, place(info.name))
            else:
                raise _damaged(archive)
    with _damage(archive):
        if manifest is None or _Manifest.model_validate_json(manifest).members != found:
            raise _damaged(archive)


def _copy(source: IO[bytes], path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("wb") as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
        if path != Path(os.devnull):
            target.flush()
            os.fsync(target.fileno())
    return digest.hexdigest()


@contextmanager
def _damage(archive: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, ValidationError) as error:
        raise _damaged(archive) from error


def _damaged(archive: Path) -> StoreError:
    return StoreError(faults.BACKUP_DAMAGED, file=archive.name)


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size = size
    info.mode = 0o600
    return info
