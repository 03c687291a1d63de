"""A document under its issuer's signature: JWS in its compact form (RFC 7515) with Ed25519 (RFC 8037)."""

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from client.errors import StoreError
from client.sealing.faults import NOT_SIGNED, OTHER_SIGNER
from client.sealing.public import PublicKey

ALGORITHM = "EdDSA"
_JWS = jwt.PyJWS(algorithms=[ALGORITHM])


def public_of(key: Ed25519PrivateKey) -> PublicKey:
    """Its public part, as people copy it."""
    return PublicKey(key.public_key().public_bytes_raw())


def sign(document: bytes, key: Ed25519PrivateKey) -> str:
    """The document under its signature; the header names the key by its fingerprint."""
    return _JWS.encode(document, key, ALGORITHM, {"kid": public_of(key).fingerprint}, sort_headers=True)


def document_in(token: str, key: PublicKey | None) -> bytes:
    """The document that `key` signed; None: whoever brought it vouches for it.

    Raises StoreError for what is no signed document, was altered, or was signed by another key.
    """
    try:
        if key is None:
            return bytes(_JWS.decode_complete(token, options={"verify_signature": False})["payload"])
        signer = Ed25519PublicKey.from_public_bytes(key.value)
        return bytes(_JWS.decode_complete(token, signer, [ALGORITHM])["payload"])
    except jwt.InvalidSignatureError as error:
        raise StoreError(OTHER_SIGNER, key=key.fingerprint if key else "") from error
    except (jwt.InvalidTokenError, ValueError) as error:
        raise StoreError(NOT_SIGNED) from error
