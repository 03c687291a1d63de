"""One random key opens the whole memory; it is wrapped, never derived, so that a road to it can be added or changed.

`store.key` holds the wraps, `wraps` says what each is. Any one opens the key. Without keyring and passphrase there
is no store: plain text is never written.
"""

import secrets
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from client.errors import StoreError
from client.store import faults
from client.store.durable import disk_errors, write_whole
from client.store.wraps import KEY_LENGTH, KeyringWrap, PassphraseWrap

KEY_FILE = "store.key"
DATABASE_FILE = "store.db"


class Purpose(StrEnum):
    """What a sub-key is for; the value is the label of its derivation and never changes."""

    DATABASE = "database"
    FILES = "files"
    FILE_NAMES = "file names"
    ANSWERS = "answers"  # of the platform to a bundle that was carried to it


@dataclass(frozen=True, slots=True, repr=False)
class StoreKey:
    """The 256-bit key of a store; used only through its sub-keys, and never printed."""

    secret: bytes

    def subkey(self, purpose: Purpose) -> bytes:
        """Return the 32 bytes of one purpose (HKDF-SHA-256, RFC 5869)."""
        return HKDF(SHA256(), KEY_LENGTH, salt=None, info=f"yichuang 1 {purpose}".encode()).derive(self.secret)


class _KeyFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    wraps: tuple[Annotated[KeyringWrap | PassphraseWrap, Field(discriminator="kind")], ...]

    def passphrase_wrap(self) -> PassphraseWrap | None:
        return next((wrap for wrap in self.wraps if isinstance(wrap, PassphraseWrap)), None)

    def keyring_wrap(self) -> KeyringWrap | None:
        return next((wrap for wrap in self.wraps if isinstance(wrap, KeyringWrap)), None)


def create_key(folder: Path, passphrase: str | None = None, *, use_keyring: bool = True) -> StoreKey:
    """Make the key of a new profile and write its wraps: the keyring's where there is one, and the passphrase's.

    A keyring that is absent or locked is passed over when a passphrase is given. Raises StoreError: no way to
    keep the key, keyring locked, key or data already there, empty passphrase, disk.
    """
    _refuse_to_replace(folder)
    secret = secrets.token_bytes(KEY_LENGTH)
    wraps: list[KeyringWrap | PassphraseWrap] = []
    if passphrase is not None:
        wraps.append(PassphraseWrap.around(secret, passphrase))
    if use_keyring:
        try:
            wraps.append(KeyringWrap.around(secret))
        except StoreError as error:
            if not wraps and error.fault is not faults.KEYRING_ABSENT:
                raise
    if not wraps:
        raise StoreError(faults.NO_WAY_TO_KEEP_KEY)
    _write(folder, _KeyFile(wraps=tuple(wraps)))
    return StoreKey(secret)


def open_key(folder: Path, passphrase: str | None = None) -> StoreKey:
    """Open the key of a profile: by the passphrase where one is given and known here, else by the keyring.

    Raises StoreError: key file missing or damaged, wrong passphrase, passphrase needed, keyring locked or absent.
    """
    key_file = _read(folder)
    by_passphrase, by_keyring = key_file.passphrase_wrap(), key_file.keyring_wrap()
    if passphrase is not None and by_passphrase is not None:
        return StoreKey(by_passphrase.open(passphrase))
    if by_keyring is None:
        raise StoreError(faults.PASSPHRASE_NEEDED)
    return StoreKey(by_keyring.open())


def add_passphrase(folder: Path, key: StoreKey, passphrase: str) -> None:
    """Let `passphrase` open `key` from now on; an earlier passphrase no longer does. Raises StoreError."""
    others = tuple(wrap for wrap in _read(folder).wraps if not isinstance(wrap, PassphraseWrap))
    _write(folder, _KeyFile(wraps=(*others, PassphraseWrap.around(key.secret, passphrase))))


def add_keyring(folder: Path, key: StoreKey) -> None:
    """Let this machine's keyring open `key` from now on, e.g. after a restore elsewhere. Raises StoreError."""
    others = tuple(wrap for wrap in _read(folder).wraps if not isinstance(wrap, KeyringWrap))
    _write(folder, _KeyFile(wraps=(*others, KeyringWrap.around(key.secret))))


def has_key(folder: Path) -> bool:
    """Whether the profile has a key file: without one it is new (or damaged, see `create_key`)."""
    return (folder / KEY_FILE).exists()


def is_portable(folder: Path) -> bool:
    """Whether a passphrase opens the key, so that it can be opened on another machine. Raises StoreError."""
    return _read(folder).passphrase_wrap() is not None


def _refuse_to_replace(folder: Path) -> None:
    if (folder / KEY_FILE).exists():
        raise StoreError(faults.KEY_EXISTS, file=KEY_FILE)
    if (folder / DATABASE_FILE).exists():
        raise StoreError(faults.KEY_MISSING, file=KEY_FILE)


def _read(folder: Path) -> _KeyFile:
    path = folder / KEY_FILE
    if not path.exists():
        raise StoreError(faults.KEY_MISSING, file=KEY_FILE)
    with disk_errors(KEY_FILE):
        content = path.read_bytes()
    try:
        return _KeyFile.model_validate_json(content)
    except ValidationError:
        # Without its cause: pydantic's words repeat what stands in the file.
        raise StoreError(faults.KEY_DAMAGED, file=KEY_FILE) from None


def _write(folder: Path, key_file: _KeyFile) -> None:
    write_whole(folder / KEY_FILE, key_file.model_dump_json(indent=1).encode())
