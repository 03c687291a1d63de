"""The exported list: every entry once, as the page says it, and nothing of anybody in it."""

import csv
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from client.desk import outbox_sheet
from client.desk.outbox_sheet import HEADINGS, OutboxSheet
from client.desk.sending import Sending, Show
from client.errors import Cancelled, StoreError
from client.ports.platform import EventAnswer, Verdict
from tests.desk.counter import CLERK, FOOD, MORNING, SUPERVISOR, Desk


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Four cases: one arrived, one refused, one set aside, one delayed; what was said of them names a person."""
    for _ in range(4):
        desk.intake.receive(desk.draft(FOOD), CLERK)
    box = desk.memory.outbox()
    events = [event.event_id for event in box.due(MORNING, 9)]
    box.answered(
        [
            EventAnswer(events[0], Verdict.ACCEPTED, ack="=HYPERLINK(1)"),
            EventAnswer(events[1], Verdict.REFUSED, code="number-taken", reason="与张三的办件重复"),
            EventAnswer(events[2], Verdict.REFUSED, code="number-taken", reason="与张三的办件重复"),
        ],
        MORNING,
    )
    Sending(desk.counter).hold(events[2], SUPERVISOR, "张三要求等一等")
    box.delay([events[3]], MORNING + timedelta(minutes=2), "连不上")
    return desk


def exported(desk: Desk, show: Show = Show.ALL, kind: str | None = None) -> tuple[Path, list[list[str]]]:
    sheet = OutboxSheet(desk.counter, show, kind)
    target = sheet.begin(desk.profile.folder, CLERK)
    count = sheet.write(target)
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == count + 1
    return target, rows


def test_every_entry_is_a_row_as_the_page_says_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox_sheet, "PAGE", 2)
    target, (headings, *rows) = exported(desk)
    assert tuple(headings) == HEADINGS
    assert [row[3] for row in rows] == ["待上传", "已搁置", "平台未接收", "平台已接收"]
    assert [row[0] for row in rows] == [desk.record(case_id).number for case_id in (4, 3, 2, 1)]
    assert [row[5] for row in rows] == ["", "number-taken", "number-taken", ""]
    assert rows[0][6:] == ["1", "2026-03-02 09:32:00", ""]
    assert rows[3][4] == "'=HYPERLINK(1)"  # no formula
    assert rows[3][8] == "2026-03-02 09:30:00"
    assert target.name == "上传记录-20260302-093000.csv"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert desk.audited("export_outbox") == [(CLERK.staff_no, target.name, "done")]


def test_it_holds_nothing_of_a_person(desk: Desk) -> None:
    target, _ = exported(desk)
    text = target.read_text(encoding="utf-8")
    record = desk.record(1)
    assert record.applicant is not None
    for personal in (record.applicant.name, record.applicant.identifier, record.applicant.phone, "张三"):
        assert personal not in text


def test_the_filter_of_the_page_is_that_of_the_file(desk: Desk) -> None:
    assert [row[3] for row in exported(desk, Show.UNSETTLED)[1][1:]] == ["待上传", "已搁置", "平台未接收"]
    assert len(exported(desk, Show.ALL, "case.accepted")[1]) == 1


def test_taken_back_it_leaves_no_half_file(desk: Desk) -> None:
    sheet = OutboxSheet(desk.counter)
    target = sheet.begin(desk.profile.folder, CLERK)
    with pytest.raises(Cancelled):
        sheet.write(target, cancelled=lambda: True)
    assert list(target.parent.iterdir()) == []


def test_a_disk_that_takes_nothing_is_told(desk: Desk) -> None:
    sheet = OutboxSheet(desk.counter)
    target = sheet.begin(desk.profile.folder, CLERK)
    target.parent.write_text("in the way")
    with pytest.raises(StoreError):
        sheet.write(target)
