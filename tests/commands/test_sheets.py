"""`yichuang sheet`: the window's own sheets at the command line."""

import errno
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from client.errors import StoreError
from client.store import audit, faults
from client.store.tables import audit as entries
from tests.commands.conftest import Window
from yichuang import FrontDoor

READING = (("day",), ("shift", "--to", "李四"), ("ticket", "A012", "--item", "企业开办"))


def handed_over(window: Window) -> list[str]:
    """The batches on record."""
    with FrontDoor().read(str(window.profile)) as house, house.counter.memory.read() as connection:
        return list(connection.scalars(select(entries.c.subject).where(entries.c.act == "hand_over")))


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


def test_a_batch_is_on_record_once_its_slip_is_on_the_disk(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    out = window.folder / "slip.pdf"

    def no_room(*_: object) -> None:
        assert handed_over(window) == []
        raise OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as full:
        full.setattr("client.commands.sheets.write_whole", no_room)
        assert window.run("sheet", "hand-over", window.number, "--out", out).error["code"] == faults.FULL.code
    assert (out.exists(), handed_over(window)) == (False, [])
    batch = window.run("sheet", "hand-over", window.number, "--out", out).document["batch"]
    assert handed_over(window) == [batch]
    before = out.read_bytes()
    assert window.run("sheet", "hand-over", window.number, "--out", out).error["code"] == "PAPER-331"
    assert (out.read_bytes(), handed_over(window)) == (before, [batch])


def test_a_slip_that_could_not_be_recorded_goes(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    out, add = window.folder / "slip.pdf", audit.add

    def full(*words: Any) -> None:
        if "hand_over" in words:
            assert out.is_file()
            raise StoreError(faults.FULL, what="store")
        add(*words)

    monkeypatch.setattr("client.store.audit.add", full)
    assert window.run("sheet", "hand-over", window.number, "--out", out).error["code"] == faults.FULL.code
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


def test_a_day_is_said_in_words_and_one_without_records_refused(window: Window) -> None:
    out, today = window.folder / "sheet.pdf", window.number.split("-")[3]
    for words in (("day",), ("shift", "--to", "李四")):
        assert window.run("sheet", *words, "--day", today, "--out", out).document["day"].replace("-", "") == today
        for day, code in (("2999-01-01", "PAPER-352"), ("1900-01-01", "PAPER-353"), ("2026-02", "PAPER-351")):
            assert window.run("sheet", *words, "--day", day, "--out", out).error["code"] == code
