"""What is meant by what was typed: digits of an input method, dates as people write them, sums with commas.

Folding changes one character for one, so that the caret stays where it is; the rest waits until the field is left.
"""

# ruff: noqa: PLC0415 - the rules of numbers load slowly, and the sign-in page needs none of them

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from client.errors import CaseError
from client.rules.characters import compact

Fold = Callable[[str], str]

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}  # full-width forms and blank
_POINTS = _HALF | {ord("。"): ord("."), ord("、"): ord(","), ord("－"): ord("-")}
_UPPER = _HALF | {code: code - 32 for code in range(ord("a"), ord("z") + 1)}
_UPPER |= {code: code - 0xFEE0 - 32 for code in range(ord("ａ"), ord("ｚ") + 1)}
_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日{0,1}", re.ASCII)
_PLAIN_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_RESIDENT_LENGTH = 18


def as_it_is(text: str) -> str:
    return text


def folded(text: str) -> str:
    """Full-width digits and letters made half-width, one for one."""
    return text.translate(_POINTS)


def folded_number(text: str) -> str:
    """The same, letters made capitals: 11010119010101002x."""
    return text.translate(_UPPER)


def date_text(text: str) -> str:
    """2026-11-30 for 20261130, 2026.11.30, 2026年11月30日 and their kin; what is no date of the calendar stays."""
    plain = folded(text).strip()
    found = _DATE.fullmatch(plain) or _PLAIN_DATE.fullmatch(plain)
    if found is None:
        return plain
    year, month, day = map(int, found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return plain


def amount_text(text: str) -> str:
    """A sum without its commas and blanks: 1,000,000.50 → 1000000.50."""
    return re.sub(r"[,\s]", "", folded(text))


def phone_text(text: str) -> str:
    """A phone in its canonical form; what is none stays as typed."""
    from client.rules.phones import check_phone

    try:
        return check_phone(text)
    except CaseError:
        return folded(text).strip()


def number_text(text: str) -> str:
    """A document's number without blanks and hyphens, in capitals."""
    return compact(text)


def masked_number(text: str) -> str:
    """A number of no told kind, its middle hidden; a 统一社会信用代码 that can be nobody's own is public and stays."""
    from client.rules.identifiers import IdentifierKind, check_identifier
    from client.rules.masking import masked_identifier, may_be_a_persons

    try:
        check_identifier(IdentifierKind.USCC, text)
    except CaseError:
        is_public = False
    else:
        is_public = not may_be_a_persons(text)
    if is_public:
        return text
    kind = IdentifierKind.RESIDENT_ID if len(text) == _RESIDENT_LENGTH else IdentifierKind.OTHER
    return masked_identifier(kind, text)


def masked_phone_number(text: str) -> str:
    """138****1234."""
    from client.rules.masking import masked_phone

    return masked_phone(text)


@dataclass(frozen=True, slots=True)
class Typed:
    """How a field takes what is typed. `fold` while typing, `meant` when it is left, `masked` while it is left."""

    fold: Fold = as_it_is
    meant: Fold = str.strip
    masked: Fold | None = None
    latin: bool = False  # the input method is off


WORDS = Typed()
DATE = Typed(folded, date_text, latin=True)
AMOUNT = Typed(folded, amount_text, latin=True)
PHONE = Typed(folded, phone_text, masked_phone_number, latin=True)
NUMBER = Typed(folded_number, number_text, masked_number, latin=True)
ANY_NUMBER = Typed(folded, str.strip, masked_number)  # of a document of any kind: 军字第0000001号
