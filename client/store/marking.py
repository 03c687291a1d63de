"""What becomes of many events, written in one statement; what is stored already stays so."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Text, bindparam, case, literal_column, null, update

from client.store import many
from client.store.prepared import Prepared
from client.store.tables import outbox
from client.store.times import stamp

_NOT_STORED = outbox.c.state != literal_column("'stored'")
_MARKED = Prepared(
    update(outbox)
    .where(outbox.c.event_id.in_(many.values()), _NOT_STORED)
    .values(state=bindparam("becomes", type_=Text)),
    ["state"],
)
_WORD = ("event_id", "state", "ack", "last_error", "code", "differences", "tried_at", "took")
_GIVEN = {name: many.field(place) for place, name in enumerate(_WORD)}
_ANSWERED = Prepared(
    update(outbox)
    .where(outbox.c.event_id == _GIVEN["event_id"], _NOT_STORED)
    .values(
        **{name: _GIVEN[name] for name in _WORD[1:]},
        attempts=outbox.c.attempts + literal_column("1"),
        next_try=null(),
        answered_at=bindparam("now", type_=Text),
        held=case((_GIVEN["state"] == literal_column("'waiting'"), outbox.c.held)),
    )
)


def mark(connection: Connection, event_ids: Sequence[str], state: str) -> None:
    """Give these events that state."""
    _MARKED.run(connection, given=many.given(event_ids), becomes=state)


def answer(connection: Connection, words: Sequence[Sequence[object]], now: datetime) -> None:
    """Note the platform's words, one an event.

    Each is: event id, the state it leads to, acknowledgement, reason, code, differences, when the try was made that
    settled it, and how many milliseconds it took.
    """
    _ANSWERED.run(connection, given=many.given(words), now=stamp(now))
