"""What a person adds to the case for a paper of a further kind: a model a kind, from which the form is made as well."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from client.errors import CaseError, Fault
from client.rules.forms import FormFault
from client.rules.paper_days import OUT_OF_ORDER, CaseDays, Day, Order, held, require_order
from client.rules.papers import PAPER_WORDS, PaperKind
from client.rules.reasons import reason
from client.text import chinese, tr

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
    Field(json_schema_extra={"x-widget": "textarea"}),
]
Amount = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2, json_schema_extra={"x-widget": "amount"})]

WRONG_ENTRY = Fault(
    "PAPER-341",
    tr("{paper}的“{place}”填写有误：{reason}"),
    tr("请更正后再出具；没有出具任何文书，编号没有占用"),
)


PROCEDURES = (
    chinese("听证"),
    chinese("招标"),
    chinese("拍卖"),
    chinese("检验"),
    chinese("检测"),
    chinese("检疫"),
    chinese("鉴定"),
    chinese("专家评审"),
)
MANNERS = (
    chinese("直接送达"),
    chinese("邮寄送达"),
    chinese("电子送达"),
    chinese("留置送达"),
    chinese("委托送达"),
    chinese("公告送达"),
)


def _among(words: Sequence[str]) -> Callable[[str], str]:
    """One of a closed list, as it is printed."""

    def check(word: str) -> str:
        if word not in words:
            raise PydanticCustomError("enum", "none of the list")
        return word

    return check


Decided = Annotated[date, held((Order.NOT_BEFORE, Day.ACCEPTED), (Order.NOT_AFTER, Day.TODAY))]
Ended = Annotated[date, held((Order.NOT_BEFORE, Day.RECEIVED), (Order.NOT_AFTER, Day.TODAY))]
Coming = Annotated[date, held((Order.NOT_BEFORE, Day.TODAY))]
Procedure = Annotated[str, AfterValidator(_among(PROCEDURES)), Field(json_schema_extra={"enum": list(PROCEDURES)})]
Manner = Annotated[str, AfterValidator(_among(MANNERS)), Field(json_schema_extra={"enum": list(MANNERS)})]


class Facts(BaseModel):
    """What is frozen: unknown keys are refused, so that an old paper never loses one silently."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Entries(Facts):
    """Nothing is added: the case says it all. Titles are the labels of the form."""


class SpecialProcedure(Entries):
    """特别程序告知书: which procedure, and the time it takes, which is not counted (行政许可法 第四十五条)."""

    procedure: Procedure = Field(title=tr("特别程序"))
    reason: Words = Field(title=tr("理由"))
    begins_on: Annotated[date, held((Order.NOT_BEFORE, Day.ACCEPTED))] = Field(title=tr("开始日期"))
    time_needed: Line = Field(title=tr("所需时间"), examples=[chinese("15个工作日")])


class Hearing(Entries):
    """听证告知书: what may be heard (行政许可法 第四十六、四十七条)."""

    matter: Words = Field(title=tr("听证事项"))
    reason: Words = Field(title=tr("告知理由"))


class Extension(Entries):
    """延长办理期限通知书: why, how long, until when, and who approved it (行政许可法 第四十二条)."""

    reason: Words = Field(title=tr("延长理由"))
    extended_by: Line = Field(title=tr("延长时间"), examples=[chinese("5个工作日")])
    new_date: Annotated[date, held((Order.AFTER, Day.PROMISED), (Order.NOT_BEFORE, Day.TODAY))] = Field(
        title=tr("新的办结期限")
    )
    approved_by: Line = Field(title=tr("批准人"))


class Fee(Entries):
    """缴费通知书: what is paid, on what basis, how much, how and until when (行政许可法 第五十八、五十九条)."""

    fee_name: Line = Field(title=tr("收费项目"))
    fee_basis: Line = Field(title=tr("收费依据"))
    amount: Amount = Field(title=tr("金额（元）"))
    payment_code: Line | None = Field(None, title=tr("缴款码"))
    pay_by: Coming = Field(title=tr("缴费期限"))
    pay_where: Line = Field(title=tr("缴费方式"))


class Grant(Entries):
    """准予决定书: what is granted, by which licence, for how long (行政许可法 第三十八条第一款、第三十九条)."""

    decided_on: Decided = Field(title=tr("决定日期"))
    granted: Words = Field(title=tr("准予内容"))
    licence: Line | None = Field(None, title=tr("证照名称和编号"))
    valid_until: Annotated[date, held()] | None = Field(None, title=tr("有效期至"))
    conditions: Words | None = Field(None, title=tr("附加要求"))

    @field_validator("valid_until")
    @classmethod
    def _lasts(cls, until: date | None, info: ValidationInfo) -> date | None:
        if until is not None and info.context is not None:
            require_order(until, Order.NOT_BEFORE, info.data.get("decided_on"), tr("决定日期"))
        return until


class Denial(Entries):
    """不予决定书: why, on what basis (行政许可法 第三十八条第二款)."""

    decided_on: Decided = Field(title=tr("决定日期"))
    reason: Words = Field(title=tr("理由"))
    denied_by: Line = Field(title=tr("法律依据"))


class Termination(Entries):
    """终止办理通知书."""

    ended_on: Ended = Field(title=tr("终止日期"))
    reason: Words = Field(title=tr("终止理由"))
    ended_by: Line = Field(title=tr("依据"))


class Withdrawal(Entries):
    """撤回申请确认书."""

    withdrawn_on: Ended = Field(title=tr("撤回日期"))
    reason: Words | None = Field(None, title=tr("撤回理由"))


class PowerOfAttorney(Entries):
    """授权委托书: what the agent may do, until when (行政许可法 第二十九条第二款)."""

    scope: Words = Field(
        chinese("代为提出申请、提交和补正申请材料、陈述说明情况、签收文书"), title=tr("委托权限"), max_length=300
    )
    valid_until: Coming = Field(title=tr("委托期限至"))


class Delivery(Entries):
    """送达回证: how it is delivered, to whom."""

    manner: Manner = Field(title=tr("送达方式"))
    recipient: Line = Field(title=tr("受送达人"))
    place: Line = Field(title=tr("送达地点"))
    tracking_number: Line | None = Field(None, title=tr("邮件号码"))


class Bundle(Entries):
    """“一件事”合并回执: the matter, and the other cases that belong to it."""

    theme: Line = Field(title=tr("“一件事”名称"))
    others: Words = Field(title=tr("同办的办件编号"))


ENTRIES: Mapping[PaperKind, type[Entries]] = MappingProxyType(
    {
        PaperKind.SPECIAL_PROCEDURE_NOTICE: SpecialProcedure,
        PaperKind.HEARING_NOTICE: Hearing,
        PaperKind.EXTENSION_NOTICE: Extension,
        PaperKind.FEE_NOTICE: Fee,
        PaperKind.GRANT: Grant,
        PaperKind.DENIAL: Denial,
        PaperKind.TERMINATION_NOTICE: Termination,
        PaperKind.WITHDRAWAL_NOTICE: Withdrawal,
        PaperKind.POWER_OF_ATTORNEY: PowerOfAttorney,
        PaperKind.DELIVERY_RECORD: Delivery,
        PaperKind.BUNDLE_SLIP: Bundle,
    }
)


def entries_model(kind: PaperKind) -> type[Entries]:
    """What is asked for a paper of `kind`; `Entries` itself where nothing is."""
    return ENTRIES.get(kind, Entries)


def entries_in(kind: PaperKind, given: Mapping[str, Any], days: CaseDays) -> Entries:
    """The entries out of what a person typed. Raises CaseError naming the first that is wrong."""
    model = entries_model(kind)
    try:
        return model.model_validate(given, context=days)
    except ValidationError as error:
        first = next(_wrong(model, error))
        raise CaseError(WRONG_ENTRY, paper=PAPER_WORDS[kind], place=first.title, reason=first.why) from error


def faults_in(kind: PaperKind, given: Mapping[str, Any], days: CaseDays) -> tuple[FormFault, ...]:
    """Every entry that is missing or wrong, in the form's order and in a clerk's words; empty when all is well."""
    model = entries_model(kind)
    try:
        model.model_validate(given, context=days)
    except ValidationError as error:
        return tuple(
            FormFault(
                wrong.name,
                wrong.title,
                chinese("“{title}”：{reason}").format(title=wrong.title, reason=wrong.why),
                missing=wrong.missing,
            )
            for wrong in _wrong(model, error)
        )
    return ()


class _Wrong(NamedTuple):
    """An entry that was refused: its name, what its form calls it, and why."""

    name: str
    title: str
    why: str
    missing: bool


def _wrong(model: type[Entries], error: ValidationError) -> Iterator[_Wrong]:
    for each in error.errors(include_url=False, include_input=False, include_context=False):
        name = str(each["loc"][0])
        field = model.model_fields.get(name)
        why = each["msg"] if each["type"] == OUT_OF_ORDER else reason(each["type"])
        yield _Wrong(name, (field.title if field else None) or name, why, missing=each["type"] == "missing")
