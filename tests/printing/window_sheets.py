"""Samples of the window's own sheets."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from client.ports.sheets import (
    DayClose,
    Figure,
    HandOverLine,
    HandOverSlip,
    OwedLine,
    SeriesLine,
    ShiftHandOver,
    Ticket,
)
from printing.papers.samples import CHINA, paper

WINDOW: dict[str, Any] = {
    "hall_name": "示例市政务服务大厅",
    "window_no": "07",
    "made_at": paper().issued_at.astimezone(CHINA),
    "made_by": "张三（工号0207）",
}
FIGURES = (Figure(label="收件", value="43"), Figure(label="受理", value="40"), Figure(label="草稿", value="1"))
OWED = (OwedLine(what="待用印", case_number="110101-01-07-20261123-0043-6", words="受理通知书"),)


def slip(lines: int = 1) -> HandOverSlip:
    line = HandOverLine(
        case_number="110101-01-07-20261123-0043-6",
        item="食品经营许可（新办）",
        applicant="张*",
        materials="5项，共7份12页",
    )
    return HandOverSlip(**WINDOW, batch="110101-01-07-20261123-170500", department="行政审批科", lines=[line] * lines)


def day(owed: Iterable[OwedLine] = OWED) -> DayClose:
    series = SeriesLine(
        series="示市监许受〔2026〕", issued="43", voided="12（打印模糊）", returned="—", free="57", gaps="—"
    )
    return DayClose(**WINDOW, day=date(2026, 11, 23), figures=FIGURES, series=[series], owed=tuple(owed))


def shift() -> ShiftHandOver:
    return ShiftHandOver(**WINDOW, day=date(2026, 11, 23), taken_over_by="李四（工号0208）", figures=FIGURES, owed=OWED)


def ticket() -> Ticket:
    return Ticket(**WINDOW, number="A012", item="企业开办", ahead=5)
