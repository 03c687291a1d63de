"""What a 政务服务事项 is: codes, limits, organ, situations, materials and form, as the catalogue states them.

Sources: GB/T 39554.2-2020 (要素), 行政许可法 第三十条 (公示), 第三十一条 (only what the law lists may be asked).
A case is pinned to (task_code, version) and never judged by a newer version.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, Self

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, model_validator
from stdnum.cn import uscc

from client.errors import CaseError, Fault
from client.text import marked, tr

TASK_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}[1-9][0-9A-Z]{12}")  # USCC 18 + 行使层级 1 + 基本编码 12
HANDLE_ITEM = re.compile(TASK_CODE.pattern + r"(0[1-9]|[1-9]\d)")  # 业务办理项编码: 实施编码 and two digits
CATALOG_CODE = re.compile(r"[0-9A-Z]{12}")
USCC_LENGTH = 18

ATTENDEE = "attendee"
KEPT = "kept"  # context of a validation: the copy a window kept, whose form was looked through when it came
"""Key of the situation that the attendee's capacity answers (option keys are capacities); it is not asked."""

UNKNOWN_SITUATION = Fault(
    "RULE-101",
    tr("“{item}”没有情形“{situation}”或选项“{option}”"),
    tr("请重新选择情形；如办件文件由其他系统生成，请核对事项版本，或请大厅管理员更新事项目录"),
)

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=50)]  # text ≤ 50: the standards disagree on lengths


class ItemKind(StrEnum):
    """事项类型; chooses the law that intake follows."""

    LICENSING = "licensing"
    CONFIRMATION = "confirmation"
    BENEFIT = "benefit"
    REWARD = "reward"
    ADJUDICATION = "adjudication"
    OTHER_POWER = "other_power"
    PUBLIC_SERVICE = "public_service"


class IntakeRegime(StrEnum):
    """受理规则: chooses clocks, papers, grounds and the article cited."""

    LICENSING_LAW = "licensing_law"  # 行政许可法 第三十二条
    REAL_ESTATE = "real_estate"  # 不动产登记暂行条例 第十七条
    BUSINESS_REGISTRATION = "business_registration"  # 市场主体登记管理条例 第十九条
    PUBLIC_SERVICE = "public_service"  # 办事指南


class CaseClass(StrEnum):
    """办件类型."""

    IMMEDIATE = "immediate"  # 即办件
    PROMISED = "promised"  # 承诺件


class AcceptanceMode(StrEnum):
    """Who accepts: the window, or the department behind it (the window then only takes in)."""

    WINDOW = "window"
    DEPARTMENT = "department"


class Necessity(StrEnum):
    """必要性 of a material where its situations call for it."""

    REQUIRED = "required"  # 必要
    OPTIONAL = "optional"  # 非必要
    DEFERRABLE = "deferrable"  # 容缺后补


class Substitute(StrEnum):
    """What may stand in for the paper."""

    ELICENCE = "elicence"  # 电子证照
    SHARED_DATA = "shared_data"  # 数据共享核验
    DECLARATION = "declaration"  # 告知承诺
    GENERATED = "generated"  # made from the form and signed
    CARD_READ = "card_read"  # 已读卡


class OriginalStays(StrEnum):
    """What becomes of an original by default."""

    KEPT = "kept"
    RETURNED = "returned"


class LimitUnit(StrEnum):
    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"


UNIT_WORDS: Mapping[LimitUnit, str] = MappingProxyType(
    {
        LimitUnit.WORKING_DAY: marked("{length}个工作日"),
        LimitUnit.CALENDAR_DAY: marked("{length}个自然日"),
        LimitUnit.MONTH: marked("{length}个月"),
    }
)


class Rule(BaseModel):
    """A value of the catalogue: frozen, and no key is silently ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Limit(Rule):
    """A period: length and unit."""

    length: int = Field(ge=1, le=999)
    unit: LimitUnit

    @property
    def words(self) -> str:
        return UNIT_WORDS[self.unit].format(length=self.length)


class Evidence(Rule):
    """Where a statement of the catalogue was seen; `confirmed` is false where no source could be found."""

    source: Words
    seen: date
    confirmed: bool


class Basis(Evidence):
    """An act and its article, as they are cited."""

    text: Words
    article: str = ""

    @property
    def citation(self) -> str:
        return self.text + self.article


class Finding(Evidence):
    """What is known of other statements of an item: codes, limits, list of materials."""

    about: Words


class DeferralRule(Basis):
    """The local document that permits 容缺; there is no national one. Due within `supply_limit` of acceptance."""

    supply_limit: Limit


class Organ(Rule):
    """实施机关: whose name, word and phones stand on the paper."""

    name: Words
    uscc: Code
    organ_words: Mapping[Key, Words]  # 机关代字 by kind of paper
    department: Words
    advice_phone: Words
    supervision_phone: Words
    review_organ: Words
    court: Words


class SituationOption(Rule):
    key: Key
    label: Words


class Situation(Rule):
    """A question whose answer chooses materials; exactly one option is chosen."""

    key: Key
    question: Words
    options: tuple[SituationOption, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _options_are_distinct(self) -> Self:
        _no_twins("options", (option.key for option in self.options))
        return self


class Material(Rule):
    """申请材料. `situations`: needed when every question named is answered by one of its options; empty: always."""

    key: Key
    name: Words
    copies_original: int = Field(ge=0, le=9)
    copies_photocopy: int = Field(ge=0, le=9)
    necessity: Necessity = Necessity.REQUIRED
    situations: Mapping[Key, tuple[Key, ...]] = {}
    substitutes: frozenset[Substitute] = frozenset()
    deferral_rule: DeferralRule | None = None
    original: OriginalStays | None = None
    electronic: bool = False  # never on paper: both counts are 0
    repeated: bool = False  # one set for each person or thing
    requirement: str = ""  # 受理标准, as a correction notice asks for it

    @model_validator(mode="after")
    def _counts_and_rules_agree(self) -> Self:
        if self.electronic == bool(self.copies_original + self.copies_photocopy):
            raise ValueError("份数: a paper material needs a copy, an electronic one has none")
        if (self.original is None) == bool(self.copies_original):
            raise ValueError("original: kept or returned is said exactly where an original is asked for")
        if (self.deferral_rule is None) == (self.necessity is Necessity.DEFERRABLE):
            raise ValueError("deferral_rule: owed exactly where necessity is deferrable")
        return self


class Collection(Rule):
    """A way of getting the result."""

    key: Key
    label: Words


class Item(Rule):
    """One 业务办理项 of the 实施清单, whole: what a window needs in order to take a case in."""

    task_code: Code
    catalog_code: Code
    task_handle_item: Code
    local_task_code: Code | None = None
    local_catalog_code: Code | None = None
    name: Words
    version: int = Field(ge=1)
    item_kind: ItemKind
    case_class: CaseClass
    statutory_limit: Limit | None = None  # None: the law sets none
    statutory_extension: Limit | None = None
    promised_limit: Limit | None = None
    organ: Organ
    intake_regime: IntakeRegime
    acceptance_mode: AcceptanceMode
    legal_basis: tuple[Basis, ...] = Field(min_length=1)
    findings: tuple[Finding, ...] = ()
    situations: tuple[Situation, ...] = ()
    materials: tuple[Material, ...] = Field(min_length=1)
    form: Mapping[str, Any]  # JSON Schema, draft 2020-12, of an object; titles are the field names on screen
    collection: tuple[Collection, ...] = Field(min_length=1)
    fee: Words
    excluded_time: str = ""  # the times not counted, as named on the notice
    correction_days: int | None = Field(default=None, ge=1, le=365)  # working days the applicant has
    lapse_text: str = ""  # what follows when they pass
    paper_titles: Mapping[Key, Words] = {}  # by kind of paper, where the regime's title is not the item's own

    @model_validator(mode="after")
    def _keys_are_distinct_and_known(self) -> Self:
        _no_twins("situations", (situation.key for situation in self.situations))
        _no_twins("materials", (material.key for material in self.materials))
        _no_twins("collection", (way.key for way in self.collection))
        options = self.option_keys
        for material in self.materials:
            for question, chosen in material.situations.items():
                if not chosen or not set(chosen) <= options.get(question, frozenset()):
                    raise ValueError(f"materials.{material.key}.situations.{question}: no such question or option")
        return self

    @model_validator(mode="after")
    def _promise_keeps_the_law(self) -> Self:
        law, promise = self.statutory_limit, self.promised_limit
        if law and promise and law.unit is promise.unit and promise.length > law.length:
            raise ValueError("promised_limit: longer than statutory_limit")
        return self

    @model_validator(mode="after")
    def _form_is_a_schema(self, info: ValidationInfo) -> Self:
        if info.context == KEPT:
            return self
        try:
            Draft202012Validator.check_schema(self.form)
        except SchemaError as wrong:
            raise ValueError(f"form{wrong.json_path[1:]}: {wrong.message}") from wrong
        if self.form.get("type") != "object" or not self.form.get("properties"):
            raise ValueError("form: must describe an object with properties")
        return self

    @cached_property
    def option_keys(self) -> Mapping[str, frozenset[str]]:
        """The options of each situation, by key."""
        return {each.key: frozenset(option.key for option in each.options) for each in self.situations}

    @property
    def limit_words(self) -> str:
        """The limits as printed, in Chinese: 法定10个／承诺5个工作日."""
        law, promise = self.statutory_limit, self.promised_limit
        if law and promise and law.unit is promise.unit:
            return marked("法定{law}个／承诺{promise}").format(law=law.length, promise=promise.words)
        legal = marked("法定{law}").format(law=law.words) if law else marked("无法定时限")
        return marked("{legal}／承诺{promise}").format(legal=legal, promise=promise.words) if promise else legal


def slots_needed(item: Item, answers: Mapping[str, str]) -> tuple[Material, ...]:
    """Materials of `item` in these situations (question key → option key), in the catalogue's order.

    A question without answer calls for nothing yet: see `open_situations`. Raises CaseError for a question
    or option the item does not know.
    """
    options = item.option_keys
    for question, option in answers.items():
        if option not in options.get(question, frozenset()):
            raise CaseError(UNKNOWN_SITUATION, item=item.name, situation=question, option=option)
    return tuple(
        material
        for material in item.materials
        if all(answers.get(question) in chosen for question, chosen in material.situations.items())
    )


def open_situations(item: Item, answers: Mapping[str, str]) -> tuple[Situation, ...]:
    """The questions that have no answer yet; a case with one of them open is not ready."""
    return tuple(situation for situation in item.situations if situation.key not in answers)


def code_warnings(item: Item) -> tuple[str, ...]:
    """What looks wrong about the codes, in sentences for the hall's administrator.

    Warnings, never refusals: GB/T 39046-2020 and the live exchange tables disagree on the lengths, and
    provinces have forms of their own.
    """
    organ_part = item.task_code[:USCC_LENGTH]
    checks = (
        (TASK_CODE.fullmatch(item.task_code), tr("实施编码不是31位的标准格式")),
        (uscc.is_valid(organ_part), tr("实施编码前18位不是有效的统一社会信用代码")),
        (organ_part == item.organ.uscc, tr("实施编码前18位与实施机关的统一社会信用代码不一致")),
        (CATALOG_CODE.fullmatch(item.catalog_code), tr("基本编码不是12位的标准格式")),
        (item.task_code.endswith(item.catalog_code), tr("实施编码末12位与基本编码不一致")),
        (
            re.fullmatch(re.escape(item.task_code) + r"(0[1-9]|[1-9]\d)", item.task_handle_item),
            tr("业务办理项编码不是实施编码加两位顺序号（01至99）"),
        ),
    )
    return tuple(sentence for passed, sentence in checks if not passed)


def _no_twins(place: str, keys: Iterable[str]) -> None:
    twins = sorted(key for key, count in Counter(keys).items() if count > 1)
    if twins:
        raise ValueError(f"{place}: more than one {', '.join(twins)}")
