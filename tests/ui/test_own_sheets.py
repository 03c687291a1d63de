"""The window's own sheets on 值班: made by key from what the store knows, and sent to the printer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client.desk.staff import Staff
from client.ports.printer import Printout, Taken
from client.ports.sheets import DayClose, ShiftHandOver, WindowSheet
from printing.papers.window_sheets import drawn
from printing.simulated import SimulatedPrinter
from tests.desk.counter import SUPERVISOR, Desk
from tests.ui.listing import Shown, shown
from ui.seat import Seat
from ui.supervisor.duty import DutyPage


class Paper(SimulatedPrinter):
    """A printer that keeps what it gets, and the press before it."""

    def __init__(self) -> None:
        super().__init__(pace=0.0)
        self.drawn: list[WindowSheet] = []
        self.printed: list[str] = []

    def draw(self, sheet: WindowSheet) -> bytes:
        self.drawn.append(sheet)
        return drawn(sheet)

    def submit(self, printout: Printout) -> Taken:
        self.printed.append(printout.title)
        return super().submit(printout)


@pytest.fixture
def clerk() -> Staff:
    return SUPERVISOR


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def two_days_later(desk: Desk) -> None:
    desk.clock.set(3, 4)


@pytest.fixture
def duty(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, paper: Paper) -> Iterator[Shown[DutyPage]]:
    at = replace(seat, hands=replace(seat.hands, printer=paper, draw=paper.draw))
    with shown(qtbot, desk, at, frame, DutyPage(at)) as found:
        yield found


def test_the_day_is_closed_by_one_key(duty: Shown[DutyPage], paper: Paper) -> None:
    duty.press("day_sheet")
    duty.quiet()
    (sheet,) = paper.drawn
    assert isinstance(sheet, DayClose)
    assert paper.printed == ["日终核对单"]
    assert "已送打印机" in duty.notice


@pytest.mark.usefixtures("two_days_later")
def test_a_day_that_is_over_is_chosen_by_key(duty: Shown[DutyPage], paper: Paper) -> None:
    duty.press("day_before_sheet")
    duty.quiet()
    assert duty.page.ask.field.text() == "2026-03-03"
    duty.hit("Down", "Return")
    duty.quiet()
    (sheet,) = paper.drawn
    assert isinstance(sheet, DayClose)
    assert sheet.day == date(2026, 3, 2)  # the store's first
    assert paper.printed == ["日终核对单"]


def test_a_day_without_records_is_refused_and_nothing_printed(duty: Shown[DutyPage], paper: Paper) -> None:
    for told, word in (("", ""), ("昨天", "不是日期"), ("2999-01-01", "还没有到")):
        duty.press("day_before_sheet")
        duty.quiet()
        duty.page.ask.field.setText(told)
        duty.hit("Return")
        duty.quiet()
        assert word in duty.notice
    assert paper.drawn == []


def test_a_shift_goes_to_whom_is_named(duty: Shown[DutyPage], paper: Paper) -> None:
    duty.press("shift_sheet")
    duty.quiet()
    duty.page.ask.field.setText("李四")
    duty.hit("Return")
    duty.quiet()
    (sheet,) = paper.drawn
    assert isinstance(sheet, ShiftHandOver)
    assert sheet.taken_over_by == "李四"
    assert paper.printed == ["交接班单"]


def test_nobody_named_prints_nothing(duty: Shown[DutyPage], paper: Paper) -> None:
    duty.press("shift_sheet")
    duty.quiet()
    duty.page.ask.field.clear()
    duty.hit("Return")
    duty.quiet()
    assert paper.drawn == []


def test_without_a_printer_it_is_told(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, paper: Paper) -> None:
    at = replace(seat, hands=replace(seat.hands, draw=paper.draw))
    with shown(qtbot, desk, at, frame, DutyPage(at)) as duty:
        duty.press("day_sheet")
        duty.quiet()
        assert "没有设置打印机" in duty.notice
        assert paper.drawn == []
