"""The two envelopes a store key can lie in, as written in `store.key`: opened by the keyring, or by a passphrase."""

import secrets
import unicodedata
from typing import Annotated, Literal, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from client.errors import StoreError
from client.store import faults, system_keyring

KEY_LENGTH = 32

_Hex = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2})+$")]


class _Envelope(BaseModel):
    """The store key under AES-256-GCM; `nonce` 12 bytes, `sealed` key and tag, both hex."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    nonce: _Hex
    sealed: _Hex


class KeyringWrap(_Envelope):
    """Opened by a random key that the system's keyring keeps under `account`."""

    kind: Literal["keyring"] = "keyring"
    account: str

    @classmethod
    def around(cls, secret: bytes) -> Self:
        """Put a new random key into the keyring and wrap `secret` with it. Raises StoreError of the keyring."""
        account = secrets.token_hex(16)
        opener = secrets.token_bytes(KEY_LENGTH)
        system_keyring.keep(account, opener.hex())
        nonce, sealed = _seal(opener, secret, cls.__name__)
        return cls(account=account, nonce=nonce, sealed=sealed)

    def open(self) -> bytes:
        """Return the store key. Raises StoreError of the keyring, or that it keeps another key."""
        kept = system_keyring.recall(self.account)
        try:
            return _unseal(bytes.fromhex(kept), self, type(self).__name__)
        except (ValueError, InvalidTag) as error:
            raise StoreError(faults.KEYRING_FORGOT) from error


class PassphraseWrap(_Envelope):
    """Opened by a passphrase through scrypt (RFC 7914) with `n`, `r`, `p` and a random `salt`."""

    kind: Literal["passphrase"] = "passphrase"
    salt: _Hex
    # Bounds keep a forged key file from taking all memory: at most 1 GiB.
    n: int = Field(default=2**15, ge=2**15, le=2**20)
    r: int = Field(default=8, ge=8, le=8)
    p: int = Field(default=1, ge=1, le=16)

    @classmethod
    def around(cls, secret: bytes, passphrase: str) -> Self:
        """Wrap `secret`. Raises StoreError for an empty passphrase."""
        if not passphrase:
            raise StoreError(faults.PASSPHRASE_EMPTY)
        draft = cls(salt=secrets.token_hex(16), nonce="00", sealed="00")
        nonce, sealed = _seal(draft._opener(passphrase), secret, cls.__name__)
        return draft.model_copy(update={"nonce": nonce, "sealed": sealed})

    def open(self, passphrase: str) -> bytes:
        """Return the store key. Raises StoreError when the passphrase is wrong."""
        try:
            return _unseal(self._opener(passphrase), self, type(self).__name__)
        except (ValueError, InvalidTag) as error:
            raise StoreError(faults.PASSPHRASE_WRONG) from error

    def _opener(self, passphrase: str) -> bytes:
        # NFC: the same words typed on another keyboard or system give the same bytes.
        words = unicodedata.normalize("NFC", passphrase).encode()
        return Scrypt(salt=bytes.fromhex(self.salt), length=KEY_LENGTH, n=self.n, r=self.r, p=self.p).derive(words)


def _seal(opener: bytes, secret: bytes, kind: str) -> tuple[str, str]:
    nonce = secrets.token_bytes(12)
    return nonce.hex(), AESGCM(opener).encrypt(nonce, secret, kind.encode()).hex()


def _unseal(opener: bytes, envelope: _Envelope, kind: str) -> bytes:
    return AESGCM(opener).decrypt(bytes.fromhex(envelope.nonce), bytes.fromhex(envelope.sealed), kind.encode())
