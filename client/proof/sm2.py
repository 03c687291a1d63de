"""SM2 signatures over SM3 (GB/T 32918.2, GB/T 32905): what is signed, and whether a signature is right.

The mathematics is GmSSL's. Its `e` is SM3(Z ‖ message), where Z binds the signer's name and public key to it; a key
signs `e` and never the message.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

import gmssl_pyx
from cryptography.hazmat.primitives import hashes

from client.proof.faults import NO_POINT, ProofError

USER_ID: Final = b"1234567812345678"
"""The signer's name where nobody agreed on another (GM/T 0009, clause 10)."""

CURVE: Final = "1.2.156.10197.1.301"
SM2_WITH_SM3: Final = "1.2.156.10197.1.501"
SM3: Final = "1.2.156.10197.1.401"

_A = bytes.fromhex("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC")
_B = bytes.fromhex("28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93")
_G = bytes.fromhex(
    "32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"
    "BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0"
)
_POINT = 64  # bytes of x ‖ y
_UNCOMPRESSED = b"\x04"
_speech = threading.Lock()


def sm3(message: bytes) -> bytes:
    """The digest of 32 bytes."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(message)
    return digest.finalize()


def public_point(key: bytes) -> bytes:
    """A public key as its 64 bytes x ‖ y, given with or without the 04 before them. Raises ProofError for no point."""
    point = key.removeprefix(_UNCOMPRESSED) if len(key) == _POINT + 1 else key
    try:
        with _quiet():
            gmssl_pyx.normalize_sm2_public_key(point)
    except (gmssl_pyx.GmsslInnerError, ValueError) as error:
        raise ProofError(NO_POINT) from error
    return point


def signed_digest(point: bytes, message: bytes, user_id: bytes = USER_ID) -> bytes:
    """`e`, what a key signs: SM3(Z ‖ message), Z = SM3(bits of the name ‖ name ‖ a ‖ b ‖ G ‖ public key)."""
    bits = (len(user_id) * 8).to_bytes(2, "big")
    return sm3(sm3(bits + user_id + _A + _B + _G + point) + message)


def is_signed(point: bytes, message: bytes, signature: bytes, user_id: bytes = USER_ID) -> bool:
    """Whether `signature` (DER of r and s) is the holder's over `message`. Raises ProofError for no point."""
    holder = public_point(point)
    return is_digest_signed(holder, signed_digest(holder, message, user_id), signature)


def is_digest_signed(point: bytes, digest: bytes, signature: bytes) -> bool:
    """The same of `e` itself."""
    holder = public_point(point)
    try:
        with _quiet():
            return bool(gmssl_pyx.sm2_verify_sm3_digest(holder, digest, signature))
    except gmssl_pyx.InvalidValueError:  # an empty signature, or one far too long
        return False


@contextmanager
def _quiet() -> Iterator[None]:
    """GmSSL writes lines of its own to standard error for each wrong signature; a command's errors stand there."""
    with _speech:
        try:
            kept = os.dup(2)
        except OSError:  # a window without a console has none
            yield
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 2)
            yield
        finally:
            with suppress(OSError):
                os.dup2(kept, 2)
            os.close(nowhere)
            os.close(kept)
