"""Many parts in one sealed file: a tar whose last member lists all the others with size and SHA-256.

Who opens one goes through the whole of it before anything of it takes effect. Nothing is extracted by tarfile itself.
"""

import hashlib
import re
import tarfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, Annotated, Any, BinaryIO, Literal, cast

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from client.errors import StoreError
from client.sealing import faults
from client.sealing.envelope import PIECE, opening, sealing
from client.sealing.public import PublicKey

ABOUT = "window.json"
MANIFEST = "manifest.json"
FILES = "files/"
LARGEST_PART = 512 << 20  # bytes, as the platform takes of one file

_MEMBER = re.compile(r"(window|manifest)\.json|cases/[0-9a-f-]{36}\.json|files/[0-9a-f]{64}")

Part = tuple[str, bytes]
"""A part's name and content: `window.json`, `files/NAME`, `cases/KEY.json`; a case comes after its files."""


class Entry(BaseModel):
    """What the manifest says of one part: size in bytes, SHA-256 in hex."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Manifest(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    parts: Mapping[str, Entry]


def case_name(case_key: str) -> str:
    return f"cases/{case_key}.json"


def file_name(sealed_name: str) -> str:
    return FILES + sealed_name


def write(target: BinaryIO, recipients: Sequence[PublicKey], parts: Iterable[Part]) -> Manifest:
    """Write `parts` and their manifest, sealed, into `target`. Raises OSError."""
    entries: dict[str, Entry] = {}
    with (
        sealing(target, recipients) as sealed,
        tarfile.open(fileobj=cast("IO[bytes]", sealed), mode="w|", bufsize=PIECE, format=tarfile.PAX_FORMAT) as tar,
    ):
        for name, content in parts:
            entries[name] = Entry(size=len(content), sha256=hashlib.sha256(content).hexdigest())
            _add(tar, name, content)
        manifest = Manifest(parts=entries)
        _add(tar, MANIFEST, manifest.model_dump_json().encode())
    return manifest


def check(path: Path, private: X25519PrivateKey) -> Manifest:
    """Go through the whole file once. Raises StoreError unless it is whole and every part is what the manifest says."""
    found: dict[str, Entry] = {}
    manifest: bytes | None = None
    with _refusing(path):
        for name, content in _members(path, private):
            if manifest is not None or name in found:
                raise StoreError(faults.ALTERED, file=path.name)
            if name == MANIFEST:
                manifest = content
            else:
                found[name] = Entry(size=len(content), sha256=hashlib.sha256(content).hexdigest())
        if manifest is None or (told := Manifest.model_validate_json(manifest)).parts != found or ABOUT not in found:
            raise StoreError(faults.ALTERED, file=path.name)
    return told


def parts(path: Path, private: X25519PrivateKey) -> Iterator[Part]:
    """The parts of a file that was checked, in their order, without its manifest. Raises StoreError."""
    with _refusing(path):
        yield from (part for part in _members(path, private) if part[0] != MANIFEST)


def _members(path: Path, private: X25519PrivateKey) -> Iterator[Part]:
    with path.open("rb") as file:
        opened = cast("IO[bytes]", opening(file, private, path.name))
        with tarfile.open(fileobj=opened, mode="r|", bufsize=PIECE) as tar:
            for info in tar:
                known = info.isreg() and _MEMBER.fullmatch(info.name) and info.size <= LARGEST_PART
                source = tar.extractfile(info) if known else None
                if source is None:
                    raise StoreError(faults.ALTERED, file=path.name)
                yield info.name, source.read()
        opened.read()  # to the last piece: one that was cut off is known by it


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """What makes no sense inside is an altered file outside."""
    try:
        yield
    except (tarfile.TarError, EOFError, ValidationError) as error:
        raise StoreError(faults.ALTERED, file=path.name) from error
    except OSError as error:
        raise StoreError(faults.UNREADABLE, file=path.name, reason=error.strerror) from error


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    info.mode = 0o600
    tar.addfile(info, BytesIO(content))


def read_json(model: type[Any], content: bytes, file: str) -> Any:  # noqa: ANN401 - whatever `model` makes of it
    """A part as one of our documents. Raises StoreError: altered, or of a newer program."""
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        newer = any(found["loc"] == ("format",) for found in error.errors(include_input=False))
        raise StoreError(faults.TOO_NEW if newer else faults.ALTERED, file=file) from None
