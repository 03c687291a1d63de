"""A reader for training and the demo hall on any system: the sample cards one after the other, no line, no frames.

`simulator` beside it speaks the frames themselves on a pseudo terminal; this one needs none.
"""

import time
from collections.abc import Sequence
from dataclasses import replace

from client.errors import DeviceError, DeviceState
from client.ports.clock import Clock
from client.ports.devices import Order
from client.ports.id_card import IdentityDocument
from client.ports.readiness import Condition, Readiness
from client.text import tr
from devices.idcard import faults
from devices.idcard.cards import SAMPLES, text_block
from devices.idcard.codes import code_tables
from devices.idcard.layouts import parse_text, with_address

NAME = tr("模拟身份证阅读器")
PACE = 0.4  # seconds a reading takes, as on a real one
KINDS = ("resident", "resident-rare", "hmt-permit")


class SimulatedReader:
    """Reads `kinds` in turn. `failure` orders one reading to fail as a `DeviceState`, `fail_next` the next.

    Raises ValueError for a kind or a state nobody knows.
    """

    def __init__(
        self, clock: Clock, *, kinds: Sequence[str] = KINDS, pace: float = PACE, failure: Order | None = None
    ) -> None:
        if strange := [kind for kind in kinds if kind not in SAMPLES]:
            raise ValueError(strange[0])
        self.name = NAME
        self._clock = clock
        self._kinds = tuple(kinds)
        self._pace = pace
        self._read = self._asked = 0
        self._failure: DeviceState | None = None
        self._ordered = (failure.at, DeviceState(failure.how)) if failure is not None else None

    def fail_next(self, state: DeviceState = DeviceState.TIMED_OUT) -> None:
        self._failure = state

    def read(self) -> IdentityDocument:
        time.sleep(self._pace)
        self._asked += 1
        if self._ordered is not None and self._ordered[0] == self._asked:
            self._failure = self._ordered[1]
        if self._failure is not None:
            state, self._failure = self._failure, None
            raise DeviceError(state, faults.NO_CARD, device=self.name)
        card = SAMPLES[self._kinds[self._read % len(self._kinds)]]
        self._read += 1
        document = replace(parse_text(text_block(card), code_tables(), self._clock().date()), photo=card.photo)
        return with_address(document, card.newer_address) if card.newer_address else document

    def check(self) -> Readiness:
        return Readiness(Condition.READY, tr("模拟"))

    def close(self) -> None:
        """There is no port to give back."""
