"""Gathering a case: item, people, answers, material pages. Everything is on disk as soon as it is given."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from client.desk import place
from client.desk.card_readings import keep_readings
from client.desk.completeness import SUBSTITUTE_STATE, SlotState
from client.desk.counter import Counter, case_name, require_reason
from client.desk.keeping import KeptPage, kept
from client.desk.lettering import told
from client.desk.staff import Staff
from client.errors import CaseError, Fault
from client.rules.batches import interleaved
from client.rules.cards import CardReading
from client.rules.case import STATE_WORDS, Act, Actor, State, move
from client.rules.forms import form_faults
from client.rules.identifiers import Identifier
from client.rules.identity import Applicant, Attendee, check_applicant, check_attendee, is_under_14
from client.rules.items import ATTENDEE, Item, Material, Necessity, OriginalStays, Substitute, slots_needed
from client.rules.names import name_warnings
from client.rules.rights import Right
from client.store import audit, cards, originals, pages
from client.store.cases import CaseLine, CaseRecord, SlotFacts, SlotRecord
from client.store.times import stamp
from client.text import tr

OPEN_STATES = frozenset({State.DRAFT, State.RECEIVED, State.AWAITING_CORRECTION, State.CORRECTION_MADE})

CLOSED = Fault(
    "CASE-203",
    tr("办件 {case} 已是“{state}”，内容不能再改"),
    tr("受理后的办件不再补正或更改；确需变更的，由申请人撤回后重新申请，或由承办部门依法更正"),
)
UNKNOWN_SLOT = Fault(
    "CASE-204", tr("事项“{item}”没有材料“{slot}”"), tr("请从材料清单中选择；如清单有误，请大厅管理员更新事项目录")
)
NO_PAGE = Fault("CASE-205", tr("办件 {case} 没有这一页"), tr("请刷新后重新选择要移除的页"))
NO_ORIGINAL = Fault("CASE-220", tr("这一页没有另存的原图"), tr("这一页就是扫描时的样子；不清楚的请重新扫描"))
NOT_A_SUBSTITUTE = Fault(
    "CASE-206", tr("材料“{material}”不能以“{substitute}”代替"), tr("请提交材料，或者选择清单中列明的代替方式")
)
NOT_DEFERRABLE = Fault("CASE-207", tr("材料“{material}”不能容缺后补"), tr("请当场提交，或一次性告知补正"))
FUTURE_RECEIPT = Fault("CASE-208", tr("收件时间晚于现在"), tr("请核对纸质登记上的收件时间和本机时钟"))
PAD_NUMBER_USED = Fault(
    "CASE-209", tr("纸质登记号 {pad_number} 已补录为办件 {case}"), tr("请勿重复补录；如登记号写错，请核对纸质登记簿")
)
UNKNOWN_COLLECTION = Fault("CASE-210", tr("事项“{item}”没有领取方式“{way}”"), tr("请从事项列出的领取方式中选择"))
HAS_PAGES = Fault(
    "CASE-219",
    tr("办件 {case} 已有材料页，不能改为另一事项"),
    tr("请先暂存本件，另开新件；材料页确已放错的，请先逐页删除"),
)

UNDER_14 = tr("申请人不满十四周岁：其信息属敏感个人信息，请由监护人到场并取得监护人同意（个人信息保护法第三十一条）")


@dataclass(frozen=True, slots=True)
class MaterialMark:
    """What the clerk says of a material beside its pages. What is left out is as the catalogue has it."""

    copies_original: int | None = None
    copies_photocopy: int | None = None
    compared: bool = False
    original_returned: bool | None = None
    substitute: Substitute | None = None
    deferred: bool = False
    defective: bool = False


class Drafting:
    """Use cases before (and, for corrections, between) the decisions; each is one transaction."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def open(self, by: Staff, item: Item, *, on_table: bool = False) -> int:
        """A new draft, pinned to this version of the item; returns its id.

        `on_table`: it is in front of the clerk from the same transaction on, so a killed window reopens with it.
        """
        counter = self._counter
        counter.permit(by, Right.INTAKE, item.task_code)
        with counter.memory.begin() as connection:
            case_id = counter.memory.cases.open(connection, item, by=by.staff_no, at=counter.clock())
            self._save_answers(connection, case_id, item, {})  # a form nobody touched is an empty one, not a whole one
            self._note(connection, by, "open", f"draft:{case_id}", {"item": item.task_code})
            if on_table:
                place.lay(connection, case_id)
        return case_id

    def change_item(self, case_id: int, by: Staff, item: Item) -> None:
        """Make a draft one of `item`, in this version of it: the applicant wants something else after all.

        People stay, and answers to what the new form asks as well; situations and collection are asked anew.
        Raises CaseError for a draft with pages, which belong to the materials of the old item, and for a case that
        is a draft no more.
        """
        cases = self._counter.memory.cases
        with self.editing(case_id, by) as (connection, record):
            if record.state is not State.DRAFT:
                raise CaseError(CLOSED, case=case_name(record), state=STATE_WORDS[record.state])
            if any(slot.pages for slot in record.slots.values()):
                raise CaseError(HAS_PAGES, case=case_name(record))
            cases.repin(connection, case_id, item)
            cases.choose(connection, case_id, with_attendee(item, {}, record.attendee), None)
            self._save_answers(connection, case_id, item, _still_asked(record, item))
            self._note(connection, by, "change_item", f"draft:{case_id}", {"item": item.task_code})

    def drafts(self) -> Sequence[CaseLine]:
        """The drafts to take up again, oldest first."""
        with self._counter.memory.read() as connection:
            return self._counter.memory.cases.lines(connection, state=State.DRAFT)

    def back_enter(self, case_id: int, by: Staff, received_at: datetime, pad_number: str | None) -> None:
        """Mark a draft as 补录 of what was received on paper at `received_at` (aware, not in the future).

        The clocks run from the paper, not from the typing. Raises CaseError when another case has the pad number,
        or when the case is a draft no more: what its papers say of the receipt stands.
        """
        require_past(received_at, self._counter.clock())
        cases = self._counter.memory.cases
        with self.editing(case_id, by) as (connection, record):
            if record.state is not State.DRAFT:
                raise CaseError(CLOSED, case=case_name(record), state=STATE_WORDS[record.state])
            twin = cases.with_pad_number(connection, pad_number) if pad_number else None
            if twin is not None and twin.case_id != case_id:
                raise CaseError(PAD_NUMBER_USED, pad_number=pad_number, case=case_name(twin))
            values = {"received_at": stamp(received_at), "late_entry": 1, "pad_number": pad_number}
            cases.change(connection, case_id, **values)
            self._note(connection, by, "back_enter", f"draft:{case_id}", {"received_at": received_at.isoformat()})

    def set_people(
        self, case_id: int, by: Staff, applicant: Applicant, attendee: Attendee, readings: Sequence[CardReading] = ()
    ) -> tuple[str, ...]:
        """Who applies and who stands at the window: two, even when they are one; and what their cards told.

        Returns what the clerk should look at: characters of a name that need judging by eye, a child's data.
        Raises CaseError for what cannot be right.
        """
        applicant = check_applicant(applicant, self._counter.today())
        attendee = check_attendee(attendee, applicant, self._counter.today())
        cases = self._counter.memory.cases
        with self.editing(case_id, by) as (connection, record):
            cases.set_person(connection, case_id, "applicant", applicant)
            cases.set_person(connection, case_id, "attendee", attendee)
            if readings:
                keep_readings(self._counter, connection, case_id, by, [applicant, attendee], readings)
            situations = with_attendee(record.item, record.situations, attendee)
            cases.choose(connection, case_id, situations, record.collection)
        return self._notices(applicant, attendee)

    def choose(self, case_id: int, by: Staff, situations: Mapping[str, str], collection: str | None = None) -> None:
        """Answer the situations (they decide the materials) and choose how the result is collected.

        Who stands at the window is no question: once known, the attendee's capacity answers it.
        """
        with self.editing(case_id, by) as (connection, record):
            situations = with_attendee(record.item, situations, record.attendee)
            slots_needed(record.item, situations)
            self._counter.memory.cases.choose(connection, case_id, situations, known_way(record.item, collection))

    def fill(self, case_id: int, by: Staff, answers: Mapping[str, Any]) -> tuple[str, ...]:
        """Save the form as it stands and return what is still wrong with it, in sentences; nothing is refused."""
        with self.editing(case_id, by) as (connection, record):
            return self._save_answers(connection, case_id, record.item, answers)

    def amend(self, case_id: int, by: Staff, changes: Mapping[str, Any]) -> tuple[str, ...]:
        """Save some answers over those that stand, None empties one; returns what `fill` does."""
        with self.editing(case_id, by) as (connection, record):
            return self._save_answers(connection, case_id, record.item, amended(record.answers, changes))

    def attach(self, case_id: int, by: Staff, slot: str, name: str, content: bytes) -> int:
        """Seal a page file and put it into a material; returns the page's id.

        The file is on disk before its row is. Raises CaseError for a file that is no whole page.
        """
        return self.attach_kept(case_id, by, slot, kept(self._counter, name, content))

    def attach_kept(self, case_id: int, by: Staff, slot: str, page: KeptPage) -> int:
        """The same for a page whose file is on disk, as one from the scanner is (`keeping.kept_scan`)."""
        with self.editing(case_id, by) as (connection, record):
            return page.append(connection, self.take_in(connection, record, slot), self._counter.clock())

    def take_in(self, connection: Connection, record: CaseRecord, slot: str) -> int:
        """A material that gets a page, as it is taken in; returns its id."""
        material, known = material_of(record.item, slot), record.slots.get(slot)
        if known is not None and known.state != SlotState.MISSING:
            return known.slot_id
        facts = _taken_in(material, known)
        return self._counter.memory.cases.set_slot(connection, record.case_id, slot, facts)

    def detach(self, case_id: int, by: Staff, page_id: int) -> None:
        """Take a page out of its material again; a material without pages is missing."""
        with self.editing(case_id, by) as (connection, record):
            slot = slot_with(record, page_id)
            self._counter.memory.cases.remove_page(connection, record, page_id)
            self.without(connection, record, slot)

    def without(self, connection: Connection, record: CaseRecord, slot: SlotRecord) -> None:
        """A material one of whose pages went: without its last one it is missing."""
        by_its_pages = slot.state in {SlotState.COMPLETE, SlotState.DEFECTIVE} and slot.substitute is None
        if len(slot.pages) == 1 and by_its_pages:
            missing = SlotFacts(SlotState.MISSING)
            self._counter.memory.cases.set_slot(connection, record.case_id, slot.key, missing)

    def interleave(self, case_id: int, by: Staff, slot: str, before: int, fronts: int) -> None:
        """Put fronts and backs of a material that were scanned one after the other in order.

        Behind its first `before` pages come so many fronts, then the backs, the last sheet's first. Raises CaseError
        where they do not match; then they stay as they came.
        """
        with self.editing(case_id, by) as (connection, record):
            known = record.slots.get(slot)
            ids = [page.page_id for page in known.pages] if known is not None else []
            sides = interleaved(ids[before : before + fronts], ids[before + fronts :])
            pages.put_in_order(connection, [*ids[:before], *sides])

    def replace_page(self, case_id: int, by: Staff, page_id: int, name: str, content: bytes) -> int:
        """Put another file in the place of a page (scanned again); returns the new page's id. Raises CaseError."""
        return self.put_in_place(case_id, by, page_id, kept(self._counter, name, content))

    def take_original(self, case_id: int, by: Staff, page_id: int) -> int:
        """The page as it came from the scanner takes the place of what it was cleaned into; returns its id."""
        with self._counter.memory.read() as connection:
            found = originals.find(connection, page_id)
            name = pages.name_of(connection, page_id)
        if found is None or name is None:
            raise CaseError(NO_ORIGINAL)
        return self.put_in_place(case_id, by, page_id, KeptPage(name, *found))

    def put_in_place(self, case_id: int, by: Staff, page_id: int, page: KeptPage) -> int:
        """A page whose file is sealed takes the place of another; returns its id. Raises CaseError."""
        cases = self._counter.memory.cases
        with self.editing(case_id, by) as (connection, record):
            slot = slot_with(record, page_id)
            new_id = page.append(connection, slot.slot_id, self._counter.clock())
            cases.remove_page(connection, record, page_id)
            order = [new_id if p.page_id == page_id else p.page_id for p in slot.pages]
            pages.put_in_order(connection, order)
        return new_id

    def mark(self, case_id: int, by: Staff, slot: str, mark: MaterialMark) -> None:
        """Say how a material was taken in: copies, compared, returned, replaced, to follow, or defective."""
        with self.editing(case_id, by) as (connection, record):
            material = material_of(record.item, slot)
            facts = _facts(material, record.slots.get(slot), mark)
            self._counter.memory.cases.set_slot(connection, case_id, slot, facts)

    def void(self, case_id: int, by: Staff, second: Staff | None, reason: str) -> None:
        """Void a draft: two people and a reason. An accepted case is never voided.

        Its sheet of the paper pad may be entered again; what its people's chips told goes at once.
        """
        self._counter.permit(by, Right.VOID, f"draft:{case_id}", second)
        require_reason(reason)
        with self._counter.memory.begin() as connection:
            record = self._counter.case(connection, case_id)
            standing = move(self._counter.standing(record), Act.VOID, Actor.WINDOW)
            self._counter.memory.cases.save(connection, replace(record, state=standing.state))
            self._counter.memory.cases.change(connection, case_id, pad_number=None)
            cards.erase_of(connection, case_id)
            detail = {"reason": reason, "second": second.staff_no if second else "", "pad_number": record.pad_number}
            self._note(connection, by, "void", f"draft:{case_id}", detail)

    def _notices(self, applicant: Applicant, attendee: Attendee) -> tuple[str, ...]:
        names = [applicant.name] + ([attendee.name] if attendee.name != applicant.name else [])
        notices: list[str] = []
        for name in names:
            of_name = name_warnings(name, self._counter.folding)
            notices += of_name or told(self._counter.lettering, {tr("姓名"): name})
        birth = Identifier(applicant.identifier_kind, applicant.identifier).birth
        if birth is not None and is_under_14(birth, self._counter.today()):
            notices.append(UNDER_14)
        return tuple(notices)

    @contextmanager
    def editing(self, case_id: int, by: Staff) -> Iterator[tuple[Connection, CaseRecord]]:
        """One transaction over a case that may still be changed."""
        self._counter.permit(by, Right.INTAKE, f"case:{case_id}")
        with self._counter.memory.begin() as connection:
            record = self._counter.case(connection, case_id)
            if record.state not in OPEN_STATES:
                raise CaseError(CLOSED, case=case_name(record), state=STATE_WORDS[record.state])
            yield connection, record

    def _save_answers(
        self, connection: Connection, case_id: int, item: Item, answers: Mapping[str, Any]
    ) -> tuple[str, ...]:
        faults = tuple(fault.sentence for fault in form_faults(item, answers))
        self._counter.memory.cases.save_answers(connection, case_id, answers, faults, self._counter.clock())
        return faults

    def _note(self, connection: Connection, by: Staff, act: str, subject: str, detail: Mapping[str, object]) -> None:
        audit.add(connection, self._counter.clock(), by.staff_no, act, subject, "done", detail)


def require_past(received_at: datetime, now: datetime) -> None:
    """Raise CaseError for a receipt that is still to come."""
    if received_at > now:
        raise CaseError(FUTURE_RECEIPT)


def material_of(item: Item, slot: str) -> Material:
    """The material of that key. Raises CaseError when `item` has none."""
    for material in item.materials:
        if material.key == slot:
            return material
    raise CaseError(UNKNOWN_SLOT, item=item.name, slot=slot)


def slot_with(record: CaseRecord, page_id: int) -> SlotRecord:
    """The material that has this page. Raises CaseError when none has."""
    for slot in record.slots.values():
        if any(page.page_id == page_id for page in slot.pages):
            return slot
    raise CaseError(NO_PAGE, case=case_name(record))


def with_attendee(item: Item, situations: Mapping[str, str], attendee: Attendee | None) -> Mapping[str, str]:
    """The situations, the one that the attendee's capacity answers among them."""
    if attendee is None or ATTENDEE not in {situation.key for situation in item.situations}:
        return situations
    return {**situations, ATTENDEE: attendee.capacity.value}


def known_way(item: Item, collection: str | None) -> str | None:
    """The chosen way of collection. Raises CaseError when `item` does not offer it."""
    if collection is not None and collection not in {way.key for way in item.collection}:
        raise CaseError(UNKNOWN_COLLECTION, item=item.name, way=collection)
    return collection


def _still_asked(record: CaseRecord, item: Item) -> dict[str, Any]:
    """The answers whose fields the form of `item` has too, of the same kind."""
    old, new = record.item.form["properties"], item.form["properties"]
    same = [key for key in record.answers if key in new and old.get(key, {}).get("type") == new[key].get("type")]
    return {key: record.answers[key] for key in same}


def _taken_in(material: Material, known: SlotRecord | None) -> SlotFacts:
    compared = known.compared if known else False
    returned = material.original is OriginalStays.RETURNED
    return SlotFacts(SlotState.COMPLETE, material.copies_original, material.copies_photocopy, compared, returned)


def check_mark(material: Material, mark: MaterialMark) -> None:
    """Raise CaseError unless the catalogue lets this material be replaced or deferred so."""
    if mark.substitute is not None and mark.substitute not in material.substitutes:
        raise CaseError(NOT_A_SUBSTITUTE, material=material.name, substitute=mark.substitute)
    if mark.deferred and material.necessity is not Necessity.DEFERRABLE:
        raise CaseError(NOT_DEFERRABLE, material=material.name)


def _facts(material: Material, known: SlotRecord | None, mark: MaterialMark) -> SlotFacts:
    check_mark(material, mark)
    state = _state(known, mark)
    here = state is SlotState.COMPLETE
    return SlotFacts(
        state=state,
        copies_original=_count(mark.copies_original, material.copies_original, here=here),
        copies_photocopy=_count(mark.copies_photocopy, material.copies_photocopy, here=here),
        compared=mark.compared,
        original_returned=_returned(material, mark, here=here),
        substitute=mark.substitute,
    )


def _state(known: SlotRecord | None, mark: MaterialMark) -> SlotState:
    if mark.defective:
        return SlotState.DEFECTIVE
    if mark.substitute is not None:
        return SUBSTITUTE_STATE[mark.substitute]
    if mark.deferred:
        return SlotState.DEFERRED
    return SlotState.COMPLETE if known is not None and known.pages else SlotState.MISSING


def _returned(material: Material, mark: MaterialMark, *, here: bool) -> bool:
    if mark.original_returned is not None:
        return mark.original_returned
    return here and material.original is OriginalStays.RETURNED


def _count(said: int | None, asked: int, *, here: bool) -> int:
    if said is not None:
        return said
    return asked if here else 0


def amended(answers: Mapping[str, Any], changes: Mapping[str, Any]) -> Mapping[str, Any]:
    """`answers` with `changes` over them; None empties one."""
    return {key: value for key, value in {**answers, **changes}.items() if value is not None}
