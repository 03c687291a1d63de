"""What sync may ask of the desk: the work that is due, a place for the answers, and one for what comes down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from client.ports.platform import ChangePage, Event, EventAnswer


@dataclass(frozen=True, slots=True)
class Counts:
    """How many events are in each unsettled state, and when the oldest was made.

    Those a person holds back are `held`, and neither `waiting` nor `refused`.
    """

    waiting: int
    unknown: int
    refused: int
    oldest: datetime | None
    held: int = 0


@dataclass(frozen=True, slots=True)
class Try:
    """One request about events: when it was made, and how many seconds it took; None where that was not measured."""

    at: datetime
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Taken:
    """An event the platform has acknowledged."""

    sequence: int
    source: str
    event_id: str


class Outbox(Protocol):
    """The events of this window in their local order. Kept after the answer; nothing is ever dropped.

    What is told with its `tried` is for the history of those events, where one is kept.
    """

    def due(self, now: datetime, limit: int) -> Sequence[Event]:
        """The next events to send: waiting, their time has come, oldest first.

        Order is kept per case: an event is due only when every earlier event of its case is stored, or is
        itself in this batch before it. A refused, delayed or held case never holds up another.
        """
        ...

    def files(self, now: datetime) -> Sequence[str]:
        """Digests that events name which wait and whose time has come, each once, in the events' order."""
        ...

    def sending(self, event_ids: Sequence[str]) -> Sequence[str]:
        """Mark before the POST, committed; after a crash these read as unknown.

        Returns those that are marked: a person may have held some back since they were due.
        """
        ...

    def unknown(self) -> Sequence[Event]:
        """Events that were sent and have no answer."""
        ...

    def answered(self, answers: Sequence[EventAnswer], now: datetime, tried: Try | None = None) -> None:
        """Store the platform's words in one transaction: stored, refused (kept, with reason), or waiting again."""
        ...

    def unsettled(self, event_ids: Sequence[str], error: str = "", tried: Try | None = None) -> None:
        """The answer was lost: `sending` becomes `unknown`. `error` says how, for the history."""
        ...

    def delay(self, event_ids: Sequence[str], until: datetime, error: str, tried: Try | None = None) -> None:
        """Back to waiting, one attempt more, not before `until`."""
        ...

    def attempts(self, event_ids: Sequence[str]) -> int:
        """The largest number of attempts among them; the back-off is reckoned from it."""
        ...

    def taken(self, before: int | None, limit: int) -> Sequence[Taken]:
        """Acknowledged events, the newest first; those older than the one of sequence `before`, when it is given."""
        ...

    def reopen(self, event_ids: Sequence[str], error: str) -> None:
        """The platform has forgotten these acknowledged events: they wait again, at once."""
        ...

    def content(self, digest: str) -> bytes:
        """The bytes of a sealed file, authenticated. Raises FileLost where they are missing or damaged, StoreError."""
        ...

    def counts(self) -> Counts:
        """What is not settled yet."""
        ...


class Inbox(Protocol):
    """Where the changes feed is applied."""

    def cursor(self) -> str:
        """The cursor of the last applied page; "" at the start."""
        ...

    def apply(self, page: ChangePage) -> int:
        """Apply a page and its cursor in one transaction; replay is harmless. Returns how many changes took effect."""
        ...
