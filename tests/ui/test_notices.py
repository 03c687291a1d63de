"""The only painter of errors."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from client.errors import CaseError, Fault
from ui import notices as module
from ui.keys import KEYS
from ui.narrator import Narrator
from ui.notices import Notices
from ui.widgets.keys import KeyButton

LOST = Fault("CASE-999", "没有找到{what}", "请再找找")


@pytest.fixture
def frame(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    column = QVBoxLayout(widget)
    notices = Notices(Narrator(), KEYS["dismiss"], widget)
    column.addWidget(notices)
    column.addWidget(QLineEdit())
    widget.show()
    widget.activateWindow()
    field(widget).setFocus()
    qtbot.waitUntil(field(widget).hasFocus)
    return widget


def field(frame: QWidget) -> QLineEdit:
    found = frame.findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


def notices(frame: QWidget) -> Notices:
    found = frame.findChild(Notices)
    assert isinstance(found, Notices)
    return found


def test_an_error_says_what_happened_and_what_to_do_and_stays_until_it_is_read(qtbot: QtBot, frame: QWidget) -> None:
    bar = notices(frame)
    bar.good("已保存")
    bar.error(CaseError(LOST, what="<b>办件</b>"))
    assert bar.text == "▲ 没有找到<b>办件</b> 请再找找"
    assert (bar._code.text(), bar.accessibleName()) == ("CASE-999", "▲ 没有找到<b>办件</b> 请再找找")
    assert not bar._fade.isActive()
    QTest.keyClick(field(frame), Qt.Key.Key_Escape)
    assert bar.text == ""
    assert not bar.isVisible()


def test_good_news_goes_by_itself(qtbot: QtBot, frame: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GOOD_NEWS", 50)
    bar = notices(frame)
    bar.good("已保存", "可以继续")
    assert bar.text == "✓ 已保存 可以继续"
    qtbot.waitUntil(lambda: bar.text == "")


def test_warnings_and_bugs_have_their_own_shape_and_look(frame: QWidget) -> None:
    bar = notices(frame)
    bar.warn("纸将尽")
    assert (bar.text, bar.property("look")) == ("◐ 纸将尽", "notice-warn")
    bar.bug()
    assert bar.property("look") == "notice-bad"
    assert "BUG-002" in bar._code.text()


def test_esc_is_the_page_s_while_nothing_stands_and_each_in_its_turn_while_something_does(
    qtbot: QtBot, frame: QWidget
) -> None:
    pressed: list[int] = []
    layout = frame.layout()
    assert layout is not None
    back = KeyButton("返回", KEYS["dismiss"], lambda: pressed.append(1), scope=frame)
    layout.addWidget(back)
    qtbot.waitUntil(back.isVisible)
    bar = notices(frame)
    QTest.keyClick(field(frame), Qt.Key.Key_Escape)
    assert pressed == [1]
    bar.warn("纸将尽")
    for _ in range(2):
        QTest.keyClick(field(frame), Qt.Key.Key_Escape)
    assert bar.text == ""
    assert len(pressed) == 2
