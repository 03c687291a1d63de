"""The table of goal R11 for seal keys at the window: each step of sealing fails in each way, on the page 用印.

The window stays alive, nothing is sealed, the trouble is told by its code; once it is over the same step is done again
and the paper is sealed once. The table is kept in build/r11-window-keys.json.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client.desk.sealing import Sealing
from client.errors import DeskError, DeviceError, DeviceState, Fault
from client.ports.keys import KeyOnHand, Pin
from client.proof.certificates import Certificate
from devices.keys import faults
from devices.keys.simulated import PIN, SimulatedKeys
from devices.keys.skf.faults import CHILD_ENDED, SILENT
from printing.press import A4Press
from printing.spool import render_waiting
from tests.desk.counter import CLERK, FOOD, Desk
from tests.seals.hall import SEALS
from tests.ui.listing import Shown, shown
from ui.clerk.seals import page as seals_page
from ui.clerk.seals.page import SealsPage
from ui.clerk.seals.sealer import Report
from ui.seat import Seat

TABLE = Path(__file__).parents[2] / "build" / "r11-window-keys.json"
FIRST, OTHER = "simulated:TRAINING0001", "simulated:TRAINING0003"
SIGNED_TWICE = b"\x30\x06\x02\x01\x01\x02\x01\x01"  # a signature of something else
SEALED, OFFERED = "sealed", "offered"


class Troubled(SimulatedKeys):
    """The training key of the food authority, with another organ's when it is put in; fails on order."""

    def __init__(self) -> None:
        super().__init__(pace=0)
        for key_id in self.present() - {FIRST}:
            self.pull(key_id)
        self.at_the_look: Callable[[list[KeyOnHand]], Sequence[KeyOnHand]] = list
        self.at_the_signature: Callable[[], bytes | None] = lambda: None

    def plugged(self) -> Sequence[KeyOnHand]:
        return self.at_the_look(list(super().plugged()))

    def sign(self, key_id: str, certificate: Certificate, message: bytes, pin: Pin) -> bytes:
        signature = super().sign(key_id, certificate, message, pin)
        return self.at_the_signature() or signature

    def well(self) -> None:
        """Whatever it was is over."""
        self.at_the_look, self.at_the_signature = list, lambda: None
        self.plug(FIRST)
        self.pull(OTHER)
        self._keys[FIRST].tries = 6


def fails(fault: Fault, state: DeviceState = DeviceState.TIMED_OUT) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise DeviceError(state, fault, device="密码钥匙")

    return fail


@dataclass
class Counter:
    """The page with what it told, by code."""

    at: Shown[SealsPage]
    keys: Troubled
    told: list[str] = field(default_factory=list)

    @property
    def owed(self) -> int:
        return len(Sealing(self.at.desk.counter, SEALS).owed())

    def look(self) -> None:
        """A key came or went."""
        self.at.seat.bell.keys_changed.emit()
        self.at.until(lambda: not self.at.page._settled.isActive())
        self.at.quiet()

    def give(self, digits: bytes = PIN) -> None:
        """PIN, Enter; and once more where the last try wants it."""
        page = self.at.page
        page.card.pin.setFocus()
        self.at.write(digits.decode())
        self.at.hit("Return")
        if "再按一次" in page.card.text:
            self.at.hit("Return")
        self.at.until(lambda: not (page.sealer.is_at_work or page._settled.isActive()))
        self.at.quiet()

    def ended(self, report: Report) -> None:
        self.told += [error.code for _, error in report.wrong] or [SEALED]

    @property
    def is_offered(self) -> bool:
        return not self.at.page.card.pin.isHidden()


def outdated(years: int) -> Callable[[list[KeyOnHand]], Sequence[KeyOnHand]]:
    """The certificate begins and ends so many years later."""

    def told(keys: list[KeyOnHand]) -> Sequence[KeyOnHand]:
        (certificate,) = keys[0].certificates
        begins, ends = (
            each.replace(year=each.year + years) for each in (certificate.not_before, certificate.not_after)
        )
        return [replace(keys[0], certificates=(replace(certificate, not_before=begins, not_after=ends),))]

    return told


def looking(told: Callable[..., object]) -> Callable[[Troubled], None]:
    return lambda keys: setattr(keys, "at_the_look", told)


def signing(told: Callable[[], object]) -> Callable[[Troubled], None]:
    return lambda keys: setattr(keys, "at_the_signature", told)


def out(keys: Troubled) -> None:
    keys.pull(FIRST)


def two(keys: Troubled) -> None:
    keys.plug(OTHER)


def anothers(keys: Troubled) -> None:
    keys.pull(FIRST)
    keys.plug(OTHER)


def tried(left: int) -> Callable[[Troubled], None]:
    return lambda keys: setattr(keys._keys[FIRST], "tries", left)


AT_THE_LOOK = {
    "absent": (out, "PAPER-237"),
    "another organ's": (anothers, "PAPER-232"),
    "expired": (looking(outdated(-20)), "PAPER-233"),
    "not yet valid": (looking(outdated(20)), "PAPER-233"),
    "pulled": (looking(fails(faults.PULLED, DeviceState.ABSENT)), "DEV-502"),
    "hang": (looking(fails(SILENT)), "DEV-543"),
    "crash": (looking(fails(CHILD_ENDED)), "DEV-541"),
    "locked": (tried(0), OFFERED),
    "two keys": (two, OFFERED),
}
BEHIND_THE_PIN = {
    "pulled before it": (out, PIN, "PAPER-237"),
    "exchanged for another organ's": (anothers, PIN, "PAPER-232"),
    "pulled in it": (signing(fails(faults.PULLED, DeviceState.ABSENT)), PIN, "DEV-502"),
    "hang": (signing(fails(SILENT)), PIN, "DEV-543"),
    "crash": (signing(fails(CHILD_ENDED)), PIN, "DEV-541"),
    "double hash, found by the driver": (signing(fails(faults.SIGNED_WRONGLY, DeviceState.UNREADABLE)), PIN, "DEV-507"),
    "double hash, found by nobody before": (signing(lambda: SIGNED_TWICE), PIN, "SEAL-137"),
    "wrong PIN": (lambda _keys: None, b"000000", "DEV-503"),
    "wrong PIN at the last try": (tried(1), b"000000", "DEV-504"),
}


@pytest.fixture
def counter(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    desk: Desk,
    seat: Seat,
    frame: QWidget,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Counter]:
    """With as many papers as a test says."""
    monkeypatch.setattr(seals_page, "CHOSEN", 0)
    for _ in range(request.param):
        desk.intake.accept(desk.draft(FOOD), CLERK)
    render_waiting(desk.memory.spool(desk.clock), A4Press())
    keys = Troubled()
    with_keys = replace(seat, hands=replace(seat.hands, keys=keys))
    page = SealsPage(with_keys)
    found = Counter(Shown(qtbot, desk, with_keys, page, frame), keys)
    refuse = page.card.refuse

    def refused(error: DeskError) -> None:
        found.told.append(error.code)
        refuse(error)

    monkeypatch.setattr(page.card, "refuse", refused)
    page.sealer.ended.connect(found.ended)
    with shown(qtbot, desk, with_keys, frame, page) as found.at:
        found.look()
        yield found


@pytest.mark.parametrize("counter", [len(BEHIND_THE_PIN) + 1], indirect=True)
def test_each_step_fails_in_each_way_and_is_done_again(counter: Counter) -> None:
    rows = [*_at_the_look(counter), *_behind_the_pin(counter)]
    assert [row for row in rows if row["outcome"] != row.pop("expected")] == []
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(json.dumps(rows, indent=1, ensure_ascii=False), "utf-8")


def _at_the_look(counter: Counter) -> Iterator[dict[str, str]]:
    for fault, (order, code) in AT_THE_LOOK.items():
        counter.told.clear()
        owed = counter.owed
        order(counter.keys)
        counter.look()
        outcome = counter.told[-1] if counter.told else OFFERED
        assert counter.owed == owed
        assert not counter.is_offered or counter.at.page.card.pin.isEnabled() is (fault != "locked")
        assert not counter.is_offered or "持有机关 示例市市场监督管理局" in counter.at.page.card.text
        counter.keys.well()
        counter.look()
        assert counter.is_offered
        yield _row("look", fault, outcome, OFFERED, code)


def _behind_the_pin(counter: Counter) -> Iterator[dict[str, str]]:
    for fault, (order, digits, code) in BEHIND_THE_PIN.items():
        counter.told.clear()
        owed = counter.owed
        order(counter.keys)
        counter.give(digits)
        outcome = counter.told[0]
        assert counter.owed == owed, "nothing was sealed"
        counter.keys.well()
        counter.look()
        counter.told.clear()
        counter.give()
        assert (counter.told, counter.owed) == ([SEALED], owed - 1), "sealed, and once"
        yield _row("PIN and signature", fault, outcome, SEALED, code)


def _row(step: str, fault: str, outcome: str, repeated: str, expected: str) -> dict[str, str]:
    device = "seal key at the window"
    row = {"device": device, "step": step, "fault": fault, "outcome": outcome, "repeated": repeated}
    return {**row, "expected": expected}


@pytest.mark.parametrize("counter", [3], indirect=True)
def test_the_window_works_on_while_a_key_signs_and_what_it_signed_counts(counter: Counter) -> None:
    """A key that does not answer for long, and is pulled out as soon as it signed the code and the paper."""
    signed, page, before = Event(), counter.at.page, count()

    def slow() -> None:
        signed.wait(10)
        if next(before):
            counter.keys.pull(FIRST)

    counter.keys.at_the_signature = slow
    page.card.pin.setFocus()
    counter.at.write(PIN.decode())
    QTest.keyClick(page.card.pin, Qt.Key.Key_Return)
    counter.at.until(lambda: page.sealer.is_at_work)
    QTest.keyClick(page, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert page.place()["part"] == 1, "keys are heard"
    assert "请不要拔出" in page.card.text
    assert counter.owed == 3
    signed.set()
    counter.at.until(lambda: not page.sealer.is_at_work)
    assert (counter.told[0], counter.owed) == (SEALED, 2)
    counter.look()
    assert set(counter.told[1:]) == {"PAPER-237"}, "the next paper wants the key, at each look"
