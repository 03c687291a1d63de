"""A signed document: opened by its signer's key, refused when altered, signed by another, or no document at all."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from client.errors import StoreError
from client.sealing.faults import NOT_SIGNED, OTHER_SIGNER
from client.sealing.public import PublicKey
from client.sealing.signed import document_in, public_of, sign

KEY, OTHER = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
WORDS = '{"number": 1, "name": "示例"}'.encode()


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_what_is_signed_is_opened_by_the_signer_s_key_and_by_whoever_vouches_for_it() -> None:
    token = sign(WORDS, KEY)
    assert document_in(token, public_of(KEY)) == WORDS
    assert document_in(token, None) == WORDS
    head = json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "=="))
    assert (head["alg"], head["kid"]) == ("EdDSA", public_of(KEY).fingerprint)


def test_the_signature_is_ed25519_over_head_and_document() -> None:
    """RFC 8037, appendix A.4: whoever speaks JWS can check it without us."""
    head, body, signature = sign(WORDS, KEY).split(".")
    KEY.public_key().verify(base64.urlsafe_b64decode(signature + "=="), f"{head}.{body}".encode())


def test_another_signer_and_an_altered_document_are_refused() -> None:
    head, _, signature = sign(WORDS, KEY).split(".")
    altered = f"{head}.{part({'number': 2})}.{signature}"
    for token, key in ((sign(WORDS, OTHER), public_of(KEY)), (altered, public_of(KEY))):
        with pytest.raises(StoreError) as caught:
            document_in(token, key)
        assert caught.value.fault is OTHER_SIGNER


@pytest.mark.parametrize("key", [None, public_of(KEY)], ids=["vouched for", "pinned"])
@pytest.mark.parametrize("token", ["", "a.b", "not signed", "\u4e00", "....", "eyJhbGciOiJFZERTQSJ9.e30"])
def test_what_is_no_signed_document_is_refused(token: str, key: PublicKey | None) -> None:
    with pytest.raises(StoreError) as caught:
        document_in(token, key)
    assert caught.value.fault is NOT_SIGNED


def test_a_document_without_a_signature_is_not_taken_for_a_signed_one() -> None:
    body = sign(WORDS, KEY).split(".")[1]
    for algorithm in ("none", "HS256"):
        with pytest.raises(StoreError) as caught:
            document_in(f"{part({'alg': algorithm})}.{body}.AAAA", public_of(KEY))
        assert caught.value.fault is NOT_SIGNED
