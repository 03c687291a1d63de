"""What a card told: words for a form, and characters of a name that only an eye can settle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.catalogue import load_folding
from client.errors import CaseError
from client.rules.cards import (
    CardReading,
    Settled,
    character_of,
    known_words,
    likely_character,
    reading_of,
    settle,
    unsettled,
)
from client.rules.identifiers import IdentifierKind
from client.rules.identity import Applicant, ApplicantKind
from tests.data import foreigner_2017_number, resident_id

FOLDING = load_folding()
PRIVATE = "\ue188"  # of no public table
ZHANG = Applicant(
    kind=ApplicantKind.PERSON,
    name="张三",
    identifier_kind=IdentifierKind.RESIDENT_ID,
    identifier=resident_id(1),
    address="示例市示例路1号",
)
READ = CardReading(
    identifier_kind=IdentifierKind.RESIDENT_ID,
    identifier=resident_id(1),
    sex="男",
    nation="汉",
    birth="1901-01-01",
    valid_to="长期",
    block="00",
)


def test_a_form_takes_over_what_a_person_is_and_what_the_card_told() -> None:
    words = known_words(ZHANG, READ)
    told = ("name", "identifier_kind", "identifier", "address", "sex", "nation", "birth", "valid_to", "country")
    assert [words[name] for name in told] == [
        "张三", "居民身份证", resident_id(1), "示例市示例路1号", "男", "汉", "1901-01-01", "长期", "",
    ]  # fmt: skip
    assert "block" not in words
    assert "settled" not in words


def test_without_a_card_the_number_tells_sex_and_birth_and_nothing_else() -> None:
    words = known_words(ZHANG, None)
    assert (words["sex"], words["birth"], words["nation"], words["valid_to"]) == ("男", "1901-01-01", "", "")
    passport = ZHANG.model_copy(update={"identifier_kind": IdentifierKind.PASSPORT, "identifier": "E00000000"})
    assert (known_words(passport, None)["sex"], known_words(passport, None)["birth"]) == ("", "")


def test_the_foreigners_card_of_2017_has_the_name_of_its_successor_on_forms() -> None:
    kind = IdentifierKind.FOREIGN_PERMANENT_RESIDENT_2017
    person = ZHANG.model_copy(update={"identifier_kind": kind, "identifier": foreigner_2017_number(1)})
    assert known_words(person, None)["identifier_kind"] == "外国人永久居留身份证"


def test_the_newest_reading_of_the_same_document_counts() -> None:
    older = READ.model_copy(update={"nation": "回"})
    assert reading_of([older, READ], ZHANG) == READ
    assert reading_of([READ.model_copy(update={"identifier": resident_id(2)})], ZHANG) is None
    assert resident_id(1) not in repr(READ)


def test_which_characters_want_an_eye() -> None:
    assert unsettled("张三", FOLDING) == ()
    assert unsettled(f"李{PRIVATE}\ue863", FOLDING) == (2, 3)


def test_what_the_standard_has_for_a_private_character_is_offered() -> None:
    assert likely_character("\ue863", FOLDING) == "\u4dae"
    assert likely_character("\ue815", FOLDING) == "", "a radical is no character of a name"
    assert likely_character(PRIVATE, FOLDING) == ""
    assert likely_character("张", FOLDING) == ""


@pytest.mark.parametrize("typed", ["䶮", " 䶮 ", "U+4DAE", "u+4dae", "0x4DAE", "0X4dae"])
def test_a_character_is_typed_or_named_by_its_code(typed: str) -> None:
    assert character_of(typed, FOLDING) == "\u4dae"


def test_a_character_beyond_the_first_plane_is_one() -> None:
    assert character_of("U+20BB7", FOLDING) == "𠮷"


@pytest.mark.parametrize("typed", ["", "张三", "U+", "U+XYZ", "U+110000", "U+E188", "U+2E81", "U+D800", "?", "\x07"])
def test_what_no_name_has_is_refused(typed: str) -> None:
    with pytest.raises(CaseError) as caught:
        character_of(typed, FOLDING)
    assert caught.value.code == "ID-131"


@given(st.text(min_size=1, max_size=12), st.data())
def test_nothing_but_the_settled_character_changes(name: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(1, len(name)))
    after, settled = settle(name, position, "䶮")
    assert (settled.position, settled.was, settled.now) == (position, name[position - 1], "䶮")
    assert (after[: position - 1], after[position - 1], after[position:]) == (
        name[: position - 1],
        "䶮",
        name[position:],
    )


def test_the_record_of_it_has_codes_and_no_name() -> None:
    assert Settled(position=2, was=PRIVATE, now="䶮").codes == {"position": 2, "was": "U+E188", "now": "U+4DAE"}
