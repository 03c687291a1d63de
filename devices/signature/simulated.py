"""A signature pad for training and the demo hall: a citizen who writes the same line each time, or declines."""

import time
from collections.abc import Callable
from math import sin

from client.errors import Cancelled, DeviceError, DeviceState, Fault
from client.ports.readiness import Condition, Readiness
from client.ports.signature import Signature, Stroke, Touch
from client.text import tr

NAME = tr("模拟签名板")
PACE = 0.4  # seconds a signature takes
WIDTH, HEIGHT = 12_000, 4_000  # hundredths of a millimetre

_TOUCHES = 40  # in a stroke
_BETWEEN = 10  # milliseconds

NO_PAD = Fault(
    "DEV-711", tr("没有连上{device}"), tr("请检查签名板的数据线和电源；也可请申请人在纸上签名，并联系大厅技术人员")
)


class SimulatedPad:
    """Signs with two waves. `decline_next` and `fail_next` order what the next signature comes to."""

    def __init__(self, *, pace: float = PACE) -> None:
        self.name = NAME
        self.shown: list[str] = []
        self._pace = pace
        self._declines = False
        self._failure: DeviceState | None = None

    def decline_next(self) -> None:
        self._declines = True

    def fail_next(self, state: DeviceState = DeviceState.ABSENT) -> None:
        self._failure = state

    def sign(self, words: str, is_taken_back: Callable[[], bool]) -> Signature | None:
        self.shown.append(words)
        time.sleep(self._pace)
        if is_taken_back():
            raise Cancelled
        if self._failure is not None:
            state, self._failure = self._failure, None
            raise DeviceError(state, NO_PAD, device=self.name)
        declines, self._declines = self._declines, False
        return None if declines else Signature(WIDTH, HEIGHT, (_wave(HEIGHT // 3, 0), _wave(HEIGHT // 2, 600)))

    def check(self) -> Readiness:
        return Readiness(Condition.READY, tr("模拟"))

    def close(self) -> None:
        """There is nothing to give back."""


def _wave(middle: int, begins: int) -> Stroke:
    step = WIDTH // (_TOUCHES + 2)
    return tuple(
        Touch(step * (at + 1), middle + round(HEIGHT / 5 * sin(at)), 0.5 + sin(at) / 4, begins + at * _BETWEEN)
        for at in range(_TOUCHES)
    )
