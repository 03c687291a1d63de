"""The window's own sheets, out of what the store knows: the hand-over of materials, of a shift, and the day close."""

from collections.abc import Iterable, Sequence
from datetime import date

from client.desk.completeness import SlotState
from client.desk.counter import Counter
from client.desk.number_report import Serials, SeriesReport, report
from client.desk.staff import Staff
from client.desk.today import KIND_WORDS, Today, ToDo, done_on, figures, queue, series_of, span_of
from client.desk.wording import deferred_lines
from client.errors import CaseError, Fault
from client.ports.papers import PAPER_WORDS
from client.ports.sheets import (
    DayClose,
    Figure,
    HandOverLine,
    HandOverSlip,
    OwedLine,
    SeriesLine,
    ShiftHandOver,
    Ticket,
)
from client.rules.identity import ApplicantKind
from client.rules.masking import masked_name
from client.rules.numbering import CaseNumber
from client.rules.rights import Right
from client.store import audit, papers
from client.store.cases import CaseRecord
from client.text import chinese, listed, source_of, tr

NOTHING = "—"
_NOT_THERE = frozenset({SlotState.MISSING, SlotState.DEFERRED, SlotState.WAIVED, SlotState.DECLARED})

NO_CASES = Fault("PAPER-345", tr("没有写明要移交的办件"), tr("请写明办件编号，可以写多个；没有移交任何材料"))
NOT_ONE_ORGAN = Fault(
    "PAPER-346",
    tr("要移交的办件分属不同的机关：{organs}"),
    tr("请按机关分开移交，一个机关一张物料流转凭证；没有登记任何移交"),
)
NOT_YET = Fault("PAPER-352", tr("{day}还没有到"), tr("请写今天或者以前的日期"))
BEFORE_THE_RECORDS = Fault(
    "PAPER-353",
    tr("本窗口的记录从{first}开始，没有{day}的记录"),
    tr("请写{first}或者以后的日期；再早的，请在原来的窗口生成，或者查阅存档"),
)


def hand_over(counter: Counter, by: Staff, numbers: Sequence[str], department: str = "") -> HandOverSlip:
    """The slip for the materials of these cases, all of one organ. Raises CaseError.

    `department`: who takes them; "": the organ's department by the catalogue. It is on record once
    `record_hand_over` was told that the slip is there.
    """
    counter.permit(by, Right.INTAKE, "hand_over")
    wanted = dict.fromkeys(str(CaseNumber.parse(number)) for number in numbers)
    if not wanted:
        raise CaseError(NO_CASES)
    now = counter.clock()
    with counter.memory.read() as connection:
        records = [counter.case_of(connection, number) for number in wanted]
    organs = dict.fromkeys(record.item.organ.name for record in records)
    if len(organs) > 1:
        raise CaseError(NOT_ONE_ORGAN, organs=listed(organs))
    settings, organ = counter.settings, records[0].item.organ
    return HandOverSlip(
        **_window(counter, signed(by.name, by.staff_no)),
        made_at=now,
        batch=f"{settings.region}-{settings.hall_code}-{settings.window_no}-{now:%Y%m%d-%H%M%S}",
        department=f"{organ.name} {department or organ.department}",
        lines=[_line(record) for record in records],
    )


def record_hand_over(counter: Counter, by: Staff, slip: HandOverSlip) -> None:
    """Enter the batch of a slip that is on the disk."""
    numbers = [line.case_number for line in slip.lines]
    with counter.memory.begin() as connection:
        audit.add(connection, slip.made_at, by.staff_no, "hand_over", slip.batch, "done", {"cases": numbers})


def _line(record: CaseRecord) -> HandOverLine:
    there = [slot for slot in record.slots.values() if slot.state not in _NOT_THERE]
    copies = sum(slot.copies_original * (not slot.original_returned) + slot.copies_photocopy for slot in there)
    told = chinese("{count}项，共{copies}份{sheets}页")
    deferred, applicant = deferred_lines(record), record.applicant
    lacking = chinese("；容缺{count}项").format(count=len(deferred)) if deferred else ""
    name = applicant.name if applicant else NOTHING
    return HandOverLine(
        case_number=record.number or "",
        item=record.item.name,
        applicant=masked_name(name) if applicant and applicant.kind is ApplicantKind.PERSON else name,
        materials=told.format(count=len(there), copies=copies, sheets=sum(slot.sheets for slot in there)) + lacking,
    )


def day_close(counter: Counter, made_by: str, day: date | None = None) -> DayClose:
    """What the window did that day, where the numbers of its year are, and what is owed now. Nothing is written.

    `made_by`: who signs it, as `signed` has it. `day`: None for today; of one that is over the figures are out of the
    records, without what was open then. Raises CaseError for a day to come, or before the records.
    """
    day = _recorded(counter, day)
    with counter.memory.read() as connection:
        made = papers.made_between(connection, *span_of(counter, day))
    printed = [Figure(label=source_of(PAPER_WORDS[each.kind]), value=_made(each)) for each in made]
    own = series_of(counter, day)
    series = [each for each in report(counter, day.year) if each.series == own or not each.series[0].isdigit()]
    return DayClose(
        **_window(counter, made_by),
        made_at=counter.clock(),
        day=day,
        figures=[*_figures(counter, day), *printed],
        series=[_series(each) for each in series],
        owed=[_owed(todo) for todo in queue(counter)],
    )


def shift_hand_over(counter: Counter, made_by: str, to: str, day: date | None = None) -> ShiftHandOver:
    """What is open at the window now, for whoever goes on; what was done on `day` as in `day_close`."""
    day = _recorded(counter, day)
    return ShiftHandOver(
        **_window(counter, made_by),
        made_at=counter.clock(),
        day=day,
        taken_over_by=to,
        figures=_figures(counter, day),
        owed=[_owed(todo) for todo in queue(counter)],
    )


def ticket(counter: Counter, made_by: str, number: str, item: str, ahead: int) -> Ticket:
    """The ticket of a number that was called out elsewhere."""
    return Ticket(**_window(counter, made_by), made_at=counter.clock(), number=number, item=item, ahead=ahead)


def _window(counter: Counter, made_by: str) -> dict[str, str]:
    settings = counter.settings
    return {"hall_name": settings.hall_name, "window_no": settings.window_no, "made_by": made_by}


def signed(name: str, staff_no: str) -> str:
    """As somebody of the hall stands on a paper."""
    return chinese("{name}（工号{staff_no}）").format(name=name, staff_no=staff_no)


def _recorded(counter: Counter, day: date | None) -> date:
    """The day, today where none is said. Raises CaseError where the window has no records of it."""
    today = counter.today()
    if day is None or day == today:
        return today
    if day > today:
        raise CaseError(NOT_YET, day=day)
    if day < (first := first_day(counter)):
        raise CaseError(BEFORE_THE_RECORDS, day=day, first=first)
    return day


def first_day(counter: Counter) -> date:
    """Of which the window has records."""
    with counter.memory.read() as connection:
        began = audit.began(connection)
    return began.astimezone(counter.clock().tzinfo).date() if began else counter.today()


def _figures(counter: Counter, day: date) -> list[Figure]:
    """What was done that day; of today what is open besides."""
    today = figures(counter) if day == counter.today() else None
    done = today or done_on(counter, day)
    told = (
        (chinese("收件"), done.received),
        (chinese("受理"), done.accepted),
        (chinese("告知补正"), done.corrections_asked),
        (chinese("不予受理"), done.not_accepted),
        *(_open(today) if today else ()),
    )
    return [Figure(label=label, value=str(count)) for label, count in told]


def _open(today: Today) -> Sequence[tuple[str, int]]:
    return (
        (chinese("草稿"), today.drafts_open),
        (chinese("待用印"), today.awaiting_seal),
        (chinese("没有打出"), today.unprinted),
        (chinese("待上传"), today.waiting),
        (chinese("结果不明"), today.unknown),
        (chinese("平台未接收"), today.refused),
        (chinese("暂不上传"), today.held),
        (chinese("即将到期"), today.corrections_due + today.notices_due + today.deferrals_due),
    )


def _made(made: papers.Made) -> str:
    parts = [chinese("出具{count}").format(count=made.issued)]
    if made.reprints:
        parts.append(chinese("补打{count}").format(count=made.reprints))
    if made.voided:
        parts.append(chinese("作废{count}").format(count=made.voided))
    return chinese("，").join(parts)


def _series(series: SeriesReport) -> SeriesLine:
    voided = _apart(f"{Serials(each.first, each.last)}（{each.reason}）" for each in series.voided)
    return SeriesLine(
        series=series.series,
        issued=str(series.issued),
        voided=voided or NOTHING,
        returned=_apart(map(str, series.returned)) or NOTHING,
        free=str(series.free),
        gaps=_apart(map(str, series.gaps)) or NOTHING,
    )


def _apart(parts: Iterable[str]) -> str:
    return chinese("、").join(parts)


def _owed(todo: ToDo) -> OwedLine:
    what = source_of(KIND_WORDS[todo.kind])
    return OwedLine(what=what, case_number=todo.case_number or NOTHING, words=source_of(todo.words))
