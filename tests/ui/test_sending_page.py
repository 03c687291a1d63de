"""The 同步 page: the truth of each entry in words, and what a person may do about it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from client.desk.sending import Counts, OutboxState, Sending, Show
from client.desk.staff import Staff
from client.errors import Fault
from client.ports.link import LinkState, Trouble
from client.ports.platform import Verdict
from sync.faults import CLONED, SIGNED_OUT, Stopped
from tests.desk.counter import CLERK, FOOD, MORNING, SUPERVISOR, Desk
from tests.desk.crowd import crowd
from tests.ui.conftest import StillSender
from tests.ui.listing import Shown, platform_says, shown
from ui.clerk.entry_words import BEHIND, advice_on
from ui.clerk.link_panel import LinkPanel, link_words
from ui.clerk.sending import SendingPage, _entries
from ui.page import at_once
from ui.seat import Seat
from ui.widgets.chips import Tone
from ui.widgets.times import short_time, span, time_left

Page = Shown[SendingPage]
SINCE = MORNING - timedelta(hours=1, minutes=26)
ERROR = "PLAT-unreachable 连接不上平台（platform.example）"


@pytest.fixture
def told(desk: Desk) -> list[int]:
    """Five cases were taken in; of the oldest the platform said something: their ids."""
    cases = [desk.draft(FOOD) for _ in range(5)]
    for case_id in cases:
        desk.intake.receive(case_id, CLERK)
    platform_says(desk, Verdict.ACCEPTED, Verdict.REFUSED, None, Verdict.ACCEPTED)
    return cases


@pytest.fixture
def clerk(request: pytest.FixtureRequest) -> Staff:
    return getattr(request, "param", SUPERVISOR)


@pytest.fixture
def sender(seat: Seat) -> StillSender:
    assert isinstance(seat.hands.sender, StillSender)
    return seat.hands.sender


@pytest.fixture
def sending(qtbot: QtBot, desk: Desk, told: list[int], seat: Seat, frame: QWidget) -> Iterator[Page]:
    with shown(qtbot, desk, seat, frame, at_once(SendingPage.making(seat))) as found:
        yield found


def look(sending: Page) -> None:
    sending.page.refresh()
    sending.quiet()


def states(sending: Page) -> list[str]:
    return [line.texts[3] for line in sending.page.table.lines.lines]


def advice(sending: Page) -> list[str]:
    return [advice_on(line.row, MORNING.date()) for line in sending.page.table.lines.lines]


def test_each_entry_says_what_became_of_it_the_unsettled_first(sending: Page) -> None:
    assert states(sending) == [
        "● 待上传",
        "◐ 结果待核实",
        "▲ 平台未接收（事项版本过旧）",
        "✓ 平台已接收（回执7）",
        "✓ 平台已接收（回执7）",
    ]
    assert advice(sending) == [
        "无需操作，稍后自动上传",
        "无需操作，先向平台核实，不会重复上传",
        "按原因处理后由值班长重新上传",
        "",
        "",
    ]
    assert all(line.texts[1] == "收件" for line in sending.page.table.lines.lines)


def test_the_next_try_is_told(sending: Page, desk: Desk) -> None:
    (event,) = desk.memory.outbox().due(MORNING, 1)
    desk.memory.outbox().delay([event.event_id], MORNING + timedelta(minutes=2), ERROR)
    sending.until(lambda: advice(sending)[0] == "已试 1 次，03-02 09:32 后自动再试")
    assert sending.page.table.lines.lines[0].texts[4] == "1"
    assert ERROR in sending.page.detail.text
    assert f"最近一次问题：{ERROR}" in sending.page.link.text


def test_what_waits_for_a_refused_one_says_so_and_what_to_do(sending: Page, desk: Desk, told: list[int]) -> None:
    desk.intake.accept(told[1], CLERK)
    look(sending)
    _, what, _, state, _ = sending.page.table.lines.lines[0].texts
    assert (what, state) == ("受理", "◐ 待上传（排在平台未接收的之后）")
    assert advice(sending)[0] == BEHIND[OutboxState.REFUSED]


def test_no_entry_is_lost_between_two_pages(desk: Desk, told: list[int]) -> None:
    box = Sending(desk.counter)
    for size in range(1, 7):
        seen, more = list[int](), None
        while True:
            found = _entries(box, Show.ALL, None, more, size)
            seen += [entry.case_id for entry in found.rows]
            more = found.more
            if more is None:
                break
        assert seen == [told[4], told[2], told[1], told[3], told[0]]


def test_many_entries_come_as_one_scrolls(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget) -> None:
    crowd(desk, 120)
    desk.intake.receive(desk.draft(FOOD), CLERK)
    with shown(qtbot, desk, seat, frame, at_once(SendingPage.making(seat))) as sending:
        assert (len(states(sending)), states(sending)[0]) == (50, "● 待上传")
        for expected in (100, 121):
            sending.hit("Ctrl+End")
            sending.until(lambda expected=expected: len(states(sending)) == expected)  # type: ignore[misc] # bound now
        assert sending.page._count.text() == "121 条"


def test_the_head_line_says_how_many_wait_and_since_when(sending: Page) -> None:
    said = sending.page.link.text
    for part in ("● 待上传 1", "◐ 上传中、结果待核实 1", "▲ 平台未接收 1", "最早 03-02 09:30（已 不到 1 分）"):
        assert part in said
    assert "平台已全部接收" not in said


def test_an_outage_is_calm_and_says_why(sending: Page, sender: StillSender) -> None:
    sender.link = LinkState(up=False, since=SINCE, error=ERROR)
    look(sending)
    sending.until(lambda: "没有连上平台 1 小时 26 分（自 03-02 08:04）" in sending.page.link.text)
    assert ERROR in sending.page.link.text
    assert "可以继续收件、受理" in sending.page.link.text


def test_everything_at_the_platform_is_said_in_green(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget) -> None:
    with shown(qtbot, desk, seat, frame, at_once(SendingPage.making(seat))) as sending:
        assert "✓ 平台已全部接收" in sending.page.link.text
        assert states(sending) == []


def test_a_window_that_works_alone_says_so(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget) -> None:
    seat = replace(seat, hands=replace(seat.hands, sender=None))
    with shown(qtbot, desk, seat, frame, at_once(SendingPage.making(seat))) as sending:
        assert "单机工作" in sending.page.link.text
        sending.press("sync_now", "pause_sync")
        sending.page._sync_now()
        sending.page._pause()
        assert sending.notice == ""


def test_the_words_of_the_link() -> None:
    assert link_words(LinkState(up=None), MORNING) == ("正在连接平台", Tone.PLAIN)
    assert link_words(LinkState(up=True, since=SINCE), MORNING) == ("已连接平台（自 03-02 08:04）", Tone.BRAND)
    paused, tone = link_words(LinkState(up=True, paused=True), MORNING)
    assert ("已暂停" in paused, tone) == (True, Tone.WARN)


def test_sync_now_forgets_the_delays_and_wakes_the_loop(sending: Page, sender: StillSender, desk: Desk) -> None:
    (event,) = desk.memory.outbox().due(MORNING, 1)
    desk.memory.outbox().delay([event.event_id], MORNING + timedelta(minutes=2), ERROR)
    sending.press("sync_now")
    assert sender.told == ["link_up"]
    assert len(desk.memory.outbox().due(MORNING, 9)) == 1


def test_a_pass_under_way_is_shown_and_can_be_paused(sending: Page, sender: StillSender) -> None:
    sender.link = LinkState(up=True, sending=True, sent=3, total=12, files=2, files_total=5)
    look(sending)
    assert sending.page.link.course.told == "平台已答复 3 / 12 条 · 材料文件 2 / 5"
    sending.press("pause_sync")
    assert sender.told == ["pause"]
    sender.link = LinkState(up=True, paused=True)
    look(sending)
    assert sending.page.link.course.isHidden()
    assert "已暂停上传" in sending.page.link.text


@pytest.mark.parametrize(("fault", "told"), [(CLONED, "yichuang enrol"), (SIGNED_OUT, "请联系系统管理员")])
def test_a_platform_that_listens_no_more_is_told_with_what_to_do(
    sending: Page, sender: StillSender, fault: Fault, told: str
) -> None:
    sender.link = LinkState(up=False, since=SINCE, error=str(Stopped(fault, status=401)), paused=True)
    look(sending)
    assert "已暂停上传" in sending.page.link.text
    assert "可以继续受理" in sending.page.link.text
    assert told in sending.page.link.text


@pytest.mark.parametrize(
    ("trouble", "words", "advice"),
    [
        (Trouble.CABLE, "本机没有接上网络 1 小时 26 分", "请看网线"),
        (Trouble.NETWORK, "没有连上平台 1 小时 26 分", "网线是通的"),
        (Trouble.PLATFORM, "网络是通的，平台没有应答 1 小时 26 分", "请联系平台管理员"),
        (Trouble.SIGN_IN, "平台不认可本窗口 1 小时 26 分", "请系统管理员核对本窗口的登记"),
        (Trouble.THIS_MACHINE, "本机故障，暂不能上传 1 小时 26 分", "请系统管理员检查本机磁盘"),
    ],
)
def test_whose_trouble_it_is_is_told_apart(
    sending: Page, sender: StillSender, trouble: Trouble, words: str, advice: str
) -> None:
    sender.link = LinkState(up=False, since=SINCE, error=ERROR, trouble=trouble)
    look(sending)
    assert words in sending.page.link.text
    assert advice in sending.page.link.text
    assert "可以继续收件、受理" in sending.page.link.text


def test_the_time_that_is_left_is_told_when_it_is_known(qtbot: QtBot, seat: Seat, frame: QWidget) -> None:
    panel = LinkPanel(seat)
    qtbot.addWidget(panel)
    counts = Counts(9, 0, 0, None)
    panel.tell(LinkState(up=True, sending=True, sent=1, total=11), counts, MORNING)
    panel.course._begun -= 10
    panel.tell(LinkState(up=True, sending=True, sent=2, total=11), counts, MORNING)
    assert panel.course.told == "平台已答复 2 / 11 条 · 每分 6 条 · 约剩 2 分"
    assert time_left(30, 60, 30) == "约剩 30 秒"


def test_a_supervisor_sends_a_refused_entry_again(sending: Page, sender: StillSender, told: list[int]) -> None:
    sending.hit("Down", "Down")
    assert sending.page.table.row is not None
    assert sending.page.table.row.state is OutboxState.REFUSED
    sending.press("retry_refused")
    assert "已重新排队上传" in sending.notice
    assert sender.told == ["wake"]
    look(sending)
    assert states(sending)[2] == "● 待上传"
    assert sending.page.detail.retry.isHidden()
    assert sending.desk.audited("retry_refused")[0][0] == SUPERVISOR.staff_no


@pytest.mark.parametrize("clerk", [CLERK], indirect=True)
def test_a_clerk_has_no_dead_button(sending: Page) -> None:
    sending.hit("Down", "Down")
    assert sending.page.detail.retry.isHidden()
    sending.press("retry_refused")
    assert states(sending)[2] == "▲ 平台未接收（事项版本过旧）"


def test_a_window_left_alone_asks_who_it_is(sending: Page) -> None:
    sending.hit("Down", "Down")
    sending.desk.clock.move(hours=1)
    locks: list[bool] = []
    sending.seat.bell.lock.connect(lambda: locks.append(True))
    sending.press("retry_refused")
    assert locks == [True]


def test_enter_opens_the_case(sending: Page, told: list[int]) -> None:
    sending.hit("Down", "Return")
    assert sending.went == [("intake", {"case_id": told[2]})]


def test_the_page_opens_where_its_user_was(sending: Page) -> None:
    sending.hit("Down")
    place = sending.page.place()
    sending.hit("Up")
    sending.page.go_to(place)
    assert sending.page.place() == place
    sending.page.go_to({"event": "nobody's"})
    sending.page.go_to({})
    assert sending.page.place() == place
    assert QApplication.focusWidget() is sending.page.table


def test_nothing_is_asked_while_the_page_is_out_of_sight(sending: Page, desk: Desk) -> None:
    sending.page.left()
    desk.intake.receive(desk.draft(FOOD), CLERK)
    sending.seat.bell.case_changed.emit(1)
    sending.quiet()
    assert len(states(sending)) == 5


def test_times_are_short() -> None:
    assert [span(timedelta(minutes=m)) for m in (0, 5, 65, 60 * 50)] == [
        "不到 1 分",
        "5 分",
        "1 小时 5 分",
        "2 天 2 小时",
    ]
    assert short_time(MORNING.replace(year=2025), MORNING.date()) == "2025-03-02"
    assert short_time(None, MORNING.date()) == ""
