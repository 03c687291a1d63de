"""The papers of cases and their prints: facts frozen with the act, the page sealed away when it is rendered.

The act writes the paper alone, for each page it touches is encrypted and synced before a citizen goes on. The row of
the first print follows with the next write that needs one: until then a paper behind the last that has a row waits.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import structlog
from sqlalchemy import Connection, case, exists, func, insert, literal_column, select, text, update
from sqlalchemy.engine import Row

from client.errors import FileLost
from client.ports.clock import Clock
from client.ports.papers import PaperFacts, PaperKind, PaperOrder
from client.proof.sm2 import sm3
from client.rules.papers import PAPER_RULES, Voice
from client.store import outbox as outbox_rows
from client.store.engine import Database
from client.store.prepared import Prepared
from client.store.sealed import SealedFiles
from client.store.tables import cases, number_above, papers, seal_ledger, spool
from client.store.times import moment, stamp
from client.text import tr

log = structlog.get_logger(__name__)


class PaperState(StrEnum):
    """Where a paper stands, as the window sees it."""

    UNRENDERED = "unrendered"
    READY = "ready"  # may be handed out: no seal is owed, or it is applied
    AWAITING_SEAL = "awaiting_seal"  # 待用印: not to be handed out
    VOIDED = "voided"


PAPER_STATE_WORDS = {
    PaperState.UNRENDERED: tr("待生成"),
    PaperState.READY: tr("可交付"),
    PaperState.AWAITING_SEAL: tr("待用印"),
    PaperState.VOIDED: tr("作废"),
}


def state_once_rendered(kind: PaperKind) -> PaperState:
    """Where a paper of that kind stands once its page is there."""
    return PaperState.AWAITING_SEAL if PAPER_RULES[kind].sealed else PaperState.READY


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """A paper as the desk sees it; `sealed_name` names its page once it is rendered."""

    paper_id: int
    case_id: int
    kind: PaperKind
    number: str | None
    state: PaperState
    issued_at: datetime
    sealed_name: str | None
    sha256: str | None
    reprints: int
    central_number: str | None  # the platform's, where `number` is a provisional one


_DRAWN = (PaperState.READY, PaperState.AWAITING_SEAL, PaperState.VOIDED)
_INSERT = Prepared(insert(papers).returning(papers.c.id), ["case_id", "kind", "number", "state", "facts", "issued_at"])
_INSERT_PRINT = Prepared(insert(spool), ["paper_id", "reprint_no", "reason", "state", "asked_at"])


NOT_IN_SPOOL = papers.c.id > select(func.coalesce(func.max(spool.c.paper_id), literal_column("0"))).scalar_subquery()
"""Of papers whose first print has no row yet: it waits, nobody asked for the sheet, and none of them is voided."""

_FIRST_PRINTS = select(papers.c.id, literal_column("0"), literal_column("'waiting'"), papers.c.issued_at)
_ROW_OF_FIRST_PRINT = ["paper_id", "reprint_no", "state", "asked_at"]
_SPOOL = Prepared(insert(spool).from_select(_ROW_OF_FIRST_PRINT, _FIRST_PRINTS.where(NOT_IN_SPOOL)))


def issue(connection: Connection, case_id: int, facts: PaperFacts) -> int:
    """Write a paper, in the transaction of the act that promises it; returns its id. Its first print waits by that."""
    paper_id: int = _INSERT.scalar(
        connection,
        case_id=case_id,
        kind=facts.kind,
        number=facts.paper_number,
        state=PaperState.UNRENDERED,
        facts=facts.model_dump_json(),
        issued_at=stamp(facts.issued_at),
    )
    return paper_id


def fill_spool(connection: Connection) -> None:
    """Give a row to each first print that has none: for whoever is about to change one, or to write of a later paper.

    All of them at once, or the papers between would be taken for printed.
    """
    _SPOOL.run(connection)


def fill_spool_of(connection: Connection, case_id: int) -> None:
    """The same for a case that came from elsewhere, among papers of any age: what has no page waits for it."""
    known = exists().where(spool.c.paper_id == papers.c.id, spool.c.reprint_no == 0)
    lacking = papers.c.case_id == case_id, papers.c.sealed_name.is_(None), papers.c.state != PaperState.VOIDED
    connection.execute(insert(spool).from_select(_ROW_OF_FIRST_PRINT, _FIRST_PRINTS.where(*lacking, ~known)))


def of_case(connection: Connection, case_id: int) -> Sequence[PaperRecord]:
    """The papers of a case in the order they were issued."""
    rows = connection.execute(select(papers).where(papers.c.case_id == case_id).order_by(papers.c.id))
    return [record_of(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Made:
    """How many papers of a kind were issued, printed once more, voided."""

    kind: PaperKind
    issued: int
    reprints: int
    voided: int


def made_between(connection: Connection, start: datetime, end: datetime) -> Sequence[Made]:
    """What was drawn of the papers issued from `start` to before `end`, by kind; costs as much as there are."""
    then = papers.c.issued_at >= stamp(start), papers.c.issued_at < stamp(end)
    again, voided = func.sum(papers.c.reprints), func.count().filter(papers.c.state == PaperState.VOIDED)
    statement = (
        select(papers.c.kind, func.count().label("issued"), again.label("again"), voided.label("void"))
        .where(papers.c.kind.in_(PaperKind), papers.c.state.in_(_DRAWN), *then)
        .where(text("state != 'unrendered'"))  # as the index says, or it would not be used
        .group_by(papers.c.kind)
    )
    return [Made(PaperKind(row.kind), row.issued, row.again, row.void) for row in connection.execute(statement)]


def newest_number(connection: Connection, case_id: int, kind: PaperKind) -> str | None:
    """The 文书编号 of the newest paper in force of that kind, as it is printed."""
    of_kind = papers.c.case_id == case_id, papers.c.kind == kind, papers.c.state != PaperState.VOIDED
    return connection.scalar(select(papers.c.number).where(*of_kind).order_by(papers.c.id.desc()).limit(1))


def get(connection: Connection, paper_id: int) -> PaperRecord | None:
    row = connection.execute(select(papers).where(papers.c.id == paper_id)).one_or_none()
    return None if row is None else record_of(row)


def wants_seal(connection: Connection, paper_id: int) -> bool:
    """Whether a paper may not be handed out before it is sealed; drawn or not."""
    paper = get(connection, paper_id)
    return paper is not None and (
        paper.state is PaperState.AWAITING_SEAL
        or (paper.state is PaperState.UNRENDERED and PAPER_RULES[paper.kind].sealed)
    )


def facts(connection: Connection, paper_id: int) -> PaperFacts:
    """What the paper states, as it was frozen."""
    body = connection.scalars(select(papers.c.facts).where(papers.c.id == paper_id)).one()
    return PaperFacts.model_validate_json(body)


def void_reason(connection: Connection, paper_id: int) -> str:
    """Why it was voided; empty where it was not."""
    return connection.scalar(select(papers.c.void_reason).where(papers.c.id == paper_id)) or ""


def digests(connection: Connection, paper_id: int) -> frozenset[str]:
    """SHA-256 in hex of its first page, and of the one a key sealed."""
    drawn = select(papers.c.sha256).where(papers.c.id == paper_id, papers.c.sha256.is_not(None))
    sealed = select(seal_ledger.c.sha256).where(seal_ledger.c.paper_id == paper_id, seal_ledger.c.sha256.is_not(None))
    return frozenset(connection.scalars(drawn.union_all(sealed)))


def ask_reprint(connection: Connection, paper_id: int, reason: str, at: datetime) -> int:
    """Queue a 补打; returns its number, counted from 1."""
    fill_spool(connection)
    statement = (update(papers).where(papers.c.id == paper_id).values(reprints=papers.c.reprints + 1)).returning(
        papers.c.reprints
    )
    number: int = connection.execute(statement).scalar_one()
    _INSERT_PRINT.run(
        connection, paper_id=paper_id, reprint_no=number, reason=reason, state="waiting", asked_at=stamp(at)
    )
    return number


def print_name(connection: Connection, paper_id: int, reprint_no: int) -> str | None:
    """Sealed name of one print, None while it waits."""
    statement = select(spool.c.sealed_name).where(spool.c.paper_id == paper_id, spool.c.reprint_no == reprint_no)
    return connection.scalar(statement)


def void(connection: Connection, paper_id: int, reason: str) -> None:
    fill_spool(connection)
    connection.execute(
        update(papers).where(papers.c.id == paper_id).values(state=PaperState.VOIDED, void_reason=reason)
    )
    connection.execute(
        update(spool).where(spool.c.paper_id == paper_id, spool.c.state == "waiting").values(state="voided")
    )


_OF_CASE = (cases.c.number.label("case_number"), cases.c.key, number_above.label("above"))


def announce_void(
    connection: Connection,
    paper: PaperRecord,
    *,
    case_number: str,
    above: str,
    case_key: str,
    source: str,
    at: datetime,
    reason: str,
) -> None:
    """Tell the platform that a paper it knows of never left the window."""
    voided = {"kind": paper.kind, "number": paper.number}
    data = {"case_number": case_number, "case_key": case_key, "paper": voided, "reason": reason}
    outbox_rows.put(
        connection,
        source=source,
        case_id=paper.case_id,
        subject=above,
        event_type="paper.voided",
        time=at,
        data=json.dumps(data, ensure_ascii=False).encode(),
    )


def number_centrally(connection: Connection, paper_id: int, number: str, *, source: str, at: datetime) -> None:
    """Write the platform's number beside the provisional one of a paper, and tell the platform of both."""
    connection.execute(update(papers).where(papers.c.id == paper_id).values(central_number=number))
    row = connection.execute(
        select(
            papers.c.kind,
            papers.c.number,
            papers.c.case_id,
            cases.c.number.label("case_number"),
            cases.c.key,
            number_above.label("above"),
        )
        .join(cases, cases.c.id == papers.c.case_id)
        .where(papers.c.id == paper_id)
    ).one()
    numbered = {"kind": row.kind, "number": row.number, "central_number": number}
    data = {"case_number": row.case_number, "case_key": row.key, "paper": numbered}
    outbox_rows.put(
        connection,
        source=source,
        case_id=row.case_id,
        subject=row.above,
        event_type="paper.numbered",
        time=at,
        data=json.dumps(data, ensure_ascii=False).encode(),
    )


_ISSUED_PAGE = case(
    (spool.c.reprint_no > 0, func.coalesce(seal_ledger.c.sealed_name, papers.c.sealed_name)), else_=None
)
"""What a 补打 copies: the page a key sealed, or else the one that was drawn."""


class PaperSpool:
    """The desk's side of `client.ports.papers.Spool`."""

    def __init__(self, database: Database, files: SealedFiles, clock: Clock, source: str) -> None:
        self._database = database
        self._files = files
        self._clock = clock
        self._source = source

    def waiting(self, limit: int = 20) -> Sequence[PaperOrder]:
        in_spool = (
            select(spool.c.asked_at, spool.c.paper_id, spool.c.reprint_no, papers.c.facts, _ISSUED_PAGE)
            .join(papers, papers.c.id == spool.c.paper_id)
            .outerjoin(seal_ledger, seal_ledger.c.paper_id == spool.c.paper_id)
            .where(spool.c.state == "waiting")
            .order_by(spool.c.asked_at, spool.c.paper_id, spool.c.reprint_no)
            .limit(limit)
        )
        first = select(papers.c.issued_at, papers.c.id, literal_column("0"), papers.c.facts, literal_column("NULL"))
        not_in_spool = first.where(NOT_IN_SPOOL).order_by(papers.c.issued_at, papers.c.id).limit(limit)
        with self._database.read() as connection:
            rows = [tuple(row) for each in (in_spool, not_in_spool) for row in connection.execute(each)]
        rows = sorted(rows, key=lambda row: row[:3])[:limit]
        return [order for order in map(self._order, rows) if order is not None]

    def _order(self, row: tuple[Any, ...]) -> PaperOrder | None:
        """None where the page that is to be copied is gone: it waits, and holds up no other."""
        _, paper_id, number, body, issued = row
        try:
            page = None if issued is None else self._files.get(issued)
        except FileLost as error:
            log.error("issued page not copied", paper=paper_id, code=error.code)  # noqa: TRY400 - a sentence, no bug
            return None
        facts = PaperFacts.model_validate_json(body)
        return PaperOrder(paper_id=paper_id, reprint_no=number, facts=facts, issued_page=page)

    def rendered(self, paper_id: int, pdf: bytes, template: str, *, reprint_no: int = 0) -> None:
        sealed = self._files.put(pdf)
        with self._database.begin() as connection:
            fill_spool(connection)
            done = connection.execute(
                update(spool)
                .where(spool.c.paper_id == paper_id, spool.c.reprint_no == reprint_no, spool.c.state == "waiting")
                .values(state="rendered", sealed_name=sealed.name)
            )
            if done.rowcount == 0 or reprint_no:
                return  # repeated, or a 补打: the first page is the paper's own and was announced then
            row = connection.execute(
                select(papers, *_OF_CASE).join(cases, cases.c.id == papers.c.case_id).where(papers.c.id == paper_id)
            ).one()
            digest = sm3(pdf).hex()
            connection.execute(
                update(papers)
                .where(papers.c.id == paper_id)
                .values(
                    state=state_once_rendered(PaperKind(row.kind)),
                    sealed_name=sealed.name,
                    sha256=sealed.sha256,
                    sm3=digest,
                    size=sealed.size,
                    template=template,
                )
            )
            if PAPER_RULES[PaperKind(row.kind)].voice is not Voice.APPLICANT:  # theirs goes up as a material, signed
                self._announce(connection, row, sealed.sha256, digest, template, sealed.size)

    def _announce(self, connection: Connection, row: Row[Any], sha256: str, sm3: str, template: str, size: int) -> None:
        data = {
            "case_number": row.case_number,
            "case_key": row.key,
            "paper": {
                "kind": row.kind,
                "number": row.number,
                "issued_at": row.issued_at,
                "sha256": sha256,
                "sm3": sm3,
                "template": template,
            },
            "files": [{"sha256": sha256, "size": size, "media_type": "application/pdf"}],
        }
        outbox_rows.put(
            connection,
            source=self._source,
            case_id=row.case_id,
            subject=row.above,
            event_type="paper.issued",
            time=self._clock(),
            data=json.dumps(data, ensure_ascii=False).encode(),
            files=[sha256],
        )


def record_of(row: Row[Any]) -> PaperRecord:
    """A row of `papers` as the desk sees it."""
    return PaperRecord(
        paper_id=row.id,
        case_id=row.case_id,
        kind=PaperKind(row.kind),
        number=row.number,
        state=PaperState(row.state),
        issued_at=moment(row.issued_at),
        sealed_name=row.sealed_name,
        sha256=row.sha256,
        reprints=row.reprints,
        central_number=row.central_number,
    )
