import random
import secrets
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from client.errors import CaseError, Fault
from client.rules.numbering import (
    LAST_SERIAL,
    NOT_A_CASE_NUMBER,
    NOT_A_PAPER_NUMBER,
    NOT_A_QUERY_CODE,
    NUMBERS_EXHAUSTED,
    QUERY_ALPHABET,
    WRONG_CASE_CHECK,
    CaseNumber,
    PaperNumber,
    ProvisionalNumber,
    is_case_series,
    is_of_year,
    is_provisional_series,
    new_query_code,
    number_in,
    paper_number_of,
    parse_query_code,
    run_low,
)

EXAMPLE = CaseNumber("110101", "01", "07", date(2026, 11, 23), 43)
PRINTED = "110101-01-07-20261123-0043-6"
NUMBERS = st.builds(
    CaseNumber,
    region=st.from_regex(r"[0-9]{6}", fullmatch=True).filter(str.isascii),
    hall=st.from_regex(r"[0-9]{2}", fullmatch=True).filter(str.isascii),
    window=st.from_regex(r"[0-9]{2}", fullmatch=True).filter(str.isascii),
    day=st.dates(date(2020, 1, 1), date(2099, 12, 31)),
    serial=st.integers(1, LAST_SERIAL),
)


def fault_of(text: str) -> Fault:
    with pytest.raises(CaseError) as caught:
        CaseNumber.parse(text)
    assert caught.value.advice
    return caught.value.fault


def test_a_case_number_reads_as_printed() -> None:
    assert str(EXAMPLE) == PRINTED
    assert EXAMPLE.compact == "11010101072026112300436"
    assert EXAMPLE.series == "110101-01-07-20261123"


@pytest.mark.parametrize(
    "typed",
    [PRINTED, "11010101072026112300436", " 110101 01 07 20261123 0043 6 ", "110101-01-07-20261123-0043-6"],
)
def test_a_case_number_may_be_typed_in_any_of_its_forms(typed: str) -> None:
    assert CaseNumber.parse(typed) == EXAMPLE


@given(NUMBERS)
def test_case_numbers_come_back_from_both_forms(number: CaseNumber) -> None:
    assert CaseNumber.parse(str(number)) == number
    assert CaseNumber.parse(number.compact) == number


@given(NUMBERS, st.integers(0, 22), st.integers(1, 9))
def test_every_wrong_digit_of_a_case_number_is_found(number: CaseNumber, place: int, shift: int) -> None:
    digits = number.compact
    wrong = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]
    assert fault_of(wrong) is WRONG_CASE_CHECK


def test_nearly_every_swap_of_neighbours_is_found() -> None:
    """MOD 11,10 lets exactly one pair of digits pass in each of its ten states: 20 of 900."""
    prefixes = {mod_11_10.checksum(str(n)): str(n) for n in range(1000)}
    assert set(prefixes) == set(range(10))
    missed = [
        (state, a, b)
        for state, prefix in prefixes.items()
        for a in "0123456789"
        for b in "0123456789"
        if a != b and mod_11_10.checksum(prefix + a + b) == mod_11_10.checksum(prefix + b + a)
    ]
    assert len(missed) == 20


@given(NUMBERS, st.integers(0, 21))
def test_a_swap_is_refused_or_shares_the_check_digit(number: CaseNumber, place: int) -> None:
    digits = number.compact
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    if swapped != digits and not mod_11_10.is_valid(swapped):
        assert fault_of(swapped) is WRONG_CASE_CHECK


def _with_check(body: str) -> str:
    return body + str(mod_11_10.calc_check_digit(body))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", NOT_A_CASE_NUMBER),
        ("110101-01-07-20261123-0043", NOT_A_CASE_NUMBER),
        ("110101-01-07-20261123-0043-66", NOT_A_CASE_NUMBER),
        ("110101-01-07-20261123-00A3-6", NOT_A_CASE_NUMBER),
        ("²" * 23, NOT_A_CASE_NUMBER),
        (_with_check("1101010107202602300043"), NOT_A_CASE_NUMBER),  # 30 February
        (_with_check("1101010107202611230000"), NOT_A_CASE_NUMBER),  # serials begin at 1
        ("110101-01-07-20261123-0043-7", WRONG_CASE_CHECK),
    ],
)
def test_what_is_wrong_with_a_case_number_is_said(text: str, fault: Fault) -> None:
    assert fault_of(text) is fault


def test_the_ten_thousandth_case_of_a_day_is_refused_in_words() -> None:
    with pytest.raises(CaseError) as caught:
        CaseNumber("110101", "01", "07", date(2026, 11, 23), LAST_SERIAL + 1)
    assert caught.value.fault is NUMBERS_EXHAUSTED


@pytest.mark.parametrize(("region", "hall", "serial"), [("11010", "01", 1), ("110101", "1", 1), ("110101", "01", 0)])
def test_a_number_of_the_wrong_shape_cannot_be_made(region: str, hall: str, serial: int) -> None:
    with pytest.raises(ValueError, match="digits"):
        CaseNumber(region, hall, "07", date(2026, 11, 23), serial)


def test_a_paper_number_follows_the_standard_of_official_papers() -> None:
    number = PaperNumber("示市监许受", 2026, 43)
    assert str(number) == "示市监许受〔2026〕43号"
    assert number.series == "示市监许受〔2026〕"


@given(st.text("示市监许受登人社", min_size=1, max_size=12), st.integers(2000, 2999), st.integers(1, 10**6))
def test_paper_numbers_come_back(word: str, year: int, serial: int) -> None:
    number = PaperNumber(word, year, serial)
    assert PaperNumber.parse(str(number)) == number


@pytest.mark.parametrize("typed", ["示市监许受[2026]43号", " 示市监许受〔2026〕 43 号", "示市监许受(2026)43号"])
def test_a_paper_number_may_be_typed_with_other_brackets(typed: str) -> None:
    assert str(PaperNumber.parse(typed)) == "示市监许受〔2026〕43号"


@pytest.mark.parametrize(
    "text", ["", "示市监许受〔2026〕第43号", "示市监许受〔2026〕043号", "〔2026〕43号", "示〔26〕43号"]
)
def test_other_texts_are_no_paper_numbers(text: str) -> None:
    with pytest.raises(CaseError) as caught:
        PaperNumber.parse(text)
    assert caught.value.fault is NOT_A_PAPER_NUMBER


def test_a_query_code_is_short_unambiguous_and_comes_back() -> None:
    code = new_query_code(secrets.randbelow)
    assert len(code) == 9
    assert code[4] == "-"
    assert not set(code) & set("0O1ILSBZU")
    assert parse_query_code(code.replace("-", "").lower()) == code
    assert parse_query_code("7k4p 2m9x") == "7K4P-2M9X"
    assert len(set(QUERY_ALPHABET)) == len(QUERY_ALPHABET) == 27


def test_query_codes_come_from_the_source_they_are_given() -> None:
    assert new_query_code(lambda _end: 0) == "2222-2222"
    assert new_query_code(lambda end: end - 1) == "YYYY-YYYY"
    assert new_query_code(random.Random(1).randrange) == new_query_code(random.Random(1).randrange)


@pytest.mark.parametrize("text", ["", "7K4P-2M9", "7K4P-2M9O", "7K4P-2M9X-1"])
def test_other_texts_are_no_query_codes(text: str) -> None:
    with pytest.raises(CaseError) as caught:
        parse_query_code(text)
    assert caught.value.fault is NOT_A_QUERY_CODE


PROVISIONAL = ProvisionalNumber("示市监许受", 2026, "01", "07", 3)


def test_a_provisional_number_names_its_window_and_the_series_it_stands_in_for() -> None:
    assert str(PROVISIONAL) == "示市监许受〔2026〕临0107-3号"
    assert PROVISIONAL.central_series == PaperNumber("示市监许受", 2026, 1).series
    other = ProvisionalNumber("示市监许受", 2026, "01", "08", 3)
    assert (other.series, other.central_series) != (PROVISIONAL.series, PROVISIONAL.central_series)
    assert other.central_series == PROVISIONAL.central_series


@given(
    st.text("示市监许受登人社", min_size=1, max_size=12),
    st.integers(2000, 2999),
    st.from_regex(r"[0-9]{4}", fullmatch=True).filter(str.isascii),
    st.integers(1, 10**6),
)
def test_provisional_numbers_come_back_and_are_told_from_the_organs_own(
    word: str, year: int, place: str, serial: int
) -> None:
    provisional = ProvisionalNumber(word, year, place[:2], place[2:], serial)
    own = PaperNumber(word, year, serial)
    assert ProvisionalNumber.parse(str(provisional)) == provisional
    assert (paper_number_of(str(provisional)), paper_number_of(str(own))) == (provisional, own)
    assert number_in(provisional.series, serial) == str(provisional)
    assert number_in(own.series, serial) == str(own)
    assert is_of_year(own.series, year)
    assert is_of_year(provisional.series, year)
    assert not is_of_year(own.series, year + 1)
    assert (is_provisional_series(provisional.series), is_provisional_series(own.series)) == (True, False)


@pytest.mark.parametrize("typed", ["示市监许受[2026]临0107-3号", " 示市监许受（２０２６） 临０１０７－３号"])
def test_a_provisional_number_may_be_typed_otherwise(typed: str) -> None:
    assert paper_number_of(typed) == PROVISIONAL


@pytest.mark.parametrize(
    "text", ["示市监许受〔2026〕临0107-0号", "示市监许受〔2026〕临107-3号", "示市监许受〔2026〕3号"]
)
def test_other_texts_are_no_provisional_numbers(text: str) -> None:
    with pytest.raises(CaseError) as caught:
        ProvisionalNumber.parse(text)
    assert caught.value.fault is NOT_A_PAPER_NUMBER


def test_a_case_number_is_told_from_its_series_and_serial() -> None:
    assert number_in(EXAMPLE.series, EXAMPLE.serial) == PRINTED
    assert (is_case_series(EXAMPLE.series), is_case_series("示市监许受〔2026〕")) == (True, False)
    assert (is_of_year(EXAMPLE.series, 2026), is_of_year(EXAMPLE.series, 2025)) == (True, False)


@pytest.mark.parametrize(("left", "held", "low"), [(0, 0, True), (100, 500, True), (101, 500, False), (1, 5, True)])
def test_a_fifth_left_is_low(left: int, held: int, *, low: bool) -> None:
    assert run_low(left, held) is low
