"""The list of the 同步 page by state and kind, and taken along as a file; by keys alone."""

import csv
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from client.desk.outbox_sheet import OutboxSheet
from client.errors import StoreError
from client.ports.platform import Verdict
from client.store import faults
from tests.desk.counter import CLERK, FOOD, Desk
from tests.desk.crowd import crowd
from tests.ui.listing import Shown, platform_says, shown
from ui.clerk.sending import SendingPage
from ui.page import at_once
from ui.seat import Seat

Page = Shown[SendingPage]


@pytest.fixture
def sending(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget) -> Iterator[Page]:
    """Three cases taken in and one accepted: one event arrived, one refused, two wait."""
    for _ in range(3):
        desk.intake.receive(desk.draft(FOOD), CLERK)
    platform_says(desk, Verdict.ACCEPTED, Verdict.REFUSED)
    desk.intake.accept(3, CLERK)
    with shown(qtbot, desk, seat, frame, at_once(SendingPage.making(seat))) as found:
        yield found


def rows(sending: Page) -> list[tuple[str, str]]:
    return [(line.texts[1], line.texts[3].partition("（")[0]) for line in sending.page.table.lines.lines]


def files(desk: Desk) -> list[Path]:
    return sorted((desk.profile.folder / "exports").glob("*.csv"))


def test_the_list_is_filtered_by_state_and_kind(sending: Page) -> None:
    assert rows(sending) == [
        ("受理", "● 待上传"),
        ("收件", "● 待上传"),
        ("收件", "▲ 平台未接收"),
        ("收件", "✓ 平台已接收"),
    ]
    sending.press("search")
    assert QApplication.focusWidget() is sending.page.states
    sending.hit("Down")
    assert sending.page.states.currentText() == "平台还没有接收的"
    assert [state for _, state in rows(sending)] == ["● 待上传", "● 待上传", "▲ 平台未接收"]
    sending.hit("Down")
    assert [state for _, state in rows(sending)] == ["● 待上传", "● 待上传"]
    sending.hit("Tab")
    assert QApplication.focusWidget() is sending.page.kinds
    sending.hit("Down", "Down")
    assert sending.page.kinds.currentText() == "受理"
    assert rows(sending) == [("受理", "● 待上传")]
    assert sending.page._count.text() == "1 条"


def test_the_page_opens_with_the_filter_its_user_had(sending: Page) -> None:
    sending.press("search")
    sending.hit("End")
    place = sending.page.place()
    assert place["state"] == "stored"
    sending.hit("Home")
    sending.page.go_to(place)
    sending.quiet()
    assert rows(sending) == [("收件", "✓ 平台已接收")]
    sending.page.go_to({"state": "nothing of ours", "kind": 7})
    sending.quiet()
    assert len(rows(sending)) == 4


def test_a_filtered_list_grows_as_one_scrolls(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget) -> None:
    crowd(desk, 70)
    with shown(qtbot, desk, seat, frame, at_once(SendingPage.making(seat))) as sending:
        sending.press("search")
        sending.hit("End")
        sending.page.table.setFocus()
        assert len(rows(sending)) == 50
        sending.hit("Ctrl+End")
        sending.until(lambda: len(rows(sending)) == 70)


def test_the_list_in_sight_is_taken_along_as_a_file(sending: Page) -> None:
    sending.press("search")
    sending.hit("Down")
    sending.press("export_list")
    sending.until(lambda: "已导出 3 条，没有个人信息" in sending.notice)
    (file,) = files(sending.desk)
    assert file.name in sending.notice
    with file.open(encoding="utf-8-sig", newline="") as found:
        assert [row[3] for row in csv.reader(found)][1:] == ["待上传", "待上传", "平台未接收"]


def test_an_export_that_takes_long_is_one_at_a_time_and_can_be_taken_back(
    sending: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    pages = OutboxSheet._pages

    def slowly(sheet: OutboxSheet) -> Iterator[object]:
        begun.set()
        assert go_on.wait(10)
        yield from pages(sheet)

    monkeypatch.setattr(OutboxSheet, "_pages", slowly)
    sending.page.export.press()
    sending.until(begun.is_set)
    sending.page.export.press()
    sending.page.export._take_back()
    go_on.set()
    sending.quiet()
    assert files(sending.desk) == []
    assert len(sending.desk.audited("export_outbox")) == 1
    monkeypatch.undo()
    sending.press("export_list")
    sending.until(lambda: len(files(sending.desk)) == 1)


def test_a_disk_that_is_full_is_told_and_it_can_be_tried_again(sending: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object, **_named: object) -> int:
        raise StoreError(faults.FULL, what="上传记录")

    monkeypatch.setattr(OutboxSheet, "write", full)
    sending.press("export_list")
    assert StoreError(faults.FULL, what="上传记录").title in sending.notice
    monkeypatch.undo()
    sending.press("export_list")
    sending.until(lambda: len(files(sending.desk)) == 1)


def test_a_window_left_alone_asks_who_it_is(sending: Page) -> None:
    sending.desk.clock.move(hours=1)
    sending.press("export_list")
    assert files(sending.desk) == []
    assert sending.desk.audited("export_outbox") == []
