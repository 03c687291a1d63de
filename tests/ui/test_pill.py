"""The pill of the header against a real hub that dies and comes back: true within five seconds."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from client.desk.intake import Intake
from client.desk.wires import wires
from client.house import House
from sync.courier import sending
from tests.desk.counter import CLERK, FOOD, Blank, Desk
from tests.hubs import HubProcess
from tests.ui.doors import OwnDoor
from tests.ui.frame import Frame, opened
from tests.ui.waiting import wait_until
from ui.seat import Hands
from ui.widgets.chips import SHAPES, Tone

TRUE_WITHIN = 5.0  # seconds
PATIENCE = 20_000  # milliseconds


class HubDoor(OwnDoor):
    """A door whose window sends to a hub by the loop that ships."""

    url: str
    house: House

    def open(self) -> tuple[House, Hands]:
        self.house, hands = super().open()
        self._sending = ExitStack()
        courier = self._sending.enter_context(sending(wires(self.house.counter), self.url, None, lambda _report: None))
        return self.house, replace(hands, sender=courier, look={"platform": courier.look})

    def close(self) -> None:
        self._sending.close()
        super().close()


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    with HubProcess(tmp_path) as found:
        yield found


@pytest.fixture
def door(blank: Blank, tmp_path: Path, hub: HubProcess) -> HubDoor:
    """A window with a complete draft; the hall's time stands still in March."""
    desk = Desk(blank, tmp_path / "profile")
    desk.draft(FOOD)
    desk.close()
    door = HubDoor(tmp_path / "profile")
    door.url = hub.url
    door.write_settings(desk.counter.settings)
    return door


def seconds_until(window: Frame, *words: str) -> float:
    """How long until the pill says that."""
    begun = time.monotonic()
    wait_until(lambda: all(word in window.shell.header.pill.said for word in words), timeout=PATIENCE)
    return time.monotonic() - begun


@pytest.mark.timeout(90)
def test_the_pill_is_true_within_five_seconds(qtbot: QtBot, door: HubDoor, hub: HubProcess) -> None:
    green = SHAPES[Tone.GOOD]
    with opened(door, qtbot) as window:
        window.seated(CLERK.staff_no)
        seconds_until(window, green, "平台已全部接收")
        hub.kill()
        down = seconds_until(window, SHAPES[Tone.WARN], "应急受理（平台无应答")
        Intake(door.house.counter).receive(1, CLERK)
        waits = seconds_until(window, "待上传 1 件")
        assert green not in window.shell.header.pill.said
        hub.start()
        up = seconds_until(window, green, "平台已全部接收")
        assert len(hub.cases()) == 1  # green is the platform's word
        assert "本机时间比平台慢" in window.shell.clock_banner.text
    assert max(down, waits, up) < TRUE_WITHIN, (down, waits, up)
