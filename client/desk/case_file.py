"""Back-entry (补录) of a case from a file, through the same desk a clerk uses: CASE.json and its page files."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from client.catalogue import Example
from client.desk.clocks import run_clocks
from client.desk.counter import Counter, case_name
from client.desk.drafting import (
    PAD_NUMBER_USED,
    Drafting,
    MaterialMark,
    check_mark,
    known_way,
    material_of,
    require_past,
    with_attendee,
)
from client.desk.intake import Intake, Outcome
from client.desk.looks import Looks
from client.desk.staff import Staff
from client.errors import CaseError, Fault
from client.ports.papers import OwnLook
from client.rules.case import Act, Actor, State, move
from client.rules.identity import Applicant, Attendee, check_applicant, check_attendee
from client.rules.items import Item, Substitute, slots_needed
from client.rules.reasons import reason
from client.store.cases import CaseRecord
from client.text import tr

LARGEST_FILE = 64 * 1024 * 1024  # bytes; the page inspector is stricter, this only keeps memory safe

MALFORMED = Fault(
    "CASE-301",
    tr("办件文件 {file} 不合格式：{place}（{reason}）"),
    tr("请对照 yichuang intake --schema 更正；可用 yichuang intake --example 生成一份完整的示例"),
)
UNREADABLE = Fault(
    "CASE-302", tr("读不到文件 {file}"), tr("请确认文件存在并有读取权限；相对路径从办件文件所在目录算起")
)
TOO_LARGE = Fault("CASE-303", tr("文件 {file} 太大"), tr("请重新扫描为不超过 50 MB 的页文件"))


class MaterialEntry(BaseModel):
    """One material: its page files, relative to CASE.json, and how it was taken in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slot: str = Field(description=tr("材料的键，见事项目录"))
    files: tuple[str, ...] = Field(default=(), description=tr("页文件（JPEG、PNG、PDF），按页序"))
    copies_original: int | None = Field(default=None, ge=0, le=99)
    copies_photocopy: int | None = Field(default=None, ge=0, le=99)
    compared: bool = Field(default=False, description=tr("与原件核对无误"))
    original_returned: bool | None = Field(default=None, description=tr("原件已退还；不写明的按事项目录"))
    substitute: Substitute | None = Field(default=None, description=tr("以何代替纸质材料"))
    deferred: bool = Field(default=False, description=tr("容缺待补"))
    problem: str = Field(default="", description=tr("不符合要求之处，用于补正告知"))

    def mark(self) -> MaterialMark | None:
        """What the clerk would say of it; None where the pages alone say it all."""
        said = self.model_dump(exclude={"slot", "files", "problem"}, exclude_defaults=True)
        return MaterialMark(**said) if said else None


class CaseFile(BaseModel):
    """A case as written on paper while the window was down, or by another system."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: str = Field(description=tr("实施编码、业务办理项编码或事项名称"))
    act: Literal["draft", "receive", "accept", "ask_correction", "not_accept"] = "accept"
    applicant: Applicant
    attendee: Attendee
    situations: Mapping[str, str] = {}
    collection: str | None = None
    answers: Mapping[str, Any] = {}
    materials: tuple[MaterialEntry, ...] = ()
    received_at: datetime | None = Field(default=None, description=tr("纸质收件时间；不带时区的按大厅所在时区"))
    late_entry: bool | None = Field(default=None, description=tr("补录；给出收件时间时即为补录"))
    pad_number: str | None = Field(default=None, min_length=1, max_length=40, description=tr("纸质登记号"))
    look: OwnLook = Field(default=OwnLook(), description=tr("文书用大字（large）、第二语言（second）；不写明的按设置"))
    keep_materials: bool = Field(default=True, description=tr("补正时材料留存（否则退还申请人）"))
    ground: str = Field(default="", description=tr("不予受理的理由，见受理规则"))
    explanation: str = ""
    competent_organ: str | None = None

    @model_validator(mode="after")
    def _parts_agree(self) -> Self:
        if self.late_entry is False and (self.received_at or self.pad_number):
            raise ValueError(tr("late_entry：给出了收件时间或纸质登记号的，就是补录"))
        slots = [entry.slot for entry in self.materials]
        if len(set(slots)) < len(slots):
            raise ValueError(tr("materials：同一材料只能写一项"))
        return self


_ACTS = {
    "receive": Act.RECEIVE,
    "accept": Act.ACCEPT,
    "ask_correction": Act.ASK_CORRECTION,
    "not_accept": Act.NOT_ACCEPT,
}


def case_file_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of CASE.json."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **CaseFile.model_json_schema()}


def read_case_file(path: Path) -> CaseFile:
    """The case in `path`. Raises CaseError naming the first place that is wrong; values are never repeated."""
    try:
        return CaseFile.model_validate_json(_read(path))
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or tr("全文")
        # Without its cause: pydantic's words repeat what stands in the file.
        raise CaseError(MALFORMED, file=path.name, place=place, reason=_reason(first["type"], first["msg"])) from None


def _reason(error_type: str, message: str) -> str:
    """Our own validators speak for themselves; pydantic's types have their sentences."""
    return message.removeprefix("Value error, ") if error_type == "value_error" else reason(error_type)


def enter(counter: Counter, path: Path, by: Staff) -> tuple[Outcome, tuple[str, ...]]:
    """Take the case of `path` through the desk; returns what its act left, committed, and what a person should look at.

    What is wrong in itself is refused before the first write. What is only incomplete stays as a draft. A file with
    a pad number can be entered again: its draft is taken up, an entered case is refused by that number. Raises
    CaseError.
    """
    case_file = read_case_file(path)
    item = counter.catalogue.find(case_file.item)
    _check(counter, case_file, item)
    pages = [
        (entry.slot, name, _whole_page(counter, path.parent / name))
        for entry in case_file.materials
        for name in entry.files
    ]
    drafting = Drafting(counter)
    case_id = _draft(counter, drafting, case_file, item, by)
    notices = drafting.set_people(case_id, by, case_file.applicant, case_file.attendee)
    drafting.choose(case_id, by, case_file.situations, case_file.collection)
    Looks(counter).want(case_id, by, case_file.look)
    drafting.fill(case_id, by, case_file.answers)
    for slot, name, content in pages:
        drafting.attach(case_id, by, slot, Path(name).name, content)
    for entry in case_file.materials:
        mark = entry.mark()
        if mark is not None:
            drafting.mark(case_id, by, entry.slot, mark)
    outcome = _act(counter, case_file, case_id, by)
    if case_file.received_at is not None:
        run_clocks(counter)  # of a receipt long ago, the clock may have run out before it was typed in
    return outcome, notices


def example_file(item: Item, example: Example, pages: Mapping[str, tuple[str, ...]]) -> CaseFile:
    """A complete valid case of `item`; `pages` names the page files written beside it, by material."""
    materials = tuple(
        MaterialEntry(slot=material.key, files=pages[material.key])
        for material in slots_needed(item, example.situations)
        if material.key in pages
    )
    return CaseFile(
        item=item.task_handle_item,
        applicant=Applicant.model_validate(dict(example.applicant)),
        attendee=Attendee.model_validate(dict(example.attendee)),
        situations=example.situations,
        collection=example.collection,
        answers=example.answers,
        materials=materials,
    )


def _check(counter: Counter, case_file: CaseFile, item: Item) -> None:
    """Raise CaseError for whatever a draft of it would refuse."""
    applicant = check_applicant(case_file.applicant, counter.today())
    attendee = check_attendee(case_file.attendee, applicant, counter.today())
    slots_needed(item, with_attendee(item, case_file.situations, attendee))
    known_way(item, case_file.collection)
    for entry in case_file.materials:
        material = material_of(item, entry.slot)
        if (mark := entry.mark()) is not None:
            check_mark(material, mark)
    act = _ACTS.get(case_file.act)
    if act is not None:
        move(counter.fresh_standing(item), act, Actor.WINDOW, ground=case_file.ground)


def _draft(counter: Counter, drafting: Drafting, case_file: CaseFile, item: Item, by: Staff) -> int:
    """The draft to fill: a new one, or the one that was left of the same pad sheet, emptied."""
    left = _left_draft(counter, case_file, item)
    received_at = _received_at(counter, case_file, left)
    case_id = drafting.open(by, item) if left is None else left.case_id
    if received_at is not None:
        drafting.back_enter(case_id, by, received_at, case_file.pad_number)
    for slot in left.slots.values() if left else ():
        for page in slot.pages:
            drafting.detach(case_id, by, page.page_id)
        drafting.mark(case_id, by, slot.key, MaterialMark())
    return case_id


def _left_draft(counter: Counter, case_file: CaseFile, item: Item) -> CaseRecord | None:
    """The draft of the same pad sheet and item. Raises CaseError when the sheet became another case."""
    if case_file.pad_number is None:
        return None
    with counter.memory.read() as connection:
        left = counter.memory.cases.with_pad_number(connection, case_file.pad_number)
    if left is None or (left.state is State.DRAFT and left.item.task_handle_item == item.task_handle_item):
        return left
    raise CaseError(PAD_NUMBER_USED, pad_number=case_file.pad_number, case=case_name(left))


def _received_at(counter: Counter, case_file: CaseFile, left: CaseRecord | None) -> datetime | None:
    """When the paper was received, as far as anybody says; None for a case that is no back-entry."""
    if case_file.received_at is None and not case_file.late_entry and case_file.pad_number is None:
        return None
    now = counter.clock()
    received_at = case_file.received_at or (left and left.received_at) or now
    if received_at.tzinfo is None:
        received_at = received_at.replace(tzinfo=now.tzinfo)
    require_past(received_at, now)
    return received_at


def _act(counter: Counter, case_file: CaseFile, case_id: int, by: Staff) -> Outcome:
    intake = Intake(counter)
    if case_file.act == "accept":
        return intake.accept(case_id, by)
    if case_file.act == "receive":
        return intake.receive(case_id, by)
    problems = {entry.slot: entry.problem for entry in case_file.materials if entry.problem}
    if case_file.act == "ask_correction":
        return intake.ask_correction(case_id, by, problems, keep_materials=case_file.keep_materials)
    if case_file.act == "not_accept":
        return intake.not_accept(
            case_id,
            by,
            case_file.ground,
            explanation=case_file.explanation,
            competent_organ=case_file.competent_organ,
            problems=problems,
        )
    return Outcome(case_id, "", State.DRAFT)


def _whole_page(counter: Counter, path: Path) -> bytes:
    content = _read(path)
    counter.pages.inspect(content, path.name)
    return content


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise CaseError(TOO_LARGE, file=path.name)
        return path.read_bytes()
    except OSError:
        raise CaseError(UNREADABLE, file=path.name) from None
