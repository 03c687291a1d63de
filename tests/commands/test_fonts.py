"""`yichuang fonts`: asked before a name is printed."""

import json
from pathlib import Path

import pytest

from printing.papers import fonts
from tests.commands.conftest import Window
from tests.commands.typed import typed


def test_letters_that_are_drawn_are_told_with_their_fonts() -> None:
    done = typed("fonts", "check", "李\U00020bb7李", "--json")
    told = json.loads(done.out)
    assert (done.status, told["ok"], told["characters"], told["lost"]) == (0, True, 2, 0)
    assert [(each["char"], each["font"]) for each in told["letters"]][1] == ("\U00020bb7", "HanaMinB")


def test_a_letter_that_is_not_drawn_ends_with_status_one_and_what_to_do() -> None:
    done = typed("fonts", "check", "李\ue863")
    lines = done.out.splitlines()
    assert (done.status, len(lines)) == (1, 3)
    assert "U+E863（专用区）" in lines[1]
    assert "“䶮”" in lines[1]
    assert "\ue863" not in done.out
    assert lines[2] == "共2个不同的字，其中1个不能打印"


def test_of_a_file_only_those_are_told_that_somebody_must_know(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_bytes("\ufeff张三\n李\ue188\n\u202e".encode())
    done = typed("fonts", "check", "--file", names, "--json")
    told = json.loads(done.out)
    assert (done.status, told["characters"], told["lost"]) == (1, 5, 1)
    assert [each["code"] for each in told["letters"]] == ["U+E188", "U+202E"]


@pytest.mark.parametrize("content", [None, "李四".encode("gb18030")])
def test_a_file_that_cannot_be_read_as_text_is_a_sentence(tmp_path: Path, content: bytes | None) -> None:
    names = tmp_path / "names.txt"
    if content is not None:
        names.write_bytes(content)
    done = typed("fonts", "check", "--file", names)
    assert (done.status, done.out) == (1, "")
    assert "PAPER-260" in done.err


@pytest.mark.parametrize("words", [(), ("张三", "--file", "names.txt")])
def test_either_a_text_or_a_file(words: tuple[str, ...]) -> None:
    assert typed("fonts", "check", *words).status == 2


def test_the_program_counts_what_its_fonts_draw() -> None:
    done = typed("fonts", "coverage", "--json")
    told = json.loads(done.out)
    assert [(each["name"], each["characters"]) for each in told["gb18030_2022"]] == [("汉字", 87_887), ("部首", 228)]
    rare = next(each for each in told["blocks"] if each["name"] == "中日韩统一表意文字扩充G")
    assert rare["fonts"] == {"YichuangRare": 4939}
    assert "中日韩统一表意文字：20992/20992" in typed("fonts", "coverage").out


def test_the_doctor_looks_at_every_font(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    told = window.run("doctor").document["fonts"]
    assert (told["ok"], told["detail"].split("、")) == (True, list(fonts.DIGESTS))
    monkeypatch.setattr(fonts, "DIGESTS", {"HanaMinC": ""})
    assert not window.run("doctor").document["fonts"]["ok"]
