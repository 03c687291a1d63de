"""What a paper says, frozen at the moment of the act, and who turns it into a page.

The facts are written in the transaction that makes the promise; the page is rendered from them afterwards
and may be rendered again, never differently.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Protocol

from pydantic import Field, SerializeAsAny, StringConstraints, ValidationInfo, field_validator

from client.errors import DeskError
from client.ports.entries import Entries, Facts, entries_model
from client.rules.papers import PAPER_WORDS, PaperKind

__all__ = [
    "PAPER_WORDS", "DefectLine", "DeferredLine", "DeliveredLine", "MaterialLine", "OrganFacts", "OtherCaseLine",
    "PaperFacts", "PaperKind", "PaperOrder", "PaperPress", "Spool", "Undrawn",
]  # fmt: skip


class PaperLook(Facts):
    """How a paper is set: chosen before its first print, and frozen with its facts.

    `second`: the code of a language (BCP 47: en, bo) that stands below the Chinese; a template without words in it
    leaves them out.
    """

    large: bool = False
    second: str | None = None


class OwnLook(Facts):
    """What the citizen of one case wants of it; None: as the settings have it.

    `second`: as in `PaperLook`, empty for the Chinese alone.
    """

    large: bool | None = None
    second: Annotated[str, StringConstraints(pattern="^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$")] | None = None

    @classmethod
    def of(cls, kept: str | None) -> "OwnLook":
        """As the store has it: nothing where nothing is wanted."""
        return cls() if kept is None else cls.model_validate_json(kept)

    @property
    def kept(self) -> str | None:
        return None if self == OwnLook() else self.model_dump_json(exclude_none=True)


class OrganFacts(Facts):
    """The organ whose paper it is (not the hall's): letterhead, word, phones, where to appeal."""

    uscc: str = ""  # 统一社会信用代码; papers of older programs do not know it
    name: str
    department: str
    organ_word: str
    advice_phone: str
    supervision_phone: str
    review_organ: str  # 复议机关
    court: str  # the court of an administrative suit


class MaterialLine(Facts):
    """One line of the table of materials received."""

    name: str
    form: str  # 原件 / 复印件 / 原件、复印件 / 电子证照 / 未提交 …, as printed
    copies: str  # as printed: "1", "各1", "—"
    pages: str
    original: str  # 留存 / 已退还 / 免提交 / —


class DefectLine(Facts):
    """One line of a correction notice: what is missing or wrong, and what is asked."""

    material: str
    problem: str
    requirement: str


class DeferredLine(Facts):
    """One line of a 容缺 paper: what is to follow, until when, by which local rule."""

    material: str
    due: str
    rule: str


class DeliveredLine(Facts):
    """One line of a 送达回证: a paper that is delivered."""

    title: str
    number: str


class OtherCaseLine(Facts):
    """One line of the receipt of 一件事: a case that belongs to the same matter."""

    item: str
    organ: str
    case_number: str
    state: str


_DATED = frozenset(
    {
        PaperKind.ACCEPTANCE_NOTICE,
        PaperKind.DEFERRAL_NOTICE,
        PaperKind.CORRECTION_NOTICE,
        PaperKind.SPECIAL_PROCEDURE_NOTICE,
    }
)
"""The kinds that print the day of the promise, or of the correction."""


class PaperFacts(Facts):
    """Everything a paper states. Identifiers are already masked; nothing else about people is in it."""

    kind: PaperKind
    title: str  # e.g. 行政许可申请受理通知书
    paper_number: str | None  # 示市监许受〔2026〕43号; a receiving slip has none
    case_number: str
    query_code: str
    issued_at: datetime
    organ: OrganFacts
    hall_name: str
    window_no: str
    clerk_name: str
    clerk_no: str
    clerk_phone: str
    applicant_name: str
    applicant_identifier: str  # with its kind: "统一社会信用代码91110101MA01A2B32B", persons masked
    attendee: str | None  # "委托代理人:王吉祥"; None when the applicant came in person
    addressed_as: str = "你（单位）"  # how the paper speaks to the applicant: 你 to a person, 你单位 to a body
    item_name: str
    task_code: str
    applied_on: date  # day the application was made (materials received)
    received_at: datetime
    accepted_on: date | None = None
    basis: str  # the cited article, as printed: 《中华人民共和国行政许可法》第三十二条第一款第(五)项
    limit_text: str | None = None  # 法定10个／承诺5个工作日
    promised_date: date | None = None
    promised_is_forecast: bool = False  # the calendar has no notice for that year yet: prints 预计
    excluded_time: str | None = None  # the excluded times, named
    fee: str = "不收费"
    collection: str | None = None  # the one chosen way of collection
    materials: Sequence[MaterialLine] = ()
    defects: Sequence[DefectLine] = ()
    correction_due: date | None = None
    correction_due_is_forecast: bool = False
    lapse_text: str | None = None  # what happens when the correction is not made in time
    materials_kept: bool | None = None  # correction: the materials stay (True) or went back (False)
    ground: str | None = None  # why it is not accepted
    competent_organ: str | None = None  # 应当向其申请的行政机关
    refers_to: str | None = None  # the number of the paper this one answers: of a 补正材料接收凭证 the notice
    deferred: Sequence[DeferredLine] = ()
    delivered: Sequence[DeliveredLine] = ()
    other_cases: Sequence[OtherCaseLine] = ()
    entries: SerializeAsAny[Entries] = Entries()  # what a person added, by the kind's own model
    notes: Sequence[str] = ()  # further sentences of the regime; an acceptance's first is the finding (材料齐全, 容缺)
    late_entry_pad_number: str | None = None  # number of the paper-pad sheet of a back-entry
    look: PaperLook = PaperLook()

    @property
    def until(self) -> date | None:
        """The day the paper promises or sets; None where none is printed."""
        added = (getattr(self.entries, name, None) for name in ("new_date", "pay_by", "valid_until"))
        set_by_it = next((day for day in added if day is not None), None)
        return set_by_it or (self.promised_date or self.correction_due if self.kind in _DATED else None)

    @field_validator("entries", mode="plain")
    @classmethod
    def _of_the_kind(cls, given: Any, info: ValidationInfo) -> Entries:  # noqa: ANN401 - what was stored, or the model
        kind = info.data.get("kind")
        return Entries() if kind is None else entries_model(kind).model_validate(given)


class PaperOrder(Facts):
    """A paper that waits to be rendered: which, what it says, and its 补打 number (0 = first print).

    `issued_page`: of a 补打 the page that was issued, sealed by a key or not. It is copied and not drawn anew: words
    and layouts may have changed since.
    """

    paper_id: int
    reprint_no: int
    facts: PaperFacts
    issued_page: bytes | None = Field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Undrawn:
    """A print that could not be drawn, and why; it goes on waiting."""

    paper_id: int
    reprint_no: int
    kind: PaperKind
    error: DeskError


class Spool(Protocol):
    """What printing may ask of the desk: the papers that wait, and a place for the finished page."""

    def waiting(self, limit: int = 20) -> Sequence[PaperOrder]:
        """Papers of committed acts that have no page yet, oldest first."""
        ...

    def rendered(self, paper_id: int, pdf: bytes, template: str, *, reprint_no: int = 0) -> None:
        """Seal the page away; a first print also stores its SM3 and SHA-256 and queues `paper.issued`.

        Harmless when repeated.
        """
        ...


class PaperPress(Protocol):
    """Turns facts into a page."""

    @property
    def template(self) -> str:
        """Name and version of the layout and its words, e.g. `a4-2026.4`."""
        ...

    def render(self, order: PaperOrder) -> bytes:
        """PDF bytes of an A4 paper; the same order gives the same bytes."""
        ...
