"""The machine-readable zone of a passport or card: what its lines say, and whether their check digits agree.

ICAO Doc 9303, part 3 (characters, check digits, dates), part 4 (passports, TD3), part 5 (cards, TD1) and part 6 (TD2).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from client.errors import CaseError, Fault
from client.rules.characters import half_width
from client.text import chinese, tr

NO_MRZ = Fault(
    "CASE-120",
    tr("这不是证件的机读码：{count}行，每行{lengths}个字符"),
    tr(
        "护照是2行、每行44个字符，卡式证件是3行、每行30个或2行、每行36个字符；请重新扫描，或照证件逐行输入，“<”也要输入"
    ),
)
WRONG_DIGIT = Fault(
    "CASE-121",
    tr("机读码的校验位不符：{field}"),
    tr("请核对这一项，常见的是O与0、I与1、B与8；仍不符的，请按证件上的文字手工填写并核对原件"),
)
WRONG_DATE = Fault(
    "CASE-122", tr("机读码中的日期不成立：{field}"), tr("请核对证件；日期不成立的，请按证件上的文字手工填写并核对原件")
)

_FILLER = "<"
_WEIGHTS = (7, 3, 1)
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LINE = re.compile(r"[0-9A-Z<]+")
ALPHABET = frozenset(_ALPHABET + _FILLER)
"""What stands in a zone, line breaks apart."""
_LETTER = ALPHABET - set(_ALPHABET[:10])
_CARD_CODES = frozenset("ACI")
_SHAPES: Mapping[tuple[int, ...], tuple[frozenset[str], ...]] = MappingProxyType(
    {
        (44, 44): (frozenset("P"), *(_LETTER,) * 43, *(ALPHABET,) * 44),
        (36, 36): (_CARD_CODES, ALPHABET, *(_LETTER,) * 34, *(ALPHABET,) * 36),
        (30, 30, 30): (_CARD_CODES, ALPHABET, *(_LETTER,) * 3, *(ALPHABET,) * 55, *(_LETTER,) * 30),
    }
)
"""The lengths of the lines of each zone, and what may stand at each place (parts 4 to 6, section 4.2)."""
_SEXES = {"M": chinese("男"), "F": chinese("女")}
_FURTHEST = 20  # years after today that a document may be valid; ten are usual
_NUMBER, _BIRTH, _EXPIRY, _PERSONAL, _WHOLE = (
    tr("证件号码"),
    tr("出生日期"),
    tr("有效期至"),
    tr("个人编号"),
    tr("总校验"),
)


@dataclass(frozen=True, slots=True)
class TravelDocument:
    """What the zone says. `names` are (surname, given names), in Latin letters; both countries are alpha-3 as printed.

    `birth` is None where the zone leaves the day or the month open, `personal` "" where there is none.
    """

    code: str
    issuer: str
    names: tuple[str, str] = field(repr=False)
    number: str = field(repr=False)
    nationality: str
    birth: date | None = field(repr=False)
    sex: str | None
    expiry: date
    personal: str = field(repr=False)


def read_mrz(text: str, today: date) -> TravelDocument:
    """The zone in `text`, line by line as scanned or typed. Blanks and width of letters do not matter.

    Raises CaseError: no such zone; a check digit that does not agree, with the name of its field; a date that is none.
    """
    lines = [line for raw in half_width(text).upper().splitlines() if (line := "".join(raw.split()))]
    if len(lines) == 1:
        lines = _in_lines(lines[0])
    match [len(line) for line in lines]:
        case [44, 44] if _are_lines(lines):
            return _passport(lines, today)
        case [36, 36] if _are_lines(lines):
            return _visa_sized(lines, today)
        case [30, 30, 30] if _are_lines(lines):
            return _card(lines, today)
        case lengths:
            raise CaseError(NO_MRZ, count=len(lines), lengths="、".join(map(str, lengths)) or "0")


def may_be_mrz(text: str) -> bool:
    """Whether `text`, line breaks left out, is a zone or the beginning of one, by the characters at each place."""
    return any(len(text) <= len(shape) and all(map(_fits, text, shape)) for shape in _SHAPES.values())


def is_whole_mrz(text: str) -> bool:
    """Whether nothing more can come: as many characters as a zone has that has these at their places."""
    return any(len(text) == len(shape) and all(map(_fits, text, shape)) for shape in _SHAPES.values())


def check_digit(text: str) -> str:
    """Weights 7, 3, 1 over digits, letters from A = 10, and fillers as 0, modulo 10 (part 3, section 4.9)."""
    values = (max(0, _ALPHABET.find(character)) for character in text)
    return str(sum(value * _WEIGHTS[place % 3] for place, value in enumerate(values)) % 10)


def _fits(character: str, allowed: frozenset[str]) -> bool:
    return character in allowed


def _in_lines(text: str) -> list[str]:
    """The lines of a zone that came in one, by a reader that sends no line breaks."""
    for lengths in _SHAPES:
        if len(text) == sum(lengths):
            return [text[start : start + lengths[0]] for start in range(0, len(text), lengths[0])]
    return [text]


def _passport(lines: Sequence[str], today: date) -> TravelDocument:
    upper, lower = lines
    personal, its_digit = lower[28:42], lower[42]
    _check(_NUMBER, lower[:9], lower[9])
    _check(_BIRTH, lower[13:19], lower[19])
    _check(_EXPIRY, lower[21:27], lower[27])
    if personal.strip(_FILLER) or its_digit != _FILLER:  # without a personal number the digit may be a filler
        _check(_PERSONAL, personal, its_digit)
    _check(_WHOLE, lower[:10] + lower[13:20] + lower[21:43], lower[43])
    return TravelDocument(
        code=_plain(upper[:2]),
        issuer=_plain(upper[2:5]),
        names=_names(upper[5:]),
        number=_plain(lower[:9]),
        nationality=_plain(lower[10:13]),
        birth=_birth(lower[13:19], today),
        sex=_SEXES.get(lower[20]),
        expiry=_expiry(lower[21:27], today),
        personal=_plain(personal),
    )


def _visa_sized(lines: Sequence[str], today: date) -> TravelDocument:
    """Of two lines of 36 (TD2): as a passport's, without a check digit for what is optional."""
    upper, lower = lines
    _check(_NUMBER, lower[:9], lower[9])
    _check(_BIRTH, lower[13:19], lower[19])
    _check(_EXPIRY, lower[21:27], lower[27])
    _check(_WHOLE, lower[:10] + lower[13:20] + lower[21:35], lower[35])
    return TravelDocument(
        code=_plain(upper[:2]),
        issuer=_plain(upper[2:5]),
        names=_names(upper[5:]),
        number=_plain(lower[:9]),
        nationality=_plain(lower[10:13]),
        birth=_birth(lower[13:19], today),
        sex=_SEXES.get(lower[20]),
        expiry=_expiry(lower[21:27], today),
        personal=_plain(lower[28:35]),
    )


def _card(lines: Sequence[str], today: date) -> TravelDocument:
    first, second, third = lines
    number, its_digit, rest = first[5:14], first[14], first[15:30]
    if its_digit == _FILLER:  # a longer number goes on behind it, and ends with its check digit (part 5, note j)
        more = rest.partition(_FILLER)[0]
        number, its_digit, rest = number + more[:-1], more[-1:], rest[len(more) :]
    _check(_NUMBER, number, its_digit)
    _check(_BIRTH, second[:6], second[6])
    _check(_EXPIRY, second[8:14], second[14])
    _check(_WHOLE, first[5:30] + second[:7] + second[8:15] + second[18:29], second[29])
    return TravelDocument(
        code=_plain(first[:2]),
        issuer=_plain(first[2:5]),
        names=_names(third),
        number=_plain(number),
        nationality=_plain(second[15:18]),
        birth=_birth(second[:6], today),
        sex=_SEXES.get(second[7]),
        expiry=_expiry(second[8:14], today),
        personal=_plain(rest),
    )


def _are_lines(lines: Sequence[str]) -> bool:
    return all(_LINE.fullmatch(line) for line in lines)


def _check(name: str, text: str, digit: str) -> None:
    if check_digit(text) != digit:
        raise CaseError(WRONG_DIGIT, field=name)


def _plain(text: str) -> str:
    return text.strip(_FILLER).replace(_FILLER, " ")


def _names(text: str) -> tuple[str, str]:
    surname, _, given = text.partition(_FILLER * 2)
    return _plain(surname), _plain(given)


def _birth(text: str, today: date) -> date | None:
    """The latest century in which it is no day to come; None where month or day is not known (part 3, section 4.8)."""
    if _FILLER in text:
        return None
    born = _day(_BIRTH, text, today.year)
    return born if born <= today else _day(_BIRTH, text, today.year - 100)


def _expiry(text: str, today: date) -> date:
    """The latest century in which it is no further ahead than a document is ever valid."""
    return _day(_EXPIRY, text, today.year + _FURTHEST)


def _day(name: str, text: str, latest: int) -> date:
    """The last year up to `latest` that ends in the two digits."""
    try:
        year = latest - (latest - int(text[:2])) % 100
        return date(year, int(text[2:4]), int(text[4:]))
    except ValueError as error:
        raise CaseError(WRONG_DATE, field=name) from error
