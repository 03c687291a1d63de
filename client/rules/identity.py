"""Who applies and who stands at the window: two people until proved to be one."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, Field

from client.errors import CaseError, Fault
from client.rules.identifiers import IdentifierKind, check_identifier
from client.rules.phones import check_phone
from client.text import tr


class ApplicantKind(StrEnum):
    PERSON = "person"
    COMPANY = "company"
    SOLE_TRADER = "sole_trader"
    PUBLIC_INSTITUTION = "public_institution"
    SOCIAL_ORGANISATION = "social_organisation"
    OTHER_ORGANISATION = "other_organisation"


APPLICANT_WORDS: Mapping[ApplicantKind, str] = MappingProxyType(
    {
        ApplicantKind.PERSON: tr("自然人"),
        ApplicantKind.COMPANY: tr("企业法人"),
        ApplicantKind.SOLE_TRADER: tr("个体工商户"),
        ApplicantKind.PUBLIC_INSTITUTION: tr("事业单位"),
        ApplicantKind.SOCIAL_ORGANISATION: tr("社会组织"),
        ApplicantKind.OTHER_ORGANISATION: tr("其他组织"),
    }
)


class Capacity(StrEnum):
    """In what capacity the attendee （经办人） stands at the window."""

    SELF = "self"
    LEGAL_REPRESENTATIVE = "legal_representative"
    AGENT = "agent"
    GUARDIAN = "guardian"


CAPACITY_WORDS: Mapping[Capacity, str] = MappingProxyType(
    {
        Capacity.SELF: tr("本人"),
        Capacity.LEGAL_REPRESENTATIVE: tr("法定代表人（负责人）"),
        Capacity.AGENT: tr("委托代理人"),
        Capacity.GUARDIAN: tr("监护人"),
    }
)


class PersonMatch(StrEnum):
    """人证一致: how it was seen that the person is the one on the card; by face only with consent."""

    BY_EYE = "by_eye"
    BY_FACE = "by_face"


class Person(BaseModel):
    """What every party has: a name as on the document (never normalised), an identifier and a phone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(repr=False)
    identifier_kind: IdentifierKind
    identifier: str = Field(repr=False)
    phone: str = Field(default="", repr=False)


class Applicant(Person):
    """申请人. `legal_representative` is the name of an organisation's 法定代表人（负责人）."""

    kind: ApplicantKind
    address: str = Field(default="", repr=False)
    legal_representative: str | None = Field(default=None, repr=False)


class Attendee(Person):
    """经办人. Reading the chip and seeing that the person matches it are two marks."""

    capacity: Capacity
    card_read: bool = False
    person_matches_card: PersonMatch | None = None


NO_NAME = Fault("ID-121", tr("没有填写{part}的姓名或名称"), tr("请读卡，或对照证件、营业执照录入"))
NOT_A_PERSONS = Fault(
    "ID-122", tr("自然人不能用统一社会信用代码"), tr("请改选证件类型；以个体工商户或单位名义申请的，请改选申请人类型")
)
NOT_AN_ORGANISATIONS = Fault(
    "ID-123",
    tr("{kind}应当用统一社会信用代码"),
    tr("请录入统一社会信用代码；尚无代码的（如正在设立），请以自然人身份申请，或选“其他证件”"),
)
WRONG_CAPACITY = Fault(
    "ID-124",
    tr("申请人是{kind}，到场人不能是“{capacity}”"),
    tr("请改选到场人身份：单位由法定代表人（负责人）或委托代理人办理，自然人由本人、监护人或委托代理人办理"),
)
NOT_THE_SAME = Fault(
    "ID-125",
    tr("到场人选的是“本人”，但与申请人的证件号码或姓名不一致"),
    tr("请核对两处信息；确实不是本人的，请改选“委托代理人”或“监护人”"),
)
SAME_PERSON = Fault("ID-126", tr("{capacity}与申请人是同一个人"), tr("请改选“本人”，或更正其中一处证件信息"))

_OF_A_PERSON = frozenset({Capacity.SELF, Capacity.AGENT, Capacity.GUARDIAN})
_OF_AN_ORGANISATION = frozenset({Capacity.LEGAL_REPRESENTATIVE, Capacity.AGENT})
# A sole trader is a person with a business name: the one who runs it may come as 本人 or as 负责人.
_OF_A_SOLE_TRADER = _OF_AN_ORGANISATION | {Capacity.SELF}
_PART_WORDS = {"applicant": tr("申请人"), "attendee": tr("到场人")}


def check_applicant(applicant: Applicant, on: date | None = None) -> Applicant:
    """The applicant with identifier and phone in canonical form. Raises CaseError with the first thing wrong."""
    _check_name(applicant, "applicant")
    is_code = applicant.identifier_kind is IdentifierKind.USCC
    if applicant.kind is ApplicantKind.PERSON and is_code:
        raise CaseError(NOT_A_PERSONS)
    if applicant.kind is not ApplicantKind.PERSON and not (
        is_code or applicant.identifier_kind is IdentifierKind.OTHER
    ):
        raise CaseError(NOT_AN_ORGANISATIONS, kind=APPLICANT_WORDS[applicant.kind])
    return applicant.model_copy(update=_canonical(applicant, on))


def check_attendee(attendee: Attendee, applicant: Applicant, on: date | None = None) -> Attendee:
    """The attendee in canonical form, lawful beside the (checked) applicant.

    Raises CaseError with the first thing wrong; a person who comes as 本人 must be the applicant.
    """
    _check_name(attendee, "attendee")
    if attendee.identifier_kind is IdentifierKind.USCC:
        raise CaseError(NOT_A_PERSONS)
    checked = attendee.model_copy(update=_canonical(attendee, on))
    _check_capacity(checked, applicant)
    return checked


def is_under_14(birth: date, on: date) -> bool:
    """Whether the person's data are those of a child (个人信息保护法 第三十一条).

    A year of age is full on the day after the birthday, as courts count 周岁; on the 14th birthday: True.
    """
    return _full_years(birth, on) < 14  # noqa: PLR2004 - the age is the rule's name


def is_elder(birth: date, on: date) -> bool:
    """Whether somebody is sixty or older (老年人权益保障法 第二条); years as in `is_under_14`."""
    return _full_years(birth, on) >= 60  # noqa: PLR2004 - the age is the law's


def _full_years(birth: date, on: date) -> int:
    return on.year - birth.year - ((on.month, on.day) <= (birth.month, birth.day))


def _check_name(person: Person, part: str) -> None:
    if not person.name.strip():
        raise CaseError(NO_NAME, part=_PART_WORDS[part])


def _canonical(person: Person, on: date | None) -> dict[str, str]:
    return {
        "name": person.name.strip(),
        "identifier": check_identifier(person.identifier_kind, person.identifier, on).text,
        "phone": check_phone(person.phone) if person.phone.strip() else "",
    }


def _check_capacity(attendee: Attendee, applicant: Applicant) -> None:
    if attendee.capacity not in _capacities(applicant.kind):
        raise CaseError(
            WRONG_CAPACITY, kind=APPLICANT_WORDS[applicant.kind], capacity=CAPACITY_WORDS[attendee.capacity]
        )
    if applicant.kind is not ApplicantKind.PERSON:
        return
    is_same = (attendee.identifier_kind, attendee.identifier) == (applicant.identifier_kind, applicant.identifier)
    if attendee.capacity is not Capacity.SELF and is_same:
        raise CaseError(SAME_PERSON, capacity=CAPACITY_WORDS[attendee.capacity])
    if attendee.capacity is Capacity.SELF and not (is_same and attendee.name == applicant.name):
        raise CaseError(NOT_THE_SAME)


def _capacities(kind: ApplicantKind) -> frozenset[Capacity]:
    if kind is ApplicantKind.PERSON:
        return _OF_A_PERSON
    return _OF_A_SOLE_TRADER if kind is ApplicantKind.SOLE_TRADER else _OF_AN_ORGANISATION
