"""An authority that certifies keys of invented organs: what the trials of keys and seals are made with.

Certificates are put together here and not by the library that reads them, so that the two watch each other.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType

import gmssl_pyx
from asn1crypto import algos, core, crl, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from client.proof import sm2
from client.proof.certificates import Certificate, KeyAlgorithm

BEGAN, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
UPDATED = datetime(2026, 11, 24, tzinfo=UTC)  # of lists
SIGNS = frozenset({"digital_signature", "non_repudiation"})
ENCIPHERS = frozenset({"key_encipherment", "data_encipherment"})
_SHA256_WITH = {KeyAlgorithm.ECDSA_P256: "sha256_ecdsa", KeyAlgorithm.ECDSA_P384: "sha256_ecdsa"}


@dataclass(frozen=True)
class SoftKey:
    """A private key in memory. `public`: its SubjectPublicKeyInfo; `sign` gives what a certificate would hold."""

    algorithm: KeyAlgorithm
    public: bytes
    sign: Callable[[bytes], bytes] = field(repr=False)
    secret: bytes = field(repr=False, default=b"")  # 32 bytes of an SM2 key, else PKCS #8

    @classmethod
    def make(cls, algorithm: KeyAlgorithm = KeyAlgorithm.SM2) -> "SoftKey":
        if algorithm is KeyAlgorithm.SM2:
            return cls.of_sm2(*gmssl_pyx.sm2_key_generate())
        if algorithm is KeyAlgorithm.RSA:
            made = rsa.generate_private_key(65537, 2048)
            return _modern(algorithm, made, lambda message: made.sign(message, padding.PKCS1v15(), hashes.SHA256()))
        curve = ec.SECP256R1() if algorithm is KeyAlgorithm.ECDSA_P256 else ec.SECP384R1()
        drawn = ec.generate_private_key(curve)
        return _modern(algorithm, drawn, lambda message: drawn.sign(message, ec.ECDSA(hashes.SHA256())))

    @classmethod
    def of_sm2(cls, point: bytes, secret: bytes) -> "SoftKey":
        """The SM2 key of 64 bytes x ‖ y and 32 bytes of secret."""
        curve = core.ObjectIdentifier("1.2.840.10045.2.1").dump() + core.ObjectIdentifier(sm2.CURVE).dump()
        public = _sequence(_sequence(curve) + core.BitString(_bits(b"\x04" + point)).dump())
        return cls(KeyAlgorithm.SM2, public, lambda message: gmssl_pyx.sm2_sign(secret, point, message), secret)

    @property
    def point(self) -> bytes:
        """Public x ‖ y of an SM2 key."""
        return self.public[-64:]


@dataclass(frozen=True)
class Authority:
    """A key with a certificate of its own that certifies others."""

    key: SoftKey
    certificate: bytes

    @classmethod
    def root(cls, name: str = "训练用根证书（无效力）", algorithm: KeyAlgorithm = KeyAlgorithm.SM2) -> "Authority":
        key = SoftKey.make(algorithm)
        return cls(key, certificate(key, name, key, name, is_authority=True))

    def below(self, name: str) -> "Authority":
        """Another authority, certified by this one."""
        key = SoftKey.make(self.key.algorithm)
        return Authority(key, self.certify(key, name, is_authority=True))

    def certify(self, key: SoftKey, name: str, **wishes: object) -> bytes:
        """A certificate (DER) for `key`; `wishes` as of `certificate`."""
        issuer = Certificate.parse(self.certificate).holder
        return certificate(key, name, self.key, issuer, **wishes)  # type: ignore[arg-type]  # handed on as they are


def certificate(
    key: SoftKey,
    name: str,
    signed_by: SoftKey,
    issuer: str,
    *,
    unit_code: str = "",
    named: Mapping[str, str] = MappingProxyType({}),
    began: datetime = BEGAN,
    ends: datetime = ENDS,
    usage: frozenset[str] = SIGNS,
    is_authority: bool = False,
    certifies: bool = True,
    path_length: int | None = None,
    extensions: Sequence[bytes] = (),
) -> bytes:
    """A certificate of version 3 in DER; `extensions` are whole ones, put behind the usual.

    `named` is what the subject says besides; `certifies` is what an authority's key usage says.
    """
    usual = _usual(usage | ({"key_cert_sign"} if is_authority and certifies else set()), is_authority, path_length)
    signature = _signature_algorithm(signed_by.algorithm)
    body = (
        b"\xa0\x03\x02\x01\x02"  # version 3
        + core.Integer(secrets.randbits(63)).dump()
        + signature
        + _name(issuer).dump()
        + _sequence(_time(began) + _time(ends))
        + _name(name, unit_code, named).dump()
        + key.public
        + _explicit(3, _sequence(usual + b"".join(extensions)))
    )
    signed = _sequence(body)
    return _sequence(signed + signature + core.BitString(_bits(signed_by.sign(signed))).dump())


def revocation_list(by: Authority, revoked: Mapping[bytes, datetime], reason: str = "superseded") -> bytes:
    """A list in DER by an authority: certificates (DER) and since when they are revoked."""
    signature = _signature_algorithm(by.key.algorithm)
    entries = [
        crl.RevokedCertificate(
            {
                "user_certificate": x509.Certificate.load(der).serial_number,
                "revocation_date": x509.Time({"utc_time": since}),
                "crl_entry_extensions": [{"extn_id": "crl_reason", "extn_value": crl.CRLReason(reason)}],
            }
        ).dump()
        for der, since in revoked.items()
    ]
    signed = _sequence(
        core.Integer(1).dump()  # version 2
        + signature
        + _name(Certificate.parse(by.certificate).holder).dump()
        + _time(UPDATED)
        + (_sequence(b"".join(entries)) if entries else b"")
    )
    return _sequence(signed + signature + core.OctetBitString(by.key.sign(signed)).dump())


def _usual(usage: frozenset[str], is_authority: bool, path_length: int | None) -> bytes:  # noqa: FBT001 - as the field has it
    basic = {"ca": is_authority} | ({} if path_length is None else {"path_len_constraint": path_length})
    return b"".join(
        x509.Extension({"extn_id": name, "critical": True, "extn_value": value}).dump()
        for name, value in (
            ("key_usage", x509.KeyUsage(set(usage))),
            ("basic_constraints", x509.BasicConstraints(basic)),
        )
    )


def _name(common: str, unit_code: str = "", named: Mapping[str, str] = MappingProxyType({})) -> x509.Name:
    unit = {"organization_identifier": unit_code} if unit_code else {}
    return x509.Name.build({"country_name": "CN", **unit, **named, "common_name": common})


def _time(at: datetime) -> bytes:
    made: bytes = x509.Time({"utc_time": at}).dump()
    return made


def _signature_algorithm(algorithm: KeyAlgorithm) -> bytes:
    if algorithm is KeyAlgorithm.SM2:
        return _sequence(core.ObjectIdentifier(sm2.SM2_WITH_SM3).dump())
    name = _SHA256_WITH.get(algorithm, "sha256_rsa")
    made: bytes = algos.SignedDigestAlgorithm({"algorithm": name}).dump()
    return made


def _modern(algorithm: KeyAlgorithm, key: object, sign: Callable[[bytes], bytes]) -> SoftKey:
    secret = key.private_bytes(  # type: ignore[attr-defined]  # both kinds have it
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    spki = key.public_key().public_bytes(  # type: ignore[attr-defined]  # same
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return SoftKey(algorithm, spki, sign, secret)


def _bits(content: bytes) -> tuple[int, ...]:
    return tuple(int(bit) for byte in content for bit in f"{byte:08b}")


def _sequence(content: bytes) -> bytes:
    return b"\x30" + _length(len(content)) + content


def _explicit(tag: int, content: bytes) -> bytes:
    return bytes([0xA0 | tag]) + _length(len(content)) + content


def _length(size: int) -> bytes:
    if size < 0x80:
        return bytes([size])
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(octets)]) + octets
