"""The prints of papers and what became of each; what the printer has is known before it hears of it.

The page is one thing (`spool.state`), the sheet another (`spool.print_state`): a print is asked for, and goes to the
printer as soon as its page is rendered. Of a paper that was printed more than once the newest print counts. A paper
just issued has no row in the spool (`store.papers`): it is told of here like one that waits.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, TextClause, Update, and_, func, select, text, true, update
from sqlalchemy.engine import Row

from client.errors import StoreError
from client.ports.clock import Clock
from client.ports.papers import PAPER_WORDS, PaperFacts, PaperKind
from client.ports.printer import JobReport, PrintJob, PrintOrder, PrintState
from client.store import faults
from client.store.engine import Database
from client.store.papers import NOT_IN_SPOOL, PaperState, facts, fill_spool, print_name
from client.store.sealed import SealedFiles
from client.store.tables import cases, papers, spool
from client.store.times import moment, stamp
from client.text import chinese, marked, source_of

BROKEN_OFF = marked("送往打印机时窗口中断，不知是否打出")
RESTORED = marked("恢复备份：备份之后可能已经打出")
SETTLED = frozenset({PrintState.FAILED, PrintState.CANCELLED})  # not out, and not going to be
AT_THE_PRINTER = (PrintState.QUEUED, PrintState.PRINTING, PrintState.STOPPED)

# As their indexes say, or they would not be used.
UNDRAWN = text("spool.state = 'waiting' AND spool.reprint_no = 0 AND spool.print_state IS NULL")
UNASKED = text("spool.reprint_no = 0 AND spool.state = 'rendered' AND spool.print_state IS NULL")
UNFINISHED = text("spool.print_state != 'done'")

NEWEST = (papers.c.id == spool.c.paper_id) & (papers.c.reprints == spool.c.reprint_no)
_NOT_VOIDED = papers.c.state != PaperState.VOIDED


@dataclass(frozen=True, slots=True)
class PrintRecord:
    """One print of a paper; `state` is None while nobody asked for the sheet."""

    paper_id: int
    reprint_no: int
    rendered: bool
    state: PrintState | None
    reason: str


@dataclass(frozen=True, slots=True)
class UnprintedRecord:
    """The newest print of a paper that is not out, with the paper it is of."""

    print: PrintRecord
    case_id: int
    case_number: str
    kind: PaperKind
    paper_number: str | None
    issued_at: datetime
    asked_at: datetime | None


def get(connection: Connection, paper_id: int, reprint_no: int) -> PrintRecord | None:
    row = connection.execute(select(spool).where(*_of(paper_id, reprint_no))).one_or_none()
    if row is not None:
        return _record(row)
    issued = select(papers.c.id).where(papers.c.id == paper_id, NOT_IN_SPOOL)
    return None if reprint_no or connection.scalar(issued) is None else _first(paper_id)


def newest_of_case(connection: Connection, case_id: int) -> Mapping[int, PrintRecord]:
    """The newest print of each paper of a case, by paper."""
    rows = connection.execute(select(spool).join(papers, NEWEST).where(papers.c.case_id == case_id))
    found = {row.paper_id: _record(row) for row in rows}
    issued = select(papers.c.id).where(papers.c.case_id == case_id, NOT_IN_SPOOL)
    return found | {paper_id: _first(paper_id) for paper_id in connection.scalars(issued)}


def newest_of(connection: Connection, paper_ids: Sequence[int]) -> Mapping[int, PrintRecord]:
    """The newest print of each of these papers; of one without a row in the spool its first."""
    rows = connection.execute(select(spool).join(papers, NEWEST).where(papers.c.id.in_(paper_ids)))
    return {paper_id: _first(paper_id) for paper_id in paper_ids} | {row.paper_id: _record(row) for row in rows}


def newest_of_cases(connection: Connection, case_ids: Sequence[int]) -> Mapping[int, Sequence[PrintRecord]]:
    """The newest print of each paper in force, by case."""
    statement = select(spool, papers.c.case_id).join(papers, NEWEST)
    rows = connection.execute(statement.where(papers.c.case_id.in_(case_ids), _NOT_VOIDED).order_by(papers.c.id))
    found: dict[int, list[PrintRecord]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(_record(row))
    issued = select(papers.c.case_id, papers.c.id).where(papers.c.case_id.in_(case_ids), NOT_IN_SPOOL)
    for case_id, paper_id in connection.execute(issued.order_by(papers.c.id)):
        found.setdefault(case_id, []).append(_first(paper_id))
    return found


def ask(connection: Connection, paper_id: int, reprint_no: int, at: datetime) -> bool:
    """Ask for a print that nobody asked for yet; False when somebody did, or when there is none in force."""
    fill_spool(connection)
    statement = _set(paper_id, reprint_no, print_state=PrintState.ASKED, print_asked_at=stamp(at))
    wanted = spool.c.print_state.is_(None), spool.c.state != "voided"
    return connection.execute(statement.where(*wanted)).rowcount == 1


def ask_again(connection: Connection, paper_id: int, reprint_no: int, at: datetime) -> None:
    """Ask once more for a print that did not come out: the same page, without another mark."""
    asked = {"print_state": PrintState.ASKED, "print_asked_at": stamp(at), "job": None, "print_reason": None}
    connection.execute(_set(paper_id, reprint_no, **asked))


def settle(
    connection: Connection, paper_id: int, reprint_no: int, state: PrintState, at: datetime, reason: str = ""
) -> None:
    """What a person saw of a print in doubt: it came out, or it did not."""
    out = stamp(at) if state is PrintState.DONE else None
    connection.execute(_set(paper_id, reprint_no, print_state=state, print_reason=reason or None, printed_at=out))


def unasked(connection: Connection, limit: int, *, sealed_first: bool = False) -> Sequence[UnprintedRecord]:
    """Papers in force that nobody asked to be printed, oldest first.

    `sealed_first`: but those that wait for their seal. A key seals here, and they are printed with it.
    """
    in_spool = *_unprinted(connection, UNDRAWN, limit), *_unprinted(connection, _unasked(sealed_first), limit)
    return _oldest([*in_spool, *_just_issued(connection, limit)], limit)


def unfinished(connection: Connection, limit: int) -> Sequence[UnprintedRecord]:
    """Papers in force whose newest print was asked for and is not out: on its way, in doubt or failed; oldest first."""
    return _oldest(_unprinted(connection, UNFINISHED, limit), limit)


def unprinted(connection: Connection, limit: int) -> Sequence[UnprintedRecord]:
    """Both, oldest first."""
    return _oldest([*unasked(connection, limit), *unfinished(connection, limit)], limit)


def count_unprinted(connection: Connection, *, sealed_first: bool = False) -> int:
    """How many those papers are; `sealed_first` as for `unasked`."""
    statement = select(func.count()).select_from(spool).join(papers, NEWEST).where(_NOT_VOIDED)
    counts = (connection.execute(statement.where(which)) for which in (UNDRAWN, _unasked(sealed_first), UNFINISHED))
    just_issued = connection.execute(select(func.count()).select_from(papers).where(NOT_IN_SPOOL))
    return sum(count.scalar_one() for count in (*counts, just_issued))


def doubt_broken_off(database: Database) -> int:
    """After a start: what was being handed to the printer is in doubt until a person looked. Returns how many."""
    broken = UNFINISHED, spool.c.print_state == PrintState.SENDING
    with database.read() as connection:
        if connection.execute(select(spool.c.paper_id).where(*broken).limit(1)).first() is None:
            return 0  # a start writes nothing where nothing is to be written
    doubt = update(spool).where(*broken).values(print_state=PrintState.UNKNOWN, print_reason=BROKEN_OFF)
    with database.begin() as connection:
        return connection.execute(doubt).rowcount


def doubt_restored(connection: Connection) -> None:
    """In a restored store: what was on its way when the backup was made may have come out since."""
    on_its_way = PrintState.ASKED, PrintState.SENDING, *AT_THE_PRINTER
    statement = update(spool).where(UNFINISHED, spool.c.print_state.in_(on_its_way))
    connection.execute(statement.values(print_state=PrintState.UNKNOWN, print_reason=RESTORED))


class StoredPrints:
    """The desk's side of `client.ports.printer.PrintQueue`."""

    def __init__(self, database: Database, files: SealedFiles, clock: Clock) -> None:
        self._database = database
        self._files = files
        self._clock = clock

    def asked(self, limit: int = 20, *, kinds: Collection[PaperKind] | None = None) -> Sequence[PrintOrder]:
        statement = (
            select(
                spool.c.paper_id, spool.c.reprint_no, papers.c.kind, func.coalesce(cases.c.number, "").label("number")
            )
            .join(papers, papers.c.id == spool.c.paper_id)
            .join(cases, cases.c.id == papers.c.case_id)
            .where(UNFINISHED, spool.c.print_state == PrintState.ASKED, spool.c.state == "rendered", _NOT_VOIDED)
            .order_by(spool.c.print_asked_at, spool.c.paper_id, spool.c.reprint_no)
            .limit(limit)
        )
        if kinds is not None:
            statement = statement.where(papers.c.kind.in_(kinds))
        with self._database.read() as connection:
            rows = connection.execute(statement).all()
        return [_order(*row) for row in rows]

    def page(self, order: PrintOrder) -> bytes:
        with self._database.read() as connection:
            name = print_name(connection, order.paper_id, order.reprint_no)
        if name is None:
            raise StoreError(faults.FILE_MISSING, file=f"paper:{order.paper_id}")
        return self._files.get(name)

    def facts(self, order: PrintOrder) -> PaperFacts:
        with self._database.read() as connection:
            return facts(connection, order.paper_id)

    def sending(self, order: PrintOrder) -> None:
        before = spool.c.print_state == PrintState.ASKED
        self._write(_set(order.paper_id, order.reprint_no, print_state=PrintState.SENDING).where(before))

    def sent(self, order: PrintOrder, job: str) -> None:
        before = spool.c.print_state == PrintState.SENDING
        self._write(_set(order.paper_id, order.reprint_no, print_state=PrintState.QUEUED, job=job).where(before))

    def underway(self) -> Sequence[PrintJob]:
        statement = (
            select(spool.c.paper_id, spool.c.reprint_no, spool.c.job, papers.c.state)
            .join(papers, papers.c.id == spool.c.paper_id)
            .where(UNFINISHED, spool.c.print_state.in_(AT_THE_PRINTER))
        )
        with self._database.read() as connection:
            rows = connection.execute(statement.order_by(spool.c.print_asked_at, spool.c.paper_id)).all()
        return [PrintJob(row.paper_id, row.reprint_no, row.job, is_void=row.state == PaperState.VOIDED) for row in rows]

    def reported(self, paper_id: int, reprint_no: int, report: JobReport) -> None:
        """What a person settled, or asked for again, is not unsettled by a late word about the job before it.

        A print that could not even be handed over fails from where it stood.
        """
        open_to_it = [PrintState.SENDING, PrintState.UNKNOWN, *AT_THE_PRINTER]
        if report.state is PrintState.FAILED:
            open_to_it.append(PrintState.ASKED)
        printed_at = stamp(self._clock()) if report.state is PrintState.DONE else None
        told = {"print_state": report.state, "print_reason": source_of(report.reason) or None, "printed_at": printed_at}
        self._write(_set(paper_id, reprint_no, **told).where(spool.c.print_state.in_(open_to_it)))

    def _write(self, statement: Update) -> None:
        with self._database.begin() as connection:
            connection.execute(statement)


def _unasked(sealed_first: bool) -> ColumnElement[bool]:  # noqa: FBT001 - of one caller's keyword
    return and_(UNASKED, papers.c.state != PaperState.AWAITING_SEAL if sealed_first else true())


def _unprinted(connection: Connection, which: ColumnElement[bool] | TextClause, limit: int) -> list[UnprintedRecord]:
    statement = (
        select(spool, papers.c.case_id, papers.c.kind, papers.c.number, papers.c.issued_at, cases.c.number.label("of"))
        .join(papers, NEWEST)
        .join(cases, cases.c.id == papers.c.case_id)
        .where(which, _NOT_VOIDED)
    )
    # The plus keeps SQLite from walking the whole table because it lies in this order.
    rows = connection.execute(statement.order_by(text("+spool.paper_id")).limit(limit))
    return [
        UnprintedRecord(
            print=_record(row),
            case_id=row.case_id,
            case_number=row.of or "",
            kind=PaperKind(row.kind),
            paper_number=row.number,
            issued_at=moment(row.issued_at),
            asked_at=None if row.print_asked_at is None else moment(row.print_asked_at),
        )
        for row in rows
    ]


def _just_issued(connection: Connection, limit: int) -> list[UnprintedRecord]:
    statement = (
        select(
            papers.c.id,
            papers.c.case_id,
            papers.c.kind,
            papers.c.number,
            papers.c.issued_at,
            cases.c.number.label("of"),
        )
        .join(cases, cases.c.id == papers.c.case_id)
        .where(NOT_IN_SPOOL)
    )
    return [
        UnprintedRecord(
            print=_first(row.id),
            case_id=row.case_id,
            case_number=row.of or "",
            kind=PaperKind(row.kind),
            paper_number=row.number,
            issued_at=moment(row.issued_at),
            asked_at=None,
        )
        for row in connection.execute(statement.order_by(papers.c.id).limit(limit))
    ]


def _first(paper_id: int) -> PrintRecord:
    """The first print of a paper just issued."""
    return PrintRecord(paper_id, 0, rendered=False, state=None, reason="")


def _oldest(found: list[UnprintedRecord], limit: int) -> Sequence[UnprintedRecord]:
    return sorted(found, key=lambda record: record.print.paper_id)[:limit]


def _order(paper_id: int, reprint_no: int, kind: str, number: str) -> PrintOrder:
    return PrintOrder(paper_id, reprint_no, _title(number, kind, reprint_no), PaperKind(kind))


def _title(number: str, kind: str, reprint_no: int) -> str:
    words = f"{number} {source_of(PAPER_WORDS[PaperKind(kind)])}".lstrip()  # a draft has no number
    return words + chinese(" 补打{count}").format(count=reprint_no) if reprint_no else words


def _of(paper_id: int, reprint_no: int) -> tuple[Any, ...]:
    return spool.c.paper_id == paper_id, spool.c.reprint_no == reprint_no


def _set(paper_id: int, reprint_no: int, **values: object) -> Update:
    return update(spool).where(*_of(paper_id, reprint_no)).values(**values)


def _record(row: Row[Any]) -> PrintRecord:
    return PrintRecord(
        row.paper_id,
        row.reprint_no,
        rendered=row.sealed_name is not None,
        state=None if row.print_state is None else PrintState(row.print_state),
        reason=row.print_reason or "",
    )
