"""One case as it travels: its events as they are told to the platform, and its rows for a window that takes it over.

Its files travel beside it, each under the name by which its rows speak of it.
"""

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, JsonValue

from client.ports.conflicts import FieldDifference
from client.ports.platform import Event


class PackedEvent(BaseModel):
    """One event of the outbox. `data` is its JSON text as it was written in the accepting transaction.

    `code` and `differences` say why the platform refused it, `decisions` what people decided about that, `held` why
    somebody holds it back.
    """

    model_config = ConfigDict(frozen=True)

    event_id: str
    source: str
    type: str
    subject: str
    sequence: int
    time: AwareDatetime
    data: str
    files: tuple[str, ...]
    state: str
    ack: str | None = None
    answered_at: str | None = None
    code: str | None = None
    differences: tuple[FieldDifference, ...] = ()
    decisions: tuple[str, ...] = ()
    held: str | None = None

    @property
    def is_owed(self) -> bool:
        """Whether the platform had not acknowledged it when it was packed."""
        return self.state != "stored"

    def event(self) -> Event:
        """The same event, for the wire: the same id, source and order, so that a second road leads to the same."""
        return Event(
            self.event_id,
            self.source,
            self.type,
            self.subject,
            self.sequence,
            self.time,
            self.data.encode(),
            self.files,
            self.decisions,
        )


class Parcel(BaseModel):
    """One case. `rows` by table are those of the window's store, of its `revision`."""

    model_config = ConfigDict(frozen=True)

    format: Literal[1] = 1
    revision: str
    case_key: str
    events: tuple[PackedEvent, ...]
    rows: Mapping[str, tuple[dict[str, JsonValue], ...]]

    def going(self) -> Iterator[PackedEvent]:
        """The events that may go up, in order: owed, and no earlier one of the case is held back by a person."""
        may_go = takewhile(lambda event: event.held is None, self.events)
        yield from (event for event in may_go if event.is_owed)

    def sealed_names(self) -> Iterator[str]:
        """The name of every file its rows speak of, each once."""
        named = (row["sealed_name"] for rows in self.rows.values() for row in rows if row.get("sealed_name"))
        yield from dict.fromkeys(str(name) for name in named)


class About(BaseModel):
    """Whose cases they are. `settings` are the window's; `bundle` and `answer_key` (hex) let the platform answer.

    `rows` by table say how far its numbers have come (`client.store.number_ends`), as a store of `revision` keeps them.
    """

    model_config = ConfigDict(frozen=True)

    format: Literal[1] = 1
    source: str
    settings: Mapping[str, Any]
    revision: str
    rows: Mapping[str, tuple[dict[str, JsonValue], ...]]
    bundle: str = ""
    answer_key: str = ""
