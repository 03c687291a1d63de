"""IT looks at a paper before a citizen does: by keys, off the GUI thread, and a wrong pack tells all that is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client.config import load_settings, write_settings
from client.demo import DEMO_SETTINGS
from client.desk.staff import Staff
from client.ports.papers import PaperKind
from printing.papers.template import BASE
from printing.templates.shelf import FILE, Shelf
from tests.desk.counter import ADMINISTRATOR, Desk
from ui.seat import Seat
from ui.setup.settings import SettingsPage
from ui.setup.templates import TemplatesPanel

PACK = f'name = "hall"\nversion = 1\nmade_on = 2026-11-20\nbase = "{BASE}"\n[labels]\nitem = "事项"\n'
WRONG = PACK + "".join(f"nosuch{n} = 'x'\n" for n in range(10))

Show = Callable[[], TemplatesPanel]


@pytest.fixture
def clerk() -> Staff:
    return ADMINISTRATOR


@pytest.fixture
def show(qtbot: QtBot, seat: Seat, desk: Desk) -> Show:
    def shown() -> TemplatesPanel:
        panel = TemplatesPanel(seat, DEMO_SETTINGS)
        qtbot.addWidget(panel)
        panel.resize(500, 700)
        panel.show()
        panel.activateWindow()
        settle(qtbot, seat)
        return panel

    return shown


def settle(qtbot: QtBot, seat: Seat) -> None:
    qtbot.waitUntil(lambda: seat.tasks.underway == 0, timeout=10_000)


def typed(panel: TemplatesPanel, path: Path | str) -> None:
    panel._file.setFocus()
    panel._file.put(str(path))


def test_what_counts_is_drawn_by_a_key(qtbot: QtBot, seat: Seat, show: Show) -> None:
    panel = show()
    assert panel._told.text() == "生效的模板：a4-2026.4"
    panel._kind.put(PaperKind.RECEIVING_SLIP)
    panel._size.put("large")
    panel._second.put("en")
    panel._file.setFocus()
    QTest.keyClick(panel._file, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, seat)
    assert not panel.paper.picture.isNull()
    assert (panel.paper.name.text(), panel.file.said) == ("申请材料接收凭证", "")


def test_a_pack_is_tried_and_taken_by_keys(qtbot: QtBot, seat: Seat, desk: Desk, show: Show, tmp_path: Path) -> None:
    (pack := tmp_path / "pack.toml").write_text(PACK, encoding="utf-8")
    panel = show()
    typed(panel, pack)
    panel.preview()
    settle(qtbot, seat)
    assert panel.file.said == "✓ 模板没有错误"
    assert not panel.paper.picture.isNull()
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(panel._file, Qt.Key.Key_T, shift)
    settle(qtbot, seat)
    assert (desk.profile.folder / FILE).read_text(encoding="utf-8") == PACK
    assert panel._told.text() == "生效的模板：a4-2026.4+hall-1"
    assert panel.file.said == "✓ 已采用，下一份文书起生效"


@pytest.mark.expected_warnings("template pack refused")
def test_a_wrong_pack_tells_what_is_wrong_and_nothing_is_drawn_or_taken(
    qtbot: QtBot, seat: Seat, desk: Desk, show: Show, tmp_path: Path
) -> None:
    (pack := tmp_path / "pack.toml").write_text(WRONG, encoding="utf-8")
    panel = show()
    typed(panel, pack)
    panel.preview()
    settle(qtbot, seat)
    assert "第 7 行 labels.nosuch0 没有这一项\n" in panel.file.said
    assert panel.file.said.endswith("另有 2 处")
    assert (panel.paper.picture.isNull(), panel.paper.told) == (True, "模板有错误，没有画出样张")
    panel.take()
    settle(qtbot, seat)
    assert "文书模板没有采用，有 10 处不对" in panel.file.said
    assert not (desk.profile.folder / FILE).exists()
    (desk.profile.folder / FILE).write_text(WRONG, encoding="utf-8")
    assert "labels.nosuch0" in show()._told.text()


def test_a_file_that_is_not_there_and_no_file_are_said(qtbot: QtBot, seat: Seat, show: Show, tmp_path: Path) -> None:
    panel = show()
    panel.take()
    assert panel.file.said == "◐ 请先填写模板文件"
    typed(panel, tmp_path / "nosuch.toml")
    panel.preview()
    settle(qtbot, seat)
    assert "读不到模板文件nosuch.toml" in panel.file.said


def test_another_place_that_comes_first_is_said(
    qtbot: QtBot, seat: Seat, desk: Desk, show: Show, tmp_path: Path
) -> None:
    (pack := tmp_path / "pack.toml").write_text(PACK, encoding="utf-8")
    (first := tmp_path / "machine.toml").write_text(PACK.replace("hall", "city"), encoding="utf-8")
    object.__setattr__(seat.door, "templates", lambda: Shelf((first,), desk.profile.folder))
    panel = show()
    typed(panel, pack)
    panel.take()
    settle(qtbot, seat)
    assert panel.file.said.endswith("a4-2026.4+hall-1 已存好，但是另一个位置的模板优先")


def test_large_papers_and_the_language_are_settings(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    write_settings(desk.profile.folder, DEMO_SETTINGS)
    page = SettingsPage(seat)
    qtbot.addWidget(page)
    page.resize(1029, 520)
    page.show()
    page.shown()
    qtbot.waitUntil(lambda: not page._steps and seat.tasks.underway == 0, timeout=10_000)
    page._templates._large.put("elders")
    page._templates._second.put("EN")
    page._save()
    settle(qtbot, seat)
    assert page._templates.rows["paper_language"].said
    page._templates._second.put("en")
    page._save()
    settle(qtbot, seat)
    written = load_settings(desk.profile.folder)
    assert (written.large_papers, written.paper_language) == ("elders", "en")
    QApplication.processEvents()
