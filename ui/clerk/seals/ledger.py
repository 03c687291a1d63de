"""The 用印登记簿: which paper was sealed with which seal, by whose key, by whom; the chosen line whole."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from client.desk.sealing import LedgerEntry, Sealing
from client.ports.papers import PAPER_WORDS
from client.text import apart, bracketed, tr
from ui.seat import Seat
from ui.widgets.facts import Facts
from ui.widgets.table import Column, Table, line_of
from ui.widgets.times import short_time

PAGE = 200  # lines read at a time
_SHORT = 12  # characters of a digest


def ledger_columns(now: datetime) -> tuple[Column[LedgerEntry], ...]:
    """What the list says of a line; times as the hall's clock has them."""
    zone, today = now.tzinfo, now.date()
    return (
        Column(tr("用印时间"), lambda entry: short_time(entry.applied_at.astimezone(zone), today), 108),
        Column(tr("文书"), lambda entry: entry.paper_number or PAPER_WORDS[entry.kind], 204),
        Column(tr("办件编号"), lambda entry: entry.case_number, 226, tail=True, narrow=0),
        Column(tr("印章"), lambda entry: entry.seal, 0),
        Column(tr("方式"), _way, 84, narrow=0),
        Column(tr("经办"), lambda entry: entry.staff_no, 66),
        Column(tr("摘要（SM3）"), lambda entry: (entry.sm3 or "—")[:_SHORT], 118, narrow=0),
    )


def entry_facts(entry: LedgerEntry, now: datetime) -> list[tuple[str, str]]:
    """A line whole: the certificate names an organ, so who acted stands beside it."""
    number = " ".join(filter(None, (entry.paper_number, entry.case_number)))
    when = f"{entry.applied_at.astimezone(now.tzinfo):%Y-%m-%d %H:%M:%S}"
    told = [
        (tr("文书"), f"{PAPER_WORDS[entry.kind]}　{number}"),
        (tr("经办人工号"), f"{entry.staff_no}　{when}"),
        (tr("印章"), f"{entry.seal}{bracketed(entry.es_id)}"),
    ]
    if entry.es_id is None:
        return told
    holder = apart((entry.holder or "", tr("证书 {serial}").format(serial=entry.certificate)))
    return [*told, (tr("证书持有者"), holder), (tr("文书摘要（SM3）"), entry.sm3 or "—")]


def _way(entry: LedgerEntry) -> str:
    return tr("电子印章") if entry.es_id else tr("实体印章")


class Ledger(QWidget):
    """Reads the newest lines, and older ones as one comes near the end; Enter copies the digest."""

    def __init__(self, seat: Seat, sealing: Sealing) -> None:
        super().__init__()
        self._seat, self._sealing = seat, sealing
        self._clock = seat.house.counter.clock
        self.table = Table(tr("用印登记簿"), ledger_columns(self._clock()), seat.tokens, tr("还没有用印"))
        self.facts = Facts()
        self._is_whole = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addWidget(self.facts)
        self.setFocusProxy(self.table)
        self.table.chosen.connect(self._tell)
        self.table.opened.connect(self._copy_digest)
        self.table.near_end.connect(self._more)

    def read(self) -> None:
        """The newest lines."""
        self._read(None)

    def _read(self, before: int | None) -> None:
        columns, sealing = self.table.lines.columns, self._sealing

        def read() -> list[object]:
            return [line_of(entry, entry.entry_id, columns) for entry in sealing.ledger(PAGE, before)]

        def show(lines: Sequence[object]) -> None:
            self._is_whole = len(lines) < PAGE
            put = self.table.show_lines if before is None else self.table.add_lines
            put(lines)  # type: ignore[arg-type]  # lines of its own columns

        self._seat.tasks.run(self._seat.lanes.looks, read, show, owner=self)

    def _more(self) -> None:
        if self.table.lines.lines and not self._is_whole:
            self._is_whole = True  # asked once; its answer says whether there is more
            self._read(self.table.lines.lines[-1].row.entry_id)

    def _tell(self) -> None:
        entry = self.table.row
        self.facts.say([] if entry is None else entry_facts(entry, self._clock()))

    def _copy_digest(self) -> None:
        entry = self.table.row
        if entry is not None and entry.sm3:
            QGuiApplication.clipboard().setText(entry.sm3)
            self._seat.notices.good(tr("已复制文书的SM3摘要"), entry.sm3)
