"""Seal keys that come and go at an open window: asked who they are, and the window locks where the hall wants it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import NoReturn

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client.desk.counted import CountedKeys
from client.desk.device_tally import Tally
from client.desk.device_words import keys_tried
from client.desk.key_words import ends_soon, keys_told
from client.errors import DeviceError, DeviceState
from client.ports.devices import Driver, Fitted
from client.ports.keys import Pin, PinRefused
from client.ports.readiness import Condition, Device, Readiness
from client.proof.certificates import Certificate
from devices.keys.faults import NO_KEY
from devices.keys.simulated import TRIES, SimulatedKeys
from tests.desk.counter import Desk
from tests.seals.authority import ENDS
from tests.ui.waiting import wait_until
from ui.key_watch import KeyWatch, watch_keys
from ui.keys import KEYS
from ui.seat import Seat
from ui.setup.device_card import DeviceCard
from ui.setup.device_centre import DevicesPage
from ui.shell import Shell

FIRST = "simulated:TRAINING0001"


@pytest.fixture
def keys() -> SimulatedKeys:
    return SimulatedKeys(pace=0)


@pytest.fixture
def locks() -> list[bool]:
    return [True]


@pytest.fixture
def watch(seat: Seat, frame: QWidget, keys: SimulatedKeys, locks: list[bool]) -> Iterator[tuple[KeyWatch, list[str]]]:
    frame.show()
    told: list[str] = []
    seat.bell.lock.connect(lambda: told.append("lock"))
    seat.bell.keys_changed.connect(lambda: told.append("changed"))
    watch = KeyWatch(keys, seat.lanes.key, seat.tasks, seat.bell, locks=lambda: locks[0])
    yield watch, told
    seat.bell.closing.emit()


def test_a_key_that_comes_is_asked_and_one_that_is_pulled_locks(
    watch: tuple[KeyWatch, list[str]], seat: Seat, keys: SimulatedKeys, locks: list[bool]
) -> None:
    watching, told = watch
    watching.look()
    wait_until(lambda: told == ["changed"])
    keys.pull(FIRST)
    watching.look()
    wait_until(lambda: told == ["changed", "lock", "changed"])
    keys.plug(FIRST)
    wait_until(lambda: told[3:] == ["changed"])  # by itself
    locks[0] = False
    keys.pull(FIRST)
    watching.look()
    wait_until(lambda: told[4:] == ["changed"])
    assert seat.notices.text == ""


def test_a_stack_that_fails_is_told_by_its_lamp_alone(
    watch: tuple[KeyWatch, list[str]], seat: Seat, keys: SimulatedKeys
) -> None:
    watching, told = watch
    watching.look()
    wait_until(lambda: told == ["changed"])
    keys.plugged = _fail  # type: ignore[method-assign]  # a stack that broke
    keys.pull(FIRST)
    watching.look()
    wait_until(lambda: told[-1] == "changed" and len(told) == 3)
    assert seat.notices.text == ""


def _fail() -> NoReturn:
    raise DeviceError(DeviceState.ABSENT, NO_KEY, device="key")


def test_the_lamp_says_what_the_keys_said_when_they_were_asked(desk: Desk, keys: SimulatedKeys) -> None:
    counted = CountedKeys(keys, Tally(desk.memory, desk.clock), "simulated")
    assert counted.check().words == "模拟"
    counted.plugged()
    assert counted.check().words == "已插入 3 把"
    for key_id in sorted(keys.present())[1:]:
        keys.pull(key_id)
    assert counted.check().words == f"示例市市场监督管理局，口令剩余 {TRIES} 次"
    key = counted.plugged()[0]
    for _ in range(TRIES - 1):
        with pytest.raises(PinRefused), Pin(b"000000") as pin:
            counted.sign(key.id, key.certificates[0], b"", pin)
    counted.plugged()
    assert counted.check().condition is Condition.ATTENTION
    with pytest.raises(PinRefused), Pin(b"000000") as pin:
        counted.sign(key.id, key.certificates[0], b"", pin)
    counted.plugged()
    assert (counted.check().condition, counted.check().advice[:5]) == (Condition.FAILED, "口令已锁死")
    keys.pull(key.id)
    assert counted.check().words == "没有插入"


@pytest.mark.parametrize(
    ("days", "condition", "words"),
    [
        (40, Condition.READY, "口令剩余 6 次"),
        (29, Condition.ATTENTION, "证书还有 29 天到期"),
        (1, Condition.ATTENTION, "证书还有 1 天到期"),
        (0, Condition.ATTENTION, "证书不到一天就到期"),
        (-2, Condition.FAILED, "证书已到期"),
    ],
)
def test_a_certificate_that_ends_is_told_in_time(
    keys: SimulatedKeys, days: int, condition: Condition, words: str
) -> None:
    plugged = keys.plugged()[:1]
    assert isinstance(plugged[0].certificates[0], Certificate)
    now = ENDS - timedelta(days=days, hours=-1) if days < 0 else ENDS - timedelta(days=days)
    told, in_its_last_week = keys_told(plugged, now), ends_soon(plugged, now)
    assert (told.condition, words in told.words) == (condition, True)
    assert (in_its_last_week is not None) is (days < 7)
    assert in_its_last_week is None or words in in_its_last_week[0]


def test_whoever_sits_down_is_told_of_a_key_in_its_last_days(qtbot: QtBot, seat: Seat, keys: SimulatedKeys) -> None:
    shell = Shell(seat.tokens, KEYS, seat.narrator, seat.tasks, "")
    qtbot.addWidget(shell)
    clock = [ENDS - timedelta(days=8)]
    house = replace(seat.house, counter=replace(seat.house.counter, clock=lambda: clock[0]))
    watch_keys(house, replace(seat.hands, keys=keys), seat.lanes, seat.tasks, seat.bell, shell)
    watch = seat.bell.findChild(KeyWatch)
    assert watch is not None
    watch.look()
    wait_until(lambda: len(watch.plugged) == len(keys.present()))
    seat_page = partial(shell.seat_pages, (DevicesPage,), lambda kind: kind.making(seat))

    def told(days: int) -> str:
        clock[0] = ENDS - timedelta(days=days)
        seat_page()
        shell.make_ready("devices", lambda: shell.choose(0))
        wait_until(lambda: shell.page is not None and seat.tasks.underway == 0)
        found = shell.notices.text
        shell.notices.clear()
        shell.unseat()
        return found

    assert [told(8), told(2)] == ["", "◐ 示例市市场监督管理局，证书还有 2 天到期 请尽快联系签发机构换发证书"]
    seat.bell.closing.emit()


def test_the_page_of_devices_shows_the_certificate_of_each_key(seat: Seat, qtbot: QtBot, keys: SimulatedKeys) -> None:
    driver, ready = Driver("模拟"), Readiness(Condition.READY, "")
    fitted = Fitted(Device.KEY, "simulated", driver, lambda: ready, list, lambda: keys_tried(keys.plugged()))
    card = DeviceCard(seat, fitted)
    qtbot.addWidget(card)
    card.show()
    card.test()
    wait_until(lambda: card.said == "✓ 插入 3 把")
    certificates = card.certificates
    assert "持有机关 示例市市场监督管理局\n11110101000000001D" in certificates.facts.text
    assert f"钥匙 TRAINING0001　口令还可以试 {TRIES} 次" in certificates.facts.text
    certificates.picker.setCurrentIndex(2)
    assert "持有机关 示例市人力资源和社会保障局" in certificates.facts.text
    seat.bell.keys_changed.emit()
    assert certificates.isHidden()
    assert card.said == "", "another key may be there by now"
