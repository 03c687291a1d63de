"""编号: where every number of a year went: issued, voided for a reason, returned, free, or missing until explained."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from client.desk.number_report import Serials, SeriesReport, Voided, explain, report
from client.rules.numbering import is_case_series
from client.rules.rights import RIGHTS, Right
from client.text import chinese, listed, tr
from ui.clerk.intake.ask import Ask
from ui.seat import Seat
from ui.widgets.chips import Tone
from ui.widgets.facts import Facts
from ui.widgets.keys import KeyButton
from ui.widgets.table import Column, Line, Table, line_of

YEARS = 3  # that can be looked at: this one and those before it
REASONS = (chinese("打印废弃，未交付"), chinese("设备故障，未出具"), chinese("误占号，未出具"))
_MOST = 12  # reasons that are told of a series


def number_columns() -> tuple[Column[SeriesReport], ...]:
    return (
        Column(tr("编号系列"), lambda of: of.series, 226),
        Column(tr("号段"), lambda of: _many(of.blocks), 0),
        Column(tr("已发"), lambda of: str(of.issued), 74),
        Column(tr("作废"), lambda of: str(_count(of.voided)), 74),
        Column(tr("退回"), lambda of: str(_count(of.returned)), 74),
        Column(tr("空闲"), lambda of: str(of.free), 82),
        Column(
            tr("缺号"),
            lambda of: tr("{count} 个缺号").format(count=_count(of.gaps)) if of.gaps else tr("无缺号"),
            120,
            lambda of: Tone.BAD if of.gaps else Tone.GOOD,
        ),
    )


def _many(serials: Sequence[Serials]) -> str:
    return listed(serials) or "—"


def _count(serials: Sequence[Serials | Voided]) -> int:
    return sum(each.last - each.first + 1 for each in serials)


def told(of: SeriesReport) -> list[tuple[str, str]]:
    """A series whole: what is missing, what was voided and why, what went back."""
    facts = [(tr("缺号"), _many(of.gaps))] if of.gaps else []
    facts += [(tr("作废"), f"{Serials(each.first, each.last)}　{each.reason}") for each in of.voided[:_MOST]]
    if len(of.voided) > _MOST:
        facts.append((tr("作废"), tr("另有{count}项，见 yichuang numbers report").format(count=len(of.voided) - _MOST)))
    if of.returned:
        facts.append((tr("退回"), _many(of.returned)))
    if of.before:
        facts.append((tr("原磁盘"), _many(of.before)))
    return facts


class NumberBook(QWidget):
    """The series of papers, and those of cases in which something is wanting; read when it is looked at."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._may_explain = Right.KEEP_NUMBERS in RIGHTS[seat.session.role]
        self.table = Table(tr("编号去向"), number_columns(), seat.tokens, tr("这一年还没有编号"))
        self.years = QComboBox()
        self.years.setAccessibleName(tr("年份"))
        this_year = seat.house.counter.today().year
        for year in range(this_year, this_year - YEARS, -1):
            self.years.addItem(str(year), year)
        self.facts = Facts()
        self.ask = Ask()
        self.explain = KeyButton(tr("说明缺号"), "Enter", self._ask, look="verb", heard=False)
        self.setFocusProxy(self.table)
        self._lay_out()
        self.years.activated.connect(lambda _place: self.read())
        self.table.chosen.connect(self._tell)
        self.table.opened.connect(self._ask)
        self.ask.ended.connect(self.table.setFocus)
        self._tell()

    def read(self) -> None:
        """The books anew."""
        counter, year, columns = self._seat.house.counter, self.years.currentData(), self.table.lines.columns

        def work() -> list[Line[SeriesReport]]:
            found = report(counter, year)
            return [line_of(of, of.series, columns) for of in found if of.gaps or not is_case_series(of.series)]

        def show(lines: list[Line[SeriesReport]]) -> None:
            self.table.show_lines(lines)
            self._tell()

        seat = self._seat
        seat.tasks.run(seat.lanes.looks, work, show, owner=self, words=tr("正在查看编号去向"))

    def _tell(self) -> None:
        of = self.table.row
        self.facts.say([] if of is None else told(of))
        self.explain.setVisible(self._may_explain and of is not None and bool(of.gaps))

    def _ask(self) -> None:
        of = self.table.row
        if of is not None and of.gaps and self._may_explain:
            gap = of.gaps[0]
            name = tr("{series}第{serials}号的去向").format(series=of.series, serials=gap)
            self.ask.ask(name, tr("登记"), REASONS, partial(self._explained, of.series, gap))

    def _explained(self, series: str, gap: Serials, reason: str) -> None:
        seat, by = self._seat, self._seat.acting()
        if by is not None:
            work = partial(explain, seat.house.counter, by, series, gap, reason)
            seat.tasks.run(seat.lanes.store, work, lambda _none: self.read(), owner=self)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.years)
        row.addStretch(1)
        row.addWidget(self.explain)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        column.addWidget(self.facts)
        column.addWidget(self.ask)
