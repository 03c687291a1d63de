"""Everything the intake page shows of one case, as one frozen value: read off the screen's thread, painted at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import Connection

from client.desk.acceptance import acceptance_day
from client.desk.completeness import SlotState, shortcomings, what_is_wrong
from client.desk.counter import Counter
from client.desk.drafting import OPEN_STATES
from client.desk.lettering import told_of_case
from client.desk.looks import look_of
from client.desk.prints import print_words
from client.desk.sending import NOTHING_TO_SEND, OutboxState, Upload, uploads
from client.errors import CaseError, Fault
from client.ports.pages import PageLooks
from client.ports.papers import PAPER_WORDS, PaperKind, PaperLook
from client.ports.printer import PrintState
from client.rules import deadlines
from client.rules.cards import CardReading
from client.rules.case import Act, Actor, State, lawful_acts
from client.rules.deadlines import DueDate
from client.rules.forms import FormFault, form_faults
from client.rules.identity import Applicant, Attendee
from client.rules.items import Item, Material, Situation, Substitute, open_situations, slots_needed
from client.rules.regimes import Ground, MaterialsAfterNotice
from client.store import cards, originals, pages, papers, prints
from client.store.cases import CaseRecord, PageRecord, SlotRecord
from client.store.papers import PAPER_STATE_WORDS, PaperRecord, PaperState
from client.store.prints import PrintRecord
from client.text import tr

__all__ = [
    "CaseSheet",
    "OutboxState",
    "PageSheet",
    "PaperKind",
    "PaperLine",
    "PaperState",
    "PrintState",
    "SlotSheet",
    "SlotState",
    "Upload",
    "page_content",
    "sheet",
]

GONE_PAGE = Fault("CASE-218", tr("没有找到这一页"), tr("这一页可能刚被移除；请刷新后重新选择"))

_NOTHING = SlotRecord(0, "", SlotState.MISSING, 0, 0, False, False, None, None)  # of a material nobody touched


@dataclass(frozen=True, slots=True)
class PageSheet:
    """One page file of a material; its content comes from `page_content`."""

    page_id: int
    ordinal: int
    name: str
    media_type: str
    sheets: int
    size: int
    looks: PageLooks | None = None  # of a page that was cleaned; what came can be taken instead


@dataclass(frozen=True, slots=True)
class SlotSheet:
    """A needed material as it stands. `wanting`: why the case cannot be accepted with it, empty when it can."""

    material: Material
    state: SlotState
    pages: tuple[PageSheet, ...]
    sheets: int
    copies_original: int
    copies_photocopy: int
    compared: bool
    original_returned: bool
    substitute: Substitute | None
    supply_due: date | None
    wanting: str
    pending: int = 0  # pages scanned for 容缺补齐 and not handed in yet; the last of `pages`


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper of the case. What is said of printing is said of its newest print, whose number is `reprints`."""

    paper_id: int
    kind: PaperKind
    words: str
    number: str | None
    state: PaperState
    state_words: str
    issued_at: datetime
    rendered: bool  # whether that newest print has its page
    reprints: int
    print_state: PrintState | None
    print_words: str
    print_reason: str
    central_number: str | None = None  # the platform's, where `number` is a provisional one


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """A whole case for the screen. `acts` are the window's lawful ones; what stops each is told by the act itself."""

    case_id: int
    number: str | None
    second_number: str | None  # under which the platform keeps it, where another case has its own number there
    state: State
    state_words: str
    item: Item
    applicant: Applicant | None = field(repr=False)
    attendee: Attendee | None = field(repr=False)
    situations: Mapping[str, str]
    open_situations: tuple[Situation, ...]
    collection: str | None
    answers: Mapping[str, Any] = field(repr=False)
    faults: tuple[FormFault, ...]
    slots: tuple[SlotSheet, ...]  # those needed in its situations, in the catalogue's order
    shortcomings: tuple[str, ...]
    letters_told: tuple[str, ...]  # of names that its papers cannot bear as they are
    acts: frozenset[Act]
    grounds: tuple[Ground, ...]
    asks_correction: bool
    materials_by_clerk: bool  # at a correction the clerk decides whether the materials stay
    promised: DueDate | None  # of the case; before its acceptance, if it were accepted today
    notice_due: date | None  # of its own clock; of a draft, if it were taken in today
    papers: tuple[PaperLine, ...]
    upload: Upload  # how its events stand with the platform
    editable: bool
    query_code: str | None
    opened_at: datetime
    received_at: datetime | None
    accepted_on: date | None
    promised_date: date | None
    late_entry: bool
    pad_number: str | None
    look: PaperLook  # of its next paper
    readings: tuple[CardReading, ...] = field(default=(), repr=False)  # of its people's documents, without raw texts


def sheet(counter: Counter, case_id: int) -> CaseSheet:
    """The case as it stands in one snapshot of the store. Raises CaseError when there is none."""
    with counter.memory.read() as connection:
        record = counter.case(connection, case_id)
        lines = _paper_lines(counter, connection, case_id)
        upload = uploads(connection, [case_id]).get(case_id, NOTHING_TO_SEND)
        looks = originals.looks_of(connection, case_id)
        readings = tuple(cards.of_case(connection, case_id))
    regime = counter.regime(record)
    return CaseSheet(
        case_id=case_id,
        number=record.number,
        second_number=record.second_number,
        state=record.state,
        state_words=counter.state_words(record),
        item=record.item,
        applicant=record.applicant,
        attendee=record.attendee,
        situations=record.situations,
        open_situations=open_situations(record.item, record.situations),
        collection=record.collection,
        answers=record.answers,
        faults=form_faults(record.item, record.answers),
        slots=tuple(_slot(record, material, looks) for material in slots_needed(record.item, record.situations)),
        shortcomings=shortcomings(record),
        letters_told=told_of_case(counter, record) if record.state in OPEN_STATES else (),
        acts=lawful_acts(counter.standing(record), Actor.WINDOW),
        grounds=regime.grounds,
        asks_correction=regime.asks_correction,
        materials_by_clerk=regime.materials_after_notice is MaterialsAfterNotice.BY_CLERK,
        promised=_promised(counter, record),
        notice_due=_notice_due(counter, record),
        papers=lines,
        upload=upload,
        editable=record.state in OPEN_STATES,
        query_code=record.query_code,
        opened_at=record.opened_at,
        received_at=record.received_at,
        accepted_on=record.accepted_on,
        promised_date=record.promised_date,
        late_entry=record.late_entry,
        pad_number=record.pad_number,
        look=look_of(record, counter.settings, counter.today()),
        readings=readings,
    )


def page_content(counter: Counter, page_id: int) -> bytes:
    """The file of a page, authenticated. Raises CaseError when there is no such page, StoreError when it is damaged."""
    with counter.memory.read() as connection:
        name = pages.sealed_name(connection, page_id)
    if name is None:
        raise CaseError(GONE_PAGE)
    return counter.memory.files.get(name)


def page_as_it_came(counter: Counter, page_id: int) -> bytes:
    """What a page was cleaned from; its own file where it was not. Raises as `page_content`."""
    with counter.memory.read() as connection:
        found = originals.find(connection, page_id)
    return counter.memory.files.get(found[0].name) if found is not None else page_content(counter, page_id)


def _slot(record: CaseRecord, material: Material, looks: Mapping[int, PageLooks]) -> SlotSheet:
    slot = record.slots.get(material.key, _NOTHING)
    return SlotSheet(
        material=material,
        state=SlotState(slot.state),
        pages=tuple(_page(page, looks.get(page.page_id)) for page in slot.pages),
        sheets=slot.sheets,
        copies_original=slot.copies_original,
        copies_photocopy=slot.copies_photocopy,
        compared=slot.compared,
        original_returned=slot.original_returned,
        substitute=None if slot.substitute is None else Substitute(slot.substitute),
        supply_due=slot.supply_due,
        wanting=what_is_wrong(record, material),
        pending=len(slot.pending),
    )


def _page(page: PageRecord, looks: PageLooks | None) -> PageSheet:
    return PageSheet(page.page_id, page.ordinal, page.name, page.media_type, page.sheets, page.size, looks)


def _paper_lines(counter: Counter, connection: Connection, case_id: int) -> tuple[PaperLine, ...]:
    newest = prints.newest_of_case(connection, case_id)
    zone = counter.clock().tzinfo
    return tuple(_paper_line(paper, newest[paper.paper_id], zone) for paper in papers.of_case(connection, case_id))


def _paper_line(paper: PaperRecord, newest: PrintRecord, zone: tzinfo | None) -> PaperLine:
    return PaperLine(
        paper_id=paper.paper_id,
        kind=paper.kind,
        words=PAPER_WORDS[paper.kind],
        number=paper.number,
        state=paper.state,
        state_words=PAPER_STATE_WORDS[paper.state],
        issued_at=paper.issued_at.astimezone(zone),
        rendered=newest.rendered,
        reprints=paper.reprints,
        print_state=newest.state,
        print_words=print_words(newest.state),
        print_reason=newest.reason,
        central_number=paper.central_number,
    )


def _promised(counter: Counter, record: CaseRecord) -> DueDate | None:
    if record.promised_date is not None:
        return DueDate(record.promised_date, counter.calendar.is_forecast(record.promised_date))
    if record.state not in OPEN_STATES:
        return None
    return deadlines.promised_date(record.item, acceptance_day(record, counter.today()), counter.calendar)


def _notice_due(counter: Counter, record: CaseRecord) -> date | None:
    if record.state is not State.DRAFT:
        return record.clock_due
    start = record.received_at.date() if record.received_at else counter.today()
    due = deadlines.notice_due(start, counter.regime(record).notice_clock, counter.calendar)
    return due.date if due else None
