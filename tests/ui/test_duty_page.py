"""The 值班 page: the worst first, each with the verb that mends it; and a backup, for who may."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from client.desk.drafting import MaterialMark
from client.desk.safekeeping import Safekeeping
from client.desk.sending import Sending
from client.desk.staff import Staff
from client.desk.today import ToDo, ToDoKind
from client.ports.platform import Verdict
from client.ports.printer import JobReport, PrintOrder, PrintState
from client.rules.items import Necessity
from devices.keys.simulated import SimulatedKeys
from tests.desk.counter import ADMINISTRATOR, CLERK, FOOD, SUPERVISOR, Desk
from tests.ui.conftest import StillSender
from tests.ui.listing import Shown, platform_says, printer_says, shown
from ui.seat import Seat
from ui.supervisor.duty import DutyPage

Duty = Shown[DutyPage]


@pytest.fixture
def clerk(request: pytest.FixtureRequest) -> Staff:
    return getattr(request, "param", SUPERVISOR)


@pytest.fixture
def duty(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget) -> Iterator[Duty]:
    with shown(qtbot, desk, seat, frame, DutyPage(seat)) as found:
        yield found


def kinds(duty: Duty) -> list[ToDoKind]:
    return [line.row.kind for line in duty.page.table.lines.lines]


def look(duty: Duty) -> None:
    duty.page.refresh()
    duty.quiet()


def choose(duty: Duty, kind: ToDoKind) -> ToDo:
    """Go to the first row of that kind."""
    look(duty)
    line = next(line for line in duty.page.table.lines.lines if line.row.kind is kind)
    duty.page.table.choose(line.key)
    duty.quiet()
    duty.page.table.setFocus()
    return line.row


def accepted(desk: Desk) -> int:
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    return case_id


def test_an_idle_day_is_calm(duty: Duty) -> None:
    assert duty.page.cards.said("today") == "今日收件 / 受理 0 / 0 补正 0 · 不予 0"
    assert duty.page.banner.text == ""
    assert kinds(duty) == []
    duty.hit("Return")
    duty.press("mend_worst", "open_case", "came_out")
    assert duty.went == []


def test_the_figures_and_the_worst_of_the_day(duty: Duty, desk: Desk) -> None:
    accepted(desk)
    desk.intake.receive(desk.draft(FOOD), CLERK)
    desk.draft(FOOD)
    platform_says(desk, Verdict.REFUSED)
    desk.render()
    look(duty)
    assert duty.page.cards.said("today").startswith("今日收件 / 受理 2 / 1")
    assert duty.page.cards.said("waiting").startswith("待上传 3 最早 03-02 09:30")
    assert duty.page.cards.said("refused").startswith("平台未接收 1")
    assert duty.page.cards.said("seal").startswith("待用印 1")
    assert duty.page.cards.said("unprinted").startswith("待打印 2")
    assert duty.page.cards.said("drafts").startswith("草稿 1")
    number = desk.record(1).number
    assert duty.page.banner.text == f"▲ 平台未接收 1 件：{number} 受理：平台未接收（事项版本过旧）"
    assert kinds(duty)[0] is ToDoKind.REFUSED


def test_the_worst_is_mended_by_its_key(duty: Duty, desk: Desk) -> None:
    accepted(desk)
    platform_says(desk, Verdict.REFUSED)
    look(duty)
    duty.press("mend_worst")
    assert "已重新排队上传" in duty.notice
    assert desk.memory.outbox().counts().refused == 0
    look(duty)
    assert ToDoKind.REFUSED not in kinds(duty)


def test_what_waits_is_sent_at_once(duty: Duty, desk: Desk) -> None:
    accepted(desk)
    choose(duty, ToDoKind.UNSENT)
    duty.hit("Return")
    assert isinstance(duty.seat.hands.sender, StillSender)
    assert duty.seat.hands.sender.told == ["link_up"]


def test_what_is_held_back_stays_in_sight_and_is_let_go(duty: Duty, desk: Desk) -> None:
    accepted(desk)
    (event,) = desk.memory.outbox().due(desk.clock(), 9)
    Sending(desk.counter).hold(event.event_id, SUPERVISOR, "等答复")
    choose(duty, ToDoKind.HELD)
    assert duty.page.cards.said("waiting").startswith("待上传 1 其中留下 1 · 最早 03-02 09:30")
    assert "暂不上传（等答复）" in duty.page._more.text()
    duty.hit("Return")
    assert "已恢复上传" in duty.notice
    assert len(desk.memory.outbox().due(desk.clock(), 9)) == 1
    look(duty)
    assert duty.page.cards.said("waiting").startswith("待上传 1 最早")


@pytest.fixture
def low(desk: Desk) -> None:
    """Numbers are leased, and none has come yet."""
    desk.configure(paper_block=10)


@pytest.mark.usefixtures("low")
def test_numbers_that_run_out_are_warned_of_and_asked_for(duty: Duty) -> None:
    row = choose(duty, ToDoKind.NUMBERS_LOW)
    assert "号段剩0个" in row.words
    assert duty.page.banner.text == f"◐ 文书编号将尽：{row.words}"
    duty.page._open_case()  # it is about no case
    assert duty.went == []
    duty.hit("Return")
    assert isinstance(duty.seat.hands.sender, StillSender)
    assert duty.seat.hands.sender.told == ["link_up"]


def asked(duty: Duty) -> list[int]:
    """How often papers were asked for."""
    found: list[int] = []
    duty.seat.bell.papers_asked.connect(lambda: found.append(1))
    return found


def test_a_print_that_failed_is_sent_again(duty: Duty, desk: Desk) -> None:
    accepted(desk)
    printer_says(desk, PrintState.FAILED, "缺纸")
    rounds = asked(duty)
    choose(duty, ToDoKind.PRINT_FAILED)
    duty.hit("Return")
    assert [order.reprint_no for order in asked_of(desk)] == [0]
    assert rounds == [1]
    assert "已再次送打印机" in duty.notice


def test_enter_is_not_for_a_row_that_took_anothers_place_just_now(duty: Duty, desk: Desk) -> None:
    accepted(desk)
    desk.render()
    meant = choose(duty, ToDoKind.UNPRINTED)
    assert meant.paper_id is not None
    desk.prints.ask([meant.paper_id], CLERK)
    look(duty)
    other = duty.page.table.row
    assert other is not None
    assert other.kind is ToDoKind.AWAITING_SEAL
    duty.hit("Return")
    assert duty.page.ask.isHidden()
    duty.qtbot.wait(500)
    duty.hit("Return")
    assert duty.page.ask.isVisible()


def asked_of(desk: Desk) -> Sequence[PrintOrder]:
    return desk.memory.prints(desk.clock).asked()


def test_a_paper_nobody_asked_for_is_printed(duty: Duty, desk: Desk) -> None:
    accepted(desk)
    desk.render()
    choose(duty, ToDoKind.UNPRINTED)
    duty.hit("Return")
    assert len(asked_of(desk)) == 1


def test_a_printer_that_waits_for_somebody_is_looked_at(duty: Duty, desk: Desk) -> None:
    accepted(desk)
    printer_says(desk, PrintState.STOPPED, "卡纸")
    rounds = asked(duty)
    choose(duty, ToDoKind.PRINT_STUCK)
    duty.hit("Return")
    assert "卡纸" in duty.notice
    assert rounds == [1]


@pytest.mark.parametrize(("act", "waiting"), [("came_out", []), ("not_out", [1])])
def test_of_a_sheet_in_doubt_a_person_says_what_became_of_it(
    duty: Duty, desk: Desk, act: str, waiting: list[int]
) -> None:
    accepted(desk)
    printer_says(desk, PrintState.UNKNOWN)
    choose(duty, ToDoKind.PRINT_UNKNOWN)
    duty.hit("Return")
    assert "请看打印机上有没有这一份" in duty.notice
    assert QApplication.focusWidget() is duty.page.came_out
    duty.press(act)
    assert [line.reprint_no for line in desk.prints.waiting()] == waiting


def test_the_seal_is_entered_with_its_usual_name(duty: Duty, desk: Desk) -> None:
    accepted(desk)
    desk.render()
    choose(duty, ToDoKind.AWAITING_SEAL)
    duty.hit("Return")
    assert duty.page.ask.field.text() == "行政许可专用章"
    duty.hit("Return")
    assert "已登记用印" in duty.notice
    look(duty)
    assert ToDoKind.AWAITING_SEAL not in kinds(duty)


def test_with_keys_the_page_of_seals_is_one_key_away(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget) -> None:
    accepted(desk)
    desk.render()
    seat = replace(seat, hands=replace(seat.hands, keys=SimulatedKeys(pace=0)))
    with shown(qtbot, desk, seat, frame, DutyPage(seat)) as duty:
        owed = choose(duty, ToDoKind.AWAITING_SEAL)
        duty.press("seal_by_key")
        assert duty.went == [("seals", {"part": 0, "paper": owed.paper_id, "pin": True})]


def test_a_seal_without_a_name_is_none(duty: Duty, desk: Desk) -> None:
    accepted(desk)
    desk.render()
    choose(duty, ToDoKind.AWAITING_SEAL)
    duty.hit("Return", "Ctrl+A", "Del", "Return")
    look(duty)
    assert ToDoKind.AWAITING_SEAL in kinds(duty)


def test_what_only_the_case_itself_mends_is_opened(duty: Duty, desk: Desk) -> None:
    item = desk.item(FOOD)
    key = next(m.key for m in item.materials if m.necessity is Necessity.DEFERRABLE)
    case_id = desk.draft(FOOD, without=[key])
    desk.drafting.mark(case_id, CLERK, key, MaterialMark(deferred=True))
    desk.intake.accept(case_id, CLERK)
    desk.clock.set(3, 20)
    choose(duty, ToDoKind.DEFERRAL_DUE)
    duty.page._mend()
    assert duty.went == [("intake", {"case_id": case_id})]
    duty.press("open_case")
    assert len(duty.went) == 2


def test_a_window_left_alone_asks_who_it_is(duty: Duty, desk: Desk) -> None:
    accepted(desk)
    platform_says(desk, Verdict.REFUSED)
    choose(duty, ToDoKind.REFUSED)
    desk.clock.move(hours=1)
    locks: list[bool] = []
    duty.seat.bell.lock.connect(lambda: locks.append(True))
    duty.hit("Return")
    assert locks == [True]
    assert desk.memory.outbox().counts().refused == 1


def test_a_supervisor_has_no_backup(duty: Duty) -> None:
    assert duty.page.backup is None


def back_up(duty: Duty, path: str) -> None:
    assert duty.page.backup is not None
    duty.page.backup.path.setFocus()
    duty.page.backup.path.put(path)
    duty.press("back_up")


@pytest.mark.parametrize("clerk", [ADMINISTRATOR], indirect=True)
def test_an_administrator_carries_the_window_away(duty: Duty, desk: Desk, tmp_path: Path) -> None:
    accepted(desk)
    back_up(duty, str(tmp_path / "window.backup"))
    assert "备份已写好并核对过：window.backup" in duty.notice
    assert (tmp_path / "window.backup").is_file()
    assert desk.audited("back_up") == [("9001", "window.backup", "done")]
    back_up(duty, str(tmp_path / "window.backup"))
    assert "STORE" in duty.seat.notices._code.text()  # the file is there already
    assert duty.page.backup is not None
    assert duty.page.backup.course.isHidden()


@pytest.mark.parametrize("clerk", [ADMINISTRATOR], indirect=True)
def test_a_backup_wants_a_place(duty: Duty, desk: Desk, tmp_path: Path) -> None:
    for path in ("", "window.backup"):
        back_up(duty, path)
        assert "请填写备份文件的完整路径" in duty.notice
    back_up(duty, str(tmp_path / "stick" / "window.backup"))
    assert "没有目录" in duty.notice
    desk.clock.move(hours=1)
    back_up(duty, str(tmp_path / "window.backup"))
    assert desk.audited("back_up") == []


def halted(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """Backups stop after their first step: (it is there, go on)."""
    there, go_on = threading.Event(), threading.Event()
    carry = Safekeeping.carry_away

    def slow(
        keeping: Safekeeping, target: Path, told: Callable[[int, int], object], cancelled: Callable[[], bool]
    ) -> object:
        def tell(done: int, total: int) -> None:
            told(done, total)
            there.set()
            go_on.wait(10)

        return carry(keeping, target, tell, cancelled)

    monkeypatch.setattr(Safekeeping, "carry_away", slow)
    return there, go_on


@pytest.mark.parametrize("clerk", [ADMINISTRATOR], indirect=True)
def test_a_backup_shows_how_far_it_is_and_is_taken_back(
    duty: Duty, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(desk)
    there, go_on = halted(monkeypatch)
    panel = duty.page.backup
    assert panel is not None
    panel.path.put(str(tmp_path / "window.backup"))
    panel._button.click()
    duty.until(there.is_set)
    duty.until(lambda: panel.course.told.startswith("1 / "))
    panel._button.click()  # one at a time
    panel.course.stop.click()
    go_on.set()
    duty.quiet()
    assert "备份已取消" in duty.notice
    assert panel.course.isHidden()
    assert not (tmp_path / "window.backup").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".yichuang")] == []


@pytest.mark.parametrize("clerk", [ADMINISTRATOR], indirect=True)
def test_a_backup_goes_on_when_the_window_locks(
    qtbot: QtBot,
    desk: Desk,
    seat: Seat,
    frame: QWidget,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    accepted(desk)
    there, go_on = halted(monkeypatch)
    page = DutyPage(seat)
    page.show()
    assert page.backup is not None
    page.backup.path.put(str(tmp_path / "window.backup"))
    page.backup._button.click()
    qtbot.waitUntil(there.is_set, timeout=10_000)
    page.deleteLater()
    QApplication.processEvents()
    go_on.set()
    qtbot.waitUntil(lambda: seat.tasks.underway == 0, timeout=10_000)
    assert "备份已写好" in seat.notices.text
    assert (tmp_path / "window.backup").is_file()


def test_a_report_of_the_printer_is_seen_without_a_key(duty: Duty, desk: Desk) -> None:
    accepted(desk)
    printer_says(desk, PrintState.PRINTING)
    look(duty)
    assert kinds(duty).count(ToDoKind.PRINT_FAILED) == 0
    desk.memory.prints(desk.clock).reported(1, 0, JobReport(PrintState.FAILED, "缺纸"))
    duty.until(lambda: ToDoKind.PRINT_FAILED in kinds(duty))
