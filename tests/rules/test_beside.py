"""Which suggestion stands beside which field."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client.rules.beside import Asked, beside, kinds_of
from client.rules.suggestions import Box, Suggestion, SuggestionKind
from tests import data

HERE = Box(0, 0, 9, 9)
NAME, RESIDENT, USCC, DATE, PHONE = SuggestionKind
ONE, TWO = data.resident_id(1), data.resident_id(2)


def said(kind: SuggestionKind, text: str, label: str = "") -> Suggestion:
    return Suggestion(kind, text, HERE, 0.9, label)


def asked(kind: SuggestionKind, value: str = "", title: str = "", path: str = "field") -> Asked:
    return Asked(path, title, frozenset({kind}), value)


def told(fields: list[Asked], *offered: Suggestion, known: tuple[str, ...] = ()) -> dict[str, tuple[str, bool]]:
    found = beside(fields, offered, known)
    return {path: (each.suggestion.text, each.differs) for path, each in found.items()}


@pytest.mark.parametrize(
    ("path", "schema", "kinds"),
    [
        ("credit_code", {"format": "uscc", "x-from": "applicant.identifier"}, {USCC}),
        ("sellers.0.identifier", {}, {RESIDENT, USCC}),
        ("who", {"x-from": "applicant.identifier"}, {RESIDENT, USCC}),
        ("person", {"format": "resident-id"}, {RESIDENT}),
        ("applicant.phone", {"x-widget": "phone"}, {PHONE}),
        ("paid_by", {"format": "date", "x-widget": "date"}, {DATE}),
        ("operator_name", {"x-from": "applicant.name"}, {NAME}),
        ("legal_representative", {}, {NAME}),
        ("directors.0.name", {}, {NAME}),
        ("company_name", {}, set()),
        ("residence", {"x-widget": "address", "x-from": "applicant.address"}, set()),
    ],
)
def test_what_a_field_may_be_offered_is_told_by_its_schema(
    path: str, schema: dict[str, str], kinds: set[SuggestionKind]
) -> None:
    assert kinds_of(path, schema) == kinds


@pytest.mark.parametrize(
    ("document", "kinds"),
    [
        ("", {RESIDENT, USCC}),
        ("resident_id", {RESIDENT}),
        ("居民身份证", {RESIDENT}),
        ("uscc", {USCC}),
        ("营业执照", {USCC}),
        ("护照", set()),
        ("passport", set()),
    ],
)
def test_a_number_is_of_the_document_that_is_chosen_beside_it(document: str, kinds: set[SuggestionKind]) -> None:
    assert kinds_of("sellers.0.identifier", {}, document) == kinds
    assert kinds_of("sellers.0.phone", {"x-widget": "phone"}, document) == {PHONE}


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("", {"field": (ONE, False)}),
        (ONE[:5], {"field": (ONE, False)}),  # still being typed
        (ONE[:-2] + "99", {"field": (ONE, True)}),
        (TWO, {"field": (ONE, True)}),
        (ONE, {}),
        (f"{ONE[:6]} {ONE[6:]}", {}),
    ],
)
def test_the_only_number_of_a_page_fills_a_field_or_is_held_against_it(
    value: str, found: dict[str, tuple[str, bool]]
) -> None:
    assert told([asked(RESIDENT, value)], said(RESIDENT, ONE)) == found


def test_of_several_numbers_the_one_that_was_mistyped_is_held_against_it() -> None:
    both = said(RESIDENT, ONE), said(RESIDENT, TWO)
    assert told([asked(RESIDENT, TWO[:-1] + "0")], *both) == {"field": (TWO, True)}
    assert told([asked(RESIDENT)], *both) == {}, "nobody knows which"
    assert told([asked(RESIDENT, data.uscc(1))], *both) == {}, "another thing altogether"


def test_the_label_on_the_page_says_which_of_several_it_is() -> None:
    both = said(PHONE, "13900000000", "联系电话"), said(PHONE, "13900000001", "联络员电话")
    fields = [asked(PHONE, title="联系电话", path="phone"), asked(PHONE, title="联络员电话", path="liaison")]
    assert told(fields, *both) == {"phone": ("13900000000", False), "liaison": ("13900000001", False)}


def test_what_stands_in_its_place_is_offered_to_no_other_field() -> None:
    fields = [asked(RESIDENT, ONE, path="first"), asked(RESIDENT, path="second")]
    assert told(fields, said(RESIDENT, ONE)) == {}
    assert told(fields, said(RESIDENT, ONE), said(RESIDENT, TWO)) == {"second": (TWO, False)}
    assert told([asked(RESIDENT, TWO)], said(RESIDENT, ONE), known=(ONE,)) == {}, "it is somebody else's"


def test_a_name_that_stands_in_one_field_is_offered_to_no_other() -> None:
    fields = [asked(NAME, "张三", "姓名", "first"), asked(NAME, title="姓名", path="second")]
    assert told(fields, said(NAME, "张三", "姓名")) == {}


def test_a_field_that_says_what_the_page_says_is_held_against_nothing_else_on_it() -> None:
    both = said(RESIDENT, ONE), said(RESIDENT, TWO)
    assert told([asked(RESIDENT, ONE)], *both) == {}


@pytest.mark.parametrize(
    ("title", "label", "fits"),
    [
        ("姓名", "姓名", True),
        ("姓名", "申请人姓名", True),
        ("姓名或名称", "申请人姓名", True),
        ("姓名或者名称", "姓名", True),
        ("法定代表人（负责人）", "法定代表人", True),
        ("法定代表人（负责人）", "法定代表人姓名", True),
        ("姓名", "法定代表人姓名", False),
        ("经营者名称", "申请人姓名", False),
        ("姓名", "", False),
    ],
)
def test_a_name_is_offered_only_to_a_field_of_its_label(title: str, label: str, *, fits: bool) -> None:
    assert bool(told([asked(NAME, title=title)], said(NAME, "张三", label))) is fits


def test_names_are_the_same_however_they_are_dotted_and_spaced() -> None:
    name = said(NAME, "张三·李四", "姓名")
    assert told([asked(NAME, "张三•李四", "姓名")], name) == {}
    assert told([asked(NAME, "张三·李五", "姓名")], name) == {"field": ("张三·李四", True)}


def test_a_day_needs_its_label() -> None:
    day = said(DATE, "1999-03-08", "申请日期")
    assert told([asked(DATE, title="出资期限")], day) == {}
    assert told([asked(DATE, title="日期")], day) == {"field": ("1999-03-08", False)}
    assert told([asked(DATE, "1999-03-09", "日期")], day) == {"field": ("1999-03-08", True)}


def test_two_that_fit_alike_are_none() -> None:
    assert told([asked(NAME, title="姓名")], said(NAME, "张三", "姓名"), said(NAME, "李四", "姓名")) == {}


def test_what_a_field_followed_is_held_against_what_was_typed_over_it() -> None:
    typed = Asked("field", "", frozenset({RESIDENT}), TWO, followed=ONE)
    assert told([typed], said(RESIDENT, ONE), known=(ONE,)) == {"field": (ONE, True)}


def test_a_form_calls_a_residents_number_that_of_his_document() -> None:
    both = said(RESIDENT, ONE, "公民身份号码"), said(USCC, data.uscc(1), "统一社会信用代码")
    field = Asked("field", "证件号码", frozenset({RESIDENT, USCC}))
    assert told([field], *both) == {"field": (ONE, False)}


VALUES = ("", ONE, ONE[:9], TWO, data.uscc(1), "13900000000", "1999-03-08", "张三", "李四")
LABELS = ("", "姓名", "申请人姓名", "证件号码", "联系电话", "日期")
SUGGESTIONS = st.builds(said, st.sampled_from(SuggestionKind), st.sampled_from(VALUES[1:]), st.sampled_from(LABELS))
FIELDS = st.builds(
    Asked,
    st.uuids().map(str),
    st.sampled_from(LABELS),
    st.frozensets(st.sampled_from(SuggestionKind), min_size=1),
    st.sampled_from(VALUES),
)


@settings(max_examples=100, deadline=None, database=None, derandomize=True)
@given(fields=st.lists(FIELDS, max_size=4), offered=st.lists(SUGGESTIONS, max_size=4))
def test_nothing_is_offered_that_stands_in_a_field_or_is_of_another_kind(
    fields: list[Asked], offered: list[Suggestion]
) -> None:
    standing = {field.value for field in fields}
    by_path = {field.path: field for field in fields}
    for path, found in beside(fields, offered).items():
        field = by_path[path]
        assert found.suggestion in offered
        assert found.suggestion.kind in field.kinds
        assert found.suggestion.text not in standing
        assert found.differs is bool(field.value and not found.suggestion.text.startswith(field.value))
