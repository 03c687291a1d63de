"""The seals of the organs that lie at the window, and the 用印登记簿: which paper was sealed with which, by whom.

A paper has one entry and gets no second: whoever seals it later, by key or by hand, finds that it waits for none.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, case, delete, insert, literal_column, null, select, true, update
from sqlalchemy.dialects.sqlite import insert as upsert

from client.ports.papers import PaperKind
from client.store import outbox
from client.store.papers import PaperState, fill_spool
from client.store.prints import AT_THE_PRINTER
from client.store.sealed import SealedFile
from client.store.tables import cases, number_above, papers, seal_ledger, seals, spool
from client.store.times import moment, stamp


@dataclass(frozen=True, slots=True)
class KeptSeal:
    """An electronic seal of an organ (统一社会信用代码), as it was brought in."""

    organ: str
    es_id: str
    der: bytes


@dataclass(frozen=True, slots=True)
class KeySeal:
    """What a key sealed a paper with; `page` is the sealed paper, `sm3` its digest (hex)."""

    es_id: str
    holder: str
    certificate: str
    sm3: str
    page: SealedFile


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A line of the 用印登记簿; of a wet seal the names of key and digest are None."""

    entry_id: int
    paper_id: int
    case_id: int
    case_number: str
    kind: PaperKind
    paper_number: str | None
    seal: str
    staff_no: str
    applied_at: datetime
    es_id: str | None
    holder: str | None
    certificate: str | None
    sm3: str | None


def keep(connection: Connection, seal: KeptSeal) -> None:
    """Bring a seal in; one of the same organ with the same id gives way to it."""
    row = upsert(seals).values(organ=seal.organ, es_id=seal.es_id, der=seal.der)
    connection.execute(row.on_conflict_do_update(index_elements=["organ", "es_id"], set_={"der": seal.der}))


def withdraw(connection: Connection, organ: str, es_id: str) -> bool:
    """Let a seal be used no more; what it sealed stays sealed. False where there is none."""
    return connection.execute(delete(seals).where(seals.c.organ == organ, seals.c.es_id == es_id)).rowcount == 1


def kept(connection: Connection, organ: str | None = None) -> Sequence[KeptSeal]:
    """The seals that were brought in, of one organ or of all."""
    which = true() if organ is None else seals.c.organ == organ
    rows = connection.execute(select(seals).where(which).order_by(seals.c.organ, seals.c.es_id))
    return [KeptSeal(row.organ, row.es_id, row.der) for row in rows]


def enter(
    connection: Connection, paper_id: int, seal: str, staff_no: str, at: datetime, by_key: KeySeal | None = None
) -> bool:
    """Enter a seal; the paper may then be handed out. False where it waits for none: nothing was written.

    Of a paper sealed by a key the sealed page is what is printed from now on. A sheet that came out without the seal
    was none to hand out: the print counts as not yet asked for, unless the printer is at it.
    """
    waits = papers.c.id == paper_id, papers.c.state == PaperState.AWAITING_SEAL
    if connection.execute(update(papers).where(*waits).values(state=PaperState.READY)).rowcount == 0:
        return False
    entry: dict[str, object] = {"paper_id": paper_id, "seal": seal, "staff_no": staff_no, "applied_at": stamp(at)}
    if by_key is not None:
        page = by_key.page
        entry |= {"es_id": by_key.es_id, "holder": by_key.holder, "certificate": by_key.certificate, "sm3": by_key.sm3}
        entry |= {"sha256": page.sha256, "size": page.size, "sealed_name": page.name}
        _print_sealed(connection, paper_id, page.name)
    connection.execute(insert(seal_ledger), entry)
    return True


def sealed_page(connection: Connection, paper_id: int) -> str | None:
    """Name of the page a key sealed; None for a paper without, or with a wet seal."""
    return connection.scalar(select(seal_ledger.c.sealed_name).where(seal_ledger.c.paper_id == paper_id))


def ledger(connection: Connection, limit: int, before: int | None = None) -> Sequence[LedgerEntry]:
    """The newest lines, or those before the line `before`."""
    statement = (
        select(seal_ledger, papers.c.case_id, papers.c.kind, papers.c.number, cases.c.number.label("case_number"))
        .join(papers, papers.c.id == seal_ledger.c.paper_id)
        .join(cases, cases.c.id == papers.c.case_id)
        .where(true() if before is None else seal_ledger.c.id < before)
    )
    return [
        LedgerEntry(
            row.id,
            row.paper_id,
            row.case_id,
            row.case_number or "",
            PaperKind(row.kind),
            row.number,
            row.seal,
            row.staff_no,
            moment(row.applied_at),
            row.es_id,
            row.holder,
            row.certificate,
            row.sm3,
        )
        for row in connection.execute(statement.order_by(seal_ledger.c.id.desc()).limit(limit))
    ]


def announce(connection: Connection, paper_id: int, *, source: str, at: datetime) -> None:
    """Tell the platform of a paper a key sealed, with the sealed page."""
    row = connection.execute(
        select(
            papers.c.kind,
            papers.c.number,
            papers.c.case_id,
            cases.c.number.label("case_number"),
            cases.c.key,
            number_above.label("above"),
            seal_ledger,
        )
        .join(papers, papers.c.id == seal_ledger.c.paper_id)
        .join(cases, cases.c.id == papers.c.case_id)
        .where(seal_ledger.c.paper_id == paper_id)
    ).one()
    sealed = {"name": row.seal, "es_id": row.es_id, "holder": row.holder, "certificate": row.certificate}
    paper = {"kind": row.kind, "number": row.number, "sha256": row.sha256, "sm3": row.sm3, "sealed_at": row.applied_at}
    data = {
        "case_number": row.case_number,
        "case_key": row.key,
        "paper": {**paper, "seal": sealed},
        "files": [{"sha256": row.sha256, "size": row.size, "media_type": "application/pdf"}],
    }
    outbox.put(
        connection,
        source=source,
        case_id=row.case_id,
        subject=row.above,
        event_type="paper.sealed",
        time=at,
        data=json.dumps(data, ensure_ascii=False).encode(),
        files=[row.sha256],
    )


def _print_sealed(connection: Connection, paper_id: int, name: str) -> None:
    fill_spool(connection)
    under_way = spool.c.print_state.in_(AT_THE_PRINTER)
    anew = {column: case((under_way, spool.c[column]), else_=null()) for column in ("print_state", "printed_at", "job")}
    first = and_(spool.c.paper_id == paper_id, spool.c.reprint_no == literal_column("0"))
    connection.execute(update(spool).where(first).values(sealed_name=name, **anew))
