"""`yichuang intake`: schema, examples, and the case that goes through the desk; and who acts."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from client.catalogue import load_catalogue
from client.errors import StoreError
from client.store import faults
from tests.commands.conftest import Window
from tests.commands.typed import typed

ITEMS = load_catalogue().newest()
WORDS = [word for item in ITEMS for word in (item.name, item.task_code, item.task_handle_item) if word]


def changed(window: Window, **fields: Any) -> Path:
    """The example with other words in it, beside it."""
    path = window.example.with_name("changed.json")
    path.write_text(json.dumps({**json.loads(window.example.read_text(encoding="utf-8")), **fields}), encoding="utf-8")
    return path


def test_the_schema_is_a_json_schema_of_2020_12() -> None:
    schema = typed("intake", "--schema", "--json").document
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    assert json.loads(typed("intake", "--schema").out) == schema


@pytest.mark.parametrize("word", WORDS)
def test_every_item_has_an_example_by_name_and_by_codes_that_the_schema_accepts(word: str, tmp_path: Path) -> None:
    written = typed("intake", "--example", word, "--out", tmp_path / "new" / "folder", "--json").document
    assert written == {"case": str(tmp_path / "new" / "folder" / "CASE.json")}
    case = json.loads(Path(written["case"]).read_text(encoding="utf-8"))
    Draft202012Validator(typed("intake", "--schema", "--json").document).validate(case)
    assert load_catalogue().find(word) == load_catalogue().find(case["item"])
    files = [name for material in case["materials"] for name in material["files"]]
    assert files
    assert all((tmp_path / "new" / "folder" / name).stat().st_size for name in files)


def test_an_example_goes_into_a_folder_of_its_own_unless_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert typed("intake", "--example", "食品经营许可").out == f"{tmp_path / 'example' / 'CASE.json'}\n"


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
def test_the_example_of_every_item_enters_at_once(item: Any, window: Window) -> None:
    out = window.folder / "other"
    case = typed("intake", "--example", item.task_code, "--out", out, "--json").document["case"]
    done = window.run("intake", case)
    assert (done.status, done.err) == (0, "")
    told = done.document
    assert list(told) == ["case", "papers", "outbox"]
    assert list(told["case"]) == ["number", "state", "item"]
    assert (told["case"]["state"], told["case"]["item"]) == ("accepted", item.name)
    (paper,) = told["papers"]
    assert list(paper) == ["kind", "number", "path"]
    assert Path(paper["path"]).parent == out / "papers"
    assert told["case"]["number"] in "".join(page.extract_text() for page in PdfReader(paper["path"]).pages)
    assert told["outbox"] == 4  # accepted and issued, of this case and of the one before


@pytest.mark.parametrize(
    ("fields", "state", "papers"),
    [
        ({"act": "draft"}, "draft", []),
        ({"act": "receive"}, "received", ["receiving_slip"]),
        (
            {"act": "ask_correction", "materials": [{"slot": "application", "problem": "未签字"}]},
            "awaiting_correction",
            ["receiving_slip", "correction_notice"],
        ),
        (
            {"act": "not_accept", "ground": "not_competent", "explanation": "示例", "competent_organ": "示例机关"},
            "not_accepted",
            ["non_acceptance_notice"],
        ),
    ],
    ids=lambda value: value["act"] if isinstance(value, dict) else None,
)
def test_each_act_leaves_its_state_and_its_papers(
    window: Window, fields: dict[str, Any], state: str, papers: list[str]
) -> None:
    told = window.run("intake", changed(window, **fields)).document
    assert told["case"]["state"] == state
    assert [paper["kind"] for paper in told["papers"]] == papers
    assert all(Path(paper["path"]).stat().st_size for paper in told["papers"])


def test_papers_go_where_they_are_asked_to(window: Window) -> None:
    out = window.folder / "desk" / "today"
    (paper,) = window.run("intake", window.example, "--out", out).document["papers"]
    assert Path(paper["path"]).parent == out


def test_a_paper_that_could_not_be_written_never_hides_the_number_of_its_case(window: Window) -> None:
    """The case is in the store for good by then; whoever is told nothing would enter it twice."""
    in_the_way = window.folder / "file"
    in_the_way.touch()
    done = window.run("intake", window.example, "--out", in_the_way)
    assert (done.status, done.err) == (0, "")
    number = done.document["case"]["number"]
    assert [paper["path"] for paper in done.document["papers"]] == [None]
    (warning,) = done.document["warnings"]
    assert warning.startswith(f"办件 {number} 已受理，文书没有写出（")
    assert window.run("case", number).document["state"] == "accepted"
    case, paper, said = window.told("intake", changed(window, act="receive"), "--out", in_the_way)
    assert case.startswith("110101-")
    assert (paper, said[:2]) == ("  申请材料接收凭证  没有写出", "! ")
    assert "已保存（已收件）" in said


def test_a_disk_that_is_full_when_papers_are_drawn_never_hides_the_number(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError(faults.FULL, what="文书")

    monkeypatch.setattr("printing.spool.render_waiting", full)
    done = window.run("intake", window.example)
    assert (done.status, done.document["case"]["state"]) == (0, "accepted")
    assert "磁盘空间不足" in done.document["warnings"][0]


def test_a_person_is_told_number_state_item_and_paper(window: Window) -> None:
    case, paper = window.told("intake", window.example)
    assert case.endswith("  受理  食品经营许可（新办）")
    assert paper.startswith("  受理通知书  ")


def test_a_late_entry_keeps_the_hour_and_the_pad_number(window: Window) -> None:
    came = datetime.now(UTC) - timedelta(hours=3)
    path = changed(window, received_at=came.isoformat(), pad_number="P-0001")
    case = window.run("case", window.run("intake", path).document["case"]["number"]).document
    assert datetime.fromisoformat(case["received_at"]) == came
    assert (case["late_entry"], case["pad_number"]) == (True, "P-0001")


def test_what_a_person_should_look_at_is_said_beside_the_case(window: Window) -> None:
    case = json.loads(window.example.read_text(encoding="utf-8"))
    path = changed(window, attendee={**case["attendee"], "name": "李\ue863"})
    done = window.run("intake", path)
    assert done.status == 0
    assert [warning[:3] for warning in done.document["warnings"]] == ["姓名第"]
    assert window.told("intake", path)[-1].startswith("! 姓名第")


def test_an_empty_profile_makes_the_administrator_with_that_pin(window: Window) -> None:
    assert window.run("staff", "list").document == [
        {"staff": "admin", "name": "大厅管理员", "role": "administrator", "locked": False}
    ]


def test_an_empty_profile_makes_whoever_is_named(window: Window) -> None:
    fresh = window.folder / "fresh"
    assert typed("intake", window.example, "--profile", fresh, "--as", "0101", "--json").status == 0
    (person,) = typed("staff", "list", "--profile", fresh, "--json").document
    assert (person["staff"], person["role"]) == ("0101", "administrator")


def test_without_a_pin_nobody_acts(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YICHUANG_PIN_FILE")
    assert window.run("intake", window.example).error["code"] == "STAFF-109"


def test_a_wrong_pin_is_refused_and_leaves_nothing(window: Window) -> None:
    window.secret("pin.txt", "000000")
    assert window.run("intake", window.example).error["code"] == "STAFF-101"
    assert len(window.run("cases").document) == 1


def test_where_several_people_work_one_must_be_named(window: Window) -> None:
    window.run("staff", "add", "0207", "张三", "--pin-file", window.folder / "pin.txt")
    assert window.run("intake", window.example).error["code"] == "STAFF-108"
    assert window.run("intake", window.example, "--as", "0207").status == 0


def test_without_any_key_nothing_is_made(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YICHUANG_KEY_FILE")
    fresh = window.folder / "fresh"
    assert typed("intake", window.example, "--profile", fresh, "--json").error["code"].startswith("STORE-")
    assert not list(fresh.glob("store.*"))
