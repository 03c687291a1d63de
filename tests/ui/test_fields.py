"""Fields: what is typed is folded, masked and kept within bounds; Enter goes on, and nothing opens before anything."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, pinyin
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from client.catalogue import load_catalogue
from client.errors import CaseError
from client.rules.identifiers import IdentifierKind, check_identifier
from tests.data import resident_id, uscc
from ui.widgets.choices import Checks, Choice, Field, focus_on
from ui.widgets.fields import LongField, TextField, go_on
from ui.widgets.initials import initials
from ui.widgets.typed import (
    AMOUNT,
    ANY_NUMBER,
    DATE,
    NUMBER,
    PHONE,
    amount_text,
    date_text,
    folded,
    folded_number,
    masked_number,
    number_text,
    phone_text,
)

HUGE = 100_000
WIDE = {ord("0") + n: 0xFF10 + n for n in range(10)}


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    for fold in (folded, folded_number):
        assert len(fold(text)) == len(text)
        assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=[chr(code) for code in range(0x20, 0x7F)]))
def test_what_was_typed_full_width_is_what_was_meant(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if c != " " else "\u3000" for c in text)
    assert folded(wide) == text
    assert folded_number(wide) == text.upper()


@given(
    st.dates(min_value=date(1000, 1, 1)),
    st.sampled_from(["{:%Y%m%d}", "{:%Y-%m-%d}", "{:%Y.%m.%d}", "{:%Y年%m月%d日}"]),
)
def test_a_date_is_understood_however_it_is_written(day: date, form: str) -> None:
    assert date_text(form.format(day)) == day.isoformat()
    assert date_text(f"  {form.format(day).translate(WIDE)} ") == day.isoformat()


@pytest.mark.parametrize("text", ["", "长期", "20261301", "2026-02-30", "2026-11", "昨天", "1234567"])
def test_what_is_no_date_stays_as_typed(text: str) -> None:
    assert date_text(text) == text


def test_short_dates_get_their_noughts() -> None:
    assert date_text("2026年1月5日") == date_text("2026/1/5") == date_text("２０２６．１．５") == "2026-01-05"


def test_sums_phones_and_numbers_are_written_as_the_form_keeps_them() -> None:
    assert amount_text("１，０００，０００。５０") == "1000000.50"
    assert phone_text("+86 138 0000 0000") == "13800000000"
    assert phone_text("０１３８") == "0138"
    assert number_text(" 110101 19010101002ｘ") == "11010119010101002X"


@given(st.text(alphabet="0123456789X", min_size=8, max_size=30))
def test_a_masked_number_does_not_tell_its_middle(number: str) -> None:
    masked = masked_number(number)
    assert len(masked) == len(number)
    is_a_companys = number[0] == "9" and masked == number and check_identifier(IdentifierKind.USCC, number)
    assert masked.count("*") >= 4 or is_a_companys


def test_a_persons_number_is_hidden_also_where_it_is_right_as_a_companys() -> None:
    """One resident's number in 31 has the check character of a code too, and so has one that was mistyped."""
    persons = (f"{stem}{last}" for stem in _stems() for last in "0123456789X")
    both = [number for number in persons if _is_code(number)]
    assert len(both) > 20
    assert [number for number in both if "*" not in masked_number(number)] == []


def test_a_companys_code_of_digits_alone_stays() -> None:
    codes = [f"91110108{serial:09}{last}" for serial in range(40) for last in "0123456789X"]
    found = [code for code in codes if _is_code(code)]
    assert found
    assert [masked_number(code) for code in found] == found


def _stems() -> Iterator[str]:
    for day in range(1, 29):
        for turn in range(0, 1000, 111):
            yield f"1101011901{1 + turn % 12:02}{day:02}{turn:03}"
            yield f"9111241901{1 + turn % 12:02}{day:02}{turn:03}"  # of a foreigner who lives here


def _is_code(number: str) -> bool:
    with suppress(CaseError):
        check_identifier(IdentifierKind.USCC, number)
        return True
    return False


def test_a_code_that_is_public_is_not_masked() -> None:
    assert masked_number(uscc()) == uscc()
    assert masked_number(resident_id()) == "110101********" + resident_id()[-4:]


@pytest.fixture
def column(qtbot: QtBot) -> Iterator[Callable[..., QWidget]]:
    """Fields one beneath the other in a window that has the keyboard."""
    windows = []

    def show(*fields: Field) -> QWidget:
        window = QWidget()
        windows.append(window)  # pytest-qt holds it weakly
        qtbot.addWidget(window)
        layout = QVBoxLayout(window)
        for field in fields:
            layout.addWidget(field)
        for one, following in pairwise(fields):
            QWidget.setTabOrder(one, following)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    yield show
    windows.clear()


def keys(qtbot: QtBot, widget: QWidget, text: str) -> None:
    QTest.keyClicks(widget, text)


def paste(qtbot: QtBot, widget: QWidget, text: str) -> float:
    """Seconds that the screen stood still for it."""
    QApplication.clipboard().setText(text)
    start = time.thread_time()
    QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    return time.thread_time() - start


@pytest.mark.parametrize("typed", [DATE, AMOUNT, PHONE, NUMBER])
def test_the_input_method_is_off_where_numbers_are_typed(
    qtbot: QtBot, column: Callable[..., QWidget], typed: object
) -> None:
    field, other = TextField("号码", typed=typed), TextField("姓名")  # type: ignore[arg-type] # one of the four
    column(field, other)
    assert not field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert field.inputMethodHints() & Qt.InputMethodHint.ImhLatinOnly
    assert other.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_a_digit_of_an_input_method_is_folded_where_the_caret_stands(
    qtbot: QtBot, column: Callable[..., QWidget]
) -> None:
    field = TextField("面积", typed=AMOUNT)
    column(field)
    focus_on(field)
    keys(qtbot, field, "15")
    field.setCursorPosition(1)
    field.insert("２０")
    assert (field.text(), field.cursorPosition()) == ("1205", 3)


def test_a_phone_is_clear_with_the_caret_and_masked_without(qtbot: QtBot, column: Callable[..., QWidget]) -> None:
    field, other = TextField("电话", typed=PHONE), TextField("姓名")
    column(field, other)
    focus_on(field)
    keys(qtbot, field, "138 0000 0001")
    assert field.text() == "138 0000 0001"
    with qtbot.waitSignals([field.edited, field.left]):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), field.value()) == ("138****0001", "13800000001")
    assert other.hasFocus()
    QTest.keyClick(other, Qt.Key.Key_Backtab)
    assert (field.text(), field.value()) == ("13800000001", "13800000001")


def test_a_document_of_any_kind_may_have_chinese_in_its_number(qtbot: QtBot, column: Callable[..., QWidget]) -> None:
    field = TextField("证件号码", typed=NUMBER)
    column(field)
    field.take_as(ANY_NUMBER)
    assert field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    focus_on(field)
    paste(qtbot, field, "军字第0000001号")
    assert field.value() == "军字第0000001号"


def test_a_length_is_counted_in_characters(qtbot: QtBot, column: Callable[..., QWidget]) -> None:
    field, text = TextField("姓名", most=3), LongField("范围", most=3)
    column(field, text)
    for each in (field, text):
        focus_on(each)
        paste(qtbot, each, "李𠮷𬺗")
        keys(qtbot, each, "x")
        assert each.value() == "李𠮷𬺗"


def test_a_paste_of_a_hundred_thousand_characters_stops_nothing(qtbot: QtBot, column: Callable[..., QWidget]) -> None:
    line, number, text = TextField("地址", most=200), TextField("电话", typed=PHONE), LongField("范围", most=1000)
    column(line, number, text)
    for field, most in ((line, 200), (number, 500), (text, 1000)):
        focus_on(field)
        assert paste(qtbot, field, "１" * HUGE) < 0.05
        assert len(field.value()) == most


def test_a_long_text_has_lines_and_enter_leaves_it(qtbot: QtBot, column: Callable[..., QWidget]) -> None:
    text, other = LongField("范围"), TextField("姓名")
    column(text, other)
    focus_on(text)
    keys(qtbot, text, "a")
    QTest.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    keys(qtbot, text, "b")
    assert text.value() == "a\nb"
    text.put("xyz")
    text.set_caret(99)
    assert (text.value(), text.caret()) == ("xyz", 3)
    text.put(None)
    assert text.value() == ""
    with qtbot.waitSignal(text.left):
        QTest.keyClick(text, Qt.Key.Key_Enter)
    assert other.hasFocus()


def test_its_own_menu_does_not_leave_a_field(qtbot: QtBot, column: Callable[..., QWidget]) -> None:
    field, text, choice = TextField("电话", typed=PHONE), LongField("范围"), Choice("性别", [("m", "男")])
    column(field, text, choice)
    for each in (field, text, choice):
        focus_on(each)
        with qtbot.assertNotEmitted(each.left):
            other = QWidget(each.window(), Qt.WindowType.Popup)
            other.show()
            QApplication.processEvents()
            other.close()
            QApplication.processEvents()


def test_a_choice_is_made_by_number_letter_and_arrow(qtbot: QtBot, column: Callable[..., QWidget]) -> None:
    words = ["食品销售经营者", "餐饮服务经营者", "集中用餐单位食堂", "收购"]
    choice, other = Choice("主体业态", [(word, word) for word in words]), TextField("姓名")
    column(choice, other)
    focus_on(choice)
    assert choice.value() == ""
    told: list[str] = []
    choice.edited.connect(lambda: told.append(choice.value()))
    keys(qtbot, choice, "3")
    keys(qtbot, choice, "9")
    keys(qtbot, choice, "c")
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert told == [words[2], words[1], words[2]]
    choice._sought_at = 0.0
    keys(qtbot, choice, "s")
    keys(qtbot, choice, "p")
    assert choice.value() == words[0]
    choice._sought_at = 0.0
    keys(qtbot, choice, "s")
    keys(qtbot, choice, "s")
    assert choice.value() == words[3]
    keys(qtbot, choice, "q")
    assert choice.value() == words[3]
    QTest.keyClick(choice, Qt.Key.Key_Return)
    assert other.hasFocus()
    choice.set_caret(choice.caret())
    choice.put("无")
    assert choice.value() == ""


def test_a_wheel_over_a_choice_changes_nothing(qtbot: QtBot, column: Callable[..., QWidget]) -> None:
    choice = Choice("性别", [("m", "男"), ("f", "女")])
    column(choice)
    choice.put("m")
    nowhere = QPointF(5, 5)
    down = QWheelEvent(
        nowhere, nowhere, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(choice, down)
    assert choice.value() == "m"
    assert not down.isAccepted()


def test_checks_are_set_by_blank_and_left_by_enter(qtbot: QtBot, column: Callable[..., QWidget]) -> None:
    checks, other = Checks("经营项目", ["甲", "乙", "丙"]), TextField("姓名")
    window = column(checks, other)
    QWidget.setTabOrder(checks.boxes[-1], other)
    focus_on(checks)
    QTest.keyClick(checks.boxes[0], Qt.Key.Key_Space)
    QTest.keyClick(checks.boxes[0], Qt.Key.Key_Tab)
    assert checks.boxes[1].hasFocus()
    assert checks.caret() == 1
    checks.set_caret(2)
    QTest.keyClick(checks.boxes[2], Qt.Key.Key_Space)
    assert checks.value() == ["甲", "丙"]
    assert not window.grab().isNull()
    QTest.keyClick(checks.boxes[2], Qt.Key.Key_Return)
    assert other.hasFocus()
    checks.set_caret(7)
    checks.put(["乙", "丁"])
    assert checks.value() == ["乙"]
    checks.put("乙")
    assert checks.value() == []


def test_a_field_shows_only_what_it_can(qtbot: QtBot, column: Callable[..., QWidget]) -> None:
    field = TextField("姓名")
    column(field)
    field.put(["张三"])
    assert field.value() == ""
    field.say_aside("自动", "auto")
    field.say_aside("")
    focus_on(field)
    field.put("张三")
    field.set_caret(1)
    field.put("李四五")
    assert (field.text(), field.caret()) == ("李四五", 1)


def test_there_is_nowhere_to_go_from_the_only_field(qtbot: QtBot, column: Callable[..., QWidget]) -> None:
    field = TextField("姓名")
    column(field)
    focus_on(field)
    go_on(field)
    assert field.hasFocus()


def options() -> set[str]:
    """Every choice in the sample catalogue's forms."""
    found: set[str] = set()

    def walk(schema: object) -> None:
        if isinstance(schema, dict):
            found.update(each for each in schema.get("enum", ()) if isinstance(each, str))
            for part in schema.values():
                walk(part)

    for item in load_catalogue().items:
        walk(dict(item.form))
    return found


def test_initials_are_those_of_a_dictionary() -> None:
    for words in options():
        said = initials(words)
        spoken = [each for each in words if "\u4e00" <= each <= "\u9fff"]
        readings = pinyin(spoken, style=Style.FIRST_LETTER, heteronym=True)
        assert len(said) == len(readings), words
        assert all(letter in reading for letter, reading in zip(said, readings, strict=True)), words


def test_a_character_without_a_place_has_no_initial() -> None:
    assert initials("𠮷Ａ-3号，") == "3h"
