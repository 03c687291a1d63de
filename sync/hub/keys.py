"""The hub's own keys, files beside its files: to one, windows seal what travels outside the wire; by one it signs."""

import os
from pathlib import Path
from secrets import token_hex
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from client.errors import PlatformError
from sync.faults import HUB_KEY, NO_HUB_KEY
from sync.hub.shelf import sync_directory

FILE = "hub.key"
SIGNING_FILE = "signing.key"
_PRIVATE = 0o600


class _Private(Protocol):
    """A private key of either kind."""

    def private_bytes_raw(self) -> bytes: ...


def make(folder: Path) -> X25519PrivateKey:
    """The key in `folder`, made where there is none; many may ask at once, and get the same. Raises PlatformError."""
    _make(folder / FILE, X25519PrivateKey.generate())
    return read(folder)


def read(folder: Path) -> X25519PrivateKey:
    """The key in `folder`. Raises PlatformError when there is none, or it cannot be read or is damaged."""
    path = folder / FILE
    try:
        return X25519PrivateKey.from_private_bytes(_bytes_in(path))
    except ValueError as error:
        raise PlatformError(HUB_KEY, file=path) from error


def signing(folder: Path) -> Ed25519PrivateKey:
    """The key by which packs are signed, made where there is none, as the other one. Raises PlatformError."""
    path = folder / SIGNING_FILE
    _make(path, Ed25519PrivateKey.generate())
    try:
        return Ed25519PrivateKey.from_private_bytes(_bytes_in(path))
    except ValueError as error:
        raise PlatformError(HUB_KEY, file=path) from error


def _make(path: Path, key: _Private) -> None:
    if path.exists():
        return
    mine = path.with_name(f".{path.name}.{token_hex(8)}")
    with open(mine, "xb", opener=lambda name, flags: os.open(name, flags, _PRIVATE)) as file:
        file.write(key.private_bytes_raw().hex().encode())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(mine, path)  # whoever comes first has it, and nobody replaces it
    except FileExistsError:
        pass
    finally:
        mine.unlink()
        sync_directory(path.parent)  # before anything is sealed to it


def _bytes_in(path: Path) -> bytes:
    """Raises ValueError for a damaged file, PlatformError for none."""
    try:
        return bytes.fromhex(path.read_text(encoding="ascii"))
    except FileNotFoundError as error:
        raise PlatformError(NO_HUB_KEY, file=path) from error
    except OSError as error:
        raise PlatformError(HUB_KEY, file=path) from error
