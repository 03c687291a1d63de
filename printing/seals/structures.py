"""The structures of GM/T 0031-2014 (version 1), GB/T 38540-2020 (4) and GM/T 0031-2025 (5), told apart by their shape.

What was signed is kept as the bytes that were given and never encoded again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from client.ports.seals import Seal, SealPicture
from client.proof import sm2
from client.proof.certificates import Certificate
from client.proof.faults import ProofError
from printing.seals.der import (
    BITS,
    EXPLICIT_0,
    INTEGER,
    OCTETS,
    OID,
    SEQUENCE,
    TIMES,
    Element,
    Fields,
    dotted,
    only,
    sequence,
)
from printing.seals.faults import TOO_LARGE, UNKNOWN_VERSION
from printing.seals.times import time_told

MOST_BYTES: Final = 8 * 1024 * 1024
"""Of a seal or a signature; the largest pictures of seals that were seen have 5 MB."""

FIRST, FOURTH, FIFTH = 1, 4, 5
HEADER: Final = "ES"
_PARTS_OF_FIRST = 2  # elements of a seal and of a signature of version 1
_VERSIONS = {4: frozenset({FOURTH, FIFTH}), 5: frozenset({FIFTH})}  # of a seal of so many elements
_SM3_NAMES = frozenset({"SM3", sm2.SM3})


@dataclass(frozen=True, slots=True)
class SesSeal:
    """A SESeal; `scopes`: what its maker may have signed, of version 1 there are two readings."""

    seal: Seal
    header: str
    told_version: int  # of its header: makers of the first form wrote 1 to 3
    certificates: tuple[bytes, ...] = field(repr=False)
    digests: tuple[tuple[str, bytes], ...] = field(repr=False)
    scopes: tuple[bytes, ...] = field(repr=False)
    maker: bytes = field(repr=False)
    algorithm: str
    signature: bytes = field(repr=False)
    stamp: bytes | None = field(repr=False, default=None)

    @classmethod
    def parse(cls, content: bytes) -> "SesSeal":
        """The seal in DER. Raises ProofError: none, too large, of an unknown version."""
        return _seal(only(_bounded(content), "SESeal"))

    @property
    def version(self) -> int:
        return self.seal.version

    def binds(self, certificate: bytes) -> bool:
        """Whether the holder of the certificate (DER) may seal with it."""
        digest = sm2.sm3(certificate)
        return certificate in self.certificates or any(
            name in _SM3_NAMES and value == digest for name, value in self.digests
        )


@dataclass(frozen=True, slots=True)
class SesSignature:
    """A SES_Signature. `signed` is its toSign, byte for byte; `version` is what that says, of its seal another may."""

    version: int
    seal: SesSeal
    signed_at: datetime
    digest: bytes
    property_info: str
    certificate: bytes = field(repr=False)
    algorithm: str
    signed: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    stamp: bytes | None = field(repr=False)
    der: bytes = field(repr=False)

    @classmethod
    def parse(cls, content: bytes) -> "SesSignature":
        """The signature in DER. Raises ProofError as `SesSeal.parse` does."""
        whole = only(_bounded(content), "SES_Signature")
        parts = Fields(whole, "SES_Signature")
        return _signature_1(whole, parts) if parts.count == _PARTS_OF_FIRST else _signature(whole, parts)


def is_signature(content: bytes) -> bool:
    """Whether it begins as a SES_Signature does and a SESeal does not: its first part with a version.

    Raises ProofError for what is neither.
    """
    whole = only(_bounded(content), "SESeal")
    first = Fields(whole, "SESeal").take("eSealInfo", SEQUENCE)
    begins = Element.first(first.view[first.head :], "SESeal.eSealInfo")
    return begins.tag == INTEGER


def _bounded(content: bytes) -> bytes:
    if len(content) > MOST_BYTES:
        raise ProofError(TOO_LARGE, most=MOST_BYTES // (1024 * 1024))
    return content


def _seal(whole: Element) -> SesSeal:
    parts = Fields(whole, "SESeal")
    count = parts.count
    info = parts.take("eSealInfo", SEQUENCE)
    by = parts.fields("signInfo") if count == _PARTS_OF_FIRST else parts
    cert, algorithm = by.take("cert", OCTETS), by.take("signAlgID", OID)
    signature, stamp = by.bits("signedValue"), _stamp(by)
    by.end()
    scopes = [info.whole]
    if by is not parts:  # GM/T 0031-2014 can be read as though the certificate were signed too
        scopes.append(sequence(info.whole, cert.whole, algorithm.whole))
    read = _info(Fields(info, "eSealInfo"), whole.whole, count)
    return SesSeal(*read, tuple(scopes), cert.content, dotted(algorithm.content, "SESeal.signAlgID"), signature, stamp)


_Read = tuple[Seal, str, int, tuple[bytes, ...], tuple[tuple[str, bytes], ...]]


def _info(info: Fields, der: bytes, count: int) -> _Read:
    """A seal's own words, what stands in the place of `ES`, certificates that may seal with it, digests of others."""
    header = info.fields("header")
    told, version, vendor = header.words("id"), header.integer("version"), header.words("vid")
    es_id = info.words("esID")
    about = info.fields("property")
    kind, name = about.integer("type"), about.words("name")
    if about.next_is(INTEGER):  # not in version 1, which knows certificates alone
        about.integer("certListType")
    certificates, digests = _holders(about.take("certList", SEQUENCE))
    created, begins, ends = (about.moment(name) for name in ("createDate", "validStart", "validEnd"))
    drawn = info.fields("picture")
    picture = SealPicture(
        type=drawn.words("type").upper(),
        content=drawn.octets("data"),
        width_mm=drawn.integer("width"),
        height_mm=drawn.integer("height"),
    )
    if info.next_is(SEQUENCE, EXPLICIT_0):  # extDatas: the texts tag them, programs in the field do not
        info.take("extDatas", SEQUENCE, EXPLICIT_0)
    for part in (header, about, drawn, info):
        part.end()
    units = _units(certificates)
    seal = Seal(_version(version, count), es_id, name, kind, vendor, created, begins, ends, picture, der, units)
    return seal, told, version, certificates, digests


def _units(certificates: Sequence[bytes]) -> tuple[str, ...]:
    """The units those certificates name, each once; one that cannot be read names none."""
    found = dict.fromkeys(unit for each in certificates if (unit := _unit(each)))
    return tuple(found)


def _unit(certificate: bytes) -> str:
    try:
        return Certificate.parse(certificate).unit_code
    except ProofError:
        return ""


def _version(told: int, count: int) -> int:
    """By the shape first: makers of the first form wrote 1 to 3 into its header."""
    if count == _PARTS_OF_FIRST:
        return FIRST
    if told not in _VERSIONS.get(count, ()):
        raise ProofError(UNKNOWN_VERSION, version=told)
    return told


def _holders(listed: Element) -> tuple[tuple[bytes, ...], tuple[tuple[str, bytes], ...]]:
    certificates, digests = [], []
    for each in listed.children("certList"):
        if each.tag == OCTETS:
            certificates.append(each.content)
            continue
        digest = Fields(each, "certList")
        digests.append((digest.words("type").upper(), digest.octets("value")))
        digest.end()
    return tuple(certificates), tuple(digests)


def _stamp(parts: Fields) -> bytes | None:
    """A time stamp, unread: of version 5, and of a signature of version 4."""
    if not parts.next_is(EXPLICIT_0):
        return None
    tagged = parts.take("timeStamp", EXPLICIT_0)
    return Fields(only(sequence(tagged.content), "timeStamp"), "timeStamp").bits("timeStamp")


def _signature(whole: Element, parts: Fields) -> SesSignature:
    """Of version 4 and 5: the signer's certificate stands outside of what is signed."""
    signed = parts.take("toSign", SEQUENCE)
    inner = Fields(signed, "toSign")
    version, seal = inner.integer("version"), _seal(inner.take("eseal", SEQUENCE))
    signed_at, digest, info = inner.moment("timeInfo"), inner.bits("dataHash"), inner.words("propertyInfo")
    if inner.next_is(SEQUENCE, EXPLICIT_0):
        inner.take("extDatas", SEQUENCE, EXPLICIT_0)
    inner.end()
    certificate, algorithm, signature = parts.octets("cert"), parts.oid("signatureAlgID"), parts.bits("signature")
    stamp = _stamp(parts)
    parts.end()
    return SesSignature(
        version, seal, signed_at, digest, info, certificate, algorithm, signed.whole, signature, stamp, whole.whole
    )


def _signature_1(whole: Element, parts: Fields) -> SesSignature:
    """Of version 1: the signer's certificate is signed with the rest."""
    signed = parts.take("toSign", SEQUENCE)
    inner = Fields(signed, "toSign")
    version, seal = inner.integer("version"), _seal(inner.take("eseal", SEQUENCE))
    signed_at = time_told(inner.take("timeInfo", BITS, OCTETS, *TIMES))
    digest, info = inner.bits("dataHash"), inner.words("propertyInfo")
    certificate, algorithm = inner.octets("cert"), inner.oid("signatureAlgorithm")
    inner.end()
    signature = parts.bits("signature")
    parts.end()
    return SesSignature(
        version, seal, signed_at, digest, info, certificate, algorithm, signed.whole, signature, None, whole.whole
    )
