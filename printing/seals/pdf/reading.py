"""The signatures that are in a PDF: what each covers, byte for byte, and what was added behind it.

A signature holds for a range of bytes with one hole, its own place. Whatever else a file's tables say is believed only
where the range, the hole and what stands in it agree.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import datetime
from io import BytesIO
from typing import Final

import pikepdf
from pyhanko.pdf_utils.generic import parse_pdf_date
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, SuspiciousModification

from client.proof.faults import ProofError
from client.text import tr
from printing.seals.pdf.faults import NOT_PDF
from printing.seals.structures import is_signature

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what it finds is in the verdict, and in no log

FILTER: Final = "/Yichuang.SES"
SUBFILTER: Final = "/GBT38540.SES"
"""Names of ours: GB/T 38540-2020 names none for PDF. What counts for a reader is what stands in /Contents."""

_HEX: Final = re.compile(rb"<(?:[0-9A-F]*|[0-9a-f]*)>")
"""In one hand: a letter that was turned into the other is a change nobody signed for."""

_BROKEN = (
    pikepdf.PdfError, PdfError, ProofError, ValueError, TypeError, KeyError, IndexError, AttributeError,
    RecursionError, OverflowError,
)  # fmt: skip
_MOST_FIELDS = 10_000  # of a form; a file that says more, or goes round in circles, is none
_TWO_PARTS = 4  # numbers of a range with one hole
_SEQUENCE, _LONG, _SHORTEST = 0x30, 0x80, 4

BAD_RANGE = tr("签章覆盖的范围与文件不符，文件被改动过")
ADDED = tr("签章之后文件又被追加了内容")


@dataclass(frozen=True)
class SealedPart:
    """A signature as it stands in the file. `data` is what it covers, `der` what it holds, without the filling.

    `trouble` says why its range is none, `added` what came behind it that is more than another signature; empty where
    all is well. `field` is the name of its place in the form.
    """

    field: str
    subfilter: str
    der: bytes = dataclass_field(repr=False)
    data: bytes = dataclass_field(repr=False)
    end: int
    made_at: datetime | None
    trouble: str
    added: str

    @property
    def is_ses(self) -> bool:
        """Whether a SES_Signature stands in it; no CMS begins with a version inside of its first part."""
        try:
            return bool(self.der) and is_signature(self.der)
        except ProofError:
            return self.subfilter == SUBFILTER


@contextmanager
def readable() -> Iterator[None]:
    """Around whatever reads a PDF that somebody gave. Raises ProofError for what the readers stumble over."""
    try:
        yield
    except ProofError:
        raise
    except pikepdf.PasswordError as error:
        raise ProofError(NOT_PDF, reason="encrypted") from error
    except _BROKEN as error:
        raise ProofError(NOT_PDF, reason=type(error).__name__) from error


def covered(start: int, end: int, size: int) -> str:
    """How a seal says what it protects: the range of a PDF of that size with its hole from `start` to `end`."""
    return f"/ByteRange[0 {start} {end} {size - end}]"


def sealed_in(pdf: bytes) -> list[SealedPart]:
    """The signatures in the order they were put there. Raises ProofError for what is no PDF."""
    with readable(), _opened(pdf) as document:
        found = [_part(pdf, name, value) for name, value in _signatures(document)]
    return sorted(found, key=lambda part: part.end)


@contextmanager
def _opened(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    """The file as its own tables have it: nothing is guessed where they are broken."""
    with pikepdf.open(BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as document:
        if document.is_encrypted:
            raise ProofError(NOT_PDF, reason="encrypted")
        yield document


def _signatures(document: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    """Name and value of each field that holds a signature."""
    found = ((name, field.get("/V")) for name, field in _fields(document))
    return ((name, value) for name, value in found if isinstance(value, pikepdf.Dictionary) and "/ByteRange" in value)


def _fields(document: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    """The fields of the form, of whatever kind, each with its whole name."""
    form = document.Root.get("/AcroForm")
    open_fields = [(field, "") for field in form.get("/Fields", ())] if isinstance(form, pikepdf.Object) else []
    for _ in range(_MOST_FIELDS):
        if not open_fields:
            return
        field, above = open_fields.pop(0)
        name = ".".join(filter(None, (above, str(field.get("/T", "")))))
        yield name, field
        open_fields += [(child, name) for child in field.get("/Kids", ())]
    raise ProofError(NOT_PDF, reason="fields")


def _part(pdf: bytes, name: str, signature: pikepdf.Object) -> SealedPart:
    subfilter, numbers = str(signature.get("/SubFilter", "")), _numbers(signature)
    start, end, size = _hole(numbers)
    held = _held(pdf, numbers, bytes(signature.get("/Contents", b"")))
    if held is None:
        return SealedPart(name, subfilter, b"", b"", size, None, BAD_RANGE, "")
    trouble = "" if _ends_a_revision(pdf[:size], name, numbers) else BAD_RANGE
    added = "" if trouble or not pdf[size:].strip() else _added(pdf, size)
    made_at = _moment(str(signature.get("/M", "")))
    return SealedPart(name, subfilter, held, pdf[:start] + pdf[end:size], size, made_at, trouble, added)


def _numbers(signature: pikepdf.Object) -> list[int]:
    return [int(each) for each in signature.get("/ByteRange", ())]


def _moment(told: str) -> datetime | None:
    """A date of PDF (ISO 32000, clause 7.9.4); None for none with a zone."""
    try:
        found = parse_pdf_date(told)
    except _BROKEN:
        return None
    return found if found.tzinfo else None


def _hole(numbers: list[int]) -> tuple[int, int, int]:
    """Where the hole begins and ends, and where the signed part of the file does."""
    if len(numbers) != _TWO_PARTS:
        return 0, 0, 0
    return numbers[1], numbers[2], numbers[2] + numbers[3]


def _held(pdf: bytes, numbers: list[int], contents: object) -> bytes | None:
    """What stands in the hole, without the zeros behind it; None where range, hole and contents do not agree."""
    start, end, size = _hole(numbers)
    if not (len(numbers) == _TWO_PARTS and numbers[0] == 0 < start < end < size <= len(pdf)):
        return None
    hole = pdf[start:end]
    if not _HEX.fullmatch(hole) or len(hole) % 2 or bytes.fromhex(hole[1:-1].decode("ascii")) != contents:
        return None
    content = bytes.fromhex(hole[1:-1].decode("ascii"))
    der = content[: _length_of(content)]
    return der if der and not content[len(der) :].strip(b"\0") else None


def _length_of(content: bytes) -> int:
    """Bytes of the DER element at the beginning (X.690, clause 8.1.3); 0 where none is."""
    if len(content) < _SHORTEST or content[0] != _SEQUENCE:
        return 0
    if content[1] < _LONG:
        return 2 + content[1]
    octets = content[1] - _LONG
    size = 2 + octets + int.from_bytes(content[2 : 2 + octets], "big")
    return size if size <= len(content) else 0


def _ends_a_revision(pdf: bytes, name: str, numbers: list[int]) -> bool:
    """Whether the signed part is a whole file of its own, with this very signature in it."""
    try:
        with _opened(pdf) as document:
            return any(name == field and _numbers(value) == numbers for field, value in _signatures(document))
    except _BROKEN:
        return False


def _added(pdf: bytes, size: int) -> str:
    """What was added behind a signed part: nothing to speak of where it is further signatures, which are judged too.

    A field that is there and not signed may be drawn over all of the page: pyHanko has that for filling in a form.
    """
    try:
        earlier, whole = PdfFileReader(BytesIO(pdf[:size]), strict=False), PdfFileReader(BytesIO(pdf), strict=False)
        signed = earlier.xrefs.total_revisions
        judged = DEFAULT_DIFF_POLICY.review_file(whole, signed - 1)
        if whole.xrefs.total_revisions == signed or isinstance(judged, SuspiciousModification):
            return ADDED
        with _opened(pdf) as document, _opened(pdf[:size]) as before:
            changed = judged.changed_form_fields | (_names(_fields(document)) - _names(_fields(before)))
            return ADDED if changed - _names(_signatures(document)) else ""
    except _BROKEN:
        return ADDED


def _names(fields: Iterator[tuple[str, pikepdf.Object]]) -> set[str]:
    return {name for name, _ in fields}
