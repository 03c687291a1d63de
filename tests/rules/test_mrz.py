"""The zones of ICAO Doc 9303's own specimens, read; and every wrong letter found by a check digit."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.errors import CaseError
from client.rules.mrz import (
    NO_MRZ,
    WRONG_DATE,
    WRONG_DIGIT,
    TravelDocument,
    check_digit,
    is_whole_mrz,
    may_be_mrz,
    read_mrz,
)

TODAY = date(2026, 3, 2)
# The specimens of Utopia in parts 4 and 5 (appendix A): a country and a person that do not exist.
PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
CARD = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
VISA_SIZED = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"
LONG = "I<UTOD23145890<7349<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<{}\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"


def test_a_passport() -> None:
    assert read_mrz(PASSPORT, TODAY) == TravelDocument(
        code="P",
        issuer="UTO",
        names=("ERIKSSON", "ANNA MARIA"),
        number="L898902C3",
        nationality="UTO",
        birth=date(1974, 8, 12),
        sex="女",
        expiry=date(2012, 4, 15),
        personal="ZE184226B",
    )


def test_a_card() -> None:
    found = read_mrz(CARD, TODAY)
    assert (found.code, found.number, found.names) == ("I", "D23145890", ("ERIKSSON", "ANNA MARIA"))
    assert (found.birth, found.sex, found.expiry, found.personal) == (date(1974, 8, 12), "女", date(2012, 4, 15), "")


def test_a_document_of_two_lines_of_36() -> None:
    found = read_mrz(VISA_SIZED, TODAY)
    assert (found.code, found.number, found.names, found.personal) == ("I", "D23145890", ("ERIKSSON", "ANNA MARIA"), "")
    assert (found.birth, found.sex, found.expiry) == (date(1974, 8, 12), "女", date(2012, 4, 15))


def test_what_is_optional_in_36_counts_in_the_whole() -> None:
    upper, lower = VISA_SIZED.splitlines()
    optional = lower[:28] + "AB<1234"
    whole = check_digit(optional[:10] + optional[13:20] + optional[21:35])
    assert read_mrz(f"{upper}\n{optional}{whole}", TODAY).personal == "AB 1234"
    with pytest.raises(CaseError):
        read_mrz(f"{upper}\n{optional}{(int(whole) + 1) % 10}", TODAY)


@pytest.mark.parametrize("zone", [PASSPORT, CARD, VISA_SIZED])
def test_a_reader_may_send_it_in_one_line(zone: str) -> None:
    in_one = zone.replace("\n", "")
    assert read_mrz(in_one, TODAY) == read_mrz(zone, TODAY)
    assert all(may_be_mrz(in_one[:length]) for length in range(len(in_one) + 1))
    assert is_whole_mrz(in_one)
    assert not is_whole_mrz(in_one[:-1])
    assert not may_be_mrz(in_one + "<")


@pytest.mark.parametrize("text", ["X", "P5", "p<uto", "AB1", "I<1", "好"])
def test_what_begins_like_no_zone(text: str) -> None:
    assert not may_be_mrz(text if text != "AB1" else "AB1" + "<" * 80)


def test_a_card_whose_number_is_longer_than_its_place() -> None:
    upper, lower, names = LONG.splitlines()
    zone = [upper.replace("7349", "734" + check_digit("D23145890734")), lower, names]
    whole = zone[0][5:30] + lower[:7] + lower[8:15] + lower[18:29]
    assert read_mrz("\n".join(zone).format(check_digit(whole)), TODAY).number == "D23145890734"


def test_without_a_personal_number_its_digit_may_be_a_filler() -> None:
    for digit in "0<":
        lower = "L898902C36UTO7408122F1204159" + "<" * 14 + digit
        whole = check_digit(lower[:10] + lower[13:20] + lower[21:43])
        assert read_mrz(f"{PASSPORT.splitlines()[0]}\n{lower}{whole}", TODAY).personal == ""


def test_blanks_width_and_case_do_not_matter() -> None:
    upper, lower = PASSPORT.splitlines()
    assert read_mrz(f"\n {upper.lower()}\r\n\n{lower[:9]} {lower[9:]}\n", TODAY) == read_mrz(PASSPORT, TODAY)
    wide = PASSPORT.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert read_mrz(wide, TODAY) == read_mrz(PASSPORT, TODAY)


@pytest.mark.parametrize("text", ["", "P<UTO", PASSPORT[:-1], PASSPORT.replace("<<ANNA", "<-ANNA"), CARD + "\nX"])
def test_what_is_no_zone_is_said_with_its_size(text: str) -> None:
    with pytest.raises(CaseError) as caught:
        read_mrz(text, TODAY)
    assert caught.value.fault is NO_MRZ
    assert f"{len(text.splitlines())}行" in caught.value.title


@pytest.mark.parametrize(
    ("place", "name"), [(45, "证件号码"), (58, "出生日期"), (66, "有效期至"), (75, "个人编号"), (88, "总校验")]
)
def test_a_wrong_letter_is_found_and_its_field_is_named(place: int, name: str) -> None:
    other = "3" if PASSPORT[place] != "3" else "4"
    with pytest.raises(CaseError) as caught:
        read_mrz(PASSPORT[:place] + other + PASSPORT[place + 1 :], TODAY)
    assert caught.value.fault is WRONG_DIGIT
    assert name in caught.value.title


@pytest.mark.parametrize(
    ("birth", "year"), [("260302", 2026), ("260303", 1926), ("000101", 2000), ("990101", 1999), ("27<<<<", None)]
)
def test_a_birth_is_never_to_come(birth: str, year: int | None) -> None:
    found = read_mrz(_with(13, birth), TODAY).birth
    assert (found and found.year) == year


@pytest.mark.parametrize(("expiry", "year"), [("460101", 2046), ("470101", 1947), ("260101", 2026)])
def test_a_document_is_not_valid_for_ever(expiry: str, year: int) -> None:
    assert read_mrz(_with(21, expiry), TODAY).expiry.year == year


@pytest.mark.parametrize(("place", "day", "name"), [(13, "741312", "出生日期"), (21, "12<415", "有效期至")])
def test_a_day_that_is_none_is_named(place: int, day: str, name: str) -> None:
    with pytest.raises(CaseError) as caught:
        read_mrz(_with(place, day), TODAY)
    assert caught.value.fault is WRONG_DATE
    assert name in caught.value.title


def test_what_it_says_of_a_person_is_in_no_log() -> None:
    found = repr(read_mrz(PASSPORT, TODAY))
    assert not any(secret in found for secret in ("ERIKSSON", "L898902C3", "1974", "ZE184226B"))


@given(st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<", min_size=44, max_size=44), st.text(max_size=50))
def test_any_text_is_a_document_or_a_sentence(first: str, second: str) -> None:
    with suppress(CaseError):  # any other error fails the test
        assert read_mrz(f"{first}\n{second}", TODAY).number


def _with(place: int, day: str) -> str:
    """The passport with another day at that place, and its check digits right again."""
    upper, lower = PASSPORT.splitlines()
    lower = lower[:place] + day + check_digit(day) + lower[place + 7 :]
    return f"{upper}\n{lower[:43]}{check_digit(lower[:10] + lower[13:20] + lower[21:43])}"
