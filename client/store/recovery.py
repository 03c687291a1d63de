"""The hall's recovery key: one file under a passphrase, kept in a safe, that opens second copies and bundles."""

from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pydantic import BaseModel, ConfigDict, ValidationError

from client.errors import StoreError
from client.sealing.envelope import public_of
from client.sealing.public import PublicKey
from client.store import faults
from client.store.durable import disk_errors, write_whole
from client.store.wraps import PassphraseWrap


class _RecoveryKey(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    public: str
    private: PassphraseWrap  # of the 32 bytes of X25519

    @property
    def public_key(self) -> PublicKey:
        return PublicKey.parse(self.public, "recovery_key")


def create(path: Path, passphrase: str) -> PublicKey:
    """Make a key pair and write it to the new file `path`. Raises StoreError: exists, empty passphrase, disk."""
    if path.exists():
        raise StoreError(faults.RECOVERY_KEY_EXISTS, file=path.name)
    private = X25519PrivateKey.generate()
    public = public_of(private)
    kept = _RecoveryKey(public=str(public), private=PassphraseWrap.around(private.private_bytes_raw(), passphrase))
    write_whole(path, kept.model_dump_json(indent=1).encode())
    return public


def public_in(path: Path) -> PublicKey:
    """The public part, for which nobody needs the passphrase. Raises StoreError."""
    return _read(path).public_key


def open_private(path: Path, passphrase: str) -> X25519PrivateKey:
    """The private part. Raises StoreError: damaged, wrong passphrase."""
    kept = _read(path)
    try:
        return X25519PrivateKey.from_private_bytes(kept.private.open(passphrase))
    except StoreError as error:  # whose words are about the window's own passphrase
        raise StoreError(faults.RECOVERY_PASSPHRASE_WRONG, file=path.name) from error


def _read(path: Path) -> _RecoveryKey:
    with disk_errors(path.name):
        content = path.read_bytes()
    try:
        return _RecoveryKey.model_validate_json(content)
    except ValidationError:  # without its cause: pydantic's words repeat what stands in the file
        raise StoreError(faults.RECOVERY_KEY_DAMAGED, file=path.name) from None
