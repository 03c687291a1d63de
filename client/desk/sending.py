"""Sending in words: what became of each event, and of all the events of a case; what a person may do about it.

Green is said only of what the platform acknowledged (回执号), never of a network that seems to be there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from enum import StrEnum
from functools import partial
from types import MappingProxyType

from sqlalchemy import Connection

from client.desk.counter import Counter, require_reason
from client.desk.staff import Staff
from client.errors import CaseError, Fault
from client.ports.outbox import Counts
from client.retold import retold
from client.rules.rights import Right
from client.store import attempts, audit, holding, sending
from client.store import outbox as outbox_rows
from client.store.attempts import AttemptRecord
from client.store.outbox import OutboxState
from client.store.sending import EntryRecord, Wanted
from client.text import bracketed, tr

__all__ = [
    "Attempt",
    "Counts",
    "Entry",
    "OutboxState",
    "Sending",
    "Show",
    "Upload",
    "event_words",
    "record_words",
    "state_words",
    "uploads",
]

OUTBOX_WORDS: Mapping[OutboxState, str] = MappingProxyType(
    {
        OutboxState.WAITING: tr("待上传"),
        OutboxState.SENDING: tr("上传中"),
        OutboxState.UNKNOWN: tr("结果待核实"),
        OutboxState.STORED: tr("平台已接收"),
        OutboxState.REFUSED: tr("平台未接收"),
    }
)
BEHIND_WORDS: Mapping[OutboxState, str] = MappingProxyType(
    {
        OutboxState.REFUSED: tr("待上传（排在平台未接收的之后）"),
        OutboxState.WAITING: tr("待上传（排在暂不上传的之后）"),
    }
)
HELD_WORDS: Mapping[OutboxState, str] = MappingProxyType(
    {OutboxState.WAITING: tr("暂不上传"), OutboxState.REFUSED: tr("已搁置")}
)
TRY_WORDS: Mapping[str, str] = MappingProxyType(
    {
        OutboxState.STORED: tr("平台已接收"),
        OutboxState.REFUSED: tr("平台未接收"),
        OutboxState.UNKNOWN: tr("没有收到答复"),
        OutboxState.WAITING: tr("没有传成"),
    }
)
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


NOT_HOLDABLE = Fault(
    "PLAT-202",
    tr("记录 {event} 正在上传，或者平台已经答复"),
    tr("只有待上传和平台未接收的可以暂不上传或搁置；请在“同步”页看它现在的状态"),
)
NOT_HELD = Fault(
    "PLAT-203", tr("记录 {event} 没有被暂不上传或搁置"), tr("无需操作；请在“同步”页看它现在的状态，可能已由他人恢复")
)


class Show(StrEnum):
    """What a person wants to see of the list."""

    ALL = "all"
    UNSETTLED = "unsettled"
    WAITING = "waiting"
    SENDING = "sending"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    HELD = "held"
    STORED = "stored"


SHOW_WORDS: Mapping[Show, str] = MappingProxyType(
    {
        Show.ALL: tr("全部状态"),
        Show.UNSETTLED: tr("平台还没有接收的"),
        Show.WAITING: OUTBOX_WORDS[OutboxState.WAITING],
        Show.SENDING: OUTBOX_WORDS[OutboxState.SENDING],
        Show.UNKNOWN: OUTBOX_WORDS[OutboxState.UNKNOWN],
        Show.REFUSED: OUTBOX_WORDS[OutboxState.REFUSED],
        Show.HELD: tr("暂不上传、已搁置"),
        Show.STORED: OUTBOX_WORDS[OutboxState.STORED],
    }
)
_WANTED: Mapping[Show, Wanted] = MappingProxyType(
    {
        Show.ALL: Wanted(),
        Show.UNSETTLED: Wanted(unsettled=True),
        Show.WAITING: Wanted(unsettled=True, states=(OutboxState.WAITING,), held=False),
        Show.SENDING: Wanted(unsettled=True, states=(OutboxState.SENDING,)),
        Show.UNKNOWN: Wanted(unsettled=True, states=(OutboxState.UNKNOWN,)),
        Show.REFUSED: Wanted(unsettled=True, states=(OutboxState.REFUSED,), held=False),
        Show.HELD: Wanted(unsettled=True, held=True),
        Show.STORED: Wanted(unsettled=False),
    }
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try of an entry: the number of it, when it was made, how many seconds it took, and what came back."""

    number: int
    at: datetime
    took: float | None
    outcome: OutboxState
    words: str
    said: str


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
    behind: OutboxState | None  # what of its case it waits for: a refused one, or one that is held (waiting)
    held: str  # why a person holds it back; "" nobody does
    code: str  # the platform's word for why it was refused


NOTHING_TO_SEND = Upload(None, "")


class Sending:
    """What a person may see and do of the outbox."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def entries(
        self, show: Show = Show.ALL, kind: str | None = None, *, before: int | None = None, limit: int = 50
    ) -> tuple[Entry, ...]:
        """Newest first; the next page is that `before` the last one's sequence. `kind`: a key of `EVENT_WORDS`."""
        with self._counter.memory.read() as connection:
            found = sending.newest(connection, replace(_WANTED[show], kind=kind), before=before, limit=limit)
        zone = self._counter.clock().tzinfo
        return tuple(_entry(record, zone) for record in found)

    def counts(self) -> Counts:
        return self._counter.memory.outbox().counts()

    def last_trouble(self) -> str:
        """What went wrong last with what is not at the platform yet; "" when nothing did."""
        with self._counter.memory.read() as connection:
            return retold(sending.last_trouble(connection) or "")

    def history(self, event_id: str) -> tuple[Attempt, ...]:
        """The newest tries of an entry, newest first; how many there were is the first one's number."""
        with self._counter.memory.read() as connection:
            found = attempts.of_event(connection, event_id)
        zone = self._counter.clock().tzinfo
        return tuple(_attempt(record, zone) for record in found)

    def hold(self, event_id: str, by: Staff, reason: str) -> str:
        """暂不上传 what waits, 搁置 what was refused; what follows it in its case waits behind it.

        Returns its case's number. Raises CaseError (without a reason, or it is neither), RightsError.
        """
        require_reason(reason)
        held = partial(holding.hold, event_id=event_id, reason=reason.strip())
        return self._audited(event_id, by, "hold_sending", held, NOT_HOLDABLE, {"reason": reason.strip()})

    def release(self, event_id: str, by: Staff) -> str:
        """恢复: it goes with the next pass; one that was refused is to be decided again. Raises as `hold`."""
        let_go = partial(holding.release, event_id=event_id)
        return self._audited(event_id, by, "release_sending", let_go, NOT_HELD, {})

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

    def _audited(
        self,
        event_id: str,
        by: Staff,
        act: str,
        change: Callable[[Connection], str | None],
        cannot: Fault,
        detail: Mapping[str, object],
    ) -> str:
        counter = self._counter
        counter.permit(by, Right.HOLD_SENDING, event_id)
        with counter.memory.begin() as connection:
            case = change(connection)
            if case is None:
                raise CaseError(cannot, event=event_id)
            audit.add(connection, counter.clock(), by.staff_no, act, case, "done", {"event": event_id, **detail})
        return case


def state_words(state: OutboxState, because: str) -> str:
    """平台已接收（回执号） and 平台未接收（原因）; of the others the bare word, for their error is not final."""
    return OUTBOX_WORDS[state] + (bracketed(retold(because)) if state in _TELLS_WHY else "")


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


def record_words(record: EntryRecord) -> str:
    """How one entry stands, with the reason, the receipt, or what it waits for."""
    if record.held is not None:
        return HELD_WORDS[record.state] + bracketed(record.held)
    if record.behind is not None:
        return BEHIND_WORDS[record.behind]
    because = record.ack if record.state is OutboxState.STORED else record.last_error
    return state_words(record.state, because or "")


def _attempt(record: AttemptRecord, zone: tzinfo | None) -> Attempt:
    return Attempt(
        number=record.number,
        at=record.at.astimezone(zone),
        took=record.took,
        outcome=OutboxState(record.outcome),
        words=TRY_WORDS[record.outcome],
        said=retold(record.said or ""),
    )


def _entry(record: EntryRecord, zone: tzinfo | None) -> Entry:
    return Entry(
        sequence=record.sequence,
        event_id=record.event_id,
        case_id=record.case_id,
        case_number=record.case_number,
        words=event_words(record.type),
        time=record.time.astimezone(zone),
        state=record.state,
        state_words=record_words(record),
        attempts=record.attempts,
        next_try=record.next_try and record.next_try.astimezone(zone),
        last_error=retold(record.last_error or ""),
        ack=record.ack or "",
        answered_at=record.answered_at and record.answered_at.astimezone(zone),
        behind=record.behind,
        held=record.held or "",
        code=record.code or "",
    )
