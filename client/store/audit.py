"""Who did what, in a chain that shows every later change: each entry carries the digest of the one before it.

The digest is SM3 (GB/T 32905-2016). The database refuses to change or delete entries (triggers), the chain shows it
when someone got around that, and the witness beside the database shows when the newest entries are cut off.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SM3, Hash
from sqlalchemy import Connection, Row, desc, insert, select

from client.errors import StoreError
from client.store import faults
from client.store.engine import Database
from client.store.prepared import Prepared
from client.store.tables import audit
from client.store.times import moment, stamp
from client.store.witness import LAST_ENTRY, LastEntry

_BEFORE_THE_FIRST = LastEntry(0, "0" * 64)

_insert = Prepared(insert(audit), [column.key for column in audit.columns])
_newest = select(audit.c.id, audit.c.digest).order_by(desc(audit.c.id)).limit(1)


def add(
    connection: Connection,
    at: datetime,
    staff_no: str,
    act: str,
    subject: str,
    outcome: str,
    detail: Mapping[str, object],
) -> None:
    """Add an entry in the transaction of `connection`, which must be a writing one.

    `detail` is what JSON can hold, without personal data. One insert; the end of the chain is remembered with the
    connection between its transactions.
    """
    last = connection.info.get(LAST_ENTRY) or _end(connection)
    entry = last.entry + 1
    words = (stamp(at), staff_no, act, subject, outcome, _canonical(detail))
    digest = _digest(entry, words, last.digest)
    row = dict(zip(("at", "staff", "act", "subject", "outcome", "detail"), words, strict=True))
    _insert.run(connection, id=entry, **row, previous=last.digest, digest=digest)
    connection.info[LAST_ENTRY] = LastEntry(entry, digest)


def verify(connection: Connection) -> int | None:
    """Go through the whole chain; return the number of the first entry that does not fit, None when all do."""
    last = _BEFORE_THE_FIRST
    for row in connection.execute(select(audit).order_by(audit.c.id)):
        entry = last.entry + 1
        expected = LastEntry(entry, _digest(entry, _words(row), last.digest))
        if row.previous != last.digest or LastEntry(row.id, row.digest) != expected:
            return entry
        last = expected
    return None


def began(connection: Connection) -> datetime | None:
    """When the first entry was made, with which a store begins; None where there is none yet."""
    first = connection.scalar(select(audit.c.at).order_by(audit.c.id).limit(1))
    return None if first is None else moment(first)


def confirm_last(database: Database) -> None:
    """Raise StoreError when the entry last noted as committed is not in `database`; asked once, at the start.

    Raises StoreError (entries lost): the log was damaged, or an older database lies in its place.
    """
    noted = database.witness.recall()
    if noted is None:
        return
    with database.read() as connection:
        kept = connection.scalar(select(audit.c.digest).where(audit.c.id == noted.entry))
    if kept != noted.digest:
        raise StoreError(faults.ENTRIES_LOST, entry=noted.entry)


def _end(connection: Connection) -> LastEntry:
    row = connection.execute(_newest).first()
    return LastEntry(row.id, row.digest) if row else _BEFORE_THE_FIRST


def _words(row: Row[tuple[object, ...]]) -> tuple[str, ...]:
    return (row.at, row.staff, row.act, row.subject, row.outcome, row.detail)


def _canonical(detail: Mapping[str, object]) -> str:
    return json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _digest(entry: int, words: Sequence[str], previous: str) -> str:
    # JSON keeps the borders between the words: no text can move from one into the next unseen.
    chain = Hash(SM3())
    chain.update(json.dumps([entry, *words, previous], ensure_ascii=False, separators=(",", ":")).encode())
    return chain.finalize().hex()
