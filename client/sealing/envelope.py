"""A file sealed to several keys, any one of which opens it, read and written as a stream.

A random key seals the content piece by piece (AES-256-GCM; a piece's place and whether it is the last are its nonce, so
that none can be left out, moved or cut off). That key is sealed to each recipient by HPKE (RFC 9180, base mode,
X25519, HKDF-SHA-256, AES-256-GCM).

    YCS1 | number of recipients (1 byte) | for each: SHA-256 of its public key (32) and the sealed key (80) | pieces
"""

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from client.errors import StoreError
from client.sealing import faults
from client.sealing.public import PublicKey

PIECE = 256 << 10  # bytes of content in a piece

_MAGIC = b"YCS1"
_INFO = b"yichuang sealed 1"
_KEY, _TAG, _NAME, _SEALED_KEY = 32, 16, 32, 80
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@contextmanager
def sealing(target: BinaryIO, recipients: Sequence[PublicKey]) -> Iterator["SealingWriter"]:
    """What is written inside goes sealed into `target`; whole only if the block ends without an error."""
    key = secrets.token_bytes(_KEY)
    head = _MAGIC + bytes([len(recipients)])
    for recipient in recipients:
        sealed = _SUITE.encrypt(key, X25519PublicKey.from_public_bytes(recipient.value), _INFO)
        head += recipient.digest + sealed
    target.write(head)
    writer = SealingWriter(target, _content_cipher(key, head))
    yield writer
    writer.finish()


def opening(source: BinaryIO, private: X25519PrivateKey, file: str) -> "OpeningReader":
    """Read the content of what was sealed to `private`; `file` is what errors call it.

    Raises StoreError: not sealed, or not for this key. Reading raises it where the content is altered or cut off;
    nothing of a piece is given out before it is authenticated.
    """
    head, keys = _head(source)
    if not keys:
        raise StoreError(faults.NOT_SEALED, file=file)
    mine = public_of(private)
    if mine.digest not in keys:
        raise StoreError(faults.NOT_FOR_THIS_KEY, file=file, key=mine.fingerprint)
    try:
        key = _SUITE.decrypt(keys[mine.digest], private, _INFO)
    except (InvalidTag, ValueError) as error:
        raise StoreError(faults.ALTERED, file=file) from error
    return OpeningReader(source, _content_cipher(key, head), file)


def sealed_to(source: BinaryIO) -> frozenset[bytes]:
    """The digests of the keys that open what begins here; none for what is not sealed."""
    return frozenset(_head(source)[1])


def public_of(private: X25519PrivateKey) -> PublicKey:
    return PublicKey(private.public_key().public_bytes_raw())


class SealingWriter:
    """The writing end; made by `sealing`."""

    def __init__(self, target: BinaryIO, cipher: AESGCM) -> None:
        self._target = target
        self._cipher = cipher
        self._pending = bytearray()
        self._number = 0

    def write(self, content: bytes) -> int:
        self._pending += content
        while len(self._pending) > PIECE:  # the last piece is never empty, unless nothing was written at all
            self._seal(bytes(self._pending[:PIECE]), last=False)
            del self._pending[:PIECE]
        return len(content)

    def finish(self) -> None:
        self._seal(bytes(self._pending), last=True)

    def _seal(self, content: bytes, *, last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, last=last), content, None))
        self._number += 1


class OpeningReader:
    """The reading end; made by `opening`."""

    def __init__(self, source: BinaryIO, cipher: AESGCM, file: str) -> None:
        self._source = source
        self._cipher = cipher
        self._file = file
        self._ahead = source.read(PIECE + _TAG)
        self._content = bytearray()
        self._number = 0
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes; all that is left for a negative one. Empty at the end. Raises StoreError."""
        while not self._ended and (size < 0 or len(self._content) < size):
            self._open_next()
        given = bytes(self._content if size < 0 else self._content[:size])
        del self._content[: len(given)]
        return given

    def _open_next(self) -> None:
        piece, self._ahead = self._ahead, self._source.read(PIECE + _TAG)
        self._ended = not self._ahead
        try:
            self._content += self._cipher.decrypt(_nonce(self._number, last=self._ended), piece, None)
        except (InvalidTag, ValueError) as error:
            raise StoreError(faults.ALTERED, file=self._file) from error
        self._number += 1


def _head(source: BinaryIO) -> tuple[bytes, dict[bytes, bytes]]:
    """The head as it stands there, and the sealed key of each recipient by the digest of its own."""
    head = source.read(len(_MAGIC) + 1)
    if len(head) <= len(_MAGIC) or not head.startswith(_MAGIC):
        return head, {}
    rows = [source.read(_NAME + _SEALED_KEY) for _ in range(head[-1])]
    return head + b"".join(rows), {row[:_NAME]: row[_NAME:] for row in rows}


def _content_cipher(key: bytes, head: bytes) -> AESGCM:
    """Bound to the head: a recipient that was added or taken away makes another key."""
    return AESGCM(HKDF(SHA256(), _KEY, salt=hashlib.sha256(head).digest(), info=_INFO + b" content").derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])
