"""A clock that is not the platform's is told on every page, from two minutes on, and only while it is so."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from ui.clock_banner import ClockBanner, drift_words


@pytest.mark.parametrize(
    ("drift", "words"),
    [
        (None, ""),
        (timedelta(), ""),
        (timedelta(seconds=119), ""),
        (timedelta(minutes=2), "本机时间比平台快 2 分"),
        (timedelta(minutes=-3), "本机时间比平台慢 3 分"),
        (timedelta(days=-1), "本机时间比平台慢 1 天"),
        (timedelta(days=400), "本机时间比平台快 400 天"),
    ],
)
def test_what_is_said_of_a_clock(drift: timedelta | None, words: str) -> None:
    assert drift_words(drift) == words


def test_it_comes_and_goes_with_the_drift(qtbot: QtBot) -> None:
    banner = ClockBanner()
    qtbot.addWidget(banner)
    banner.tell(None)
    assert banner.text == ""
    banner.tell(timedelta(minutes=3))
    assert banner.text.startswith("◐ 本机时间比平台快 3 分。请系统管理员校准本机时钟")
    assert "可以继续收件、受理" in banner.text
    banner.tell(timedelta(seconds=1))
    assert banner.text == ""
