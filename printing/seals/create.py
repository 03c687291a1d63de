"""Makes what is read: a seal out of its words (training, tests), and the signature that puts a seal on a document.

Written by asn1crypto and read by `der`: the two watch each other. A seal that was given goes in as its own bytes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from asn1crypto import core

from client.ports.seals import Seal, SealPicture
from client.proof import sm2
from client.proof.certificates import Certificate, KeyAlgorithm
from printing.seals.der import Fields, only, sequence
from printing.seals.structures import FIRST, HEADER

_ALGORITHMS: Final = {
    KeyAlgorithm.SM2: sm2.SM2_WITH_SM3,
    KeyAlgorithm.ECDSA_P256: "1.2.840.10045.4.3.2",
    KeyAlgorithm.ECDSA_P384: "1.2.840.10045.4.3.2",
    KeyAlgorithm.RSA: "1.2.840.113549.1.1.11",
}
"""As the port of keys has it: ECDSA and RSA sign SHA-256."""

_CERTIFICATES, _DIGESTS = 1, 2  # certListType
_PARTS_OF_FIRST = 7  # elements of a TBS_Sign of version 1, which holds certificate and algorithm too


@dataclass(frozen=True, slots=True)
class SealWords:
    """What a seal says. `holders` are the certificates (DER) that may seal with it; `by_digest` names them by SM3."""

    version: int
    es_id: str
    name: str
    vendor: str
    holders: Sequence[bytes] = field(repr=False)
    created_at: datetime
    valid_from: datetime
    valid_to: datetime
    picture: SealPicture
    type: int = 1  # of a unit
    by_digest: bool = False


def algorithm_of(certificate: Certificate) -> str:
    """The algorithm (dotted) a certificate's key signs with."""
    return _ALGORITHMS[certificate.algorithm]


def seal(words: SealWords, maker: Certificate, sign: Callable[[bytes], bytes]) -> bytes:
    """A SESeal in DER; `sign` is the maker's key. Version 1 holds certificates alone."""
    info = seal_info(words)
    cert, algorithm = core.OctetString(maker.der).dump(), _oid(algorithm_of(maker))
    if words.version != FIRST:
        return sequence(info, cert, algorithm, _bits(sign(info)))
    return sequence(info, sequence(cert, algorithm, _bits(sign(sequence(info, cert, algorithm)))))


def seal_info(words: SealWords) -> bytes:
    """The SES_SealInfo in DER, which the maker signs."""
    picture = words.picture
    return sequence(
        sequence(_ia5(HEADER), _integer(words.version), _ia5(words.vendor)),
        _ia5(words.es_id),
        _property(words),
        sequence(
            _ia5(picture.type),
            core.OctetString(picture.content).dump(),
            _integer(picture.width_mm),
            _integer(picture.height_mm),
        ),
    )


def to_sign(seal: Seal, certificate: Certificate, at: datetime, digest: bytes, property_info: str) -> bytes:
    """The TBS_Sign in DER, which the clerk's key signs: that the seal was put, at `at`, on what has this digest.

    `digest` is SM3 of what is protected, `property_info` where that lies. Of version 1 the certificate is signed too.
    """
    head = (_integer(seal.version), seal.der)
    what = (_bits(digest), core.IA5String(property_info).dump())
    if seal.version != FIRST:
        return sequence(*head, _time(at), *what)
    cert = core.OctetString(certificate.der).dump()
    return sequence(*head, _bits(_utc_time(at)), *what, cert, _oid(algorithm_of(certificate)))


def signature(to_sign: bytes, certificate: Certificate, value: bytes) -> bytes:
    """The SES_Signature in DER: what was signed, by whom, and the key's signature over it."""
    if Fields(only(to_sign, "toSign"), "toSign").count == _PARTS_OF_FIRST:
        return sequence(to_sign, _bits(value))
    cert = core.OctetString(certificate.der).dump()
    return sequence(to_sign, cert, _oid(algorithm_of(certificate)), _bits(value))


def _property(words: SealWords) -> bytes:
    times = (words.created_at, words.valid_from, words.valid_to)
    head = (_integer(words.type), core.UTF8String(words.name).dump())
    if words.version == FIRST:
        return sequence(*head, _certificates(words.holders), *map(_utc_time, times))
    if not words.by_digest:
        return sequence(*head, _integer(_CERTIFICATES), _certificates(words.holders), *map(_time, times))
    digests = (
        sequence(core.PrintableString("SM3").dump(), core.OctetString(sm2.sm3(each)).dump()) for each in words.holders
    )
    return sequence(*head, _integer(_DIGESTS), sequence(*digests), *map(_time, times))


def _certificates(holders: Sequence[bytes]) -> bytes:
    return sequence(*(core.OctetString(each).dump() for each in holders))


def _integer(number: int) -> bytes:
    made: bytes = core.Integer(number).dump()
    return made


def _ia5(words: str) -> bytes:
    """In the field it holds UTF-8 where the words are Chinese; asn1crypto would refuse that."""
    made: bytes = core.IA5String(contents=words.encode()).dump()
    return made


def _oid(algorithm: str) -> bytes:
    made: bytes = core.ObjectIdentifier(algorithm).dump()
    return made


def _bits(content: bytes) -> bytes:
    made: bytes = core.OctetBitString(content).dump()
    return made


def _time(at: datetime) -> bytes:
    """Whole seconds: DER writes no trailing zeros behind a point, and nobody reads what stands there."""
    made: bytes = core.GeneralizedTime(at.astimezone(UTC).replace(microsecond=0)).dump()
    return made


def _utc_time(at: datetime) -> bytes:
    made: bytes = core.UTCTime(at.astimezone(UTC).replace(microsecond=0)).dump()
    return made
