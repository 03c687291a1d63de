"""Page files from anywhere: one that cannot be read, or is not there any more, stops nothing else."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.desk.counter import FOOD, Desk, sample
from tests.ui.table import Table, laid
from ui.clerk.intake.importing import offers
from ui.seat import Seat


@pytest.fixture
def table(qtbot: QtBot, seat: Seat, tmp_path: Path) -> Iterator[Table]:
    with laid(qtbot, seat, None, tmp_path / "told") as table:
        yield table


def files(folder: Path, *names: str) -> list[Path]:
    """Pages of their own where the name says so."""
    found = [folder / name for name in names]
    for number, file in enumerate(found):
        if file.suffix == ".jpg":
            file.write_bytes(sample() + bytes([number]))
        else:
            file.write_bytes(b"no page")
    return found


def bring(table: Table, paths: list[Path]) -> None:
    table.materials._import(paths)
    table.quiet()


def test_of_several_files_those_that_fail_are_told_and_the_others_come_in(
    table: Table, desk: Desk, tmp_path: Path
) -> None:
    table.load(desk.draft(FOOD, without=("premises",)))
    first, odd, last = files(tmp_path, "一.jpg", "二.txt", "三.jpg")
    bring(table, [tmp_path / "没有.jpg", first, odd, last])
    assert table.names("premises") == ["一.jpg", "三.jpg"]
    told = table.seat.notices.text
    assert "导入了 2 个文件，2 个没有导入" in told
    assert "没有导入的：读不到文件“没有.jpg”；文件“二.txt”不是可收的页面文件。" in told


def test_what_comes_in_takes_away_what_was_said_of_the_file_before(table: Table, desk: Desk, tmp_path: Path) -> None:
    table.load(desk.draft(FOOD, without=("premises",)))
    bring(table, [tmp_path / "没有.jpg"])
    assert "读不到文件" in table.seat.notices.text
    bring(table, files(tmp_path, "一.jpg"))
    assert (table.names("premises"), table.seat.notices.text) == (["一.jpg"], "")


def test_of_many_that_fail_a_few_are_named(table: Table, desk: Desk, tmp_path: Path) -> None:
    table.load(desk.draft(FOOD, without=("premises",)))
    bring(table, [tmp_path / f"{number}.jpg" for number in range(5)])
    told = table.seat.notices.text
    assert "导入了 0 个文件，5 个没有导入" in told
    assert "“2.jpg”；另有 2 个。" in told


def test_a_path_with_a_nul_is_a_file_that_cannot_be_read(table: Table, desk: Desk, tmp_path: Path) -> None:
    table.load(desk.draft(FOOD, without=("premises",)))
    table.press("import_page")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    table.materials._importing._look_up(f"{tmp_path}\0/一")
    table.quiet()
    assert table.seat.notices.text == ""
    assert offers(Path("\0")) == []
    bring(table, [tmp_path / "一\0.jpg"])
    assert "读不到文件" in table.seat.notices.text


def test_a_file_that_never_answers_holds_up_no_list(table: Table, desk: Desk, tmp_path: Path) -> None:
    table.load(desk.draft(FOOD, without=("premises",)))
    dead = tmp_path / "网络.jpg"
    os.mkfifo(dead)
    table.materials._import([dead])
    try:
        assert table.seat.lanes.looks.do(threading.get_ident).result(timeout=5)
    finally:
        os.close(os.open(dead, os.O_WRONLY))
    table.quiet()
    assert table.names("premises") == []
