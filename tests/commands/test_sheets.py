"""`yichuang sheet`: the window's own sheets at the command line."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.commands.conftest import Window
from yichuang import FrontDoor

READING = (("day",), ("shift", "--to", "李四"), ("ticket", "A012", "--item", "企业开办"))


def test_each_sheet_is_written(window: Window) -> None:
    out = window.folder / "new" / "sheet.pdf"
    for words, key in (
        (("hand-over", window.number), "batch"),
        (("day",), "owed"),
        (("shift", "--to", "李四"), "to"),
        (("ticket", "A012", "--item", "企业开办", "--ahead", "3"), "number"),
    ):
        done = window.run("sheet", *words, "--out", out)
        assert (done.status, key in done.document, done.document["path"]) == (0, True, str(out))
        assert out.read_bytes()[:5] == b"%PDF-"
        out.unlink()
        assert window.told("sheet", *words, "--out", out)[-1] == str(out)
    assert window.run("sheet", "day", "--out", out).document["gaps"] == []


def test_who_takes_over_is_named_by_the_roster(window: Window, tmp_path: Path) -> None:
    window.run("staff", "add", "0208", "李四", "--pin-file", window.folder / "pin.txt")
    done = window.run("sheet", "shift", "--to", "0208", "--as", "admin", "--out", tmp_path / "shift.pdf")
    assert done.document["to"] == "李四（工号0208）"


def test_what_cannot_be_handed_over_is_told_and_no_file_written(window: Window) -> None:
    out = window.folder / "sheet.pdf"
    assert window.run("sheet", "hand-over", "110101", "--out", out).error["code"] == "RULE-201"
    assert not out.exists()


def test_what_only_reads_is_made_beside_a_running_window(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YICHUANG_PIN_FILE")  # nothing is written that a sign-in would stand for
    out = window.folder / "sheet.pdf"
    with FrontDoor().write(str(window.profile)) as house:
        for words in READING:
            done = window.run("sheet", *words, "--out", out)
            assert (done.status, out.is_file()) == (0, True)
            out.unlink()
        assert house.counter.memory.outbox().counts().waiting


def test_whose_name_stands_on_a_sheet_is_somebody_on_the_roster(window: Window) -> None:
    out = window.folder / "sheet.pdf"
    assert window.run("sheet", "day", "--as", "0209", "--out", out).error["code"] == "STAFF-107"
    window.run("staff", "add", "0208", "李四", "--pin-file", window.folder / "pin.txt")
    assert window.run("sheet", "day", "--out", out).error["code"] == "STAFF-108"
    assert not out.exists()
    assert window.run("sheet", "day", "--as", "0208", "--out", out).status == 0
    text = "".join(page.extract_text() for page in PdfReader(out).pages)
    assert "李四（工号0208）" in "".join(text.split())
