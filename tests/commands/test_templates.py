"""`yichuang templates`: IT sees what is wrong with a pack before a citizen does."""

import json
from pathlib import Path

import pytest

from client import places
from printing.papers.template import BASE
from tests.commands.typed import typed

PACK = f'name = "hall"\nversion = 1\nmade_on = 2026-11-20\nbase = "{BASE}"\n[labels]\nitem = "事项"\n'


@pytest.fixture(autouse=True)
def _machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "machine_folder", lambda: tmp_path / "machine")


@pytest.fixture
def window(tmp_path: Path) -> Path:
    (folder := tmp_path / "window").mkdir()
    return folder


@pytest.fixture
def right(tmp_path: Path) -> Path:
    (file := tmp_path / "right.toml").write_text(PACK, encoding="utf-8")
    return file


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    (file := tmp_path / "wrong.toml").write_text(PACK + "nosuch = 'x'\nfee = 1\n", encoding="utf-8")
    return file


def test_a_pack_that_is_right_is_taken_and_listed(window: Path, right: Path) -> None:
    assert "a4-2026.4+hall-1" in typed("templates", "check", right).out
    taken = typed("templates", "take", right, "--profile", window)
    assert (taken.status, (window / "templates.toml").read_bytes()) == (0, right.read_bytes())
    told = json.loads(typed("templates", "list", "--profile", window, "--json").out)
    assert (told["name"], told["made_on"], told["languages"]) == ("a4-2026.4+hall-1", "2026-11-20", ["en"])


def test_all_that_is_wrong_is_told_with_line_and_key_and_nothing_is_taken(window: Path, wrong: Path) -> None:
    done = typed("templates", "check", wrong, "--json")
    told = json.loads(done.out)
    assert (done.status, told["ok"]) == (1, False)
    assert [(each["line"], each["key"]) for each in told["troubles"]] == [(7, "labels.nosuch"), (8, "labels.fee")]
    assert "第 7 行 labels.nosuch" in typed("templates", "check", wrong).out
    done = typed("templates", "take", wrong, "--profile", window)
    assert (done.status, list(window.iterdir())) == (1, [])
    assert "PAPER-310" in done.err


@pytest.mark.expected_warnings("template pack refused")
def test_one_that_lies_there_and_is_wrong_is_listed_and_the_doctor_tells_it(window: Path, wrong: Path) -> None:
    (window / "templates.toml").write_bytes(wrong.read_bytes())
    told = typed("templates", "list", "--profile", window).out
    assert "生效的模板：a4-2026.4\n" in told
    assert "labels.nosuch" in told
    (window / "settings.toml").write_text("", encoding="utf-8")
    found = json.loads(typed("doctor", "--profile", window, "--json").out)
    assert not found["templates"]["ok"]
    assert "labels.nosuch" in found["templates"]["advice"]


def test_where_the_machine_has_a_pack_of_its_own_that_is_said(window: Path, right: Path, tmp_path: Path) -> None:
    (tmp_path / "machine").mkdir()
    (tmp_path / "machine" / "templates.toml").write_text(PACK.replace("hall", "city"), encoding="utf-8")
    done = typed("templates", "take", right, "--profile", window)
    assert "a4-2026.4+hall-1 已存好，但是另一个位置的模板优先" in done.out


@pytest.mark.parametrize("kind", ["受理通知书", "acceptance_notice"])
def test_a_sample_is_drawn_as_pdf_and_as_picture(window: Path, right: Path, tmp_path: Path, kind: str) -> None:
    for name, begins in (("a.pdf", b"%PDF-"), ("a.png", b"\x89PNG")):
        out = tmp_path / name
        words = ("templates", "preview", right, "--kind", kind, "--large", "--language", "en", "--out", out)
        assert typed(*words, "--profile", window).status == 0
        assert out.read_bytes().startswith(begins)


@pytest.mark.parametrize(
    "words",
    [
        ("preview", "--kind", "nosuch", "--out", "a.pdf"),
        ("preview", "--kind", "受理通知书", "--out", "a.doc"),
        ("preview", "--kind", "受理通知书", "--out", "a.pdf", "--language", "tlh"),
        ("words", "--language", "tlh"),
    ],
)
def test_what_there_is_not_is_wrong_usage(window: Path, words: tuple[str, ...]) -> None:
    at = () if words[0] == "words" else ("--profile", window)
    assert typed("templates", *words, *at).status == 2


def test_the_shipped_words_are_printed_to_write_a_pack_over() -> None:
    assert "[acceptance_notice]" in typed("templates", "words").out
    assert "Notice of Acceptance" in typed("templates", "words", "--language", "en").out


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    done = typed("templates", "check", tmp_path / "nosuch.toml")
    assert (done.status, "PAPER-311" in done.err) == (1, True)
