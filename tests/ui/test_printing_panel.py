"""The printers and how each kind of paper comes out, on the settings page: what is told, and by keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from client.config import Settings
from client.demo import DEMO_SETTINGS
from client.ports.readiness import Condition, Readiness
from ui.seat import Seat
from ui.setup.effective import EffectivePanel
from ui.setup.lines import Lines
from ui.setup.printing import PrintingPanel
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


def lines(table: Lines) -> list[tuple[str, ...]]:
    return [
        tuple(item.text() if (item := table.item(row, column)) else "" for column in range(table.columnCount()))
        for row in range(table.rowCount())
    ]


def test_each_kind_tells_how_it_comes_out_whoever_decided_it(panel: PrintingPanel) -> None:
    assert {line[1:] for line in lines(panel.kinds)} == {
        ("窗口打印机", "自选", "A4", "单面", "2"), ("窗口打印机", "自选", "A4", "单面", "1"),
    }  # fmt: skip
    panel.tell(SETTINGS)
    told = lines(panel.kinds)
    assert len(told) == 21
    assert told[0] == ("申请材料接收凭证", "slip", "tray-2", "A5", "双面长边", "1")
    assert told[2] == ("受理通知书", "窗口打印机", "自选", "A4", "双面长边", "2")


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


def test_the_line_one_stands_on_tells_its_name_in_the_file(panel: PrintingPanel) -> None:
    assert panel.whose.text() == "用上下键选择一种文书，这里显示它在设置文件中的名称"
    panel.kinds.setCurrentCell(0, 0)
    assert panel.whose.text() == "申请材料接收凭证：没有另行规定；需要时写 [prints.receiving_slip]"
    panel.tell(SETTINGS)
    assert panel.whose.text() == "申请材料接收凭证：另有规定，在 [prints.receiving_slip]"
    QTest.keyClick(panel.kinds, Qt.Key.Key_Down)
    assert panel.whose.text() == (
        "补正材料接收凭证：没有另行规定，按 [prints.usual]；需要时写 [prints.correction_slip]"
    )


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
