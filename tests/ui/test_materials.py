"""The list of materials: what each row says, which one is chosen, and what is said of it by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from client.desk.drafting import MaterialMark
from client.desk.sheet import SlotState
from client.rules.identity import Capacity
from client.rules.items import AcceptanceMode, Substitute
from tests.desk.counter import CARD, CLERK, COMPANY, FOOD, HOUSE, Desk, page, sample
from tests.ui.table import Table, click, laid
from ui.clerk.intake.importing import offers
from ui.clerk.intake.marks import Verb
from ui.seat import Seat
from ui.widgets.keys import KeyButton


@pytest.fixture
def table(qtbot: QtBot, seat: Seat, tmp_path: Path) -> Iterator[Table]:
    with laid(qtbot, seat, None, tmp_path / "told.jsonl") as found:
        yield found


def row(table: Table, key: str) -> tuple[str, str, str]:
    found = table.materials.list.rows
    words = found.rows[found.place_of(key)]
    return words.shape, words.state, words.asked


def verdict(table: Table) -> tuple[str, str]:
    """The banner and the box beneath it; empty where they are not in sight."""
    shown = table.materials._verdict
    return (
        shown._verdict.text() if shown._banner.isVisible() else "",
        shown._told.text() if shown._notice.isVisible() else "",
    )


def verbs(table: Table) -> set[Verb]:
    return {verb for verb, button in table.materials._details._verbs.items() if button.isVisible()}


def test_a_clear_table_says_how_to_begin(table: Table) -> None:
    assert table.materials._empty.isVisible()
    assert "F3" in table.materials._empty.text()
    assert table.materials.slot == ""
    assert verdict(table) == ("", "")
    table.press("next_slot")
    table.press("compared")
    assert table.seat.notices.text == ""


def test_each_state_has_its_shape_and_its_words(table: Table, desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=("premises",))
    for key, mark in (
        ("business_licence", MaterialMark(substitute=Substitute.ELICENCE)),
        ("rules_list", MaterialMark(deferred=True)),
        ("power_of_attorney", MaterialMark(defective=True)),
        ("agent_identity", MaterialMark(substitute=Substitute.CARD_READ)),
    ):
        desk.drafting.mark(case_id, CLERK, key, mark)
    table.load(case_id)
    assert row(table, "application") == ("✓", "已齐 1 页", "原件 1 份 · 必要")
    assert row(table, "business_licence") == ("✓", "免提交", "复印件 1 份 · 必要 · 电子证照")
    assert row(table, "premises") == ("○", "缺", "原件 1 份 · 必要")
    assert row(table, "rules_list") == ("◐", "容缺待补", "原件 1 份 · 可容缺 · 受理后 3个工作日内补齐")
    assert row(table, "power_of_attorney") == ("▲", "不符合要求", "原件 1 份 · 委托代理人时必要")
    assert row(table, "agent_identity")[:2] == ("✓", "已齐 1 页")
    assert (table.materials._there.text(), table.materials._deferred.text()) == ("3 / 6 已齐", "容缺 1")


def test_what_needs_no_paper_says_so(table: Table, desk: Desk) -> None:
    case_id = desk.draft(CARD, without=("photo", "application"))
    desk.drafting.mark(case_id, CLERK, "application", MaterialMark(substitute=Substitute.GENERATED))
    table.load(case_id)
    assert row(table, "photo") == ("○", "缺", "电子材料 · 必要")
    assert row(table, "application")[1] == "已齐 由表单生成"


def test_a_row_is_heard_as_it_is_seen(table: Table, desk: Desk) -> None:
    table.load(desk.draft(FOOD, without=("premises",)))
    rows = table.materials.list.rows
    index = rows.index(rows.place_of("premises"))
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith("，缺，原件 1 份 · 必要")
    assert index.data(Qt.ItemDataRole.ToolTipRole) == index.data() == table.slot("premises").material.name
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    assert rows.rowCount(index) == 0


def test_the_first_wanting_material_is_chosen_and_keys_choose_another(table: Table, desk: Desk) -> None:
    chosen: list[str] = []
    table.materials.slot_chosen.connect(chosen.append)
    table.load(desk.draft(FOOD, without=("premises", "power_of_attorney")))
    assert chosen == ["premises"]
    table.press("next_slot")
    assert table.materials.list.hasFocus()
    table.press("next_slot")
    click(table.materials.list, Qt.Key.Key_Up)
    click(table.materials.list, Qt.Key.Key_Down)
    assert chosen == ["premises", "power_of_attorney", "premises", "business_licence", "premises"]
    table.work.put_away()
    table.quiet()
    assert (chosen[-1], table.materials.slot) == ("", "")


def test_a_key_pressed_while_a_case_opens_is_for_all_of_that_case(table: Table, desk: Desk) -> None:
    found: list[str] = []

    def press() -> None:  # before the materials have had their turn
        found.append(table.materials.slot)
        table.press("next_slot")
        found.append(table.materials.slot)

    table.work.changed.connect(lambda _sheet: QTimer.singleShot(0, press))
    table.load(desk.draft(FOOD, without=("premises", "power_of_attorney")))
    assert found == ["", "power_of_attorney"]


def test_where_nothing_is_wanting_the_key_goes_on_to_the_next(table: Table, desk: Desk) -> None:
    table.load(desk.draft(FOOD))
    seen = []
    for _ in range(7):
        seen.append(table.materials.slot)
        table.press("next_slot")
    assert seen[0] == seen[6] == "application"
    assert len(set(seen)) == 6


def test_one_comes_back_to_the_material_one_was_at(table: Table, desk: Desk) -> None:
    table.materials.go_to({"slot": "rules_list", "scan": {"source": "flatbed"}})
    table.load(desk.draft(FOOD, without=("premises",)))
    assert table.materials.slot == "rules_list"
    assert table.materials.place()["slot"] == "rules_list"
    table.materials.go_to({"slot": 3, "scan": None})
    table.materials.choose("nothing of this name")
    assert table.materials.slot == "rules_list"


def test_only_lawful_words_have_a_key(table: Table, desk: Desk) -> None:
    table.load(desk.draft(FOOD, without=("premises", "rules_list")))
    assert verbs(table) == {Verb.DEFECTIVE}
    table.materials.choose("rules_list")
    assert verbs(table) == {Verb.SUBSTITUTE, Verb.DEFER, Verb.DEFECTIVE}
    table.materials.choose("agent_identity")
    assert verbs(table) == {Verb.COMPARED, Verb.SUBSTITUTE, Verb.DEFECTIVE}
    desk.attach(table.case.case_id, "premises")
    desk.attach(table.case.case_id, "rules_list")
    desk.intake.accept(table.case.case_id, CLERK)
    table.load(table.case.case_id)
    assert verbs(table) == set()
    assert verdict(table) == ("", "")


def test_one_word_changes_and_the_others_stand(table: Table, desk: Desk) -> None:
    table.load(desk.draft(HOUSE))
    table.materials.choose("parties_identity")
    assert table.slot("parties_identity").original_returned
    table.press("compared")
    table.press("original_returned")
    table.quiet()
    slot = table.slot("parties_identity")
    assert (slot.compared, slot.original_returned, slot.copies_original, slot.copies_photocopy) == (True, False, 1, 1)
    assert table.materials._details._verbs[Verb.COMPARED].accessibleName() == "✓ 与原件核对无误"
    table.press("defective")
    table.press("defective")
    table.quiet()
    slot = table.slot("parties_identity")
    assert (slot.state, slot.compared) == (SlotState.COMPLETE, True)
    assert (slot.copies_original, slot.copies_photocopy) == (1, 1)


def test_ways_instead_of_paper_come_one_after_another(table: Table, desk: Desk) -> None:
    table.load(desk.draft(COMPANY, without=("residence_proof",)))
    table.materials.choose("residence_proof")
    ways = []
    for _ in range(3):
        table.press("substitute")
        table.quiet()
        slot = table.slot("residence_proof")
        ways.append((slot.substitute, slot.state))
    assert ways == [
        (Substitute.SHARED_DATA, SlotState.WAIVED),
        (Substitute.DECLARATION, SlotState.DECLARED),
        (None, SlotState.MISSING),
    ]
    assert row(table, "residence_proof")[1] == "缺"


def test_what_follows_later_may_be_accepted_and_is_said(table: Table, desk: Desk) -> None:
    table.load(desk.draft(FOOD, without=("rules_list",)))
    assert verdict(table)[0] == "◐ 暂不能受理：缺材料 1 项"
    table.press("defer")
    table.quiet()
    assert table.slot("rules_list").state is SlotState.DEFERRED
    assert verdict(table) == ("✓ 可以容缺受理，承诺办结 2026-03-09", "")


def test_the_copies_are_counted_by_keys(table: Table, desk: Desk) -> None:
    table.load(desk.draft(HOUSE))
    table.materials.choose("parties_identity")
    table.press("copies")
    field = QApplication.focusWidget()
    assert isinstance(field, QSpinBox)
    field.selectAll()
    click(field, Qt.Key.Key_2)
    click(field, Qt.Key.Key_Return)
    table.quiet()
    assert table.slot("parties_identity").copies_original == 2
    table.press("compared")
    table.quiet()
    slot = table.slot("parties_identity")
    assert (slot.copies_original, slot.copies_photocopy, slot.compared) == (2, 1, True)


def test_all_that_is_in_the_way_is_told_and_what_the_notice_would_say(table: Table, desk: Desk) -> None:
    case_id = desk.drafting.open(CLERK, desk.item(FOOD))
    table.load(case_id)
    banner, notice = verdict(table)
    all_of_them = len(table.case.shortcomings)  # as the key of 受理 counts them
    assert banner == f"◐ 暂不能受理：缺材料 4 项；没有申请人；没有经办人（到场人）（共 {all_of_them} 处）"
    assert "F10" in notice
    assert notice.endswith("材料退还申请人或留窗由您选择；收件后告知截止 2026-03-09，逾期视为受理。")


def test_what_is_lacking_and_what_is_not_as_asked_are_counted_apart(table: Table, desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=("rules_list",))
    desk.drafting.mark(case_id, CLERK, "premises", MaterialMark(defective=True))
    table.load(case_id)
    assert verdict(table)[0] == "◐ 暂不能受理：缺材料 1 项；不符合要求的材料 1 项"


def test_a_law_that_knows_no_correction_offers_none(table: Table, desk: Desk) -> None:
    table.load(desk.draft(HOUSE, without=("contract",)))
    assert table.case.asks_correction is False
    assert verdict(table)[1] == ""


def test_what_a_department_accepts_is_not_promised_here(table: Table, desk: Desk) -> None:
    item = desk.item(FOOD).model_copy(update={"acceptance_mode": AcceptanceMode.DEPARTMENT, "version": 99})
    table.load(desk.drafting.open(CLERK, item))
    assert verdict(table)[0].startswith("◐ 还差：")


@pytest.mark.parametrize("typed", ["{path}", ' "{path}" '])
def test_a_file_comes_in_by_its_path(table: Table, desk: Desk, tmp_path: Path, typed: str) -> None:
    file = tmp_path / "布局图.jpg"
    file.write_bytes(page(1))
    table.load(desk.draft(FOOD, without=("premises",)))
    table.press("import_page")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.setText(typed.format(path=file))
    click(field, Qt.Key.Key_Return)
    table.quiet()
    assert table.names("premises") == ["布局图.jpg"]
    assert not field.isVisible()


def test_a_file_that_cannot_be_read_is_named(table: Table, desk: Desk, tmp_path: Path) -> None:
    table.load(desk.draft(FOOD, without=("premises",)))
    table.materials._import([tmp_path / "没有.jpg"])
    table.quiet()
    assert "读不到文件“没有.jpg”" in table.seat.notices.text
    assert table.names("premises") == []


def test_the_path_is_offered_and_esc_puts_the_line_away(table: Table, desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "材料"
    folder.mkdir()
    for name in ("一.jpg", "二.pdf", "三.txt"):
        (folder / name).write_bytes(b"")
    assert [Path(each).name for each in offers(folder)] == ["一.jpg", "二.pdf"]
    assert offers(folder / "gone") == []
    table.load(desk.draft(FOOD, without=("premises",)))
    table.press("import_page")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    click(field, Qt.Key.Key_Return)
    assert not field.isVisible()
    table.press("import_page", table.form)
    table.materials._importing._look_up(f"{folder}/")
    table.quiet()
    assert len(table.materials._importing._offers.stringList()) == 2
    click(field, Qt.Key.Key_A)
    click(field, Qt.Key.Key_Escape)
    assert not field.isVisible()


def test_files_are_dropped_one_after_another(table: Table, desk: Desk, tmp_path: Path) -> None:
    table.load(desk.draft(FOOD, without=("premises",)))
    files = [tmp_path / f"{number}.jpg" for number in (1, 2, 3)]
    for number, file in enumerate(files):
        file.write_bytes(sample() + bytes([number]))
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    action, button, held = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(table.materials.rect().center(), action, dragged, button, held)
    table.materials.dragEnterEvent(entered)
    assert entered.isAccepted()
    table.materials.dropEvent(QDropEvent(QPointF(9, 9), action, dragged, button, held))
    table.quiet()
    table.qtbot.waitUntil(lambda: table.names("premises") == ["1.jpg", "2.jpg", "3.jpg"])


def test_nothing_but_files_is_taken(table: Table) -> None:
    dragged = QMimeData()
    dragged.setText("words")
    action, button, held = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(table.materials.rect().center(), action, dragged, button, held)
    entered.ignore()
    table.materials.dragEnterEvent(entered)
    assert not entered.isAccepted()


@pytest.mark.parametrize("size", [(1290, 620), (760, 460)])
def test_everything_has_its_room(table: Table, desk: Desk, size: tuple[int, int]) -> None:
    table.load(desk.draft(FOOD, without=("premises", "rules_list"), capacity=Capacity.AGENT))
    table.window.resize(*size)
    QApplication.processEvents()
    for part in (table.materials._details, table.materials._verdict, table.materials.scanning):
        assert part.height() >= part.sizeHint().height() or part.height() >= part.heightForWidth(part.width())
    for button in table.materials.findChildren(KeyButton):
        if button.isVisible():
            inside = button.mapTo(table.materials, button.rect().bottomRight())
            assert table.materials.rect().contains(inside), button.accessibleName()
    assert table.materials.list.height() >= table.materials.list.minimumSizeHint().height()


def test_a_count_that_is_half_typed_is_of_the_material_it_was_typed_for(table: Table, desk: Desk) -> None:
    table.load(desk.draft(HOUSE))
    table.materials.choose("parties_identity")
    table.press("copies")
    field = QApplication.focusWidget()
    assert isinstance(field, QSpinBox)
    field.selectAll()
    click(field, Qt.Key.Key_7)
    table.press("next_slot")
    table.quiet()
    assert {slot.material.key for slot in table.case.slots if slot.copies_original == 7} == {"parties_identity"}
    assert field.value() == table.slot(table.materials.slot).copies_original


def test_a_file_that_comes_late_is_not_put_into_another_case(table: Table, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "布局图.jpg"
    file.write_bytes(page(1))
    first, second = desk.draft(FOOD, without=("premises",)), desk.draft(FOOD, without=("premises",))
    table.load(first)
    table.materials._import([file, file])
    table.work.put_away()
    table.work.load(second)
    table.quiet()
    assert table.names("premises") == []
    assert "2 个文件没有导入" in table.seat.notices.text
    assert desk.record(first).slots.get("premises") is None
