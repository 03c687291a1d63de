"""The promises of an item: what is asked in which situation, and which catalogue files are refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from client.errors import CaseError
from client.rules.items import Item, Limit, LimitUnit, code_warnings, open_situations, slots_needed
from tests.rules.itemdata import BASIC, EVIDENCE, USCC, body, item, material

QUESTIONS = {"agent": ("yes", "no"), "premises": ("own", "rent", "none")}
SITUATIONS = [
    {"key": key, "question": f"{key}?", "options": [{"key": option, "label": option} for option in options]}
    for key, options in QUESTIONS.items()
]
MATERIALS = [
    material("always"),
    material("if_agent", situations={"agent": ["yes"]}),
    material("if_premises", situations={"premises": ["own", "rent"]}),
    material("if_both", situations={"agent": ["yes"], "premises": ["rent"]}),
]
DEFERRAL = {"text": "《示例容缺办法》", **EVIDENCE, "supply_limit": {"length": 3, "unit": "working_day"}}


def situational() -> Item:
    return item(situations=SITUATIONS, materials=MATERIALS)


def keys(answers: dict[str, str]) -> list[str]:
    return [wanted.key for wanted in slots_needed(situational(), answers)]


def test_a_material_is_asked_only_where_every_situation_it_names_holds() -> None:
    assert keys({"agent": "no", "premises": "none"}) == ["always"]
    assert keys({"agent": "yes", "premises": "own"}) == ["always", "if_agent", "if_premises"]
    assert keys({"agent": "yes", "premises": "rent"}) == ["always", "if_agent", "if_premises", "if_both"]


def test_an_open_question_asks_for_nothing_and_is_named() -> None:
    assert keys({}) == ["always"]
    assert [question.key for question in open_situations(situational(), {"agent": "no"})] == ["premises"]
    assert open_situations(situational(), {"agent": "no", "premises": "own"}) == ()


@given(st.fixed_dictionaries({}, optional={key: st.sampled_from(options) for key, options in QUESTIONS.items()}))
def test_answering_one_question_more_never_takes_a_material_away(answers: dict[str, str]) -> None:
    for question in answers:
        fewer = {key: option for key, option in answers.items() if key != question}
        assert set(keys(fewer)) <= set(keys(answers))


@pytest.mark.parametrize("answers", [{"weather": "fine"}, {"agent": "perhaps"}])
def test_an_unknown_situation_is_refused_by_name(answers: dict[str, str]) -> None:
    with pytest.raises(CaseError) as refusal:
        keys(answers)
    assert refusal.value.code == "RULE-101"
    assert "示例事项" in refusal.value.title
    assert "目录" in refusal.value.advice


def test_limits_are_printed_as_the_paper_wants_them() -> None:
    ten, five = {"length": 10, "unit": "working_day"}, {"length": 5, "unit": "working_day"}
    assert item(statutory_limit=ten, promised_limit=five).limit_words == "法定10个／承诺5个工作日"
    month = {"length": 1, "unit": "month"}
    assert item(statutory_limit=month, promised_limit=five).limit_words == "法定1个月／承诺5个工作日"
    assert item(promised_limit=five).limit_words == "无法定时限／承诺5个工作日"
    assert item(statutory_limit={"length": 15, "unit": "calendar_day"}).limit_words == "法定15个自然日"
    assert item().limit_words == "无法定时限"
    assert Limit(length=3, unit=LimitUnit.MONTH).words == "3个月"


def test_a_promise_as_long_as_the_law_or_in_another_unit_is_no_contradiction() -> None:
    ten, month = {"length": 10, "unit": "working_day"}, {"length": 1, "unit": "month"}
    assert item(statutory_limit=ten, promised_limit=ten).promised_limit == item(statutory_limit=ten).statutory_limit
    assert item(statutory_limit=month, promised_limit=ten).statutory_limit is not None


def test_a_basis_is_cited_with_its_article() -> None:
    assert item().legal_basis[0].citation == "《示例法》第一条"


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"materials": [material("twin"), material("twin")]}, "more than one twin"),
        ({"collection": [{"key": "window", "label": "a"}] * 2}, "more than one window"),
        ({"situations": [SITUATIONS[0], SITUATIONS[0]]}, "more than one agent"),
        ({"materials": [material(situations={"agent": ["yes"]})]}, "no such question"),
        ({"situations": SITUATIONS, "materials": [material(situations={"agent": ["perhaps"]})]}, "no such question"),
        ({"situations": SITUATIONS, "materials": [material(situations={"agent": []})]}, "no such question"),
        ({"situations": [{**SITUATIONS[0], "options": [{"key": "a", "label": "a"}] * 2}]}, "more than one a"),
        ({"materials": [material(copies_original=0)]}, "needs a copy"),
        ({"materials": [material(electronic=True)]}, "electronic one has none"),
        ({"materials": [material(copies_original=0, copies_photocopy=1, original="kept")]}, "original"),
        ({"materials": [{**material(), "original": None}]}, "original"),
        ({"materials": [material(necessity="deferrable")]}, "deferral_rule"),
        ({"materials": [material(deferral_rule=DEFERRAL)]}, "deferral_rule"),
        ({"materials": [material(copies_original=-1)]}, "greater than or equal to 0"),
        ({"materials": [material("Form")]}, "pattern"),
        ({"form": {"type": "object", "properties": {"a": {"type": "word"}}}}, "form.properties.a.type"),
        ({"form": {"type": "object"}}, "must describe an object"),
        ({"form": {"properties": {"a": {}}}}, "must describe an object"),
        ({"version": 0}, "greater than or equal to 1"),
        ({"legal_basis": []}, "at least 1"),
        ({"colour": "red"}, "Extra inputs"),
        (
            {
                "statutory_limit": {"length": 10, "unit": "working_day"},
                "promised_limit": {"length": 11, "unit": "working_day"},
            },
            "promised_limit",
        ),
    ],
)
def test_a_catalogue_file_that_contradicts_itself_is_refused_with_the_place(
    changes: dict[str, Any], place: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        item(**changes)
    assert place in str(refusal.value)


def test_a_deferrable_material_names_its_local_rule() -> None:
    wanted = item(materials=[material(necessity="deferrable", deferral_rule=DEFERRAL)]).materials[0]
    assert wanted.deferral_rule is not None
    assert wanted.deferral_rule.citation == "《示例容缺办法》"


def test_an_item_survives_its_own_json() -> None:
    before = situational()
    assert Item.model_validate_json(before.model_dump_json()) == before


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"task_code": "511A0138600000"}, "31位"),
        ({"task_code": USCC[:-1] + "E4" + BASIC}, "不是有效的统一社会信用代码"),
        ({"task_code": "11110101000000002G4" + BASIC}, "实施机关的统一社会信用代码不一致"),
        ({"catalog_code": "000131124"}, "12位"),
        ({"catalog_code": "000131127004"}, "基本编码不一致"),
        ({"task_handle_item": USCC + "4" + BASIC + "00"}, "两位顺序号"),
    ],
)
def test_an_odd_code_is_a_warning_and_never_a_refusal(changes: dict[str, Any], warning: str) -> None:
    assert any(warning in sentence for sentence in code_warnings(item(**changes)))


def test_right_codes_give_no_warning() -> None:
    assert code_warnings(item()) == ()
    assert body()["task_code"] == "11110101000000001D400013112400Y"
