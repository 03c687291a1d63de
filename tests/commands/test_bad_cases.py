"""Case files and page files that are wrong: refused in a sentence, and what was there before is still there."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.commands.conftest import Window
from tests.commands.refusals import refused


def _with(window: Window, **changes: Any) -> Path:
    """The example case with something else in it."""
    case = json.loads(window.example.read_text(encoding="utf-8")) | changes
    path = window.example.with_name("changed.json")
    path.write_text(json.dumps({key: value for key, value in case.items() if value is not None}), encoding="utf-8")
    return path


def _with_page(window: Window, name: str, content: bytes) -> Path:
    """The example case whose first material is a file of that content."""
    (window.example.parent / name).write_bytes(content)
    materials = json.loads(window.example.read_text(encoding="utf-8"))["materials"]
    materials[0]["files"] = [name]
    return _with(window, materials=materials)


def _picture(width: int, height: int) -> bytes:
    file = BytesIO()
    Image.new("1", (width, height)).save(file, "PNG")
    return file.getvalue()


def test_an_item_nobody_knows(window: Window) -> None:
    error = refused(window, "intake", _with(window, item="11110101000000001D4000000000000"))
    assert "11110101000000001D4000000000000" in error["title"]


def test_a_required_material_that_is_missing_is_named(window: Window) -> None:
    materials = json.loads(window.example.read_text(encoding="utf-8"))["materials"]
    error = refused(window, "intake", _with(window, materials=materials[1:]))
    assert error["code"].startswith("CASE-")
    assert "申请书" in error["title"] + error["advice"]


def test_a_required_answer_that_is_missing_is_named(window: Window) -> None:
    answers = json.loads(window.example.read_text(encoding="utf-8"))["answers"]
    del answers["premises_address"]
    error = refused(window, "intake", _with(window, answers=answers))
    assert error["code"].startswith("CASE-")
    assert "经营场所" in error["title"] + error["advice"]


def test_an_applicant_who_is_missing_is_named(window: Window) -> None:
    error = refused(window, "intake", _with(window, applicant=None))
    assert error["code"] == "CASE-301"
    assert "applicant" in error["title"]


def test_a_number_with_a_wrong_check_character(window: Window) -> None:
    case = json.loads(window.example.read_text(encoding="utf-8"))
    attendee = case["attendee"] | {"identifier": "110101190203040028"}
    error = refused(window, "intake", _with(window, attendee=attendee))
    assert "110101190203040028" not in str(error)


@pytest.mark.parametrize("words", ["", "{", "[]", '{"item": "x", "other": "y"}'])
def test_a_file_that_is_no_case(window: Window, words: str) -> None:
    path = window.folder / "broken.json"
    path.write_text(words, encoding="utf-8")
    error = refused(window, "intake", path)
    assert error["code"] == "CASE-301"
    assert "broken.json" in error["title"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.jpg", b"", "CASE-321"),
        ("vast.png", _picture(20_000, 10_000), "CASE-323"),
        ("letter.jpg", "示例,不是图片".encode(), "CASE-324"),
        ("moving.gif", b"GIF89a" + bytes(100), "CASE-324"),
    ],
    ids=["zero bytes", "200 megapixels", "no picture", "another kind"],
)
def test_a_page_file_that_is_none(window: Window, name: str, content: bytes, code: str) -> None:
    error = refused(window, "intake", _with_page(window, name, content))
    assert error["code"] == code
    assert name in error["title"]


def test_a_page_file_that_was_cut_off(window: Window) -> None:
    whole = next(window.example.parent.glob("*.jpg")).read_bytes()
    error = refused(window, "intake", _with_page(window, "cut.jpg", whole[: len(whole) // 2]))
    assert error["code"] == "CASE-325"


def test_a_page_file_that_is_not_there(window: Window) -> None:
    materials = json.loads(window.example.read_text(encoding="utf-8"))["materials"]
    materials[0]["files"] = ["nowhere.jpg"]
    assert refused(window, "intake", _with(window, materials=materials))["code"] == "CASE-302"


def test_a_case_file_that_is_not_there(window: Window) -> None:
    assert refused(window, "intake", window.folder / "nowhere.json")["code"] == "CASE-302"
