"""The statement in a paper's QR code: its facts in few bytes, with the key's signature where one was at hand.

The form is written down in docs/seals.md, the reasons in docs/decisions/0041-a-paper-states-itself.md. What is read
here comes from anybody: it is read whole or refused.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from types import MappingProxyType
from typing import Final

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from client.ports.papers import PaperFacts, PaperKind
from client.ports.statements import Statement
from client.proof.certificates import Certificate
from client.proof.sm2 import sm3
from printing.faults import CUT, FOREIGN, PaperError
from printing.papers.base45 import decoded, encoded
from printing.papers.fonts import glyphs
from printing.papers.template import shipped
from printing.papers.wording import full_width

PREFIX: Final = "YC2:"
LONGEST: Final = 1500  # characters; the longest of ours has 619
TAIL: Final = 8  # bytes of a certificate's SM3
SIGNATURE: Final = 64  # r ‖ s

_VERSION: Final = 1
_SIGNED: Final = 0x80  # on the kind: a signature follows, so that a code cut off before it is not taken for whole
_MINUTES: Final = 4  # bytes, since 1970 in UTC
_DIGEST: Final = 32
LONGEST_NAME: Final = 40  # letters of a name or a number; a longer one is cut
_TEXT: Final = "gb18030"  # two bytes a letter of nearly every name, and no letter of Unicode without
_EPOCH: Final = date(1970, 1, 1)
_QUARTER: Final = timedelta(minutes=15)
KINDS: Final[Mapping[int, PaperKind]] = MappingProxyType(
    {
        1: PaperKind.RECEIVING_SLIP,
        2: PaperKind.ACCEPTANCE_NOTICE,
        3: PaperKind.CORRECTION_NOTICE,
        4: PaperKind.NON_ACCEPTANCE_NOTICE,
        5: PaperKind.CORRECTION_SLIP,
        6: PaperKind.DEFERRAL_NOTICE,
        7: PaperKind.SPECIAL_PROCEDURE_NOTICE,
        8: PaperKind.HEARING_NOTICE,
        9: PaperKind.EXTENSION_NOTICE,
        10: PaperKind.FEE_NOTICE,
        11: PaperKind.GRANT,
        12: PaperKind.DENIAL,
        13: PaperKind.TERMINATION_NOTICE,
        14: PaperKind.WITHDRAWAL_NOTICE,
        15: PaperKind.ORIGINALS_RECEIPT,
        16: PaperKind.DELIVERY_RECORD,
        17: PaperKind.BUNDLE_SLIP,
    }
)
_CODES: Final = {kind: code for code, kind in KINDS.items()}


def statement_of(facts: PaperFacts, words: Sequence[str]) -> Statement:
    """What a paper with these facts states once `words` stand on it; each fact as it is printed."""
    return Statement(
        kind=facts.kind,
        paper_number=_printed(full_width(facts.paper_number or "")),
        case_number=_printed(facts.case_number),
        query_code=_printed(facts.query_code),
        issued_at=facts.issued_at,
        until=facts.until,
        organ=_printed(full_width(facts.organ.name)),
        applicant=_printed(facts.applicant_name),
        digest=digest_of(words),
    )


def digest_of(words: Sequence[str]) -> bytes:
    """SM3 of the words on a paper in the order they are written (UTF-8).

    Without blanks and line ends, and without the mark of a 补打: a copy states what the paper states.
    """
    return sm3(_copy_mark().sub("", "".join("".join(words).split())).encode())


@cache
def _copy_mark() -> re.Pattern[str]:
    return re.compile(re.escape(shipped().shared["reprint"]).replace(r"\{reprint_no\}", "[0-9]+"))


def told(statement: Statement) -> str:
    """The text of the QR code."""
    return PREFIX + encoded(_body(statement) + _signing(statement) + statement.signature)


def signing(statement: Statement, certificate: Certificate, at: datetime) -> Statement:
    """The statement as the key of that certificate signs it at `at`."""
    return replace(statement, key=tail_of(certificate), signed_at=at)


def to_sign(statement: Statement) -> bytes:
    """What the key signs: all that stands before the signature."""
    return PREFIX.encode() + _body(statement) + _signing(statement)


def tail_of(certificate: Certificate) -> bytes:
    """By what a statement names the certificate."""
    return sm3(certificate.der)[-TAIL:]


def signed(statement: Statement, signature: bytes) -> Statement:
    """The statement with a key's signature over it (DER of r and s). Raises ValueError for one of another kind."""
    r, s = decode_dss_signature(signature)
    try:
        return replace(statement, signature=r.to_bytes(SIGNATURE // 2, "big") + s.to_bytes(SIGNATURE // 2, "big"))
    except OverflowError as error:
        raise ValueError(len(signature)) from error


def signature_of(statement: Statement) -> bytes:
    """The signature in DER, as the keys make it and certificates judge it."""
    half = SIGNATURE // 2
    r, s = (int.from_bytes(each, "big") for each in (statement.signature[:half], statement.signature[half:]))
    return encode_dss_signature(r, s)


def read(text: str) -> Statement:
    """A statement out of the text of a QR code. Raises PaperError: not ours, or not whole."""
    text = text.strip("\r\n\t")
    if not text.startswith(PREFIX):
        raise PaperError(FOREIGN)
    if len(text) > LONGEST:
        raise PaperError(CUT)
    try:
        return _Reader(decoded(text.removeprefix(PREFIX))).whole()
    except (ValueError, KeyError, OverflowError) as error:
        raise PaperError(CUT) from error


def _signing(statement: Statement) -> bytes:
    at = statement.signed_at
    return b"" if at is None else statement.key + _minutes(at)


def _minutes(at: datetime) -> bytes:
    return int(at.timestamp() // 60).to_bytes(_MINUTES, "big")


def _body(statement: Statement) -> bytes:
    offset = round((statement.issued_at.utcoffset() or timedelta()) / _QUARTER)
    until = (statement.until - _EPOCH).days if statement.until else 0
    texts = (
        statement.paper_number,
        statement.case_number,
        statement.query_code,
        statement.organ,
        statement.applicant,
    )
    return b"".join(
        (
            bytes((_VERSION, _CODES[statement.kind] | (_SIGNED if statement.signed_at else 0))),
            _minutes(statement.issued_at),
            offset.to_bytes(1, "big", signed=True),
            until.to_bytes(2, "big"),
            statement.digest,
            *(bytes((len(each),)) + each for each in (text.encode(_TEXT) for text in texts)),
        )
    )


class _Reader:
    """Takes a statement apart from its beginning; whatever is short, or stays over, is a ValueError."""

    def __init__(self, content: bytes) -> None:
        self._left = content
        self._is_signed = False

    def statement(self) -> Statement:
        version, kind = self._take(2)
        if version != _VERSION:
            raise ValueError(version)
        self._is_signed = bool(kind & _SIGNED)
        issued_at, offset = self._moment(), int.from_bytes(self._take(1), "big", signed=True)
        until, digest = self._number(2), self._take(_DIGEST)
        number, case, query, organ, applicant = (self._text() for _ in range(5))
        return Statement(
            kind=KINDS[kind & ~_SIGNED],
            paper_number=number,
            case_number=case,
            query_code=query,
            issued_at=issued_at.astimezone(timezone(offset * _QUARTER)),
            until=_EPOCH + timedelta(days=until) if until else None,
            organ=organ,
            applicant=applicant,
            digest=digest,
        )

    def whole(self) -> Statement:
        """With its signature, if there is one; nothing stands behind it."""
        statement = self.statement()
        if self._is_signed:
            key, at, signature = self._take(TAIL), self._moment(), self._take(SIGNATURE)
            statement = replace(statement, key=key, signed_at=at, signature=signature)
        if self._left:
            raise ValueError(len(self._left))
        return statement

    def _moment(self) -> datetime:
        return datetime.fromtimestamp(self._number(_MINUTES) * 60, UTC)

    def _take(self, length: int) -> bytes:
        taken, self._left = self._left[:length], self._left[length:]
        if len(taken) < length:
            raise ValueError(length)
        return taken

    def _number(self, length: int) -> int:
        return int.from_bytes(self._take(length), "big")

    def _text(self) -> str:
        return self._take(self._take(1)[0]).decode(_TEXT)


def _printed(text: str) -> str:
    """`text` as it stands on the paper, without blanks, and no longer than a code bears."""
    return "".join("".join(letter.char for letter in glyphs(text)).split())[:LONGEST_NAME]
