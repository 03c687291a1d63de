"""Cases, their people, forms, material slots and pages: rows in, frozen values out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, literal_column, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.engine import Row
from uuid_utils import uuid7

from client.ports.papers import OwnLook
from client.rules.case import State
from client.rules.identity import Applicant, Attendee
from client.rules.items import KEPT, Item
from client.store.pages import put_behind
from client.store.prepared import Prepared
from client.store.tables import applicants, cases, forms, items, pages, papers, slots
from client.store.times import day, iso, moment, stamp


@dataclass(frozen=True, slots=True)
class PageRecord:
    """One sealed page file of a slot."""

    page_id: int
    ordinal: int
    name: str
    sealed_name: str
    sha256: str
    size: int
    media_type: str
    sheets: int
    pending: bool = False  # scanned for 容缺补齐, and not handed in yet


@dataclass(frozen=True, slots=True)
class SlotRecord:
    """What this case has of one material."""

    slot_id: int
    key: str
    state: str
    copies_original: int
    copies_photocopy: int
    compared: bool
    original_returned: bool
    substitute: str | None
    supply_due: date | None
    pages: tuple[PageRecord, ...] = ()

    @property
    def sheets(self) -> int:
        return sum([page.sheets for page in self.pages if not page.pending])  # a list: an accept asks thirty times

    @property
    def taken_in(self) -> tuple[PageRecord, ...]:
        """The pages that are part of the case, and that the platform is told of."""
        return tuple([page for page in self.pages if not page.pending])

    @property
    def pending(self) -> tuple[PageRecord, ...]:
        return tuple(page for page in self.pages if page.pending)


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A whole case as it stood when it was read."""

    case_id: int
    key: str
    number: str | None
    state: State
    item: Item
    query_code: str | None
    opened_by: str
    opened_at: datetime
    received_at: datetime | None
    corrected_on: date | None
    accepted_on: date | None
    promised_date: date | None
    clock_due: date | None
    corrections: int
    extended: bool
    held_from: State | None
    ground: str | None
    situations: Mapping[str, str]
    collection: str | None
    late_entry: bool
    pad_number: str | None
    applicant: Applicant | None = field(repr=False)
    attendee: Attendee | None = field(repr=False)
    answers: Mapping[str, Any] = field(repr=False)
    faults: tuple[str, ...]
    slots: Mapping[str, SlotRecord]
    own_look: OwnLook
    second_number: str | None = None

    @property
    def number_above(self) -> str | None:
        """The number under which the platform keeps it: its own, but where another case had that already."""
        return self.second_number or self.number


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as a list shows it."""

    case_id: int
    number: str | None
    state: State
    ground: str | None
    item: Item
    opened_at: datetime
    received_at: datetime | None
    promised_date: date | None
    late_entry: bool

    @property
    def item_name(self) -> str:
        return self.item.name


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """What the clerk says of a material: copies taken, compared with the original, returned, or replaced."""

    state: str
    copies_original: int = 0
    copies_photocopy: int = 0
    compared: bool = False
    original_returned: bool = False
    substitute: str | None = None
    supply_due: date | None = None


SET_ASIDE = "#set aside"  # key and state of the slot of removed pages; no material can have this key

_CASE = select(cases, forms.c.answers, forms.c.faults).outerjoin(forms, forms.c.case_id == cases.c.id)
_CASE_BY_ID = Prepared(_CASE.where(cases.c.id == bindparam("of")))
_CASE_BY_NUMBER = Prepared(_CASE.where(cases.c.number == bindparam("of")))
_CASE_BY_SECOND_NUMBER = Prepared(_CASE.where(cases.c.second_number == bindparam("of")))
_CASE_BY_PAD_NUMBER = Prepared(_CASE.where(cases.c.pad_number == bindparam("of")))
_PEOPLE = Prepared(select(applicants.c.part, applicants.c.body).where(applicants.c.case_id == bindparam("of")))
_SLOTS = Prepared(
    select(
        slots,
        pages.c.id.label("page_id"),
        pages.c.ordinal,
        pages.c.name,
        pages.c.sealed_name,
        pages.c.sha256,
        pages.c.size,
        pages.c.media_type,
        pages.c.sheets,
        pages.c.pending,
    )
    .outerjoin(pages, pages.c.slot_id == slots.c.id)
    .where(slots.c.case_id == bindparam("of"), slots.c.key != literal_column(f"'{SET_ASIDE}'"))
    .order_by(slots.c.id, pages.c.ordinal)
)
_SAVED = (
    "number state query_code received_at corrected_on accepted_on promised_date clock_due corrections extended"
    " held_from ground"
)
_SAVE = Prepared(update(cases).where(cases.c.id == bindparam("of")), _SAVED.split())


class Cases:
    """Reads and writes whole cases on a connection of the caller's transaction.

    Times come out in the hall's `zone`, as people and papers tell them. Pinned catalogue versions never
    change, so each is parsed once.
    """

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._items: dict[int, Item] = {}

    def open(self, connection: Connection, item: Item, *, by: str, at: datetime) -> int:
        """A new draft pinned to this version of `item`; returns its id."""
        values = {
            "key": str(uuid7()),
            "state": State.DRAFT,
            "item_id": self._pin(connection, item),
            "opened_by": by,
            "opened_at": stamp(at),
        }
        return int(connection.execute(insert(cases).returning(cases.c.id), values).scalar_one())

    def get(self, connection: Connection, case_id: int) -> CaseRecord | None:
        return self._one(connection, _CASE_BY_ID, case_id)

    def find(self, connection: Connection, number: str) -> CaseRecord | None:
        """The case of that number, be it its printed or its second one."""
        found = self._one(connection, _CASE_BY_NUMBER, number)
        return found or self._one(connection, _CASE_BY_SECOND_NUMBER, number)

    def case_of_paper(self, connection: Connection, paper_number: str) -> int | None:
        """Id of the case a 文书编号 belongs to, the printed one or the platform's for it."""
        of = (papers.c.number == paper_number) | (papers.c.central_number == paper_number)
        return connection.scalar(select(papers.c.case_id).where(of))

    def with_pad_number(self, connection: Connection, pad_number: str) -> CaseRecord | None:
        return self._one(connection, _CASE_BY_PAD_NUMBER, pad_number)

    def lines(
        self, connection: Connection, *, after: int = 0, limit: int = 200, state: State | None = None
    ) -> Sequence[CaseLine]:
        """Cases by key, oldest first, from the one after `after`."""
        statement = select(cases).where(cases.c.id > after).order_by(cases.c.id).limit(limit)
        if state is not None:
            statement = statement.where(cases.c.state == state)
        return [self.line(connection, row) for row in connection.execute(statement).all()]

    def overdue(self, connection: Connection, today: date) -> Sequence[int]:
        """Cases whose own clock ended before `today`."""
        statement = select(cases.c.id).where(cases.c.clock_due < today.isoformat()).order_by(cases.c.id)
        return connection.scalars(statement).all()

    def change(self, connection: Connection, case_id: int, **columns: object) -> None:
        """Set columns of a case; dates and times are told in their kept form already."""
        connection.execute(update(cases).where(cases.c.id == case_id).values(**columns))

    def choose(
        self, connection: Connection, case_id: int, situations: Mapping[str, str], collection: str | None
    ) -> None:
        chosen = json.dumps(dict(situations), ensure_ascii=False)
        self.change(connection, case_id, situations=chosen, collection=collection)

    def repin(self, connection: Connection, case_id: int, item: Item) -> None:
        """Another item for a draft without pages; what was said of the old one's materials goes."""
        connection.execute(delete(slots).where(slots.c.case_id == case_id))
        self.change(connection, case_id, item_id=self._pin(connection, item))

    def save(self, connection: Connection, record: CaseRecord) -> None:
        """Write where the case stands: state, number, dates and clocks, as `record` says."""
        _SAVE.run(
            connection,
            of=record.case_id,
            number=record.number,
            state=record.state,
            query_code=record.query_code,
            received_at=None if record.received_at is None else stamp(record.received_at),
            corrected_on=iso(record.corrected_on),
            accepted_on=iso(record.accepted_on),
            promised_date=iso(record.promised_date),
            clock_due=iso(record.clock_due),
            corrections=record.corrections,
            extended=int(record.extended),
            held_from=record.held_from,
            ground=record.ground,
        )

    def set_person(self, connection: Connection, case_id: int, part: str, person: Applicant | Attendee) -> None:
        values = {"name": person.name, "identifier": person.identifier, "body": person.model_dump_json()}
        statement = upsert(applicants).values(case_id=case_id, part=part, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["case_id", "part"], set_=values))

    def save_answers(
        self, connection: Connection, case_id: int, answers: Mapping[str, Any], faults: Sequence[str], at: datetime
    ) -> None:
        values = {
            "answers": json.dumps(answers, ensure_ascii=False),
            "faults": json.dumps(list(faults), ensure_ascii=False),
            "saved_at": stamp(at),
        }
        statement = upsert(forms).values(case_id=case_id, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["case_id"], set_=values))

    def set_slot(self, connection: Connection, case_id: int, key: str, facts: SlotFacts) -> int:
        """Make or change the slot `key` of a case; returns its id."""
        values = {
            "state": facts.state,
            "copies_original": facts.copies_original,
            "copies_photocopy": facts.copies_photocopy,
            "compared": int(facts.compared),
            "original_returned": int(facts.original_returned),
            "substitute": facts.substitute,
            "supply_due": iso(facts.supply_due),
        }
        statement = upsert(slots).values(case_id=case_id, key=key, **values)
        statement = statement.on_conflict_do_update(index_elements=["case_id", "key"], set_=values)
        return int(connection.execute(statement.returning(slots.c.id)).scalar_one())

    def remove_page(self, connection: Connection, record: CaseRecord, page_id: int) -> None:
        """Take a page out of its slot.

        Once the case has a number an event may name the page, and is not taken without its file: the page is then
        set aside, out of everybody's sight but the outbox's.
        """
        if record.number is None:
            connection.execute(delete(pages).where(pages.c.id == page_id))
            return
        aside = self.set_slot(connection, record.case_id, SET_ASIDE, SlotFacts(SET_ASIDE))
        put_behind(connection, page_id, aside)

    def _local(self, text: str) -> datetime:
        return moment(text).astimezone(self._zone)

    def _pin(self, connection: Connection, item: Item) -> int:
        known = select(items.c.id).where(
            items.c.task_handle_item == item.task_handle_item, items.c.version == item.version
        )
        item_id = connection.scalar(known)
        if item_id is None:
            named = {"task_handle_item": item.task_handle_item, "version": item.version}
            values = {**named, "body": item.model_dump_json()}
            item_id = connection.execute(insert(items).returning(items.c.id), values).scalar_one()
        return int(item_id)

    def _item(self, connection: Connection, item_id: int) -> Item:
        item = self._items.get(item_id)
        if item is None:
            body = connection.scalars(select(items.c.body).where(items.c.id == item_id)).one()
            item = self._items[item_id] = Item.model_validate_json(body, context=KEPT)
        return item

    def line(self, connection: Connection, row: Row[Any]) -> CaseLine:
        """A row of `cases` as a list shows it."""
        return CaseLine(
            case_id=row.id,
            number=row.number,
            state=State(row.state),
            ground=row.ground,
            item=self._item(connection, row.item_id),
            opened_at=self._local(row.opened_at),
            received_at=None if row.received_at is None else self._local(row.received_at),
            promised_date=day(row.promised_date),
            late_entry=bool(row.late_entry),
        )

    def _one(self, connection: Connection, statement: Prepared, of: int | str) -> CaseRecord | None:
        row = next(statement.rows(connection, of=of), None)
        if row is None:
            return None
        bodies = {person.part: person.body for person in _PEOPLE.rows(connection, of=row.id)}
        slot_rows = list(_SLOTS.rows(connection, of=row.id))
        return CaseRecord(
            case_id=row.id,
            key=row.key,
            number=row.number,
            state=State(row.state),
            item=self._item(connection, row.item_id),
            query_code=row.query_code,
            opened_by=row.opened_by,
            opened_at=self._local(row.opened_at),
            received_at=None if row.received_at is None else self._local(row.received_at),
            corrected_on=day(row.corrected_on),
            accepted_on=day(row.accepted_on),
            promised_date=day(row.promised_date),
            clock_due=day(row.clock_due),
            corrections=row.corrections,
            extended=bool(row.extended),
            held_from=None if row.held_from is None else State(row.held_from),
            ground=row.ground,
            situations=json.loads(row.situations),
            collection=row.collection,
            late_entry=bool(row.late_entry),
            pad_number=row.pad_number,
            applicant=Applicant.model_validate_json(bodies["applicant"]) if "applicant" in bodies else None,
            attendee=Attendee.model_validate_json(bodies["attendee"]) if "attendee" in bodies else None,
            answers=json.loads(row.answers or "{}"),
            faults=tuple(json.loads(row.faults or "[]")),
            slots=_slots(slot_rows),
            second_number=row.second_number,
            own_look=OwnLook.of(row.own_look),
        )


def _slots(rows: Sequence[Any]) -> dict[str, SlotRecord]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return {key: _slot(of_slot) for key, of_slot in found.items()}


def _slot(rows: Sequence[Any]) -> SlotRecord:
    first = rows[0]
    return SlotRecord(
        slot_id=first.id,
        key=first.key,
        state=first.state,
        copies_original=first.copies_original,
        copies_photocopy=first.copies_photocopy,
        compared=bool(first.compared),
        original_returned=bool(first.original_returned),
        substitute=first.substitute,
        supply_due=day(first.supply_due),
        pages=tuple(
            PageRecord(
                r.page_id, r.ordinal, r.name, r.sealed_name, r.sha256, r.size, r.media_type, r.sheets, bool(r.pending)
            )
            for r in rows
            if r.page_id is not None
        ),
    )
