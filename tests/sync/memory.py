"""An outbox and inbox of SQLite, durable as the window's own, that keep the promises of `client.ports.outbox`."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from client.errors import Fault, FileLost
from client.ports.outbox import Counts, Taken, Try
from client.ports.platform import Change, ChangePage, Event, EventAnswer, Verdict

DAMAGED = Fault("STORE-test", title="文件 {digest} 已损坏", advice="请值班长处理")
_STATE = {Verdict.ACCEPTED: "stored", Verdict.DUPLICATE: "stored", Verdict.REFUSED: "refused", Verdict.RETRY: "waiting"}
_SCHEMA = """
CREATE TABLE IF NOT EXISTS outbox (
    sequence INTEGER PRIMARY KEY, id TEXT UNIQUE, source TEXT, type TEXT, subject TEXT, time TEXT, data BLOB,
    files TEXT, state TEXT DEFAULT 'waiting', attempts INTEGER DEFAULT 0, until TEXT DEFAULT '', error TEXT, ack TEXT);
CREATE INDEX IF NOT EXISTS unsettled ON outbox (state, sequence) WHERE state != 'stored';
CREATE INDEX IF NOT EXISTS per_case ON outbox (subject, sequence) WHERE state != 'stored';
"""
_DUE = """
SELECT * FROM outbox AS o WHERE state = 'waiting' AND until <= :now AND NOT EXISTS (
    SELECT 1 FROM outbox AS e WHERE e.subject = o.subject AND e.sequence < o.sequence
    AND e.state != 'stored' AND NOT (e.state = 'waiting' AND e.until <= :now))
ORDER BY sequence LIMIT :limit
"""


class TestOutbox:
    """The desk's side, small. `contents` are the files by digest; a digest that is not there is a damaged one."""

    __test__ = False

    def __init__(self, path: Path | str = ":memory:", contents: dict[str, bytes] | None = None) -> None:
        self.contents = contents or {}
        self.hold_late: set[str] = set()  # events that a person holds back after they were due, before they go
        self._held: set[str] = set()
        self.tries: list[tuple[str, str, str, Try]] = []  # event, what became of it, what was said
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        self._db.close()

    __del__ = close

    def put(self, events: Sequence[Event]) -> None:
        rows = [
            (e.sequence, e.event_id, e.source, e.type, e.subject, e.time.isoformat(), e.data, json.dumps(e.files))
            for e in events
        ]
        self._many(
            "INSERT INTO outbox (sequence, id, source, type, subject, time, data, files) VALUES (?,?,?,?,?,?,?,?)", rows
        )

    def due(self, now: datetime, limit: int) -> Sequence[Event]:
        rows = self._db.execute(_DUE, {"now": now.isoformat(), "limit": limit})
        return [_event(r) for r in rows if r["id"] not in self._held]

    def files(self, now: datetime) -> Sequence[str]:
        rows = self._db.execute(
            "SELECT files FROM outbox WHERE state = 'waiting' AND until <= ? ORDER BY sequence", (now.isoformat(),)
        )
        return list(dict.fromkeys(digest for row in rows for digest in json.loads(row["files"])))

    def sending(self, event_ids: Sequence[str]) -> Sequence[str]:
        self._held |= self.hold_late.intersection(event_ids)
        going = [event_id for event_id in event_ids if event_id not in self._held]
        self._many("UPDATE outbox SET state = 'sending' WHERE id = ?", [(i,) for i in going])
        return going

    def unknown(self) -> Sequence[Event]:
        return [_event(r) for r in self._db.execute("SELECT * FROM outbox WHERE state IN ('sending', 'unknown')")]

    def answered(self, answers: Sequence[EventAnswer], now: datetime, tried: Try | None = None) -> None:
        self._note(tried, [(a.event_id, _STATE[a.verdict], a.reason or "") for a in answers])
        rows = [(_STATE[a.verdict], now.isoformat(), a.ack, a.reason, a.event_id) for a in answers]
        change = "state = ?, until = ?, ack = ?, error = ?, attempts = attempts + 1"
        self._many(f"UPDATE outbox SET {change} WHERE id = ?", rows)

    def unsettled(self, event_ids: Sequence[str], error: str = "", tried: Try | None = None) -> None:
        self._note(tried, [(event_id, "unknown", error) for event_id in event_ids])
        self._many("UPDATE outbox SET state = 'unknown' WHERE id = ?", [(i,) for i in event_ids])

    def delay(self, event_ids: Sequence[str], until: datetime, error: str, tried: Try | None = None) -> None:
        self._note(tried, [(event_id, "waiting", error) for event_id in event_ids])
        rows = [(until.isoformat(), error, i) for i in event_ids]
        self._many(
            "UPDATE outbox SET state = 'waiting', until = ?, error = ?, attempts = attempts + 1 WHERE id = ?", rows
        )

    def attempts(self, event_ids: Sequence[str]) -> int:
        marks = ",".join("?" * len(event_ids))
        found = self._db.execute(f"SELECT max(attempts) FROM outbox WHERE id IN ({marks})", event_ids).fetchone()
        return found[0] or 0

    def taken(self, before: int | None, limit: int) -> Sequence[Taken]:
        rows = self._db.execute(
            "SELECT sequence, source, id FROM outbox WHERE state = 'stored' AND sequence < ?"
            " ORDER BY sequence DESC LIMIT ?",
            (before or 1 << 60, limit),
        )
        return [Taken(*row) for row in rows]

    def reopen(self, event_ids: Sequence[str], error: str) -> None:
        rows = [(error, i) for i in event_ids]
        self._many("UPDATE outbox SET state = 'waiting', until = '', error = ? WHERE id = ? AND state = 'stored'", rows)

    def content(self, digest: str) -> bytes:
        if digest not in self.contents:
            raise FileLost(DAMAGED, digest=digest[:8])
        return self.contents[digest]

    def counts(self) -> Counts:
        number = self.states()
        in_doubt = number.get("unknown", 0) + number.get("sending", 0)
        return Counts(number.get("waiting", 0), in_doubt, number.get("refused", 0), None)

    def states(self) -> dict[str, int]:
        return dict(self._db.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall())

    def stored(self) -> Sequence[Event]:
        """What the platform acknowledged."""
        return [_event(row) for row in self._db.execute("SELECT * FROM outbox WHERE state = 'stored'")]

    def row(self, event_id: str) -> sqlite3.Row:
        found: sqlite3.Row = self._db.execute("SELECT * FROM outbox WHERE id = ?", (event_id,)).fetchone()
        return found

    def _note(self, tried: Try | None, outcomes: Sequence[tuple[str, str, str]]) -> None:
        if tried is not None:
            self.tries += [(*outcome, tried) for outcome in outcomes]

    def _many(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany(statement, rows)
            self._db.execute("COMMIT")


class TestInbox:
    """Remembers what was applied."""

    __test__ = False

    def __init__(self) -> None:
        self.applied: list[Change] = []
        self._cursor = ""

    def cursor(self) -> str:
        return self._cursor

    def apply(self, page: ChangePage) -> int:
        self._cursor = page.cursor
        self.applied += page.changes
        return len(page.changes)


def _event(row: sqlite3.Row) -> Event:
    return Event(
        event_id=row["id"],
        source=row["source"],
        type=row["type"],
        subject=row["subject"],
        sequence=row["sequence"],
        time=datetime.fromisoformat(row["time"]),
        data=row["data"],
        files=tuple(json.loads(row["files"])),
    )
