"""A folder for a printer: whole files under names of their own, and a sentence where there is no folder or no room."""

import errno
import os
from pathlib import Path

import pytest

from client.errors import DeviceError, DeviceState
from client.ports.printer import JobReport, Printout, PrintState
from client.ports.readiness import Condition
from printing.folder import READY, TAKEN_AWAY, FolderPrinter
from printing.use import driver_of, printer_of

PDF = b"%PDF-1.7"
PAPER = Printout("2026-1 受理通知书 补打1", PDF)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    place = tmp_path / "out"
    place.mkdir()
    return place


def names(out: Path) -> list[str]:
    return sorted(each.name for each in out.iterdir())


def test_each_print_is_a_file_and_none_is_written_over(out: Path) -> None:
    printer = printer_of(f"folder:{out}")
    assert isinstance(printer, FolderPrinter)
    jobs = [printer.submit(PAPER).job for _ in range(3)]
    assert names(out) == sorted(jobs)
    assert jobs == ["2026-1-受理通知书-补打1.pdf", "2026-1-受理通知书-补打1-2.pdf", "2026-1-受理通知书-补打1-3.pdf"]
    assert {(out / job).read_bytes() for job in jobs} == {PDF}
    assert printer.report(jobs[0]) == JobReport(PrintState.DONE)
    assert printer.check() == READY
    printer.cancel(jobs[0])
    (out / jobs[0]).unlink()
    assert printer.report(jobs[0]) == JobReport(PrintState.UNKNOWN, TAKEN_AWAY)
    assert "PDF" in driver_of(f"folder:{out}").words


def test_names_fit_whatever_the_title(out: Path) -> None:
    printer = FolderPrinter(out)
    assert len(printer.submit(Printout("受" * 200, PDF)).job.encode()) <= 255
    assert printer.submit(Printout("../..", PDF)).job == "paper.pdf"


def test_on_a_disk_without_links_none_is_written_over_either(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    printer = FolderPrinter(out)
    assert [printer.submit(Printout("a", each)).job for each in (b"1", b"2")] == ["a.pdf", "a-2.pdf"]
    assert [(out / name).read_bytes() for name in names(out)] == [b"2", b"1"]


@pytest.mark.parametrize(
    ("number", "state", "code"),
    [
        (errno.ENOSPC, DeviceState.BUSY, "DEV-341"),
        (errno.EACCES, DeviceState.LOCKED, "DEV-342"),
        (errno.EROFS, DeviceState.LOCKED, "DEV-342"),
        (errno.EIO, DeviceState.ABSENT, "DEV-340"),
    ],
)
def test_what_does_not_fit_leaves_nothing_behind(
    out: Path, monkeypatch: pytest.MonkeyPatch, number: int, state: DeviceState, code: str
) -> None:
    def broken(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("printing.folder.os.fsync", broken)
    with pytest.raises(DeviceError) as caught:
        FolderPrinter(out).submit(PAPER)
    assert (caught.value.state, caught.value.code) == (state, code)
    assert str(out) in caught.value.title
    assert names(out) == []


def test_a_folder_that_is_gone_is_absent_and_is_not_made(tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path / "share")
    for ask in (lambda: printer.submit(PAPER), lambda: printer.report("a.pdf")):
        with pytest.raises(DeviceError) as caught:
            ask()
        assert (caught.value.state, caught.value.code) == (DeviceState.ABSENT, "DEV-340")
    assert printer.check().condition is Condition.FAILED
    assert not (tmp_path / "share").exists()


def test_a_folder_without_room_is_said_before_a_page_is_offered(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("printing.folder._ROOM", 1 << 62)
    told = FolderPrinter(out).check()
    assert (told.condition, "已满" in told.words, "自动继续" in told.advice) == (Condition.FAILED, True, True)


def test_what_is_no_folder_is_said_to_be_none(out: Path) -> None:
    (out / "a").touch()
    assert "不在" in FolderPrinter(out / "a").check().words
