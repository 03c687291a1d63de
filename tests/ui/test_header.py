"""The header: the truth about sending, in words."""

from datetime import datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from client.demo import DEMO_SETTINGS
from client.ports.link import LinkState, Trouble
from client.ports.outbox import Counts
from ui.header import Header, sending_words
from ui.widgets.chips import Tone

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
EARLY = NOW - timedelta(hours=1, minutes=26)
LINKS = (None, LinkState(up=None), LinkState(up=True), LinkState(up=False, since=EARLY))


def counts(waiting: int = 0, unknown: int = 0, refused: int = 0, held: int = 0) -> Counts:
    return Counts(waiting, unknown, refused, EARLY if waiting + unknown + refused + held else None, held)


@pytest.mark.parametrize(
    ("link", "stand", "words", "tone"),
    [
        (None, counts(), "单机工作", Tone.PLAIN),
        (None, counts(2), "单机工作 · 待上传 2 件", Tone.PLAIN),
        (None, counts(refused=1), "平台未接收 1 件", Tone.BAD),
        (LinkState(up=None), counts(), "正在连接平台", Tone.PLAIN),
        (LinkState(up=None), counts(1, 1), "待上传 2 件 · 最早 08:04", Tone.BRAND),
        (LinkState(up=True), counts(), "平台已全部接收", Tone.GOOD),
        (LinkState(up=True), counts(unknown=1), "待上传 1 件 · 最早 08:04", Tone.BRAND),
        (LinkState(up=True), counts(1, 0, 2), "平台未接收 2 件 · 待上传 1 件", Tone.BAD),
        (LinkState(up=False, since=EARLY), counts(12), "应急受理（断网 1 小时 26 分） · 待上传 12 件", Tone.WARN),
        (LinkState(up=False), counts(), "应急受理（断网 不到 1 分） · 待上传 0 件", Tone.WARN),
        (
            LinkState(up=False, since=NOW - timedelta(days=2, hours=1, minutes=1)),
            counts(1, 0, 1),
            "应急受理（断网 2 天 1 小时） · 待上传 1 件 · 平台未接收 1 件",
            Tone.WARN,
        ),
        (LinkState(up=True), counts(held=2), "暂不上传 2 件", Tone.WARN),
        (LinkState(up=None), counts(1, held=2), "待上传 1 件 · 最早 08:04 · 暂不上传 2 件", Tone.BRAND),
        (LinkState(up=True), counts(0, 0, 1, 2), "平台未接收 1 件 · 暂不上传 2 件", Tone.BAD),
        (None, counts(held=1), "单机工作 · 暂不上传 1 件", Tone.PLAIN),
        (
            LinkState(up=False, since=EARLY, trouble=Trouble.PLATFORM),
            counts(1, held=1),
            "应急受理（平台无应答 1 小时 26 分） · 待上传 1 件 · 暂不上传 1 件",
            Tone.WARN,
        ),
        (
            LinkState(up=False, since=EARLY, trouble=Trouble.SIGN_IN),
            counts(),
            "应急受理（平台不认可本窗口 1 小时 26 分） · 待上传 0 件",
            Tone.WARN,
        ),
        (
            LinkState(up=False, since=EARLY, trouble=Trouble.THIS_MACHINE),
            counts(),
            "应急受理（本机故障 1 小时 26 分） · 待上传 0 件",
            Tone.WARN,
        ),
        (LinkState(up=True, cut_above=EARLY), counts(), "已存大厅，平台未通 1 小时 26 分", Tone.WARN),
        (
            LinkState(up=True, cut_above=EARLY),
            counts(2),
            "已存大厅，平台未通 1 小时 26 分 · 待上传 2 件",
            Tone.WARN,
        ),
        (
            LinkState(up=True),
            Counts(1, 0, 0, NOW - timedelta(days=2)),
            "待上传 1 件 · 最早 02-28 09:30",
            Tone.BRAND,
        ),
    ],
)
def test_the_pill_says_how_sending_stands(link: LinkState | None, stand: Counts, words: str, tone: Tone) -> None:
    assert sending_words(link, stand, NOW) == (words, tone)


def test_it_is_green_only_when_nothing_waits_for_the_platform_s_receipt() -> None:
    """The whole table of truth: what is unsent, in doubt or refused is never hidden by a network that is up."""
    for link, waiting, unknown, refused, held in product(LINKS, (0, 3), (0, 5), (0, 7), (0, 9)):
        words, tone = sending_words(link, counts(waiting, unknown, refused, held), NOW)
        settled = not (waiting or unknown or refused or held)
        assert (tone is Tone.GOOD) == (settled and link is not None and link.up is True)
        assert (f"待上传 {waiting + unknown} 件" in words) or not waiting + unknown
        assert (f"平台未接收 {refused} 件" in words) or not refused
        assert (f"暂不上传 {held} 件" in words) or not held


def test_the_header_names_hall_window_clerk_and_work_and_gives_way_where_it_is_narrow(qtbot: QtBot) -> None:
    header = Header()
    qtbot.addWidget(header)
    header.name_hall(DEMO_SETTINGS.model_copy(update={"hall_name": "示例区政务服务中心" * 12}))
    header.name_clerk("0207")
    header.tell_work("办理中")
    header.tell_sending(LinkState(up=False, since=EARLY), counts(12, 0, 3), NOW)
    header.resize(1093, 44)
    header.show()
    assert header.minimumSizeHint().width() <= 1093
    assert header._hall.toolTip().endswith("综合窗口 07")
    assert (header._who.text(), header.working.text()) == ("工号 0207", "办理中")
    assert header.pill.said.startswith("◐ 应急受理")
    with qtbot.waitSignal(header.pill.clicked):
        QTest.mouseClick(header.pill, Qt.MouseButton.LeftButton)
    header.name_clerk("")
    header.tell_work("")
    assert header._who.text() == ""
    assert not header.working.isVisible()
