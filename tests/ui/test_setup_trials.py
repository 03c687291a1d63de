"""What the set-up pages try on the spot, in words."""

from datetime import timedelta
from pathlib import Path

import pytest

from client.ports.printer import JobReport, PrintState
from tests.ui.doors import OwnDoor
from ui.door import Trials
from ui.setup.trials import HandTrials


@pytest.fixture
def trials(tmp_path: Path) -> HandTrials:
    return OwnDoor(tmp_path).trials()


@pytest.mark.parametrize(
    ("drift", "told"),
    [
        (timedelta(seconds=-5), "平台已应答，时钟一致"),
        (timedelta(minutes=3), "平台已应答；本机时钟快 180 秒，请校准"),
        (timedelta(minutes=-3), "平台已应答；本机时钟慢 180 秒，请校准"),
    ],
)
def test_the_platform_s_answer_tells_of_the_clock(trials: HandTrials, drift: timedelta, told: str) -> None:
    tried: Trials = HandTrials(**{**vars(trials), "ask_hub": lambda _url: drift})
    assert tried.try_hub("https://hub.example.org") == told


def test_a_card_is_told_masked(trials: HandTrials) -> None:
    assert trials.try_reader("COM3") == "读到 张*，居民身份证110101********0011"


def test_a_page_is_told_by_its_size(trials: HandTrials) -> None:
    assert trials.try_scanner("sane:test:0") == "扫到 1 页，210×297 毫米，75 dpi"


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (JobReport(PrintState.DONE), "测试页已打印，请看测试页是否完整"),
        (JobReport(PrintState.STOPPED, "缺纸"), "测试页打印机待处理（缺纸），请到打印机旁查看"),
    ],
)
def test_a_test_page_is_told_by_its_job(trials: HandTrials, report: JobReport, told: str) -> None:
    tried = HandTrials(**{**vars(trials), "print_page": lambda *_asked: report})
    assert tried.try_printer("ipp://localhost/printers/win1", "示例区政务服务中心", "07") == told


def test_the_place_of_the_key_is_named(trials: HandTrials) -> None:
    assert trials.try_key_place() == "数据密钥的保管：SecretService"
