"""Keys of software for the virtual card: training keys with their secrets in the open, or drawn anew. Of no force."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import resources
from typing import Any, Final

import gmssl_pyx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, decode_dss_signature
from cryptography.x509.oid import NameOID

from client.proof.certificates import KeyAlgorithm

HOLDER: Final = "训练用密码钥匙（无效力）"
_BEGAN, _ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
_SERIAL = 1
_RSA_BITS = 2048
_SM2_NUMBER = 32  # bytes of r and of s
_INFO = 19  # bytes of DigestInfo before a digest of SHA-256 (RFC 8017, 9.2)
_CURVES: dict[KeyAlgorithm, type[ec.EllipticCurve]] = {
    KeyAlgorithm.ECDSA_P256: ec.SECP256R1, KeyAlgorithm.ECDSA_P384: ec.SECP384R1,
}  # fmt: skip


@dataclass(frozen=True)
class CardKey:
    """A key on the card: its certificate, the seals that lie beside it, and its signature as a card gives it.

    `sign` takes what the window hashed: 32 bytes, or a DigestInfo for RSA. It raises ValueError for anything else.
    """

    label: str
    algorithm: KeyAlgorithm
    certificate: bytes = field(repr=False)
    sign: Callable[[bytes], bytes] = field(repr=False)
    seals: Sequence[bytes] = field(default=(), repr=False)


def training_keys() -> Sequence[CardKey]:
    """Of the organs of the sample catalogue, in order."""
    folder = resources.files("resources") / "demo" / "keys"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".json"))
    return [key_of(json.loads((folder / name).read_text(encoding="utf-8"))) for name in names]


def key_of(told: dict[str, Any]) -> CardKey:
    """An SM2 key as the training keys' files have it. Raises KeyError, ValueError for what is none."""
    return sm2_key(
        told["label"],
        base64.b64decode(told["certificate"]),
        bytes.fromhex(told["secret"]),
        [base64.b64decode(each) for each in told["seals"]],
    )


def sm2_key(label: str, certificate: bytes, secret: bytes, seals: Sequence[bytes] = ()) -> CardKey:
    """A key of 32 bytes of secret."""

    def sign(digest: bytes) -> bytes:
        return _numbers(gmssl_pyx.sm2_sign_sm3_digest(secret, digest), _SM2_NUMBER)

    return CardKey(label, KeyAlgorithm.SM2, certificate, sign, tuple(seals))


def drawn_key(algorithm: KeyAlgorithm, label: str = HOLDER) -> CardKey:
    """A key of another kind, drawn now, with a certificate by itself. Raises ValueError for SM2."""
    if algorithm is KeyAlgorithm.RSA:
        drawn = rsa.generate_private_key(65537, _RSA_BITS)
        return CardKey(label, algorithm, _certificate(label, drawn), lambda info: _signed_by_rsa(drawn, info))
    if algorithm not in _CURVES:
        raise ValueError(algorithm)
    curve = _CURVES[algorithm]()
    secret = ec.generate_private_key(curve)
    return CardKey(
        label,
        algorithm,
        _certificate(label, secret),
        lambda digest: _numbers(secret.sign(digest, ec.ECDSA(Prehashed(hashes.SHA256()))), curve.key_size // 8),
    )


def _signed_by_rsa(key: rsa.RSAPrivateKey, info: bytes) -> bytes:
    return key.sign(info[_INFO:], padding.PKCS1v15(), Prehashed(hashes.SHA256()))


def _certificate(label: str, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"), x509.NameAttribute(NameOID.COMMON_NAME, label)])
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only",
         "decipher_only"), False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(_SERIAL)
        .not_valid_before(_BEGAN)
        .not_valid_after(_ENDS)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.DER)


def _numbers(signature: bytes, size: int) -> bytes:
    """R ‖ s, as cards give it."""
    return b"".join(number.to_bytes(size, "big") for number in decode_dss_signature(signature))
