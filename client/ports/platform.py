"""The platform as the window sees it: what it takes, what it answers, and what it sends down.

Values follow protocol.md (CloudEvents 1.0, tus 1.0, RFC 9457); no address, no JSON and no HTTP here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from client.ports.conflicts import FieldDifference
from client.ports.link import Trouble


@dataclass(frozen=True, slots=True)
class Event:
    """One fact on its way up: `(source, event_id)` is its permanent key.

    `sequence` is the window's own order; `data` is the JSON text, kept as written in the accepting
    transaction; `files` are the SHA-256 digests (hex) the platform must hold before it takes the event. `decisions`:
    what people decided after it was refused (`client.ports.conflicts`), no part of what it says.
    """

    event_id: str
    source: str
    type: str
    subject: str
    sequence: int
    time: datetime
    data: bytes
    files: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    RETRY = "retry"


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """The platform's word on one event. `ack` is 平台回执号; `reason` is Chinese, for the refused list.

    `differences`: in what fields the platform's side of a conflict is another one.
    """

    event_id: str
    verdict: Verdict
    ack: str | None = None
    code: str | None = None
    reason: str | None = None
    differences: tuple[FieldDifference, ...] = ()


class ChangeKind(StrEnum):
    """What can happen at a platform; a newer one may know more."""

    CASE_STATE = "case.state"
    EVENT_REFUSED = "event.refused"  # by the platform above a hall node, which had taken it
    PACK = "pack"  # what windows work by: catalogue, calendar, policy (rules.packs)
    NUMBER_BLOCK = "numbers.block"  # granted to a window unasked
    HALL_UPSTREAM = "hall.upstream"  # whether a hall's node reaches the platform above it


@dataclass(frozen=True, slots=True)
class Change:
    """One change on its way down; `kind` is of ChangeKind as a rule, `data` its parameters."""

    kind: str
    subject: str
    data: Mapping[str, Any]
    time: datetime


@dataclass(frozen=True, slots=True)
class ChangePage:
    """`cursor` is opaque: it is stored with the page, in one transaction.

    `restarted`: the platform did not know the cursor it was asked with, and began again. It is another one, or was
    restored from an older copy of itself.
    """

    changes: Sequence[Change]
    cursor: str
    more: bool = False
    restarted: bool = False


@dataclass(frozen=True, slots=True)
class DrainReport:
    """What one pass of the loop did: counts of events; `waiting` includes those that wait for a later try.

    `forgotten` events were acknowledged before and go up again, for the platform lacks them. `error` is the first
    thing that went wrong, `outage` why the pass ended early; both in words (zh_CN). `trouble` is whose the outage is.
    """

    sent: int = 0
    refused: int = 0
    waiting: int = 0
    unknown: int = 0
    files: int = 0
    forgotten: int = 0
    error: str | None = field(default=None)
    outage: str | None = field(default=None)
    trouble: Trouble | None = field(default=None)


class Platform(Protocol):
    """The other end of the wire. Every method raises PlatformError, or answers."""

    def send(self, events: Sequence[Event]) -> Sequence[EventAnswer]:
        """One answer an event, in any order; an event without answer is unknown."""
        ...

    def settle(self, source: str, event_id: str) -> EventAnswer | None:
        """What became of an event whose answer was lost; None when the platform has never seen it."""
        ...

    def missing(self, digests: Sequence[str]) -> Sequence[str]:
        """Those of `digests` the platform does not hold."""
        ...

    def upload(self, digest: str, content: bytes) -> None:
        """Upload one file, resuming where an earlier try ended; returns when the platform holds it whole."""
        ...

    def changes(self, cursor: str, wait: float = 0.0) -> ChangePage:
        """The next page after `cursor` ("" = from the start), waiting at most `wait` seconds for one."""
        ...
