"""From the lines that were read on a page to what may be offered for a form: only what bears its own proof.

A number is offered when its check character is right, a day when the calendar has it, a phone when it can be called,
a name when its label stands before it. Nothing here is filled in by itself: the clerk takes it, or does not.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from client.errors import CaseError
from client.rules.characters import compact, half_width
from client.rules.identifiers import IdentifierKind, check_identifier
from client.rules.phones import check_phone
from client.text import tr


class SuggestionKind(StrEnum):
    """What can be recognised; the words on screen are `SUGGESTION_WORDS`."""

    NAME = "name"
    RESIDENT_ID = "resident_id"
    USCC = "uscc"
    DATE = "date"
    PHONE = "phone"


SUGGESTION_WORDS: Mapping[SuggestionKind, str] = MappingProxyType(
    {
        SuggestionKind.NAME: tr("姓名"),
        SuggestionKind.RESIDENT_ID: tr("公民身份号码"),
        SuggestionKind.USCC: tr("统一社会信用代码"),
        SuggestionKind.DATE: tr("日期"),
        SuggestionKind.PHONE: tr("联系电话"),
    }
)


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the page in its pixels, as it was read; `right` and `bottom` are the first outside."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print as it was read; `confidence` from 0 to 1 is the reader's own."""

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text` in the form a field has it (a day as YYYY-MM-DD); `box` is that of the whole line, to look at.

    `label`: what is printed before it, in its line or left of it; "" where nothing is.
    """

    kind: SuggestionKind
    text: str
    box: Box
    confidence: float
    label: str = ""


_NUMBER = re.compile(r"(?<![0-9A-Z|])[0-9A-Z|]{18}(?![0-9A-Z|])")
# Letters that readers see where digits are printed; none of the second four is in the alphabet of GB 32100.
_AS_DIGITS = str.maketrans("OQDIL|ZSB", "000111258")
_AS_GB_32100 = str.maketrans("OISZ", "0152")
_DAY = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})(?![0-9])")
_PHONE = re.compile(r"(?<![0-9A-Za-z])(?:1[3-9][0-9]{9}|0[0-9]{2,3}-[0-9]{7,8})(?![0-9A-Za-z])")
_WHOSE = "申请人|经办人|法定代表人"
_NAMED = "姓名"
_LABEL = re.compile(rf"(?:{_WHOSE})?{_NAMED}:?|(?:{_WHOSE})(?::|$)")
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_LAST_WORDS = re.compile(rf"({_HAN}+)[^0-9A-Za-z\u3400-\u9fff]*$")
_NAME = re.compile(rf"{_HAN}{{2,15}}(?:·{_HAN}{{1,15}})*")
_NEXT_LABEL = re.compile("性别|民族|出生|住址|地址|联系电话|电话|手机|证件|公民身份|身份证|签名|签字|盖章|日期|号码")
_LONGEST_LABEL = 40  # characters; a line may be as long as it likes
_DOTS = str.maketrans("•・‧∙", "····")
_LEAST = 0.6  # a name has no check character: below it the reader was guessing


def suggestions(lines: Sequence[Line], on: date) -> tuple[Suggestion, ...]:
    """What the page offers, each value once, in the order of the page; `on` is today, for days of birth.

    Sources: check characters of GB 11643-1999 and GB 32100-2015 by `identifiers`, phones by `phones`.
    """
    found: dict[tuple[SuggestionKind, str], Suggestion] = {}
    for line in lines:
        for kind, text, before in _in_text(line.text, on):
            label = _last_words(before) or _left_of(line, lines)
            found.setdefault((kind, text), Suggestion(kind, text, line.box, line.confidence, label))
        for name, place, label in _names(line, lines):
            key = (SuggestionKind.NAME, name)
            found.setdefault(key, Suggestion(*key, place.box, place.confidence, label))
    return tuple(found.values())


def _in_text(text: str, on: date) -> Iterator[tuple[SuggestionKind, str, str]]:
    """What bears its own proof, and what stands before it in the line.

    Looked for as the line is spaced, and again without blanks, where a reader puts some.
    """
    spaced = half_width(text)
    for each in (spaced.upper(), compact(text)):
        for found in _NUMBER.finditer(each):
            for kind, number in _number(found[0], on):
                yield kind, number, each[: found.start()]
    for each in (spaced, "".join(spaced.split())):
        for found in _DAY.finditer(each):
            with suppress(ValueError):
                day = date(int(found[1]), int(found[2]), int(found[3]))
                yield SuggestionKind.DATE, day.isoformat(), each[: found.start()]
        for found in _PHONE.finditer(each):
            with suppress(CaseError):
                yield SuggestionKind.PHONE, check_phone(found[0]), each[: found.start()]


def _number(text: str, on: date) -> Iterator[tuple[SuggestionKind, str]]:
    """As a resident's number, or else as a code: one that is right as both is the former."""
    with suppress(CaseError):
        yield (
            SuggestionKind.RESIDENT_ID,
            check_identifier(IdentifierKind.RESIDENT_ID, text.translate(_AS_DIGITS), on).text,
        )
        return
    with suppress(CaseError):
        yield SuggestionKind.USCC, check_identifier(IdentifierKind.USCC, text.translate(_AS_GB_32100)).text


def _last_words(text: str) -> str:
    """The label at the end of what stands before a value: 出 生 日 期： → 出生日期."""
    found = _LAST_WORDS.search("".join(text.split())[-_LONGEST_LABEL:])
    return found[1] if found else ""


def _left_of(line: Line, lines: Sequence[Line]) -> str:
    """The label in the nearest line to the left, of the same row."""
    before = [each for each in lines if _is_right_of(line.box, each.box)]
    return _last_words(max(before, key=lambda each: each.box.right).text) if before else ""


def _names(line: Line, lines: Sequence[Line]) -> Iterator[tuple[str, Line, str]]:
    """The name behind a label in its line, or in the next one to the right where the label stands alone; the label."""
    text = _plain(line.text)
    label = _LABEL.match(text)
    if label is None:
        return
    rest, place = text[label.end() :], line
    if not rest:
        beside = [each for each in lines if _is_right_of(each.box, line.box)]
        if not beside:
            return
        place = min(beside, key=lambda each: each.box.left)
        rest = _plain(place.text)
    end = _NEXT_LABEL.search(rest)
    name = rest[: end.start()] if end else rest
    if _NAME.fullmatch(name) and place.confidence >= _LEAST:
        yield name, place, label[0].rstrip(":")


def _plain(text: str) -> str:
    return "".join(half_width(text).translate(_DOTS).split())


def _is_right_of(box: Box, label: Box) -> bool:
    """In the row of the label: half of the lower one's height is shared."""
    shared = min(box.bottom, label.bottom) - max(box.top, label.top)
    return box.left >= label.right and 2 * shared >= min(box.bottom - box.top, label.bottom - label.top)
