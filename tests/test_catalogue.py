"""The promises of the catalogue: the packaged data is whole and sourced, and a broken file says where."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from client.catalogue import (
    Catalogue,
    item_schema,
    load_calendar,
    load_catalogue,
    load_regimes,
)
from client.errors import CaseError, StoreError
from client.ports.papers import PaperKind
from client.rules.forms import form_faults
from client.rules.identifiers import check_identifier
from client.rules.identity import Applicant, Attendee, Capacity
from client.rules.items import (
    ATTENDEE,
    AcceptanceMode,
    IntakeRegime,
    Item,
    Necessity,
    code_warnings,
    open_situations,
    slots_needed,
)
from client.rules.papers import PAPER_RULES
from client.rules.regimes import MaterialsAfterNotice, Outcome

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "resources" / "catalogue"
CATALOGUE = load_catalogue()
REGIMES = load_regimes()
FOOD, COMPANY, CARD, LAND = map(CATALOGUE.find, ("食品经营许可", "公司设立登记", "社会保障卡", "房屋所有权转移"))
KINDS = {kind.value for kind in PaperKind}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "catalogue"))


def rewrite(file: Path, **changes: Any) -> None:
    content = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**content, **changes}), encoding="utf-8")


def test_the_four_items_stand_for_the_four_regimes() -> None:
    assert [item.intake_regime for item in (FOOD, COMPANY, CARD, LAND)] == [
        IntakeRegime.LICENSING_LAW,
        IntakeRegime.BUSINESS_REGISTRATION,
        IntakeRegime.PUBLIC_SERVICE,
        IntakeRegime.REAL_ESTATE,
    ]
    assert {item.acceptance_mode for item in CATALOGUE.items} == {AcceptanceMode.WINDOW}


@pytest.mark.parametrize("item", CATALOGUE.items, ids=lambda item: item.name)
def test_every_sample_item_has_right_codes_and_an_organ_that_is_plainly_a_sample(item: Item) -> None:
    assert code_warnings(item) == ()
    assert item.organ.name.startswith("示例市")
    assert item.organ.uscc.startswith("11110101")
    assert item.organ.advice_phone != item.organ.supervision_phone
    titled = {kind for kind in REGIMES[item.intake_regime].titles if PAPER_RULES[PaperKind(kind)].sealed}
    always = {PaperKind.ACCEPTANCE_NOTICE, PaperKind.CORRECTION_NOTICE, PaperKind.NON_ACCEPTANCE_NOTICE}
    assert set(item.organ.organ_words) == (titled | always) - {PaperKind.DEFERRAL_NOTICE}


@pytest.mark.parametrize("item", CATALOGUE.items, ids=lambda item: item.name)
def test_every_sample_item_has_a_complete_valid_example(item: Item) -> None:
    example = CATALOGUE.example(item)
    assert form_faults(item, example.answers) == ()
    assert open_situations(item, example.situations) == ()
    assert slots_needed(item, example.situations)
    assert example.collection in {way.key for way in item.collection}
    assert example.situations[ATTENDEE] == example.attendee["capacity"]


@pytest.mark.parametrize("item", CATALOGUE.items, ids=lambda item: item.name)
def test_the_people_of_an_example_are_right_and_plainly_test_data(item: Item) -> None:
    example = CATALOGUE.example(item)
    applicant, attendee = Applicant.model_validate(example.applicant), Attendee.model_validate(example.attendee)
    for person in (applicant, attendee):
        number = check_identifier(person.identifier_kind, person.identifier)
        assert number.text == person.identifier
        assert person.identifier.removeprefix("91").startswith("110101")
        assert number.birth is None or 1900 <= number.birth.year <= 1909


@pytest.mark.parametrize("item", CATALOGUE.items, ids=lambda item: item.name)
def test_the_attendee_question_is_answered_by_capacities(item: Item) -> None:
    (question,) = (situation for situation in item.situations if situation.key == ATTENDEE)
    assert {option.key for option in question.options} <= set(Capacity)


def test_a_deferrable_material_names_a_local_rule_that_is_not_confirmed() -> None:
    deferrable = [m for item in CATALOGUE.items for m in item.materials if m.necessity is Necessity.DEFERRABLE]
    assert [material.key for material in deferrable] == ["rules_list"]
    assert deferrable[0].deferral_rule is not None
    assert not deferrable[0].deferral_rule.confirmed


def test_nothing_is_deferred_where_incomplete_material_must_be_refused_on_the_spot() -> None:
    assert all(material.necessity is not Necessity.DEFERRABLE for material in LAND.materials)


def test_a_food_licence_asks_for_no_health_certificate_and_no_identity_copy_of_the_principal() -> None:
    asked = "".join(material.name for material in FOOD.materials)
    assert "健康证明" not in asked
    assert "法定代表人" not in asked
    assert "房屋产权" not in asked


def test_the_stored_schema_is_the_models_own() -> None:
    stored = json.loads((SAMPLE / "catalogue.schema.json").read_text(encoding="utf-8"))
    command = "write json.dumps(client.catalogue.item_schema(), ensure_ascii=False, indent=2) into the file"
    assert stored == item_schema(), command
    Draft202012Validator.check_schema(stored)


def test_every_item_file_satisfies_the_stored_schema() -> None:
    schema = json.loads((SAMPLE / "catalogue.schema.json").read_text(encoding="utf-8"))
    files = [file for file in SAMPLE.glob("*.json") if file.name not in {"catalogue.schema.json", "regimes.json"}]
    assert len(files) == 4
    for file in files:
        Draft202012Validator(schema).validate(json.loads(file.read_text(encoding="utf-8")))


def test_each_regime_keeps_its_own_clock() -> None:
    clocks = {regime: rule.notice_clock for regime, rule in REGIMES.items()}
    five, three = clocks[IntakeRegime.LICENSING_LAW], clocks[IntakeRegime.BUSINESS_REGISTRATION]
    assert getattr(five, "words", "") == "5个工作日"
    assert getattr(three, "words", "") == "3个工作日"
    assert clocks[IntakeRegime.REAL_ESTATE] == "on_the_spot"
    assert clocks[IntakeRegime.PUBLIC_SERVICE] is None
    deeming = {regime for regime, rule in REGIMES.items() if rule.deems_acceptance}
    assert deeming == {IntakeRegime.LICENSING_LAW, IntakeRegime.REAL_ESTATE}


def test_incomplete_material_is_a_ground_for_real_estate_alone() -> None:
    with_ground = {regime for regime, rule in REGIMES.items() if any(g.lists_defects for g in rule.grounds)}
    assert with_ground == {IntakeRegime.REAL_ESTATE}
    assert {regime for regime, rule in REGIMES.items() if not rule.asks_correction} == with_ground
    assert "第（三）项" in REGIMES[IntakeRegime.REAL_ESTATE].ground("incomplete").basis.citation


def test_only_a_licence_that_is_not_needed_is_bu_shouli() -> None:
    words = {(regime, ground.key): ground.outcome for regime, rule in REGIMES.items() for ground in rule.grounds}
    told = {key for key, outcome in words.items() if outcome is Outcome.NOT_REQUIRED}
    assert told == {(IntakeRegime.LICENSING_LAW, "not_required")}


def test_a_paper_that_is_not_a_licences_does_not_cite_the_licensing_law() -> None:
    for regime, rule in REGIMES.items():
        said = rule.model_dump_json()
        assert ("行政许可" in said) == (regime is IntakeRegime.LICENSING_LAW)


def test_materials_go_back_where_the_registration_rules_say_so() -> None:
    assert REGIMES[IntakeRegime.BUSINESS_REGISTRATION].materials_after_notice is MaterialsAfterNotice.RETURNED
    assert REGIMES[IntakeRegime.LICENSING_LAW].materials_after_notice is MaterialsAfterNotice.BY_CLERK


def test_titles_and_notes_are_keyed_by_kinds_of_paper() -> None:
    for rule in REGIMES.values():
        assert set(rule.titles) <= KINDS
        assert set(rule.notes) | set(rule.paper_articles) <= KINDS


def test_only_where_materials_are_all_there_a_paper_says_so() -> None:
    notes = REGIMES[IntakeRegime.LICENSING_LAW].notes
    assert "申请材料齐全" in "".join(notes["acceptance_notice"])
    deferred = "".join(notes["deferral_notice"]).format(rule="《示例容缺办法》", due="2026年12月1日")
    assert "除容缺待补的材料外" in deferred
    assert "2026年12月1日" in deferred


def test_what_has_no_source_is_not_confirmed() -> None:
    def statements(value: Any) -> list[dict[str, Any]]:
        if isinstance(value, dict):
            here = [value] if "confirmed" in value else []
            return here + [found for part in value.values() for found in statements(part)]
        return [found for part in value for found in statements(part)] if isinstance(value, list) else []

    files = [*SAMPLE.glob("*.json"), *(ROOT / "resources" / "calendar").glob("*.json")]
    found = [
        s
        for file in files
        if file.name != "catalogue.schema.json"
        for s in statements(json.loads(file.read_text("utf-8")))
    ]
    found = [statement for statement in found if "source" in statement]
    assert len(found) > 30
    for statement in found:
        date.fromisoformat(statement["seen"])
        assert not (statement["confirmed"] and statement["source"].startswith(("未找到", "本示例")))


def test_an_item_is_found_by_either_code_by_name_and_by_a_part_of_its_name() -> None:
    for wanted in (FOOD.task_code, FOOD.task_handle_item, FOOD.name, " 食品经营 "):
        assert CATALOGUE.find(wanted) == FOOD


@pytest.mark.parametrize("wanted", ["烟草专卖", "", "11110101000000001D400013112400X"])
def test_an_unknown_item_is_refused_with_the_next_step(wanted: str) -> None:
    with pytest.raises(CaseError) as refusal:
        CATALOGUE.find(wanted)
    assert refusal.value.code == "RULE-121"
    assert "大厅管理员" in refusal.value.advice


def test_a_part_of_several_names_lists_them() -> None:
    with pytest.raises(CaseError) as refusal:
        CATALOGUE.find("登记")
    assert FOOD.name not in refusal.value.title
    assert COMPANY.name in refusal.value.title
    assert LAND.name in refusal.value.title


def test_a_case_finds_the_version_it_is_pinned_to_and_a_new_one_the_newest() -> None:
    newer = FOOD.model_copy(update={"version": 2})
    both = Catalogue(items=(newer, FOOD), examples={})
    assert both.find(FOOD.name).version == 2
    assert both.newest() == (newer,)
    assert both.get(FOOD.task_handle_item, 1) == FOOD
    with pytest.raises(CaseError) as refusal:
        both.get(FOOD.task_handle_item, 3)
    assert "第3版" in refusal.value.title


def test_two_handling_items_of_one_task_code_are_two_items() -> None:
    change = FOOD.model_copy(update={"task_handle_item": FOOD.task_code + "02", "name": "食品经营许可（变更）"})
    both = Catalogue(items=(FOOD, change), examples=CATALOGUE.examples)
    assert both.newest() == (FOOD, change)
    assert (both.find(change.task_handle_item), both.find(FOOD.task_handle_item)) == (change, FOOD)
    assert both.get(change.task_handle_item, change.version) == change
    assert both.example(FOOD) == CATALOGUE.example(FOOD)
    with pytest.raises(CaseError, match="RULE-126"):
        both.example(change)
    with pytest.raises(CaseError) as refusal:
        both.find(FOOD.task_code)
    assert refusal.value.code == "RULE-122"
    assert FOOD.task_handle_item in refusal.value.title
    assert change.task_handle_item in refusal.value.title


def test_a_file_for_another_handling_item_of_one_task_code_is_welcome(folder: Path) -> None:
    file = folder / "food_business_change.json"
    shutil.copy(folder / "food_business_licence.json", file)
    rewrite(file, task_handle_item=FOOD.task_code + "02", name="食品经营许可（变更）")
    assert len(load_catalogue(folder).newest()) == 5


def test_an_item_without_example_says_so() -> None:
    with pytest.raises(CaseError) as refusal:
        Catalogue(items=(FOOD,), examples={}).example(FOOD)
    assert refusal.value.code == "RULE-126"


def test_a_halls_own_folder_needs_no_examples(folder: Path) -> None:
    shutil.rmtree(folder / "examples")
    assert load_catalogue(folder).items == CATALOGUE.items


@pytest.mark.parametrize(
    ("content", "place"),
    [(b"{", "全文"), (b"\xff\xfe", "全文"), (b"[]", "全文"), (b"", "全文")],
)
def test_a_file_that_is_no_json_object_is_named(folder: Path, content: bytes, place: str) -> None:
    (folder / "social_security_card.json").write_bytes(content)
    with pytest.raises(StoreError) as refusal:
        load_catalogue(folder)
    assert "social_security_card.json" in refusal.value.title
    assert place in refusal.value.title


def test_a_wrong_value_is_told_with_its_place(folder: Path) -> None:
    rewrite(folder / "food_business_licence.json", promised_limit={"length": 0, "unit": "working_day"})
    with pytest.raises(StoreError) as refusal:
        load_catalogue(folder)
    assert "food_business_licence.json" in refusal.value.title
    assert "promised_limit.length（太小）" in refusal.value.title


def test_a_file_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "aaa.json").mkdir()
    with pytest.raises(StoreError) as refusal:
        load_catalogue(folder)
    assert "aaa.json" in refusal.value.title


def test_two_files_for_one_version_are_refused_by_their_names(folder: Path) -> None:
    shutil.copy(folder / "food_business_licence.json", folder / "zzz.json")
    with pytest.raises(StoreError) as refusal:
        load_catalogue(folder)
    assert {"zzz.json", "food_business_licence.json"} == {
        refusal.value.parameters["file"],
        refusal.value.parameters["other"],
    }


def test_a_regime_that_is_missing_is_named(folder: Path) -> None:
    rules = json.loads((folder / "regimes.json").read_text(encoding="utf-8"))["regimes"]
    rewrite(folder / "regimes.json", regimes=[rule for rule in rules if rule["regime"] != "real_estate"])
    with pytest.raises(StoreError) as refusal:
        load_regimes(folder)
    assert "real_estate" in refusal.value.title


def test_two_calendars_of_one_year_are_refused(tmp_path: Path) -> None:
    for name in ("2026.json", "copy.json"):
        shutil.copy(ROOT / "resources" / "calendar" / "2026.json", tmp_path / name)
    with pytest.raises(StoreError, match="RULE-125"):
        load_calendar(tmp_path)


def test_the_calendar_covers_three_years_of_which_the_last_is_a_forecast() -> None:
    calendar = load_calendar()
    assert sorted(calendar.years) == [2025, 2026, 2027]
    assert sorted(calendar.forecast_years) == [2027]
