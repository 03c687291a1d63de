"""Seal keys that come and go at an open window: asked who they are, and the window locks where the hall wants it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import NoReturn

import pytest
from PySide6.QtWidgets import QWidget

from client.desk.counted import CountedKeys
from client.desk.device_tally import Tally
from client.desk.key_words import keys_told
from client.errors import DeviceError, DeviceState
from client.ports.keys import Pin, PinRefused
from client.ports.readiness import Condition
from client.proof.certificates import Certificate
from devices.keys.faults import NO_KEY
from devices.keys.simulated import TRIES, SimulatedKeys
from tests.desk.counter import Desk
from tests.seals.authority import ENDS
from tests.ui.waiting import wait_until
from ui.key_watch import KeyWatch
from ui.seat import Seat

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
    _, told = watch
    wait_until(lambda: told == ["changed"])
    keys.pull(FIRST)
    wait_until(lambda: told == ["changed", "lock", "changed"])
    keys.plug(FIRST)
    wait_until(lambda: told[3:] == ["changed"])
    locks[0] = False
    keys.pull(FIRST)
    wait_until(lambda: told[4:] == ["changed"])
    assert seat.notices.text == ""


def test_a_stack_that_fails_is_told_by_its_lamp_alone(
    watch: tuple[KeyWatch, list[str]], seat: Seat, keys: SimulatedKeys
) -> None:
    _, told = watch
    wait_until(lambda: told == ["changed"])
    keys.plugged = _fail  # type: ignore[method-assign]  # a stack that broke
    keys.pull(FIRST)
    wait_until(lambda: told[-1] == "changed" and len(told) == 3)
    assert seat.notices.text == ""


def _fail() -> NoReturn:
    raise DeviceError(DeviceState.ABSENT, NO_KEY, device="key")


def test_the_lamp_says_what_the_keys_said_when_they_were_asked(desk: Desk, keys: SimulatedKeys) -> None:
    counted = CountedKeys(keys, Tally(desk.memory, desk.clock), "simulated")
    assert counted.check().words == "模拟"
    counted.plugged()
    assert counted.check().words == f"示例市市场监督管理局，口令剩余 {TRIES} 次"
    for key_id in sorted(keys.present())[1:]:
        keys.pull(key_id)
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
        (0, Condition.ATTENTION, "证书还有 0 天到期"),
        (-2, Condition.FAILED, "证书已到期"),
    ],
)
def test_a_certificate_that_ends_is_told_in_time(
    keys: SimulatedKeys, days: int, condition: Condition, words: str
) -> None:
    plugged = keys.plugged()[:1]
    assert isinstance(plugged[0].certificates[0], Certificate)
    told = keys_told(plugged, ENDS - timedelta(days=days, hours=-1) if days < 0 else ENDS - timedelta(days=days))
    assert (told.condition, words in told.words) == (condition, True)
