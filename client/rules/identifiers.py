"""Whose number it is: kinds of identifier, what each must look like, and what is wrong with one that does not.

A number is never refused for its area code: identity numbers live longer than administrative divisions
(domain: GB/T 2260 changes yearly), so python-stdnum gives us the check characters and not its verdicts.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from stdnum.cn import ric, uscc

from client.errors import CaseError, Fault
from client.rules.characters import compact, half_width
from client.text import marked, tr


class IdentifierKind(StrEnum):
    """Kinds of identifier a window meets; the words on screen and paper are `IDENTIFIER_WORDS`."""

    RESIDENT_ID = "resident_id"
    TEMPORARY_RESIDENT_ID = "temporary_resident_id"  # has no chip
    HOUSEHOLD_REGISTER = "household_register"  # what a child has
    HISTORICAL_RESIDENT_ID = "historical_resident_id"  # 15 digits, only to find old files
    HMT_RESIDENCE_PERMIT = "hmt_residence_permit"
    FOREIGN_PERMANENT_RESIDENT_2017 = "foreign_permanent_resident_2017"
    FOREIGN_PERMANENT_RESIDENT_2023 = "foreign_permanent_resident_2023"
    HK_MACAO_TRAVEL_PERMIT = "hk_macao_travel_permit"
    TAIWAN_TRAVEL_PERMIT = "taiwan_travel_permit"
    PASSPORT = "passport"
    USCC = "uscc"
    OTHER = "other"


IDENTIFIER_WORDS: Mapping[IdentifierKind, str] = MappingProxyType(
    {
        IdentifierKind.RESIDENT_ID: tr("居民身份证"),
        IdentifierKind.TEMPORARY_RESIDENT_ID: tr("临时居民身份证"),
        IdentifierKind.HOUSEHOLD_REGISTER: tr("居民户口簿"),
        IdentifierKind.HISTORICAL_RESIDENT_ID: tr("15位居民身份证号码（历史号码）"),
        IdentifierKind.HMT_RESIDENCE_PERMIT: tr("港澳台居民居住证"),
        IdentifierKind.FOREIGN_PERMANENT_RESIDENT_2017: tr("外国人永久居留身份证（2017版）"),
        IdentifierKind.FOREIGN_PERMANENT_RESIDENT_2023: tr("外国人永久居留身份证"),
        IdentifierKind.HK_MACAO_TRAVEL_PERMIT: tr("港澳居民来往内地通行证"),
        IdentifierKind.TAIWAN_TRAVEL_PERMIT: tr("台湾居民来往大陆通行证"),
        IdentifierKind.PASSPORT: tr("护照"),
        IdentifierKind.USCC: tr("统一社会信用代码"),
        IdentifierKind.OTHER: tr("其他证件"),
    }
)

EMPTY = Fault("ID-101", tr("没有填写{kind}号码"), tr("请读卡，或对照证件录入号码；没有该证件的，请先改选证件类型"))
WRONG_LENGTH = Fault(
    "ID-102",
    tr("{kind}号码应为{expected}位，现为{found}位"),
    tr("请对照证件检查有没有漏录、多录；位数与证件一致的，请检查证件类型是否选错"),
)
WRONG_CHARACTERS = Fault(
    "ID-103",
    tr("{kind}号码中有不该出现的字符"),
    tr("请对照证件检查字母与数字（如字母O与数字0）；与证件一致的，请检查证件类型是否选错"),
)
IMPOSSIBLE_DATE = Fault(
    "ID-104", tr("{kind}号码中的出生日期不存在或晚于今天"), tr("请对照证件检查第7至14位（15位号码为第7至12位）")
)
WRONG_CHECK_DIGIT = Fault(
    "ID-105",
    tr("{kind}号码的校验位不符"),
    tr("请对照证件逐位核对，尤其是相邻两位有没有写反；与证件一致仍不符的，请值班长核对证件"),
)
OLD_NUMBER = Fault(
    "ID-106",
    tr("15位号码是旧身份证号码，不能用于新办件"),
    tr("请录入现用的18位公民身份号码；查旧档案时可按历史号码查询"),
)


class Sex(StrEnum):
    """GB/T 2261.1."""

    MALE = "male"
    FEMALE = "female"


SEX_WORDS: Mapping[Sex, str] = MappingProxyType({Sex.MALE: marked("男"), Sex.FEMALE: marked("女")})  # kept


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number that was checked, in its canonical form (half-width, upper case, no blanks or hyphens)."""

    kind: IdentifierKind
    text: str

    @property
    def birth(self) -> date | None:
        """Day of birth, where the number carries it (GB 11643)."""
        return _birth(self.text) if self.kind in _GB_11643 else None

    @property
    def sex(self) -> Sex | None:
        """Sex, where the number carries it: GB 11643 gives odd sequence numbers to men."""
        if self.kind not in _GB_11643:
            return None
        return Sex.MALE if int(self.text[16]) % 2 else Sex.FEMALE


def check_identifier(kind: IdentifierKind, text: str, on: date | None = None) -> Identifier:
    """The identifier in canonical form; with `on` (today) a birth in the future is refused too.

    Sources: GB 11643-1999 (18 digits, MOD 11-2), GB 32100-2015 (USCC); permits by their printed form.
    Raises CaseError saying what is wrong; the number itself is never in the error.
    """
    rule = _RULES[kind]
    value = compact(text) if kind is not IdentifierKind.OTHER else half_width(text)
    word = IDENTIFIER_WORDS[kind]
    if not value:
        raise CaseError(EMPTY, kind=word)
    if kind in _GB_11643 and re.fullmatch(r"[0-9]{15}", value):
        raise CaseError(OLD_NUMBER)
    if len(value) not in rule.lengths:
        raise CaseError(WRONG_LENGTH, kind=word, expected=rule.length_words, found=len(value))
    if not re.fullmatch(rule.pattern, value):
        raise CaseError(WRONG_CHARACTERS, kind=word)
    if rule.birth is not None and not _is_past(rule.birth(value), on):
        raise CaseError(IMPOSSIBLE_DATE, kind=word)
    if rule.check_character is not None and rule.check_character(value) != value[-1]:
        raise CaseError(WRONG_CHECK_DIGIT, kind=word)
    return Identifier(kind, value)


def modern_number(historical: str) -> str:
    """The 18-digit number of a 15-digit one: the century 19 and a check digit (GB 11643-1999)."""
    body = f"{historical[:6]}19{historical[6:]}"
    return body + ric.calc_check_digit(body + "0")


def _birth(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _historical_birth(number: str) -> date | None:
    return _birth(modern_number(number))


def _is_past(birth: date | None, on: date | None) -> bool:
    return birth is not None and (on is None or birth <= on)


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a number of one kind must look like."""

    lengths: range | tuple[int, ...]
    length_words: str
    pattern: str
    birth: Callable[[str], date | None] | None = None
    check_character: Callable[[str], str] | None = None


_GB_11643 = frozenset(
    {
        IdentifierKind.RESIDENT_ID,
        IdentifierKind.TEMPORARY_RESIDENT_ID,
        IdentifierKind.HOUSEHOLD_REGISTER,
        IdentifierKind.HMT_RESIDENCE_PERMIT,
    }
)
_RESIDENT = _Rule((18,), "18", r"[1-9][0-9]{16}[0-9X]", _birth, ric.calc_check_digit)
_RULES: Mapping[IdentifierKind, _Rule] = MappingProxyType(
    {
        IdentifierKind.RESIDENT_ID: _RESIDENT,
        IdentifierKind.TEMPORARY_RESIDENT_ID: _RESIDENT,
        IdentifierKind.HOUSEHOLD_REGISTER: _RESIDENT,
        IdentifierKind.HISTORICAL_RESIDENT_ID: _Rule((15,), "15", r"[1-9][0-9]{14}", _historical_birth),
        # 810000 Hong Kong, 820000 Macao, 830000 Taiwan
        IdentifierKind.HMT_RESIDENCE_PERMIT: _Rule(
            (18,), "18", r"8[123]0000[0-9]{11}[0-9X]", _birth, ric.calc_check_digit
        ),
        IdentifierKind.FOREIGN_PERMANENT_RESIDENT_2017: _Rule((15,), "15", r"[A-Z]{3}[0-9]{12}"),
        # The check is that of GB 11643; the meaning of the places between is not public enough to refuse by.
        IdentifierKind.FOREIGN_PERMANENT_RESIDENT_2023: _Rule(
            (18,), "18", r"9[0-9]{16}[0-9X]", check_character=ric.calc_check_digit
        ),
        IdentifierKind.HK_MACAO_TRAVEL_PERMIT: _Rule((9, 11), tr("9或11"), r"[HM][0-9]{8,10}"),
        IdentifierKind.TAIWAN_TRAVEL_PERMIT: _Rule((8, 10), tr("8或10"), r"[0-9]{8,10}"),
        IdentifierKind.PASSPORT: _Rule(range(5, 18), tr("5至17"), r"[A-Z0-9]+"),
        # GB 32100-2015: no I O S V Z; the department may be a letter (A 农业, N 农业农村, Y 其他)
        IdentifierKind.USCC: _Rule(
            (18,),
            "18",
            r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}",
            check_character=lambda number: uscc.calc_check_digit(number[:-1]),
        ),
        IdentifierKind.OTHER: _Rule(range(1, 41), tr("1至40"), r"[^\x00-\x1f\x7f]+"),
    }
)
