"""The opened memory of one window: database, sealed files, and the parts of them that other rooms are handed."""

import uuid
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, insert, select, update

from client.ports.clock import Clock
from client.store.cases import Cases
from client.store.compared import ComparedClock
from client.store.engine import Database
from client.store.keys import StoreKey
from client.store.outbox import StoredOutbox
from client.store.papers import PaperSpool
from client.store.prints import StoredPrints, doubt_restored
from client.store.sealed import SealedFiles
from client.store.sweep import sweep
from client.store.tables import window


@dataclass(frozen=True)
class Memory:
    """One window's store. `source` is its URI with its epoch (protocol.md, events up)."""

    database: Database
    files: SealedFiles
    key: StoreKey
    source: str
    cases: Cases

    def begin(self) -> AbstractContextManager[Connection]:
        """The one writer's transaction: all of it or nothing, on disk when it ends."""
        return self.database.begin()

    def read(self) -> AbstractContextManager[Connection]:
        return self.database.read()

    @cached_property
    def compared_clock(self) -> ComparedClock:
        """Read when it is first asked for: whoever only looks makes no events."""
        return ComparedClock(self.database)

    def outbox(self) -> StoredOutbox:
        return StoredOutbox(self.database, self.files)

    def spool(self, clock: Clock) -> PaperSpool:
        return PaperSpool(self.database, self.files, clock, self.source)

    def prints(self, clock: Clock) -> StoredPrints:
        return StoredPrints(self.database, self.files, clock)

    def sweep(self) -> int:
        """Delete the sealed files nobody needs any more; returns how many. Slow: for a lane. Raises StoreError."""
        return sweep(self.database, self.files)


def window_source(database: Database, window_uri: str) -> str:
    """`window_uri` with the epoch of this store, which is made on the first call."""
    with database.read() as connection:
        epoch = connection.scalar(select(window.c.epoch))
    if epoch is None:
        epoch = str(uuid.uuid4())
        with database.begin() as connection:
            connection.execute(insert(window), {"id": 1, "epoch": epoch})
    return f"{window_uri}:{epoch}"


def new_epoch(connection: Connection) -> str:
    """Give the store another epoch; whoever has it open speaks with the old one until it is opened again."""
    epoch = str(uuid.uuid4())
    connection.execute(update(window).values(epoch=epoch))
    return epoch


def begin_new_epoch(connection: Connection) -> None:
    """A restored store is no clone: its events come from a source of their own, and its prints may be out by now."""
    new_epoch(connection)
    doubt_restored(connection)
