"""Drives a rating box on a serial line: invite, wait for the first key, dismiss."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import serial

from client.errors import Cancelled, DeviceError, DeviceState, Fault
from client.ports.rating import Grade
from client.ports.readiness import Condition, Readiness
from client.text import tr
from devices.rating import faults
from devices.rating.frames import Dialect, first_grade
from devices.serial_port import FOREIGN, PortFaults, foreign_errors, port_is_there

BOX_NAME = tr("评价器")

_FAULTS = PortFaults(faults.NO_BOX, faults.BOX_BUSY, faults.BOX_FORBIDDEN, faults.BOX_STUCK)


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds: how long a citizen may think, how long a write may take, one blocking read of the port."""

    patience: float = 30.0
    writing: float = 1.0
    slice: float = 0.05


class SerialBox:
    """A box at `port` that speaks `dialect`. Opened by the first question; one thread only."""

    def __init__(self, port: str, dialect: Dialect, *, name: str = BOX_NAME, timing: Timing | None = None) -> None:
        self.name = name
        self._port = port
        self._dialect = dialect
        self._timing = timing or Timing()
        self._line: serial.Serial | None = None

    def ask(self, is_taken_back: Callable[[], bool]) -> Grade | None:
        """The first key after the invitation, None for none. Raises DeviceError, Cancelled; may be called again."""
        with self._foreign_errors():
            line = self._opened()
            line.reset_input_buffer()  # pressed by somebody else, or for fun
            line.write(self._dialect.invite)
            try:
                return self._pressed(line, is_taken_back)
            finally:
                self._dismiss(line)

    def check(self) -> Readiness:
        """Whether its port is there, as the system tells."""
        if port_is_there(self._port):
            return Readiness(Condition.READY, "")
        error = self._error(DeviceState.ABSENT, faults.NO_BOX)
        return Readiness(Condition.FAILED, tr("未连接"), error.advice)

    def close(self) -> None:
        """Give the port back."""
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def _pressed(self, line: serial.Serial, is_taken_back: Callable[[], bool]) -> Grade | None:
        give_up = time.monotonic() + self._timing.patience
        stream, heard = b"", False
        while time.monotonic() < give_up:
            if is_taken_back():
                raise Cancelled
            got = line.read(max(1, line.in_waiting))
            heard = heard or bool(got)
            stream += got
            grade = first_grade(stream, self._dialect)
            if grade is not None:
                return grade
            stream = stream[-self._dialect.longest :]
        if heard:
            raise self._error(DeviceState.UNREADABLE, faults.NOT_UNDERSTOOD)
        return None

    def _dismiss(self, line: serial.Serial) -> None:
        """What was pressed stands, whatever the line does now; the next question opens it anew."""
        try:
            line.write(self._dialect.dismiss)
        except FOREIGN:
            self.close()

    def _opened(self) -> serial.Serial:
        if self._line is None:
            self._line = serial.Serial(
                self._port,
                self._dialect.baud,
                timeout=self._timing.slice,
                write_timeout=self._timing.writing,
                exclusive=True,
            )
        return self._line

    def _foreign_errors(self) -> AbstractContextManager[None]:
        return foreign_errors(self.name, _FAULTS, self.close)

    def _error(self, state: DeviceState, fault: Fault) -> DeviceError:
        return DeviceError(state, fault, device=self.name)
