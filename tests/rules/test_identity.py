from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.errors import CaseError, Fault
from client.rules import identity
from client.rules.identifiers import (
    EMPTY,
    IDENTIFIER_WORDS,
    IMPOSSIBLE_DATE,
    OLD_NUMBER,
    WRONG_CHARACTERS,
    WRONG_CHECK_DIGIT,
    WRONG_LENGTH,
    Identifier,
    IdentifierKind,
    Sex,
    check_identifier,
    modern_number,
)
from client.rules.identity import (
    Applicant,
    ApplicantKind,
    Attendee,
    Capacity,
    PersonMatch,
    check_applicant,
    check_attendee,
    is_under_14,
)
from client.rules.masking import identifier_line, masked_identifier, masked_name, masked_phone
from client.rules.phones import WRONG_PHONE, check_phone
from tests import data

BIRTHS = st.dates(date(1900, 1, 1), date(1909, 12, 31))
SERIALS = st.integers(0, 999)
RESIDENT_IDS = st.builds(data.resident_id, SERIALS, BIRTHS)
K = IdentifierKind


def fault_of(kind: IdentifierKind, text: str, on: date | None = None) -> Fault:
    with pytest.raises(CaseError) as caught:
        check_identifier(kind, text, on)
    assert text == "" or text not in f"{caught.value} {caught.value.advice}", "an error repeats the number"
    return caught.value.fault


def test_the_specimen_of_the_standard_is_right() -> None:
    assert check_identifier(K.RESIDENT_ID, "11010519491231002X").text == "11010519491231002X"


@pytest.mark.parametrize("code", ["11100000000013338W", "11430000006122244L", "12441500196720244T"])
def test_published_credit_codes_are_right(code: str) -> None:
    assert check_identifier(K.USCC, code).text == code


@given(SERIALS, BIRTHS)
def test_a_resident_number_tells_birth_and_sex(serial: int, birth: date) -> None:
    identifier = check_identifier(K.RESIDENT_ID, data.resident_id(serial, birth))
    assert identifier.birth == birth
    assert identifier.sex is (Sex.MALE if serial % 2 else Sex.FEMALE)


@given(RESIDENT_IDS, st.integers(0, 16), st.integers(1, 9))
def test_every_wrong_digit_is_found(number: str, place: int, shift: int) -> None:
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    with pytest.raises(CaseError):
        check_identifier(K.RESIDENT_ID, wrong)


@given(RESIDENT_IDS, st.integers(0, 15))
def test_every_swap_of_neighbours_is_found(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        with pytest.raises(CaseError):
            check_identifier(K.RESIDENT_ID, swapped)


@given(st.integers(0, 9999), st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_every_wrong_character_of_a_credit_code_is_found(serial: int, place: int, character: str) -> None:
    code = data.uscc(serial)
    wrong = code[:place] + character + code[place + 1 :]
    if wrong != code:
        with pytest.raises(CaseError):
            check_identifier(K.USCC, wrong)


@pytest.mark.parametrize("department", ["91", "92", "93", "11", "12", "51", "A1", "N1", "Y1"])
def test_credit_codes_of_all_departments_are_taken(department: str) -> None:
    assert check_identifier(K.USCC, data.uscc(1, department)).kind is K.USCC


@pytest.mark.parametrize("region", ["810000", "820000", "830000", "710000", "999999", "110103"])
def test_no_resident_number_is_refused_for_its_area(region: str) -> None:
    number = data.resident_id(1, region=region)
    assert check_identifier(K.RESIDENT_ID, number).text == number


@pytest.mark.parametrize(
    ("kind", "text", "canonical"),
    [
        (K.RESIDENT_ID, " 110105 19491231 002x ", "11010519491231002X"),
        (K.RESIDENT_ID, "110105194912310021"[:17] + "Ⅹ", None),  # the Roman numeral is not folded
        (K.RESIDENT_ID, "110105-19491231-002X", "11010519491231002X"),
        (K.HISTORICAL_RESIDENT_ID, "110105491231002", "110105491231002"),
        (K.PASSPORT, "e12345678", "E12345678"),
        (K.HK_MACAO_TRAVEL_PERMIT, "h12345678", "H12345678"),
        (K.HK_MACAO_TRAVEL_PERMIT, "M1234567801", "M1234567801"),
        (K.TAIWAN_TRAVEL_PERMIT, "12345678", "12345678"),
        (K.FOREIGN_PERMANENT_RESIDENT_2017, "can110001010101", "CAN110001010101"),
        (K.OTHER, " 军字第0000001号 ", "军字第0000001号"),
    ],
)
def test_numbers_are_taken_as_people_type_them(kind: IdentifierKind, text: str, canonical: str | None) -> None:
    if canonical is None:
        assert fault_of(kind, text) is WRONG_CHARACTERS
    else:
        assert check_identifier(kind, text).text == canonical


@given(RESIDENT_IDS)
def test_full_width_digits_mean_the_same(number: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) for c in number)
    assert check_identifier(K.RESIDENT_ID, wide) == check_identifier(K.RESIDENT_ID, number)


@pytest.mark.parametrize(
    ("kind", "text", "fault"),
    [
        (K.RESIDENT_ID, "", EMPTY),
        (K.RESIDENT_ID, "  ", EMPTY),
        (K.RESIDENT_ID, "1101051949123100", WRONG_LENGTH),
        (K.RESIDENT_ID, "110105491231002", OLD_NUMBER),
        (K.RESIDENT_ID, "11010519491231O02X"[:18], WRONG_CHARACTERS),
        (K.RESIDENT_ID, "110105194912310021", WRONG_CHECK_DIGIT),
        (K.RESIDENT_ID, "11010519490231002X", IMPOSSIBLE_DATE),
        (K.RESIDENT_ID, "11010519491231002²", WRONG_CHARACTERS),
        (K.HISTORICAL_RESIDENT_ID, "110105490231002", IMPOSSIBLE_DATE),
        (K.HISTORICAL_RESIDENT_ID, "11010519491231002X", WRONG_LENGTH),
        (K.HMT_RESIDENCE_PERMIT, data.resident_id(1), WRONG_CHARACTERS),
        (K.FOREIGN_PERMANENT_RESIDENT_2017, "CA1110001010101", WRONG_CHARACTERS),
        (K.FOREIGN_PERMANENT_RESIDENT_2023, data.resident_id(1), WRONG_CHARACTERS),
        (K.USCC, "91110101MA00000", WRONG_LENGTH),
        (K.USCC, "9111010IMA0000001X", WRONG_CHARACTERS),
        (K.PASSPORT, "E123", WRONG_LENGTH),
        (K.PASSPORT, "E123456号", WRONG_CHARACTERS),
        (K.HK_MACAO_TRAVEL_PERMIT, "C12345678", WRONG_CHARACTERS),
        (K.HK_MACAO_TRAVEL_PERMIT, "H123456789", WRONG_LENGTH),
        (K.TAIWAN_TRAVEL_PERMIT, "123456789", WRONG_LENGTH),
        (K.OTHER, "字" * 41, WRONG_LENGTH),
        (K.OTHER, "a\x07b", WRONG_CHARACTERS),
    ],
)
def test_what_is_wrong_with_a_number_is_said(kind: IdentifierKind, text: str, fault: Fault) -> None:
    assert fault_of(kind, text) is fault


def test_a_birth_in_the_future_is_refused_when_today_is_known() -> None:
    number = data.resident_id(1, date(1909, 12, 31))
    assert fault_of(K.RESIDENT_ID, number, on=date(1909, 12, 30)) is IMPOSSIBLE_DATE
    assert check_identifier(K.RESIDENT_ID, number, on=date(1909, 12, 31)).birth == date(1909, 12, 31)


def test_foreigners_numbers_tell_neither_birth_nor_sex() -> None:
    identifier = check_identifier(K.FOREIGN_PERMANENT_RESIDENT_2023, data.foreigner_2023_number(7))
    assert (identifier.birth, identifier.sex) == (None, None)


@pytest.mark.parametrize("region", ["810000", "820000", "830000"])
def test_residence_permits_of_hong_kong_macao_and_taiwan_are_taken(region: str) -> None:
    assert check_identifier(K.HMT_RESIDENCE_PERMIT, data.hmt_number(2, region=region)).sex is Sex.FEMALE


@given(RESIDENT_IDS)
def test_an_old_number_becomes_the_modern_one(number: str) -> None:
    assert modern_number(number[:6] + number[8:17]) == number


@given(st.sampled_from(K), st.text(max_size=24))
def test_any_text_is_taken_or_refused_in_words(kind: IdentifierKind, text: str) -> None:
    try:
        checked: Identifier | None = check_identifier(kind, text)
    except CaseError as error:
        said = error.title + error.advice
        checked = None
    else:
        said = ""
    assert checked or "请" in said, "every place of the sentence is filled and it says what to do"
    assert checked is None or check_identifier(kind, checked.text) == checked, "the canonical form is its own"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("138 0000 0000", "13800000000"),
        ("+86 138-0000-0000", "13800000000"),
        ("008613800000000", "13800000000"),
        ("13800000000", "13800000000"),
        ("010-00000001", "010-00000001"),
        ("+86 10 00000001", "010-00000001"),
        ("0000-0000001", "0000-0000001"),
        ("00000000001转12", "0000-0000001转12"),
        ("+852 0000 0001", "+85200000001"),
    ],
)
def test_phones_are_taken_as_people_write_them(text: str, number: str) -> None:
    assert check_phone(text) == number
    assert check_phone(number) == number


@pytest.mark.parametrize(
    "text", ["", "12800000000", "1380000000", "00000001", "+86", "13800000000转1", "0000-0000001转x"]
)
def test_other_phones_are_refused(text: str) -> None:
    with pytest.raises(CaseError) as caught:
        check_phone(text)
    assert caught.value.fault is WRONG_PHONE


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张小三", "张**"),
        ("欧阳小三", "欧**"),
        ("𠮷𬺗", "𠮷*"),
        ("阿卜杜拉·买买提", "阿**"),
        ("张", "张"),
        ("", ""),
    ],
)
def test_a_masked_name_shows_its_first_character(name: str, masked: str) -> None:
    assert masked_name(name) == masked


@given(RESIDENT_IDS)
def test_a_masked_number_hides_the_day_of_birth(number: str) -> None:
    masked = masked_identifier(K.RESIDENT_ID, number)
    assert masked == f"{number[:6]}********{number[14:]}"
    assert identifier_line(K.RESIDENT_ID, number) == f"居民身份证{masked}"


@given(st.sampled_from([kind for kind in K if kind is not K.USCC]), st.text("0123456789AX", min_size=1, max_size=20))
def test_every_personal_number_is_masked(kind: IdentifierKind, text: str) -> None:
    masked = masked_identifier(kind, text)
    assert len(masked) == len(text)
    assert masked.count("*") >= min(4, len(text) * 3 // 4)


def test_the_code_of_a_company_is_public() -> None:
    assert identifier_line(K.USCC, data.uscc(3)) == f"统一社会信用代码{data.uscc(3)}"


@pytest.mark.parametrize(
    ("phone", "masked"), [("13812341234", "138****1234"), ("010-00000001", "010-0000****"), ("12", "**"), ("", "")]
)
def test_phones_are_masked(phone: str, masked: str) -> None:
    assert masked_phone(phone) == masked


@pytest.mark.parametrize(
    ("on", "under"), [(date(1914, 12, 31), True), (date(1915, 1, 1), True), (date(1915, 1, 2), False)]
)
def test_fourteen_is_full_on_the_day_after_the_birthday(on: date, *, under: bool) -> None:
    assert is_under_14(date(1901, 1, 1), on) is under


@given(BIRTHS, st.integers(0, 40000))
def test_nobody_grows_younger(birth: date, days: int) -> None:
    on = birth + timedelta(days=days)
    assert is_under_14(birth, on) >= is_under_14(birth, on + timedelta(days=1))


def test_a_child_of_the_leap_day_is_fourteen_on_the_first_of_march() -> None:
    assert is_under_14(date(1904, 2, 29), date(1918, 2, 28))
    assert not is_under_14(date(1904, 2, 29), date(1918, 3, 1))


PERSON = Applicant(
    kind=ApplicantKind.PERSON, name="张三", identifier_kind=K.RESIDENT_ID, identifier=data.resident_id(1)
)
COMPANY = Applicant(
    kind=ApplicantKind.COMPANY,
    name="示例餐饮有限公司",
    identifier_kind=K.USCC,
    identifier=data.uscc(1),
    phone="010-00000001",
    legal_representative="张三",
)


def attendee(capacity: Capacity, name: str = "李四", serial: int = 2) -> Attendee:
    return Attendee(
        capacity=capacity, name=name, identifier_kind=K.RESIDENT_ID, identifier=data.resident_id(serial).lower()
    )


def refusal(applicant: Applicant, present: Attendee | None = None) -> Fault:
    check = partial(check_applicant, applicant) if present is None else partial(check_attendee, present, applicant)
    with pytest.raises(CaseError) as caught:
        check()
    assert caught.value.title, "every place of the sentence is filled"
    assert caught.value.advice
    return caught.value.fault


def test_people_are_kept_in_canonical_form_with_their_names_untouched() -> None:
    messy = PERSON.model_copy(
        update={"name": " 𠮷\uf9dc ", "identifier": PERSON.identifier.lower() + " ", "phone": "138 0000 0000"}
    )
    checked = check_applicant(messy, date(2026, 11, 23))
    assert (checked.name, checked.identifier, checked.phone) == ("𠮷\uf9dc", PERSON.identifier, "13800000000")


def test_people_survive_the_store_and_stay_out_of_tracebacks() -> None:
    present = attendee(Capacity.AGENT).model_copy(update={"person_matches_card": PersonMatch.BY_EYE})
    assert Attendee.model_validate_json(present.model_dump_json()) == present
    assert Applicant.model_validate_json(COMPANY.model_dump_json()) == COMPANY
    assert present.name not in repr(present)
    assert present.identifier not in repr(present)


@pytest.mark.parametrize("kind", [kind for kind in ApplicantKind if kind is not ApplicantKind.PERSON])
def test_organisations_have_a_credit_code(kind: ApplicantKind) -> None:
    organisation = COMPANY.model_copy(update={"kind": kind})
    assert check_applicant(organisation) == organisation
    with_person = organisation.model_copy(update={"identifier_kind": K.RESIDENT_ID, "identifier": data.resident_id(1)})
    assert refusal(with_person) is identity.NOT_AN_ORGANISATIONS


def test_an_organisation_without_a_code_has_another_document() -> None:
    foreign = COMPANY.model_copy(update={"identifier_kind": K.OTHER, "identifier": "REG-0001"})
    assert check_applicant(foreign).identifier == "REG-0001"


def test_a_person_has_no_credit_code() -> None:
    coded = {"identifier_kind": K.USCC, "identifier": data.uscc(1)}
    assert refusal(PERSON.model_copy(update=coded)) is identity.NOT_A_PERSONS
    assert refusal(COMPANY, attendee(Capacity.AGENT).model_copy(update=coded)) is identity.NOT_A_PERSONS


def test_everybody_has_a_name() -> None:
    assert refusal(PERSON.model_copy(update={"name": "  "})) is identity.NO_NAME
    assert refusal(PERSON, attendee(Capacity.AGENT, name="")) is identity.NO_NAME


def test_who_comes_as_self_is_the_applicant() -> None:
    assert check_attendee(attendee(Capacity.SELF, "张三", 1), PERSON).identifier == PERSON.identifier
    assert refusal(PERSON, attendee(Capacity.SELF, "张三", 2)) is identity.NOT_THE_SAME
    assert refusal(PERSON, attendee(Capacity.SELF, "李四", 1)) is identity.NOT_THE_SAME


@pytest.mark.parametrize("capacity", [Capacity.AGENT, Capacity.GUARDIAN])
def test_an_agent_or_guardian_is_another_person(capacity: Capacity) -> None:
    assert check_attendee(attendee(capacity), PERSON).capacity is capacity
    assert refusal(PERSON, attendee(capacity, "张三", 1)) is identity.SAME_PERSON


@pytest.mark.parametrize(
    ("kind", "capacity"),
    [
        (ApplicantKind.PERSON, Capacity.LEGAL_REPRESENTATIVE),
        (ApplicantKind.COMPANY, Capacity.SELF),
        (ApplicantKind.COMPANY, Capacity.GUARDIAN),
        (ApplicantKind.SOLE_TRADER, Capacity.GUARDIAN),
        (ApplicantKind.PUBLIC_INSTITUTION, Capacity.SELF),
    ],
)
def test_a_capacity_fits_the_kind_of_applicant(kind: ApplicantKind, capacity: Capacity) -> None:
    applicant = (PERSON if kind is ApplicantKind.PERSON else COMPANY).model_copy(update={"kind": kind})
    assert refusal(applicant, attendee(capacity)) is identity.WRONG_CAPACITY


@pytest.mark.parametrize("capacity", [Capacity.SELF, Capacity.LEGAL_REPRESENTATIVE, Capacity.AGENT])
def test_a_sole_trader_may_come_in_person(capacity: Capacity) -> None:
    trader = COMPANY.model_copy(update={"kind": ApplicantKind.SOLE_TRADER})
    assert check_attendee(attendee(capacity), trader).capacity is capacity


def test_every_member_has_its_word() -> None:
    assert set(IDENTIFIER_WORDS) == set(K)
    assert set(identity.APPLICANT_WORDS) == set(ApplicantKind)
    assert set(identity.CAPACITY_WORDS) == set(Capacity)
