import json
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.ports.id_card import LONG_TERM, DocumentKind, IdentityDocument
from client.rules.identifiers import IdentifierKind, check_identifier
from devices.idcard import layouts
from devices.idcard.cards import SAMPLES, SampleCard, address_block, text_block
from devices.idcard.codes import code_tables
from devices.idcard.layouts import FLAG, LAYOUTS, UnknownLayoutError, parse_address, parse_text, with_address
from tests import data

TODAY = date(2026, 11, 23)


def parse(block: bytes, on: date = TODAY) -> IdentityDocument:
    return parse_text(block, code_tables(), on)


def resident(**changed: str) -> IdentityDocument:
    card = SAMPLES["resident"]
    return parse(text_block(SampleCard(card.kind, {**card.fields, **changed})))


def test_a_resident_id_reads_whole() -> None:
    document = parse(text_block(SAMPLES["resident"]))
    assert document.as_json() == {
        "kind": "resident",
        "name": "张三",
        "name_en": None,
        "sex": "男",
        "nation": "汉",
        "birth": "1901-01-01",
        "address": "示例市示例区示例路1号",
        "number": data.resident_id(1),
        "issuer": "示例市公安局示例分局",
        "valid_from": "2020-01-01",
        "valid_to": "长期",
        "pass_number": None,
        "issue_count": None,
        "country": None,
        "version": None,
        "authority_code": None,
        "former_number_mark": None,
        "warnings": [],
    }


def test_a_residence_permit_reads_whole() -> None:
    said = parse(text_block(SAMPLES["hmt-permit"])).as_json()
    assert (said["kind"], said["number"]) == ("hmt-permit", data.hmt_number(1))
    assert (said["pass_number"], said["issue_count"]) == ("H00000001", 1)
    assert (said["nation"], said["valid_to"], said["warnings"]) == (None, "2040-01-01", [])


def test_a_foreigner_of_2017_reads_whole() -> None:
    said = parse(text_block(SAMPLES["foreigner-2017"])).as_json()
    assert (said["kind"], said["number"]) == ("foreigner-2017", data.foreigner_2017_number(1))
    assert (said["name"], said["name_en"], said["country"]) == ("张三", "ZHANG, SAN", "CAN")
    assert (said["birth"], said["sex"], said["issuer"], said["warnings"]) == ("1901-01-01", "男", None, [])


def test_a_foreigner_of_2023_reads_whole_with_a_name_in_two_places() -> None:
    card = SAMPLES["foreigner-2023"]
    said = parse(text_block(card)).as_json()
    assert (said["kind"], said["number"]) == ("foreigner-2023", data.foreigner_2023_number(2))
    assert (said["name_en"], said["issue_count"], said["warnings"]) == ("LI, SI", 1, [])
    long = {**card.fields, "name_en": "LI, SI WITH A NAME OF MORE THAN 35 ", "name_en_more": "LETTERS"}
    assert parse(text_block(SampleCard(card.kind, long))).name_en == "LI, SI WITH A NAME OF MORE THAN 35 LETTERS"


@pytest.mark.parametrize(
    ("offset", "text", "field"),
    [(0, "李", "name"), (52, "李", "address"), (158, "李", "issuer"), (122, "1", "number")],
)
def test_fields_stand_at_the_offsets_of_the_standard(offset: int, text: str, field: str) -> None:
    block = bytearray(text_block(SAMPLES["resident"]))
    block[offset : offset + 2] = text.encode("utf-16-le")
    assert str(getattr(parse(bytes(block)), field)).startswith(text)


@pytest.mark.parametrize("kind", list(LAYOUTS))
def test_the_fields_of_a_layout_do_not_overlap(kind: DocumentKind) -> None:
    places = sorted((place.start, place.stop) for place in [*LAYOUTS[kind].values(), FLAG])
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    assert places[-1][1] <= 256


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=7))
def test_any_name_comes_back_as_the_chip_has_it(name: str) -> None:
    assert resident(name=name).name == name


@pytest.mark.parametrize("code", [f"{code:02}" for code in [*range(1, 57), 97, 98]])
def test_every_nation_has_its_word(code: str) -> None:
    document = resident(nation=code)
    assert document.nation
    assert document.warnings == ()


def test_well_known_nations_are_where_the_standard_has_them() -> None:
    assert [resident(nation=code).nation for code in ("05", "11", "36", "46", "56")] == [
        "维吾尔",
        "满",
        "毛南",
        "德昂",
        "基诺",
    ]


@pytest.mark.parametrize(("code", "word"), [("1", "男"), ("2", "女"), ("0", "未知"), ("9", "未说明"), ("5", None)])
def test_sex_is_told_in_words(code: str, word: str | None) -> None:
    assert resident(sex=code).sex == word


@pytest.mark.parametrize(
    ("changed", "warning"),
    [
        ({"valid_to": "20250101"}, layouts.EXPIRED),
        ({"valid_from": "20270101"}, layouts.NOT_YET_VALID),
        ({"valid_to": "2040131"}, layouts.DATE_UNCLEAR),
        ({"valid_to": "20400230"}, layouts.DATE_UNCLEAR),
        ({"valid_from": "长期"}, layouts.DATE_UNCLEAR),
        ({"nation": "77"}, layouts.NATION_UNKNOWN),
        ({"address": "示例路\ue188号"}, layouts.ADDRESS_UNCLEAR),
        ({"birth": "19010102"}, layouts.BIRTH_DIFFERS),
        ({"number": "110101190101010012"}, "居民身份证号码的校验位不符"),
        ({"number": ""}, "没有填写居民身份证号码"),
    ],
)
def test_what_the_clerk_must_look_at_is_a_warning(changed: dict[str, str], warning: str) -> None:
    assert resident(**changed).warnings == (warning,)


def test_a_card_is_valid_to_the_end_of_its_last_day() -> None:
    block = text_block(SAMPLES["resident-expired"])
    assert layouts.EXPIRED not in parse(block, on=date(2025, 1, 1)).warnings
    assert layouts.EXPIRED in parse(block, on=date(2025, 1, 2)).warnings


def test_long_term_never_ends() -> None:
    document = resident()
    assert document.valid_to == LONG_TERM
    assert not document.is_expired(date(9999, 12, 31))


def test_rare_names_are_read_and_private_ones_told() -> None:
    assert parse(text_block(SAMPLES["resident-rare"])).name == "李𠮷𬺗"
    assert parse(text_block(SAMPLES["resident-rare"])).warnings == ()
    private = parse(text_block(SAMPLES["resident-private"]))
    assert private.name == "李\ue863"
    assert "䶮" in private.warnings[0]


def test_half_a_character_is_told_and_can_be_written_to_json() -> None:
    document = resident(name="李\ud842")
    assert document.name == "李\ufffd"
    assert "第2个字" in document.warnings[0]
    assert json.dumps(document.as_json(), ensure_ascii=False).encode()
    assert "李\ud842".encode("utf-16-le", "surrogatepass") in document.text_block, "the chip's own bytes are kept"


@pytest.mark.parametrize("flag", [" ", "\0"])
def test_blank_or_nul_is_a_resident(flag: str) -> None:
    block = bytearray(text_block(SAMPLES["resident"]))
    block[FLAG] = flag.encode("utf-16-le")
    assert parse(bytes(block)).kind is DocumentKind.RESIDENT


@pytest.mark.parametrize("block", [b"", bytes(255), text_block(SAMPLES["resident"])[:248] + b"Z\0" + bytes(6)])
def test_an_unknown_layout_is_refused(block: bytes) -> None:
    with pytest.raises(UnknownLayoutError):
        parse(block)


@given(st.binary(min_size=256, max_size=256), st.sampled_from(["J", "I", "Y", " "]))
def test_any_bytes_read_as_a_document_with_warnings(noise: bytes, flag: str) -> None:
    block = noise[:248] + flag.encode("utf-16-le") + noise[250:]
    document = parse(block)
    assert json.dumps(document.as_json(), ensure_ascii=False).encode()
    assert document.warnings


def test_the_newer_address_takes_the_place_of_the_old() -> None:
    address = parse_address(address_block("示例市示例区示例路2号"))
    assert address == "示例市示例区示例路2号"
    document = with_address(resident(address="?"), address)
    assert (document.address, document.warnings) == (address, ())
    assert with_address(resident(), "示例路□号").warnings == (layouts.ADDRESS_UNCLEAR,)
    assert parse_address(address_block("")) is None


def test_a_document_keeps_itself_out_of_logs() -> None:
    document = resident()
    assert repr(document) == "IdentityDocument(kind=<DocumentKind.RESIDENT: 'resident'>)"


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "resident-wrong-number"])
def test_the_numbers_of_the_sample_cards_are_right(name: str) -> None:
    document = parse(text_block(SAMPLES[name]))
    assert check_identifier(document.identifier_kind, document.number).kind in IdentifierKind


def test_a_field_too_long_for_its_place_is_not_built() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        text_block(SampleCard(DocumentKind.RESIDENT, {"name": "张" * 16}))
