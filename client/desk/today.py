"""The 值班 page: what the window did today, and what it owes, each with the verb that mends it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import Connection

from client.desk.counter import Counter
from client.desk.drafting import material_of
from client.desk.leasing import stock_words, stocks
from client.desk.prints import print_words
from client.desk.sending import event_words, record_words
from client.desk.supply import BEFORE_DECISION
from client.ports.papers import PAPER_WORDS
from client.ports.printer import PrintState
from client.retold import retold
from client.rules.case import State
from client.rules.deadlines import due_date
from client.rules.items import Limit, LimitUnit
from client.rules.numbering import CaseNumber
from client.store import due, prints, search, sending
from client.store.due import ClockRecord, UnsealedRecord
from client.store.outbox import OutboxState
from client.store.prints import UnprintedRecord
from client.store.sending import EntryRecord
from client.text import bracketed, clauses, labelled, tr

SOON = Limit(length=1, unit=LimitUnit.WORKING_DAY)  # what ends today or on the next working day is somebody's work now
PATIENCE = timedelta(minutes=2)  # a sheet that is longer on its way needs somebody to look at the printer
ACCEPTED, CORRECTION_ASKED, NOT_ACCEPTED = "case.accepted", "case.awaiting_correction", "case.not_accepted"
LONGEST = 100  # of each kind in the queue; the figures count them all


@dataclass(frozen=True, slots=True)
class Today:
    """Figures of the day. `oldest_unsent`: when the oldest event that is not at the platform was made."""

    received: int  # numbers given today: materials came in, whatever was decided then
    accepted: int
    corrections_asked: int
    not_accepted: int
    drafts_open: int
    waiting: int
    unknown: int
    refused: int
    held: int  # held back by a person: neither waiting nor refused
    oldest_unsent: datetime | None
    unprinted: int
    awaiting_seal: int
    corrections_due: int  # these three: until the end of the next working day, overdue ones included
    notices_due: int
    deferrals_due: int


@dataclass(frozen=True, slots=True)
class DayDone:
    """What the window did on a day that is over."""

    received: int
    accepted: int
    corrections_asked: int
    not_accepted: int


class ToDoKind(StrEnum):
    """What is owed, the worst first."""

    REFUSED = "refused"
    PRINT_UNKNOWN = "print_unknown"
    PRINT_FAILED = "print_failed"
    PRINT_STUCK = "print_stuck"
    NOTICE_DUE = "notice_due"
    CORRECTION_DUE = "correction_due"
    DEFERRAL_DUE = "deferral_due"
    AWAITING_SEAL = "awaiting_seal"
    UNPRINTED = "unprinted"
    NUMBERS_LOW = "numbers_low"
    HELD = "held"
    UNSENT = "unsent"


KIND_WORDS: Mapping[ToDoKind, str] = MappingProxyType(
    {
        ToDoKind.REFUSED: tr("平台未接收"),
        ToDoKind.PRINT_UNKNOWN: tr("不知是否打出"),
        ToDoKind.PRINT_FAILED: tr("没有打出"),
        ToDoKind.PRINT_STUCK: tr("打印停住"),
        ToDoKind.NOTICE_DUE: tr("受理决定到期"),
        ToDoKind.CORRECTION_DUE: tr("补正到期"),
        ToDoKind.DEFERRAL_DUE: tr("容缺到期"),
        ToDoKind.AWAITING_SEAL: tr("待用印"),
        ToDoKind.UNPRINTED: tr("未打印"),
        ToDoKind.NUMBERS_LOW: tr("文书编号将尽"),
        ToDoKind.HELD: tr("暂不上传"),
        ToDoKind.UNSENT: tr("待上传"),
    }
)
VERBS: Mapping[ToDoKind, str] = MappingProxyType(
    {
        ToDoKind.REFUSED: tr("重新上传"),
        ToDoKind.PRINT_UNKNOWN: tr("查看是否打出"),
        ToDoKind.PRINT_FAILED: tr("重新打印"),
        ToDoKind.PRINT_STUCK: tr("检查打印机"),
        ToDoKind.NOTICE_DUE: tr("打开办件"),
        ToDoKind.CORRECTION_DUE: tr("打开办件"),
        ToDoKind.DEFERRAL_DUE: tr("打开办件"),
        ToDoKind.AWAITING_SEAL: tr("登记用印"),
        ToDoKind.UNPRINTED: tr("打印"),
        ToDoKind.NUMBERS_LOW: tr("立即同步"),
        ToDoKind.HELD: tr("恢复上传"),
        ToDoKind.UNSENT: tr("立即同步"),
    }
)

_SHEET_KINDS: Mapping[PrintState | None, ToDoKind] = MappingProxyType(
    {
        PrintState.UNKNOWN: ToDoKind.PRINT_UNKNOWN,
        PrintState.FAILED: ToDoKind.PRINT_FAILED,
        PrintState.CANCELLED: ToDoKind.PRINT_FAILED,
    }
)


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing that is owed: `words` say what is wrong, `verb` what mends it; the keys are those the verb needs.

    One that is about no case has the id 0 and no number.
    """

    kind: ToDoKind
    case_id: int
    case_number: str
    words: str
    verb: str
    event_id: str | None = None
    paper_id: int | None = None
    reprint_no: int | None = None
    due: date | None = None


def figures(counter: Counter) -> Today:
    """What the window did today and owes, in numbers; costs as much as there is of it, not as is kept."""
    midnight = counter.clock().replace(hour=0, minute=0, second=0, microsecond=0)
    counts = counter.memory.outbox().counts()
    with counter.memory.read() as connection:
        made = sending.made_since(connection, midnight)
        clocks = [record.state for record in due.clocks(connection, _soon(counter))]
        corrections = clocks.count(State.AWAITING_CORRECTION)
        return Today(
            received=due.count_numbers(connection, series_of(counter, counter.today())),
            accepted=made.get(ACCEPTED, 0),
            corrections_asked=made.get(CORRECTION_ASKED, 0),
            not_accepted=made.get(NOT_ACCEPTED, 0),
            drafts_open=search.count_drafts(connection),
            waiting=counts.waiting,
            unknown=counts.unknown,
            refused=counts.refused,
            held=counts.held,
            oldest_unsent=counts.oldest and counts.oldest.astimezone(midnight.tzinfo),
            unprinted=prints.count_unprinted(connection, sealed_first=_seals_by_key(counter)),
            awaiting_seal=due.count_unsealed(connection),
            corrections_due=corrections,
            notices_due=len(clocks) - corrections,
            deferrals_due=len(due.deferrals(connection, _soon(counter), BEFORE_DECISION)),
        )


def done_on(counter: Counter, day: date) -> DayDone:
    """What the window did on that day, out of the records; costs as much as was made since."""
    start, end = span_of(counter, day)
    with counter.memory.read() as connection:
        made = sending.made_since(connection, start, end)
        return DayDone(
            received=due.count_numbers(connection, series_of(counter, day)),
            accepted=made.get(ACCEPTED, 0),
            corrections_asked=made.get(CORRECTION_ASKED, 0),
            not_accepted=made.get(NOT_ACCEPTED, 0),
        )


def span_of(counter: Counter, day: date) -> tuple[datetime, datetime]:
    """From its midnight to the next one, in the hall's time."""
    zone = counter.clock().tzinfo
    return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)


def queue(counter: Counter) -> tuple[ToDo, ...]:
    """What is owed, the worst first, at most `LONGEST` of a kind."""
    in_doubt = OutboxState.UNKNOWN, OutboxState.SENDING
    with counter.memory.read() as connection:
        refused = sending.unsettled(connection, OutboxState.REFUSED, limit=LONGEST)
        unsent = sending.unsettled(connection, *in_doubt, OutboxState.WAITING, limit=LONGEST)
        held = sending.unsettled(connection, OutboxState.WAITING, OutboxState.REFUSED, limit=LONGEST, held=True)
        found = [
            *(_event(ToDoKind.REFUSED, record) for record in refused),
            *(_event(ToDoKind.UNSENT, record) for record in unsent),
            *(_event(ToDoKind.HELD, record) for record in held),
            *_sheets(counter, connection),
            *(_clock(counter, record) for record in due.clocks(connection, _soon(counter))),
            *_deferrals(counter, connection),
            *(_seal(record) for record in due.unsealed(connection, LONGEST)),
            *_numbers(counter, connection),
        ]
    order = {kind: place for place, kind in enumerate(ToDoKind)}
    return tuple(sorted(found, key=lambda each: order[each.kind]))


def _soon(counter: Counter) -> date:
    return due_date(counter.today(), SOON, counter.calendar).date


def series_of(counter: Counter, day: date) -> str:
    """In which the window's 办件编号 of that day count."""
    settings = counter.settings
    return CaseNumber(settings.region, settings.hall_code, settings.window_no, day, 1).series


def _event(kind: ToDoKind, record: EntryRecord) -> ToDo:
    words = labelled(event_words(record.type), record_words(record))
    return ToDo(kind, record.case_id, record.case_number, words, VERBS[kind], event_id=record.event_id)


def _sheets(counter: Counter, connection: Connection) -> Iterator[ToDo]:
    for record in prints.unfinished(connection, LONGEST):
        kind = _SHEET_KINDS.get(record.print.state, ToDoKind.PRINT_STUCK)
        long_ago = record.asked_at is not None and counter.clock() - record.asked_at > PATIENCE
        if kind is not ToDoKind.PRINT_STUCK or long_ago or record.print.state is PrintState.STOPPED:
            yield _sheet(kind, record)
    for record in prints.unasked(connection, LONGEST, sealed_first=_seals_by_key(counter)):
        yield _sheet(ToDoKind.UNPRINTED, record)


def _seals_by_key(counter: Counter) -> bool:
    """Whether a paper is printed with its seal; else it is printed for the wet one, and both are owed."""
    return counter.settings.seal_key is not None


def _sheet(kind: ToDoKind, record: UnprintedRecord) -> ToDo:
    newest = record.print
    words = labelled(PAPER_WORDS[record.kind], print_words(newest.state) + bracketed(retold(newest.reason)))
    return ToDo(
        kind,
        record.case_id,
        record.case_number,
        words,
        VERBS[kind],
        paper_id=newest.paper_id,
        reprint_no=newest.reprint_no,
    )


def _seal(record: UnsealedRecord) -> ToDo:
    kind, words = ToDoKind.AWAITING_SEAL, labelled(_paper(record), tr("待用印"))
    return ToDo(kind, record.case_id, record.case_number, words, VERBS[kind], paper_id=record.paper_id)


def _paper(record: UnsealedRecord) -> str:
    return tr("{paper}{number}").format(paper=PAPER_WORDS[record.kind], number=record.number or "").strip()


def _clock(counter: Counter, record: ClockRecord) -> ToDo:
    awaiting = record.state is State.AWAITING_CORRECTION
    words = tr("补正期限到{due}，材料还没有交来") if awaiting else tr("应当在{due}以前决定是否受理")
    kind = ToDoKind.CORRECTION_DUE if awaiting else ToDoKind.NOTICE_DUE
    return _dated(counter, kind, record, words.format(due=_day(record.due)))


def _deferrals(counter: Counter, connection: Connection) -> Iterator[ToDo]:
    for record in due.deferrals(connection, _soon(counter), BEFORE_DECISION):
        material = material_of(counter.case(connection, record.case_id).item, record.slot).name
        words = tr("容缺材料“{material}”应当在{due}以前补齐").format(material=material, due=_day(record.due))
        yield _dated(counter, ToDoKind.DEFERRAL_DUE, record, words)


def _numbers(counter: Counter, connection: Connection) -> Iterator[ToDo]:
    """One line for all series of which too few numbers are left."""
    short = [stock for stock in stocks(counter, connection) if stock.low]
    if short:
        words = clauses(stock_words(stock) for stock in short)
        yield ToDo(ToDoKind.NUMBERS_LOW, 0, "", words, VERBS[ToDoKind.NUMBERS_LOW])


def _dated(counter: Counter, kind: ToDoKind, record: ClockRecord, words: str) -> ToDo:
    late = tr("已超期：") if record.due < counter.today() else ""
    return ToDo(kind, record.case_id, record.case_number, late + words, VERBS[kind], due=record.due)


def _day(day: date) -> str:
    return tr("{month}月{day}日").format(month=day.month, day=day.day)
