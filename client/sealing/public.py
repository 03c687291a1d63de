"""A public key as people copy it: with a tail that gives away a wrong digit, for what is sealed to it nobody opens."""

import hashlib
import re
from dataclasses import dataclass

from client.errors import StoreError
from client.sealing import faults

_WORDS = re.compile(r"([0-9a-f]{64})-([0-9a-f]{8})")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """32 bytes of X25519 (RFC 7748)."""

    value: bytes

    @classmethod
    def parse(cls, words: str, what: str) -> "PublicKey":
        """What `str` of a key gave. Raises StoreError naming `what` it should have been."""
        found = _WORDS.fullmatch(words.strip())
        if found is None or str(key := cls(bytes.fromhex(found[1]))) != found[0]:
            raise StoreError(faults.NOT_A_KEY, what=what)
        return key

    @property
    def digest(self) -> bytes:
        """SHA-256, by which an envelope names its recipients."""
        return hashlib.sha256(self.value).digest()

    @property
    def fingerprint(self) -> str:
        """Eight hex digits by which people tell keys apart."""
        return self.digest.hex()[:8]

    def __str__(self) -> str:
        return f"{self.value.hex()}-{self.fingerprint}"
