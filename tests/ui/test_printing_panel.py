"""The printers and how each kind of paper comes out, on the settings page: what is told, and by keyboard."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from client.config import Settings, load_settings, settings_with, write_settings
from client.demo import DEMO_SETTINGS
from client.desk.in_force import InForce
from client.errors import StoreError
from client.ports.manners import PrintRule
from client.ports.papers import PaperKind
from client.ports.readiness import Condition, Readiness
from tests.desk.counter import Desk
from ui.seat import Seat
from ui.setup.effective import EffectivePanel
from ui.setup.lines import Lines
from ui.setup.printing import PrintingPanel
from ui.setup.settings import SettingsPage
from ui.setup.sheet import Sheet

WELL, AWAY = Readiness(Condition.READY, ""), Readiness(Condition.FAILED, "slip：打印机没有应答", "请看看电源")
RULES = {"receiving_slip": {"printer": "slip", "copies": 1, "media": "a5", "tray": "tray-2"}}
USUAL = {"usual": {"sides": "two-sided-long-edge"}}
SETTINGS = Settings.model_validate(
    {**DEMO_SETTINGS.model_dump(), "printers": {"slip": "ipp://192.0.2.7/ipp/print"}, "prints": {**RULES, **USUAL}}
)


@pytest.fixture
def lamps() -> dict[str, Readiness]:
    return {}


@pytest.fixture
def panel(qtbot: QtBot, seat: Seat, lamps: dict[str, Readiness]) -> PrintingPanel:
    found = PrintingPanel(replace(seat, lamps=lamps))
    qtbot.addWidget(found)
    return found


@pytest.fixture
def ruled(qtbot: QtBot, seat: Seat) -> PrintingPanel:
    """The same by the rules of a hall."""
    counter = seat.house.counter
    ruling = replace(counter, in_force=InForce(counter.catalogue, counter.calendar, SETTINGS))
    found = PrintingPanel(replace(seat, house=replace(seat.house, counter=ruling)))
    qtbot.addWidget(found)
    return found


def lines(table: Lines) -> list[tuple[str, ...]]:
    return [
        tuple(item.text() if (item := table.item(row, column)) else "" for column in range(table.columnCount()))
        for row in range(table.rowCount())
    ]


def test_each_kind_tells_how_it_comes_out_whoever_decided_it(panel: PrintingPanel, ruled: PrintingPanel) -> None:
    assert {line[1:] for line in lines(panel.kinds)[1:]} == {
        ("窗口打印机", "自选", "A4", "单面", "2"), ("窗口打印机", "自选", "A4", "单面", "1"),
    }  # fmt: skip
    told = lines(ruled.kinds)
    assert len(told) == 22
    assert told[0] == ("未另定的各类", "窗口打印机", "自选", "A4", "双面长边", "按文书")
    assert told[1] == ("申请材料接收凭证", "slip", "tray-2", "A5", "双面长边", "1")
    assert told[3] == ("受理通知书", "窗口打印机", "自选", "A4", "双面长边", "2")


def test_the_printers_are_told_with_their_addresses_and_their_lamp(
    qtbot: QtBot, panel: PrintingPanel, lamps: dict[str, Readiness], monkeypatch: pytest.MonkeyPatch
) -> None:
    panel.tell(SETTINGS.model_copy(update={"printer": None}))
    assert lines(panel.printers) == [("窗口打印机", "未设置"), ("slip", "ipp://192.0.2.7/ipp/print")]
    assert panel.lamp == "", "nobody looked yet"
    lamps["printer"] = WELL
    panel.show()
    assert panel.lamp == "● 就绪"
    lamps["printer"] = AWAY
    qtbot.waitUntil(lambda: panel.lamp == "▲ slip：打印机没有应答。请看看电源", timeout=4_000)
    panel.hide()
    assert not panel._beat.isActive()


def test_the_fields_are_those_of_the_line_one_is_on_and_the_table_follows_them(ruled: PrintingPanel) -> None:
    rows = ruled.rule.rows
    assert (ruled.whose.text(), rows["sides"].value()) == ("未另定的各类的打印", "two-sided-long-edge")
    QTest.keyClick(ruled.kinds, Qt.Key.Key_Down)
    assert ruled.whose.text() == "申请材料接收凭证的打印"
    assert [row.value() for row in rows.values()] == ["slip", "tray-2", "a5", "-", "1"]
    QTest.keyClick(ruled.kinds, Qt.Key.Key_Down)
    assert [row.value() for row in rows.values()] == ["-", "", "-", "-", ""]
    QTest.keyClicks(rows["copies"].field, "3")
    QTest.keyClick(rows["printer"].field, Qt.Key.Key_Down)
    assert lines(ruled.kinds)[2] == ("补正材料接收凭证", "slip", "自选", "A4", "双面长边", "3")
    ruled.kinds.setCurrentCell(1, 0)
    assert rows["copies"].value() == "1"
    QTest.keyClick(rows["copies"].field, Qt.Key.Key_Delete)  # the caret is before it
    assert lines(ruled.kinds)[1][-1] == "2", "what nothing is said of is as the kind wants"


def test_what_cannot_stand_is_said_at_once_and_not_saved(qtbot: QtBot, ruled: PrintingPanel) -> None:
    rows = ruled.rule.rows
    assert not ruled.go_wrong()
    ruled.kinds.setCurrentCell(4, 0)
    QTest.keyClicks(rows["copies"].field, "0")
    QTest.keyClicks(rows["tray"].field, "tray 2")
    assert rows["copies"].said == "▲ 应为 1 至 9；空着表示不另定"
    assert rows["tray"].said == "▲ 应为打印机自己的纸盒名称，如 tray-1，只有字母、数字和 . _ -"
    assert lines(ruled.kinds)[4][-1] == "1", "it counts for nothing"
    ruled.kinds.setCurrentCell(0, 0)
    assert rows["copies"].said == ""
    ruled.show()
    ruled.activateWindow()
    assert ruled.go_wrong()
    assert (ruled.kinds.currentRow(), rows["copies"].value()) == (4, "0")
    assert rows["tray"].said.startswith("▲")


def test_rules_are_written_over_the_file_and_count_next_time(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    write_settings(desk.profile.folder, SETTINGS.model_copy(update={"prints": {}}))
    page = SettingsPage(seat)
    qtbot.addWidget(page)
    page.show()
    page.shown()
    qtbot.waitUntil(lambda: not page._steps and seat.tasks.underway == 0, timeout=10_000)
    page._save()
    assert page._told.text() == "没有改动"
    page._printing.kinds.setCurrentCell(3, 0)
    copies = page._printing.rule.rows["copies"].field
    QTest.keyClicks(copies, "0")
    page._save()
    assert page._told.text() == "还有 1 项要改"
    QTest.keyClick(copies, Qt.Key.Key_Backspace)
    QTest.keyClicks(copies, "3")
    page._save()
    qtbot.waitUntil(lambda: seat.tasks.underway == 0, timeout=10_000)
    assert seat.notices.text == "✓ 设置已保存 下次打开窗口时生效"
    written = load_settings(desk.profile.folder)
    assert written == SETTINGS.model_copy(update={"prints": {PaperKind.ACCEPTANCE_NOTICE: PrintRule(copies=3)}})


def test_what_the_environment_decides_cannot_be_changed_here(panel: PrintingPanel) -> None:
    panel.tell(SETTINGS, settled_outside=True)
    assert not panel.rule.isEnabled()
    panel.tell(SETTINGS)
    assert panel.rule.isEnabled()


def test_a_rule_for_a_printer_the_file_does_not_know_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="STORE-154"):
        settings_with(tmp_path, DEMO_SETTINGS, {"prints": SETTINGS.prints})


def test_a_table_higher_than_the_sheet_is_followed_by_the_arrow_keys(qtbot: QtBot) -> None:
    sheet, panel = Sheet(), EffectivePanel(SETTINGS)
    qtbot.addWidget(sheet)
    sheet.put(panel, 0)
    sheet.resize(600, 200)
    sheet.show()
    sheet.activateWindow()
    table = panel.findChild(Lines)
    assert isinstance(table, Lines)
    table.setFocus()
    table.setCurrentCell(0, 0)
    for _ in range(table.rowCount()):
        QTest.keyClick(table, Qt.Key.Key_Down)
    last = table.visualRect(table.model().index(table.rowCount() - 1, 0)).center()
    assert sheet.viewport().rect().contains(table.viewport().mapTo(sheet.viewport(), last))
