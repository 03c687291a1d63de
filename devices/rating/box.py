"""Drives a rating box on a serial line: invite, wait for the first key, dismiss."""

import errno
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import serial

from client.errors import Cancelled, DeviceError, DeviceState, Fault
from client.ports.rating import Grade
from client.ports.readiness import Condition, Readiness
from client.text import tr
from devices.rating import faults
from devices.rating.frames import Dialect, first_grade

if sys.platform == "win32":
    _FOREIGN: tuple[type[Exception], ...] = (OSError,)  # SerialException is one
else:
    import termios

    _FOREIGN = (OSError, termios.error)  # pyserial lets the latter through when a port vanishes while it opens

BOX_NAME = tr("评价器")

_PORT_ERRORS: Mapping[int | None, tuple[DeviceState, Fault]] = MappingProxyType(
    {
        errno.EBUSY: (DeviceState.BUSY, faults.BOX_BUSY),
        errno.EWOULDBLOCK: (DeviceState.BUSY, faults.BOX_BUSY),  # another program holds the lock
        errno.EACCES: (DeviceState.LOCKED, faults.BOX_FORBIDDEN),
        errno.EPERM: (DeviceState.LOCKED, faults.BOX_FORBIDDEN),
    }
)


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
        if _is_there(self._port):
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
        except _FOREIGN:
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

    @contextmanager
    def _foreign_errors(self) -> Iterator[None]:
        """The one border where pyserial's errors become ours."""
        try:
            yield
        except serial.SerialTimeoutException as error:
            self.close()
            raise self._error(DeviceState.TIMED_OUT, faults.BOX_STUCK) from error
        except _FOREIGN as error:
            self.close()
            state, fault = _PORT_ERRORS.get(getattr(error, "errno", None), (DeviceState.ABSENT, faults.NO_BOX))
            raise self._error(state, fault) from error

    def _error(self, state: DeviceState, fault: Fault) -> DeviceError:
        return DeviceError(state, fault, device=self.name)


def _is_there(port: str) -> bool:
    if sys.platform != "win32":
        return Path(port).exists()
    from serial.tools.list_ports import comports  # noqa: PLC0415 - asks the registry; loads where it is needed

    return port.upper() in {each.device.upper() for each in comports()}
