"""Puts a seal on a PDF: room for the signature, what the key signs, and the sealed paper, verified before it is given.

With an SM2 key a SES_Signature goes into the signature's field (GB/T 38540-2020), with SM3 over all of the file but its
own place. With any other key it is the usual PAdES, the seal being its picture alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from client.ports.seals import CheckName, Place, Seal, ToSeal
from client.ports.statements import Statement
from client.proof.certificates import Certificate, KeyAlgorithm
from client.proof.chain import Trust
from client.proof.faults import ProofError
from printing.papers.statement import signed, signing, to_sign
from printing.seals import create
from printing.seals.judge import digest_for
from printing.seals.pdf import faults
from printing.seals.pdf.code import code_on, lay_over
from printing.seals.pdf.judging import judge_pdf
from printing.seals.pdf.pades import pades_room
from printing.seals.pdf.place import place_on
from printing.seals.pdf.reading import FILTER, SUBFILTER, covered, sealed_in
from printing.seals.pdf.room import Hole, Room, opened_for_more, put_hole, room_for
from printing.seals.structures import SesSeal, SesSignature

_SIGNATURE: Final = 80
"""Bytes of an SM2 signature in DER are 72 at most; what stays over is filled with zeros."""

_STATING: Final = frozenset({KeyAlgorithm.SM2, KeyAlgorithm.ECDSA_P256})  # others do not fit into the code
_SPARE: Final = 64  # bytes: the range is told in digits, of which there may be more than of zeros
_DIGEST: Final = bytes(32)


class _Room(Protocol):
    """What a PDF with room for a signature does, of either kind."""

    @property
    def to_sign(self) -> bytes: ...

    def complete(self, signature: bytes) -> bytes: ...


@dataclass(frozen=True)
class Prepared:
    """A PDF with room for its seal, and for the signature in its QR code; see `client.ports.seals.ToSeal`.

    `statement` is what the key may sign before, None where there is none; `anew` makes the room with it signed.
    """

    room: _Room
    statement: Statement | None
    anew: Callable[[Statement], ToSeal]

    @property
    def to_state(self) -> bytes:
        return b"" if self.statement is None else to_sign(self.statement)

    def stated(self, signature: bytes) -> ToSeal:
        return self if self.statement is None else self.anew(signed(self.statement, signature))

    @property
    def to_sign(self) -> bytes:
        return self.room.to_sign

    def complete(self, signature: bytes) -> bytes:
        return self.room.complete(signature)


@dataclass(frozen=True)
class SesRoom:
    """A PDF with room for a SES_Signature."""

    to_sign: bytes
    certificate: Certificate
    hole: Hole
    at: datetime

    def complete(self, signature: bytes) -> bytes:
        der = create.signature(self.to_sign, self.certificate, signature)
        return verified(self.hole.filled(der), self.at)


def prepare(pdf: bytes, seal: Seal, certificate: Certificate, at: datetime, place: Place | None) -> ToSeal:
    """Make room for a seal; see `client.ports.seals.SealHand.prepare`. Raises ProofError."""
    _require_fitting(pdf, seal, certificate, at)
    at_place = place or place_on(pdf)
    code = code_on(pdf) if certificate.algorithm in _STATING and not sealed_in(pdf) else None

    def roomy(statement: Statement | None) -> _Room:
        writer = opened_for_more(pdf)
        if statement is not None and code is not None:
            lay_over(writer, code, statement)
        room = room_for(writer, seal.picture, at_place)
        if certificate.algorithm is not KeyAlgorithm.SM2:
            return pades_room(room, certificate, at, verified)
        return _ses_room(room, seal, certificate, at)

    unsigned = None if code is None else signing(code.statement, certificate, at)
    return Prepared(roomy(None), unsigned, lambda statement: Prepared(roomy(statement), None, _never))


def _never(_statement: Statement) -> ToSeal:
    raise ValueError("nothing to state")


def verified(pdf: bytes, at: datetime) -> bytes:
    """A paper that was just sealed, if its newest seal holds; whom the hall trusts is asked when it is judged.

    Raises ProofError naming the check that failed.
    """
    newest = judge_pdf(pdf, at, Trust())[-1]
    for check in newest.checks:
        if not check.ok and check.name is not CheckName.CHAIN:
            raise ProofError(faults.NOT_VERIFIED, check=check.detail)
    return pdf


def _ses_room(room: Room, seal: Seal, certificate: Certificate, at: datetime) -> SesRoom:
    longest = create.signature(_to_sign(seal, certificate, at, _DIGEST, 0, 0, 0), certificate, bytes(_SIGNATURE))
    hole = put_hole(room, FILTER, SUBFILTER, at, len(longest) + _SPARE)
    digest = digest_for(create.algorithm_of(certificate), hole.around)
    to_sign = _to_sign(seal, certificate, at, digest, hole.start, hole.end, len(hole.content))
    return SesRoom(to_sign, certificate, hole, at)


def _to_sign(
    seal: Seal, certificate: Certificate, at: datetime, digest: bytes, start: int, end: int, size: int
) -> bytes:
    return create.to_sign(seal, certificate, at, digest, covered(start, end, size))


def _require_fitting(pdf: bytes, seal: Seal, certificate: Certificate, at: datetime) -> None:
    if not SesSeal.parse(seal.der).binds(certificate.der):
        raise ProofError(faults.NOT_BOUND)
    if not seal.valid_from <= at <= seal.valid_to:
        raise ProofError(faults.SEAL_OVER)
    if not certificate.is_valid_at(at):
        raise ProofError(faults.CERTIFICATE_OVER)
    for found in sealed_in(pdf):
        if found.is_ses and SesSignature.parse(found.der).seal.seal.es_id == seal.es_id:
            raise ProofError(faults.SEALED_ALREADY)
