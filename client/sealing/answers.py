"""The platform's answers to a bundle, carried back: sealed under a key that travelled in the bundle itself.

So only who could open the bundle can have written them, and only the window that made it takes them.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import TypeAdapter, ValidationError

from client.errors import StoreError
from client.ports.platform import EventAnswer
from client.sealing import faults

_MAGIC = b"YCA1"
_NONCE = 12
_BUNDLE = 16  # bytes of a bundle's id
_ANSWERS = TypeAdapter(list[EventAnswer])


def seal_answers(bundle: str, key: bytes, answers: list[EventAnswer]) -> bytes:
    """The file of answers to `bundle` (32 hex digits)."""
    head = _MAGIC + bytes.fromhex(bundle)
    nonce = secrets.token_bytes(_NONCE)
    return head + nonce + AESGCM(key).encrypt(nonce, _ANSWERS.dump_json(answers), head)


def bundle_answered(content: bytes, file: str) -> str:
    """Which bundle these answer, as they say. Raises StoreError for another kind of file."""
    if not content.startswith(_MAGIC) or len(content) < len(_MAGIC) + _BUNDLE + _NONCE:
        raise StoreError(faults.ANSWERS_OF_ANOTHER, file=file)
    return content[len(_MAGIC) :][:_BUNDLE].hex()


def open_answers(content: bytes, key: bytes, file: str) -> list[EventAnswer]:
    """Raises StoreError unless they were sealed under `key` and nobody changed them."""
    at = len(_MAGIC) + _BUNDLE
    head, nonce, sealed = content[:at], content[at : at + _NONCE], content[at + _NONCE :]
    try:
        return _ANSWERS.validate_json(AESGCM(key).decrypt(nonce, sealed, head))
    except (InvalidTag, ValidationError) as error:
        raise StoreError(faults.ANSWERS_OF_ANOTHER, file=file) from error
