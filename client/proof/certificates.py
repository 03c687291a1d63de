"""X.509 certificates (RFC 5280, GM/T 0015) as the window uses them: whose, by whom, until when, for what, which key."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from asn1crypto import pem, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key
from stdnum.cn import uscc

from client.proof import sm2
from client.proof.faults import NO_CERTIFICATE, UNKNOWN_ALGORITHM, ProofError

MOST_BYTES: Final = 64 * 1024
"""No certificate of a person or an organ comes near."""

_UNIT = re.compile(rb"(?<![0-9A-Z])[0-9A-HJ-NP-RT-UW-Y]{2}[0-9]{6}[0-9A-HJ-NP-RT-UW-Y]{10}(?![0-9A-Z])")
_HASHES: Mapping[str, hashes.HashAlgorithm] = MappingProxyType(
    {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
)
_SHORT = {
    "2.5.4.3": "CN",
    "2.5.4.5": "serialNumber",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "2.5.4.97": "organizationIdentifier",
}
BROKEN: Final = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError, UnsupportedAlgorithm,
)  # fmt: skip
"""What the parsers of certificates and of keys raise for bytes that are none."""


class KeyAlgorithm(StrEnum):
    """What a key signs with."""

    SM2 = "SM2"
    ECDSA_P256 = "ECDSA P-256"
    ECDSA_P384 = "ECDSA P-384"
    RSA = "RSA"


_CURVES = {"secp256r1": KeyAlgorithm.ECDSA_P256, "secp384r1": KeyAlgorithm.ECDSA_P384}
_ECDSA = frozenset(_CURVES.values())
_RSA = frozenset({KeyAlgorithm.RSA})
_SIGNATURES: Mapping[str, tuple[frozenset[KeyAlgorithm], str]] = MappingProxyType(
    {
        sm2.SM2_WITH_SM3: (frozenset({KeyAlgorithm.SM2}), "sm3"),
        "1.2.840.10045.4.3.2": (_ECDSA, "sha256"),
        "1.2.840.10045.4.3.3": (_ECDSA, "sha384"),
        "1.2.840.10045.4.3.4": (_ECDSA, "sha512"),
        "1.2.840.113549.1.1.11": (_RSA, "sha256"),
        "1.2.840.113549.1.1.12": (_RSA, "sha384"),
        "1.2.840.113549.1.1.13": (_RSA, "sha512"),
    }
)
"""Algorithms of signatures by their object identifiers: keys of which kinds make them, over which digest."""
_NAMING = frozenset({"common_name", "organization_name", "organizational_unit_name"})


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate as it was read; `der` are its own bytes.

    `unit_code` is the 统一社会信用代码 found in its subject or extensions, "" where there is none. `serial` is in hex.
    `usage` are the names of RFC 5280, clause 4.2.1.3, sorted; `bits` is the length of an RSA modulus, else 0.
    """

    der: bytes = field(repr=False)
    subject: str
    issuer: str
    holder: str  # the common name, or what stands for it
    names: tuple[str, ...]  # whom it is for: common name, organization, unit
    serial: str
    not_before: datetime
    not_after: datetime
    usage: tuple[str, ...]
    algorithm: KeyAlgorithm
    bits: int
    unit_code: str
    is_authority: bool
    public_key: bytes = field(repr=False)  # x ‖ y of SM2, else the SubjectPublicKeyInfo
    path_length: int | None = None  # authorities that may stand below this one; None: as many as there are

    @classmethod
    def parse(cls, content: bytes) -> "Certificate":
        """A certificate, DER or PEM. Raises ProofError naming what is wrong."""
        if len(content) > MOST_BYTES:
            raise ProofError(NO_CERTIFICATE, reason="too large")
        try:
            der = pem.unarmor(content)[2] if pem.detect(content) else content
            return _certificate(der)
        except BROKEN as error:
            raise ProofError(NO_CERTIFICATE, reason=type(error).__name__) from error

    def is_valid_at(self, at: datetime) -> bool:
        """Whether `at` lies within its time."""
        return self.not_before <= at <= self.not_after

    @property
    def may_sign(self) -> bool:
        """Whether its holder may sign with it; a key's second certificate is for enciphering alone."""
        return not self.usage or bool({"digital_signature", "non_repudiation"} & set(self.usage))

    @property
    def algorithm_words(self) -> str:
        return f"{self.algorithm} {self.bits}" if self.bits else self.algorithm.value

    def has_signed(self, message: bytes, signature: bytes, digest: str = "sha256") -> bool:
        """Whether its key made `signature` over `message`; `digest` counts for ECDSA and RSA (PKCS #1 v1.5)."""
        if self.algorithm is KeyAlgorithm.SM2:
            return sm2.is_signed(self.public_key, message, signature)
        hashed = _HASHES[digest]
        key = load_der_public_key(self.public_key)
        try:
            if isinstance(key, rsa.RSAPublicKey):
                key.verify(signature, message, padding.PKCS1v15(), hashed)
            elif isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(signature, message, ec.ECDSA(hashed))
        except InvalidSignature:
            return False
        return True

    def has_made(self, algorithm: str, message: bytes, signature: bytes) -> bool:
        """Whether its key made the signature with the algorithm (dotted); false where that is not its key's kind."""
        kinds, digest = _SIGNATURES.get(algorithm, (frozenset(), ""))
        return self.algorithm in kinds and self.has_signed(message, signature, digest)

    def has_issued(self, other: "Certificate") -> bool:
        """Whether its key signed the other certificate; whether it was allowed to is another question."""
        parsed = x509.Certificate.load(other.der)
        algorithm = parsed["signature_algorithm"]["algorithm"].dotted
        return self.has_made(algorithm, parsed["tbs_certificate"].dump(), parsed["signature_value"].native)


def is_known_signature(algorithm: str) -> bool:
    """Whether signatures of this algorithm (dotted) can be verified here."""
    return algorithm in _SIGNATURES


def _certificate(der: bytes) -> Certificate:
    parsed = x509.Certificate.load(der, strict=True)
    tbs = parsed["tbs_certificate"]
    algorithm, bits, public = _key(parsed.public_key)
    usage, basic = parsed.key_usage_value, parsed.basic_constraints_value
    subject = parsed.subject
    parsed["signature_algorithm"].native, parsed["signature_value"].native  # now, not when they are needed
    return Certificate(
        der=der,
        subject=words(subject),
        issuer=words(parsed.issuer),
        holder=_holder(subject),
        names=tuple(_names(subject)),
        serial=f"{parsed.serial_number:x}",
        not_before=tbs["validity"]["not_before"].native,
        not_after=tbs["validity"]["not_after"].native,
        usage=tuple(sorted(usage.native)) if usage is not None else (),
        algorithm=algorithm,
        bits=bits,
        unit_code=_unit_code(parsed),
        is_authority=bool(basic and basic["ca"].native),
        public_key=public,
        path_length=basic["path_len_constraint"].native if basic else None,
    )


def words(name: x509.Name) -> str:
    """As RFC 4514 has it, but in the order of the certificate: C=CN, O=…, CN=…."""
    pairs = (pair for relative in name.chosen for pair in relative)
    return ", ".join(f"{_SHORT.get(pair['type'].dotted, pair['type'].dotted)}={pair['value'].native}" for pair in pairs)


def _holder(subject: x509.Name) -> str:
    names = subject.native
    found = names.get("common_name") or names.get("organization_name") or subject.human_friendly
    return found if isinstance(found, str) else "、".join(found)


def _names(subject: x509.Name) -> Iterator[str]:
    pairs = (pair for relative in subject.chosen for pair in relative)
    yield from (str(pair["value"].native) for pair in pairs if pair["type"].native in _NAMING)


def _key(info: Any) -> tuple[KeyAlgorithm, int, bytes]:  # noqa: ANN401 - asn1crypto has no types
    """Algorithm, length of a modulus, and the key."""
    kind = info["algorithm"]["algorithm"].native
    if kind == "rsa":
        load_der_public_key(info.dump())  # what is no key is found here and not at its first signature
        return KeyAlgorithm.RSA, info.bit_size, info.dump()
    curve = info["algorithm"]["parameters"].native if kind == "ec" else kind
    if curve == sm2.CURVE:
        return KeyAlgorithm.SM2, 0, sm2.public_point(info["public_key"].native)
    if curve not in _CURVES:
        raise ProofError(UNKNOWN_ALGORITHM, algorithm=curve)
    load_der_public_key(info.dump())
    return _CURVES[curve], 0, info.dump()


def _unit_code(parsed: x509.Certificate) -> str:
    """The unit's code: its place differs by authority, so that the first number with a right check digit counts."""
    places = [parsed.subject.dump(), *(each["extn_value"].contents or b"" for each in _extensions(parsed))]
    found = (number.decode("ascii") for place in places for number in _UNIT.findall(place))
    return next((number for number in found if uscc.is_valid(number)), "")


def _extensions(parsed: x509.Certificate) -> Iterable[Any]:
    extensions = parsed["tbs_certificate"]["extensions"]
    return extensions if extensions.native is not None else ()
