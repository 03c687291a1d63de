"""What the window keeps and hands on for itself: no organ's paper and no number of one, drawn when it is asked for."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from client.ports.entries import Facts


class WindowSheet(Facts):
    """Base of all: whose it is, and when it was made."""

    hall_name: str
    window_no: str
    made_at: datetime
    made_by: str  # 张三（工号0207）


class HandOverLine(Facts):
    """One case whose materials go over. Names of persons are masked."""

    case_number: str
    item: str
    applicant: str
    materials: str  # 5项，共7份12页


class HandOverSlip(WindowSheet):
    """物料流转凭证: which materials go from the window to which department, counted on both sides."""

    batch: str
    department: str
    lines: Sequence[HandOverLine]


class Figure(Facts):
    """A count of the day, with what it counts."""

    label: str
    value: str


class SeriesLine(Facts):
    """Where the numbers of a series are: 110101-01-07-20261123 or 示市监许受〔2026〕."""

    series: str
    issued: str
    voided: str  # with the reasons
    returned: str
    free: str
    gaps: str


class OwedLine(Facts):
    """Something not done when the sheet was made."""

    what: str
    case_number: str
    words: str


class DayClose(WindowSheet):
    """日终核对单: what the window did on `day`, where its numbers went, what is still owed when it is made."""

    day: date
    figures: Sequence[Figure]
    series: Sequence[SeriesLine]
    owed: Sequence[OwedLine]


class ShiftHandOver(WindowSheet):
    """交接班单: what one person leaves to the next at the same window; the figures are those of `day`."""

    day: date
    taken_over_by: str
    figures: Sequence[Figure]
    owed: Sequence[OwedLine]


class Ticket(WindowSheet):
    """号票: the number a citizen waits with, and how many are before them."""

    number: str
    item: str
    ahead: int


class SheetPress(Protocol):
    """Draws a sheet."""

    def __call__(self, sheet: WindowSheet) -> bytes:
        """A PDF of A4, a ticket on 72 mm of a roll; the same sheet gives the same bytes. Raises PaperError."""
        ...
