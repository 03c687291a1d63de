"""The platform is told of an act: its event is queued in the act's own transaction."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sqlalchemy import Connection

from client.desk.counter import Counter
from client.desk.staff import Staff
from client.desk.wording import event_data
from client.store import outbox
from client.store.cases import CaseRecord

_NOTHING: Mapping[str, object] = MappingProxyType({})


def tell(
    counter: Counter,
    connection: Connection,
    record: CaseRecord,
    by: Staff,
    act: str,
    *,
    event_type: str | None = None,
    files: Iterable[str] | None = None,
    more: Mapping[str, object] = _NOTHING,
) -> None:
    """Queue what `act` made of the case, as `case.STATE` with all its pages unless the act says otherwise.

    `files` are SHA-256 in hex, `more` is what else the event says of this act. It also says how this clock stood
    beside the platform's when they were compared last.
    """
    memory = counter.memory
    if files is None:
        files = {page.sha256 for slot in record.slots.values() for page in slot.taken_in}
    last = memory.compared_clock.last
    clock = None if last is None else {"ahead_seconds": last.ahead, "compared_at": last.at}
    outbox.put(
        connection,
        source=memory.source,
        case_id=record.case_id,
        subject=record.number_above or "",
        event_type=event_type or f"case.{record.state}",
        time=counter.clock(),
        data=event_data(record, record.state, by, counter.settings, act=act, clock=clock, **more),
        files=sorted(files),
    )
