"""Sending in words: what became of each event, and of all the events of a case; what a person may do about it.

Green is said only of what the platform acknowledged (回执号), never of a network that seems to be there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from types import MappingProxyType

from sqlalchemy import Connection

from client.desk.counter import Counter
from client.desk.staff import Staff
from client.errors import CaseError, Fault
from client.ports.outbox import Counts
from client.rules.rights import Right
from client.store import audit, sending
from client.store import outbox as outbox_rows
from client.store.outbox import OutboxState
from client.store.sending import EntryRecord
from client.text import tr

__all__ = ["Counts", "Entry", "OutboxState", "Sending", "Upload", "event_words", "state_words", "uploads"]

OUTBOX_WORDS: Mapping[OutboxState, str] = MappingProxyType(
    {
        OutboxState.WAITING: tr("待上传"),
        OutboxState.SENDING: tr("上传中"),
        OutboxState.UNKNOWN: tr("结果待核实"),
        OutboxState.STORED: tr("平台已接收"),
        OutboxState.REFUSED: tr("平台未接收"),
    }
)
BEHIND_WORDS = tr("待上传（排在平台未接收的之后）")
EVENT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "case.received": tr("收件"),
        "case.accepted": tr("受理"),
        "case.deemed_accepted": tr("视为受理"),
        "case.awaiting_correction": tr("告知补正"),
        "case.correction_made": tr("补正已交"),
        "case.correction_lapsed": tr("逾期未补正"),
        "case.not_accepted": tr("不予受理"),
        "case.withdrawn": tr("撤回申请"),
        "case.supplied": tr("容缺补齐"),
        "paper.issued": tr("文书签发"),
        "paper.numbered": tr("文书补编正式编号"),
        "paper.voided": tr("文书作废"),
    }
)
_TELLS_WHY = frozenset({OutboxState.STORED, OutboxState.REFUSED})
# Of several events of a case the one that needs a person most speaks for it.
_WORST_FIRST = (
    OutboxState.REFUSED,
    OutboxState.UNKNOWN,
    OutboxState.SENDING,
    OutboxState.WAITING,
    OutboxState.STORED,
)

NOT_REFUSED = Fault(
    "PLAT-201", tr("没有“平台未接收”的记录 {event}"), tr("请在“同步”页或用 yichuang outbox 核对编号；可能已重新上传")
)


@dataclass(frozen=True, slots=True)
class Upload:
    """How the events of one case stand, together. `state` None: there are none yet."""

    state: OutboxState | None
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the 同步 page."""

    sequence: int
    event_id: str
    case_id: int
    case_number: str
    words: str  # what happened
    time: datetime
    state: OutboxState
    state_words: str
    attempts: int
    next_try: datetime | None
    last_error: str
    ack: str
    answered_at: datetime | None
    behind: bool  # a refused one of its case: not sent by itself before that is sent again


NOTHING_TO_SEND = Upload(None, "")


class Sending:
    """What a person may see and do of the outbox."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def entries(
        self, *, unsettled: bool | None = None, before: int | None = None, limit: int = 50
    ) -> tuple[Entry, ...]:
        """Newest first; the next page is that `before` the last one's sequence.

        `unsettled`: without what arrived; false: only what did; None: all.
        """
        with self._counter.memory.read() as connection:
            found = sending.newest(connection, unsettled=unsettled, before=before, limit=limit)
        zone = self._counter.clock().tzinfo
        return tuple(_entry(record, zone) for record in found)

    def counts(self) -> Counts:
        return self._counter.memory.outbox().counts()

    def hurry(self) -> None:
        """立即同步: what was put off is due now. The loop must be woken besides."""
        self._counter.memory.outbox().hurry()

    def retry(self, event_id: str, by: Staff) -> str:
        """Put what the platform refused back in the queue; returns its case's number. Raises CaseError, RightsError."""
        counter = self._counter
        counter.permit(by, Right.RETRY_REFUSED, event_id)
        with counter.memory.begin() as connection:
            case = outbox_rows.retry_refused(connection, event_id)
            if case is None:
                raise CaseError(NOT_REFUSED, event=event_id)
            audit.add(connection, counter.clock(), by.staff_no, "retry_refused", case, "done", {"event": event_id})
        return case


def state_words(state: OutboxState, because: str) -> str:
    """平台已接收（回执号） and 平台未接收（原因）; of the others the bare word, for their error is not final."""
    return OUTBOX_WORDS[state] + (f"（{because}）" if because and state in _TELLS_WHY else "")


def event_words(event_type: str) -> str:
    """What happened; a kind this program does not know is named as it is kept."""
    return EVENT_WORDS.get(event_type, event_type)


def uploads(connection: Connection, case_ids: Sequence[int]) -> Mapping[int, Upload]:
    """How each of these cases stands with the platform; one without events is left out."""
    found = sending.of_cases(connection, case_ids)
    return {case_id: _together(events) for case_id, events in found.items()}


def _together(events: Sequence[tuple[OutboxState, str]]) -> Upload:
    state, because = min(events, key=lambda event: _WORST_FIRST.index(event[0]))
    return Upload(state, state_words(state, because))


def _entry(record: EntryRecord, zone: tzinfo | None) -> Entry:
    because = record.ack if record.state is OutboxState.STORED else record.last_error
    return Entry(
        sequence=record.sequence,
        event_id=record.event_id,
        case_id=record.case_id,
        case_number=record.case_number,
        words=event_words(record.type),
        time=record.time.astimezone(zone),
        state=record.state,
        state_words=BEHIND_WORDS if record.behind else state_words(record.state, because or ""),
        attempts=record.attempts,
        next_try=record.next_try and record.next_try.astimezone(zone),
        last_error=record.last_error or "",
        ack=record.ack or "",
        answered_at=record.answered_at and record.answered_at.astimezone(zone),
        behind=record.behind,
    )
