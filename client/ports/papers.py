"""What a paper says, frozen at the moment of the act, and who turns it into a page.

The facts are written in the transaction that makes the promise; the page is rendered from them afterwards
and may be rendered again, never differently.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field

from client.text import tr


class PaperKind(StrEnum):
    """The kinds of 文书 this window makes; names as in the glossary."""

    RECEIVING_SLIP = "receiving_slip"  # 申请材料接收凭证
    ACCEPTANCE_NOTICE = "acceptance_notice"  # 受理通知书
    CORRECTION_NOTICE = "correction_notice"  # 申请材料补正告知书
    NON_ACCEPTANCE_NOTICE = "non_acceptance_notice"  # 不予受理通知书


PAPER_WORDS: Mapping[PaperKind, str] = MappingProxyType(
    {
        PaperKind.RECEIVING_SLIP: tr("申请材料接收凭证"),
        PaperKind.ACCEPTANCE_NOTICE: tr("受理通知书"),
        PaperKind.CORRECTION_NOTICE: tr("申请材料补正告知书"),
        PaperKind.NON_ACCEPTANCE_NOTICE: tr("不予受理通知书"),
    }
)


class Facts(BaseModel):
    """Base of frozen facts: unknown keys are refused, so that an old paper never loses one silently."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PaperLook(Facts):
    """How a paper is set: chosen before its first print, and frozen with its facts.

    `second`: the code of a language (BCP 47: en, bo) that stands below the Chinese; a template without words in it
    leaves them out.
    """

    large: bool = False
    second: str | None = None


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
    notes: Sequence[str] = ()  # further sentences of the regime; an acceptance's first is the finding (材料齐全, 容缺)
    late_entry_pad_number: str | None = None  # number of the paper-pad sheet of a back-entry
    look: PaperLook = PaperLook()


class PaperOrder(Facts):
    """A paper that waits to be rendered: which, what it says, and its 补打 number (0 = first print).

    `sealed_page`: of a 补打 the page a key sealed, which is copied and not drawn anew; None where no key did.
    """

    paper_id: int
    reprint_no: int
    facts: PaperFacts
    sealed_page: bytes | None = Field(default=None, repr=False)


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
        """Name and version of the layout and its words, e.g. `a4-2026.2`."""
        ...

    def render(self, order: PaperOrder) -> bytes:
        """PDF bytes of an A4 paper; the same order gives the same bytes."""
        ...
