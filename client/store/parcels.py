"""A case out of the store with all that hangs on it, and into another one as it was: the same ids, numbers, events.

What hangs on a case is known by the tables' foreign keys, so that a table of later days travels by itself.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from sqlalchemy import ColumnClause, Connection, Table, insert, literal_column, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.engine import RowMapping

from client.errors import CaseError, StoreError
from client.ports.conflicts import FieldDifference
from client.rules.numbering import CaseNumber, PaperNumber, ProvisionalNumber, paper_number_of
from client.sealing import faults
from client.sealing.parcel import About, PackedEvent, Parcel
from client.store import agreement, migrations
from client.store.outbox import OutboxState
from client.store.papers import fill_spool_of
from client.store.tables import cases, items, metadata, numbers, outbox, papers
from client.store.times import moment, stamp

_STORED: ColumnClause[str] = literal_column("'stored'")  # as its indexes say, or they would not be used
_SHARED = (items, numbers)  # rows that several cases may speak of
_HANGING = [table for table in metadata.sorted_tables if table.foreign_keys and table not in {cases, outbox}]

Row = dict[str, Any]


class Unsent(NamedTuple):
    """A case with events the platform has not acknowledged: their places in the outbox, in order."""

    case_id: int
    case_key: str
    sequences: tuple[int, ...]


def unsent(connection: Connection, after: int = 0) -> Sequence[Unsent]:
    """The cases of all unsettled events that come after the place `after`; costs as much as there are of these."""
    statement = (
        select(outbox.c.sequence, outbox.c.case_id, cases.c.key)
        .join(cases, cases.c.id == outbox.c.case_id)
        .where(outbox.c.state != _STORED, outbox.c.sequence > after)
        .order_by(outbox.c.sequence)
    )
    found: dict[tuple[int, str], list[int]] = {}
    for sequence, case_id, key in connection.execute(statement):
        found.setdefault((case_id, key), []).append(sequence)
    return [Unsent(case_id, key, tuple(sequences)) for (case_id, key), sequences in found.items()]


def pack(connection: Connection, case: Unsent) -> Parcel:
    """The case as it stands, with its unsent events and those that were acknowledged."""
    rows = {cases.name: _rows(connection, cases, cases.c.id.name, [case.case_id])}
    rows[items.name] = _rows(connection, items, items.c.id.name, [row["item_id"] for row in rows[cases.name]])
    for table in _HANGING:
        rows[table.name] = []
        for key in table.foreign_keys:
            parents = [row[key.column.name] for row in rows.get(key.column.table.name, ())]
            found = _rows(connection, table, key.parent.name, parents)
            rows[table.name] += [row for row in found if row not in rows[table.name]]
    rows[numbers.name] = list(_ledger(connection, rows))
    return Parcel(
        revision=migrations.HEAD,
        case_key=case.case_key,
        events=tuple(_packed(row) for row in _events(connection, case)),
        rows={name: tuple(found) for name, found in rows.items() if found},
    )


def unpack(connection: Connection, parcel: Parcel, renamed: Mapping[str, str]) -> None:
    """Write the case into a store that has nothing of it, in the caller's transaction.

    `renamed` says what each sealed file is called here. Raises StoreError (too new) for rows this program does not
    know.
    """
    require_known(parcel, parcel.case_key)
    for table in metadata.sorted_tables:
        found = [_named(dict(row), renamed) for row in parcel.rows.get(table.name, ())]
        if found and table in _SHARED:
            connection.execute(upsert(table).on_conflict_do_nothing(), found)
        elif found:
            connection.execute(insert(table), found)
    case: Row = parcel.rows[cases.name][0]
    fill_spool_of(connection, case["id"])  # its first prints may have had no row yet, and are behind others here
    with agreement.followed(connection, [case["id"]]):  # the platform has what was acknowledged to the lost window
        connection.execute(insert(outbox), [_unpacked(event, case["id"]) for event in parcel.events])


def require_known(document: Parcel | About, file: str) -> None:
    """Raise StoreError (too new), naming `file`, for rows this program does not know."""
    known = {table.name for table in metadata.sorted_tables}
    if document.revision not in migrations.REVISIONS or not known.issuperset(document.rows):
        raise StoreError(faults.TOO_NEW, file=file)


def _rows(connection: Connection, table: Table, column: str, wanted: Sequence[object]) -> list[Row]:
    found = connection.execute(select(table).where(table.c[column].in_(wanted)))
    return [dict(row) for row in found.mappings()]


def _events(connection: Connection, case: Unsent) -> Sequence[RowMapping]:
    stored = select(outbox).where(outbox.c.state == _STORED, outbox.c.case_id == case.case_id)
    owed = select(outbox).where(outbox.c.sequence.in_(case.sequences))
    found = {row.sequence: row for each in (stored, owed) for row in connection.execute(each).mappings()}
    return [found[sequence] for sequence in sorted(found)]


def _ledger(connection: Connection, rows: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    """What the ledger of numbers says of the numbers this case and its papers bear: a paper may bear two."""
    for number in _borne(rows):
        of = numbers.c.series == number.series, numbers.c.serial == number.serial
        yield from (dict(row) for row in connection.execute(select(numbers).where(*of)).mappings())


def _borne(rows: Mapping[str, Sequence[Row]]) -> Iterator[CaseNumber | PaperNumber | ProvisionalNumber]:
    (case,) = rows[cases.name]
    of_cases = [(CaseNumber.parse, case[column]) for column in ("number", "second_number")]
    of_papers = [
        (paper_number_of, row[column]) for row in rows.get(papers.name, ()) for column in ("number", "central_number")
    ]
    for parse, written in (*of_cases, *of_papers):
        if written:
            with suppress(CaseError):  # a number of another form is in no series of the ledger
                yield parse(written)


def _packed(row: RowMapping) -> PackedEvent:
    return PackedEvent(
        event_id=row["event_id"],
        source=row["source"],
        type=row["type"],
        subject=row["subject"],
        sequence=row["sequence"],
        time=moment(row["time"]),
        data=row["data"].decode(),
        files=tuple(json.loads(row["files"])),
        state=row["state"],
        ack=row["ack"],
        answered_at=row["answered_at"],
        code=row["code"],
        differences=tuple(FieldDifference(*each) for each in json.loads(row["differences"] or "[]")),
        decisions=tuple(json.loads(row["decisions"] or "[]")),
        held=row["held"],
    )


def _unpacked(event: PackedEvent, case_id: object) -> Row:
    """Its row anew: what was on its way, in doubt or refused waits, for the platform knows it by its id.

    What people decided about a refusal goes up with it again, and what they hold back stays held.
    """
    return {
        "sequence": event.sequence,
        "event_id": event.event_id,
        "source": event.source,
        "case_id": case_id,
        "subject": event.subject,
        "type": event.type,
        "time": stamp(event.time),
        "data": event.data.encode(),
        "files": json.dumps(list(event.files)),
        "state": OutboxState.WAITING if event.is_owed else OutboxState.STORED,
        "ack": event.ack,
        "answered_at": event.answered_at,
        "code": event.code,
        "differences": json.dumps(event.differences, ensure_ascii=False) if event.differences else None,
        "decisions": json.dumps(event.decisions) if event.decisions else None,
        "held": event.held if event.is_owed else None,
    }


def _named(row: Row, renamed: Mapping[str, str]) -> Row:
    if name := row.get("sealed_name"):
        row["sealed_name"] = renamed.get(name, name)
    return row
