"""A rating box for training and the demo hall on any system: citizens who press in turn, or do not."""

import time
from collections.abc import Callable, Sequence

from client.errors import Cancelled, DeviceError, DeviceState
from client.ports.devices import Order
from client.ports.rating import Grade
from client.ports.readiness import Condition, Readiness
from client.text import tr
from devices.rating import faults

NAME = tr("模拟评价器")
PACE = 0.4  # seconds a citizen thinks
CITIZENS = (Grade.VERY_SATISFIED, Grade.SATISFIED, None, Grade.DISSATISFIED)


class SimulatedBox:
    """Citizens press `grades` in turn; None presses nothing.

    `failure` orders one question to fail as a `DeviceState`, `fail_next` the next. Raises ValueError for another state.
    """

    def __init__(
        self, *, grades: Sequence[Grade | None] = CITIZENS, pace: float = PACE, failure: Order | None = None
    ) -> None:
        self.name = NAME
        self._grades = tuple(grades)
        self._pace = pace
        self._asked = self._pressed = 0
        self._ordered = (failure.at, DeviceState(failure.how)) if failure is not None else None
        self._failure: DeviceState | None = None

    def fail_next(self, state: DeviceState = DeviceState.ABSENT) -> None:
        self._failure = state

    def ask(self, is_taken_back: Callable[[], bool]) -> Grade | None:
        time.sleep(self._pace)
        if is_taken_back():
            raise Cancelled
        self._asked += 1
        if self._ordered is not None and self._ordered[0] == self._asked:
            self._failure = self._ordered[1]
        if self._failure is not None:
            state, self._failure = self._failure, None
            raise DeviceError(state, faults.NO_BOX, device=self.name)
        grade = self._grades[self._pressed % len(self._grades)]
        self._pressed += 1
        return grade

    def check(self) -> Readiness:
        return Readiness(Condition.READY, tr("模拟"))

    def close(self) -> None:
        """There is no port to give back."""
