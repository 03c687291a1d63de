"""Numbers that belong to their window and organ by construction, so that no server is needed to give one.

A case number carries region, hall, window, day and serial, and a check digit for those who copy it by hand;
a paper number follows GB/T 9704 (no 第, no leading zeros).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from stdnum.iso7064 import mod_11_10

from client.errors import CaseError, Fault
from client.rules.characters import compact, half_width
from client.text import tr

NOT_A_CASE_NUMBER = Fault(
    "RULE-201",
    tr("这不是完整的办件编号"),
    tr("办件编号共23位数字，如110101-01-07-20261123-0043-6；请对照文书重新输入或扫描条码"),
)
WRONG_CASE_CHECK = Fault(
    "RULE-202", tr("办件编号的校验位不符"), tr("编号中有数字录错或写反，请对照文书重新输入或扫描条码")
)
NUMBERS_EXHAUSTED = Fault(
    "RULE-203", tr("本窗口今日的办件编号已用完"), tr("请换一个窗口办理，并告知大厅管理员；草稿已保存")
)
NOT_A_PAPER_NUMBER = Fault(
    "RULE-204", tr("这不是完整的文书编号"), tr("文书编号由机关代字、年份和序号组成，如示市监许受〔2026〕43号")
)
NOT_A_QUERY_CODE = Fault(
    "RULE-205", tr("这不是完整的查询码"), tr("查询码共8位，印在回执和通知书上，如7K4P-2M9X；请对照重新输入")
)

LAST_SERIAL = 9999
QUERY_ALPHABET = "23456789ACDEFGHJKMNPQRTVWXY"
"""Without 0 O, 1 I L, S B Z U, which are misread or misheard; 27⁸ codes."""

_PREFIX = re.compile(r"[0-9]{6}-[0-9]{2}-[0-9]{2}")
_COMPACT = re.compile(r"([0-9]{6})([0-9]{2})([0-9]{2})([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{4})([0-9])")
PROVISIONAL = "临"
_CASE_SERIES = re.compile(r"[0-9]{6}-[0-9]{2}-[0-9]{2}-([0-9]{4})[0-9]{4}")
_WORD_AND_YEAR = r"([^〔\[(【0-9]{1,30})[〔\[(【]([0-9]{4})[〕\])】]"
_SERIAL = re.compile("[1-9][0-9]{0,5}")
_PAPER = re.compile(_WORD_AND_YEAR + "([1-9][0-9]*)号")
_PROVISIONAL = re.compile(_WORD_AND_YEAR + PROVISIONAL + "([0-9]{2})([0-9]{2})-([1-9][0-9]*)号")


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """办件编号: region (GB/T 2260, 6 digits), hall and window (2 digits each), day, serial of the day from 1."""

    region: str
    hall: str
    window: str
    day: date
    serial: int

    def __post_init__(self) -> None:
        if not _PREFIX.fullmatch(f"{self.region}-{self.hall}-{self.window}") or self.serial < 1:
            message = "region, hall and window are 6, 2 and 2 digits; serials begin at 1"
            raise ValueError(message)
        if self.serial > LAST_SERIAL:
            raise CaseError(NUMBERS_EXHAUSTED)

    @classmethod
    def parse(cls, text: str) -> "CaseNumber":
        """A number as printed, scanned or typed: with or without hyphens, blanks, full-width digits.

        Raises CaseError for a wrong length, an impossible day or a wrong check digit.
        """
        digits = _COMPACT.fullmatch(compact(text))
        if digits is None:
            raise CaseError(NOT_A_CASE_NUMBER)
        if not mod_11_10.is_valid(digits[0]):
            raise CaseError(WRONG_CASE_CHECK)
        region, hall, window, year, month, day, serial, _ = digits.groups()
        try:
            return cls(region, hall, window, date(int(year), int(month), int(day)), int(serial))
        except ValueError as error:
            raise CaseError(NOT_A_CASE_NUMBER) from error

    @property
    def series(self) -> str:
        """What its serial counts in: this window on this day."""
        return f"{self.region}-{self.hall}-{self.window}-{self.day:%Y%m%d}"

    @property
    def compact(self) -> str:
        """23 digits, as in the bar code."""
        return str(self).replace("-", "")

    def __str__(self) -> str:
        series = self.series
        return f"{series}-{self.serial:04}-{self._check(series)}"

    def _check(self, series: str) -> str:
        """ISO 7064 MOD 11,10 over the 22 digits: finds every wrong digit and 44 of 45 swaps of neighbours."""
        digit: str = mod_11_10.calc_check_digit(f"{series.replace('-', '')}{self.serial:04}")
        return digit


@dataclass(frozen=True, slots=True)
class PaperNumber:
    """文书编号 by organ's word （代字）， year and serial: 示市监许受〔2026〕43号."""

    organ_word: str
    year: int
    serial: int

    @classmethod
    def parse(cls, text: str) -> "PaperNumber":
        """A paper number as printed or typed, any brackets. Raises CaseError."""
        parts = _PAPER.fullmatch("".join(half_width(text).split()))
        if parts is None:
            raise CaseError(NOT_A_PAPER_NUMBER)
        return cls(parts[1], int(parts[2]), int(parts[3]))

    @property
    def series(self) -> str:
        """What its serial counts in: this word in this year."""
        return f"{self.organ_word}〔{self.year:04}〕"

    def __str__(self) -> str:
        return f"{self.series}{self.serial}号"


@dataclass(frozen=True, slots=True)
class ProvisionalNumber:
    """临时文书编号 of one window, for a paper made while it holds no number of the platform's.

    示市监许受〔2026〕临0107-3号: hall and window (2 digits each) are in it, so that no two windows make the same and
    nobody takes it for the organ's own. It stays on its paper; the platform's number stands beside it in the books.
    """

    organ_word: str
    year: int
    hall: str
    window: str
    serial: int

    @classmethod
    def parse(cls, text: str) -> "ProvisionalNumber":
        """A provisional number as printed or typed, any brackets. Raises CaseError."""
        parts = _PROVISIONAL.fullmatch("".join(half_width(text).split()))
        if parts is None:
            raise CaseError(NOT_A_PAPER_NUMBER)
        return cls(parts[1], int(parts[2]), parts[3], parts[4], int(parts[5]))

    @property
    def series(self) -> str:
        """What its serial counts in: this word in this year at this window."""
        return f"{self.central_series}{PROVISIONAL}{self.hall}{self.window}-"

    @property
    def central_series(self) -> str:
        """The series of the organ's own numbers, from which it gets one when there are some."""
        return PaperNumber(self.organ_word, self.year, self.serial).series

    def __str__(self) -> str:
        return f"{self.series}{self.serial}号"


def paper_number_of(text: str) -> PaperNumber | ProvisionalNumber:
    """A 文书编号 of either kind, as printed or typed. Raises CaseError."""
    kind = ProvisionalNumber if _PROVISIONAL.fullmatch("".join(half_width(text).split())) else PaperNumber
    return kind.parse(text)


def serial_in(text: str) -> int | None:
    """The serial of a 文书编号 that is told alone: 43, 43号, 第43号. None where something else is meant."""
    told = half_width(text).removeprefix("第").removesuffix("号")
    return int(told) if _SERIAL.fullmatch(told) else None


def is_case_series(series: str) -> bool:
    """Whether 办件编号 count in it: those of one window on one day."""
    return _CASE_SERIES.fullmatch(series) is not None


def is_provisional_series(series: str) -> bool:
    """Whether it is one of 临时文书编号."""
    return _PROVISIONAL.fullmatch(f"{series}1号") is not None


def number_in(series: str, serial: int) -> str:
    """The whole number of that serial: a 办件编号 in a window's day, a 文书编号 in any other series."""
    if is_case_series(series):
        region, hall, window, day = series.split("-")
        return str(CaseNumber(region, hall, window, date.fromisoformat(day), serial))
    return f"{series}{serial}号"


def is_of_year(series: str, year: int) -> bool:
    """Whether a series counts in that year: every series of ours names its day or its year."""
    day = _CASE_SERIES.fullmatch(series)
    return day[1] == f"{year:04}" if day else f"〔{year:04}〕" in series


def run_low(left: int, held: int) -> bool:
    """Whether of the `held` numbers of the blocks in use so few are `left` that more are wanted: a fifth or less."""
    return left * 5 <= held


def new_query_code(below: Callable[[int], int]) -> str:
    """A fresh 查询码 such as 7K4P-2M9X; `below` gives a whole number from 0 on below its own (`secrets.randbelow`).

    One number for the whole code: the system's randomness is asked once.
    """
    base = len(QUERY_ALPHABET)
    rest, code = below(base**8), ""
    for _ in range(8):
        rest, place = divmod(rest, base)
        code += QUERY_ALPHABET[place]
    return f"{code[:4]}-{code[4:]}"


def parse_query_code(text: str) -> str:
    """A query code as typed → 7K4P-2M9X. Raises CaseError."""
    code = compact(text)
    if not re.fullmatch(f"[{QUERY_ALPHABET}]{{8}}", code):
        raise CaseError(NOT_A_QUERY_CODE)
    return f"{code[:4]}-{code[4:]}"
