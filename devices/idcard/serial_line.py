"""A reader's serial line: opened at a speed, bytes out and in; pyserial's errors become ours here and nowhere else."""

import errno
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import serial

from client.errors import DeviceError, DeviceState, Fault
from devices.idcard import faults

if sys.platform == "win32":
    _FOREIGN: tuple[type[Exception], ...] = (OSError,)  # SerialException is one
else:
    import termios

    _FOREIGN = (OSError, termios.error)  # pyserial lets the latter through when a port vanishes while it opens

RATES = (115200, 57600, 38400, 19200, 9600)
"""Bits a second a SAM may be set to (GA 467), the one it leaves the works with first."""

_PORT_ERRORS: Mapping[int | None, tuple[DeviceState, Fault]] = MappingProxyType(
    {
        errno.EBUSY: (DeviceState.BUSY, faults.PORT_BUSY),
        errno.EWOULDBLOCK: (DeviceState.BUSY, faults.PORT_BUSY),  # another program holds the lock
        errno.EACCES: (DeviceState.LOCKED, faults.PORT_FORBIDDEN),
        errno.EPERM: (DeviceState.LOCKED, faults.PORT_FORBIDDEN),
    }
)


class Line(Protocol):
    """What carries frames to a reader and back: a serial port, or a pair of pipes. Every call may raise DeviceError.

    After an error the line is closed; `open` opens it anew.
    """

    @property
    def is_open(self) -> bool: ...

    @property
    def rates(self) -> Sequence[int]:
        """The speeds it may have, the likeliest first; a line without speeds has one, of any value."""
        ...

    def open(self, rate: int) -> None:
        """Open it, or change the speed of the open line."""
        ...

    def send(self, data: bytes) -> None:
        """Send a command; what came late for an earlier one is dropped."""
        ...

    def receive(self) -> bytes:
        """What has come, after a short wait for the first byte; nothing may come."""
        ...

    def close(self) -> None: ...


def port_is_there(port: str) -> bool:
    """Whether the system has that serial port now. A COM port is no file: there the list of ports tells."""
    if sys.platform != "win32":
        return Path(port).exists()
    from serial.tools.list_ports import comports  # noqa: PLC0415 - asks the registry; loads where it is needed

    return port.upper() in {each.device.upper() for each in comports()}


class SerialLine:
    """The serial port `port` for us alone. `wait` and `patience` are seconds for reading and writing."""

    rates = RATES

    def __init__(self, port: str, *, name: str, wait: float, patience: float) -> None:
        self._port = port
        self._name = name
        self._wait = wait
        self._patience = patience
        self._serial: serial.Serial | None = None

    @property
    def is_open(self) -> bool:
        return self._serial is not None

    def open(self, rate: int) -> None:
        with self._foreign_errors():
            if self._serial is None:
                self._serial = serial.Serial(
                    self._port, rate, timeout=self._wait, write_timeout=self._patience, exclusive=True
                )
            self._serial.baudrate = rate

    def send(self, data: bytes) -> None:
        with self._foreign_errors():
            line = self._opened()
            line.read(line.in_waiting)
            line.write(data)

    def receive(self) -> bytes:
        with self._foreign_errors():
            line = self._opened()
            return line.read(max(1, line.in_waiting))

    def close(self) -> None:
        line, self._serial = self._serial, None
        if line is not None:
            line.close()

    def _opened(self) -> serial.Serial:
        if self._serial is None:
            raise DeviceError(DeviceState.ABSENT, faults.NO_READER, device=self._name)
        return self._serial

    @contextmanager
    def _foreign_errors(self) -> Iterator[None]:
        try:
            yield
        except serial.SerialTimeoutException as error:
            self.close()
            raise DeviceError(DeviceState.TIMED_OUT, faults.SILENT, device=self._name) from error
        except _FOREIGN as error:
            self.close()
            state, fault = _PORT_ERRORS.get(getattr(error, "errno", None), (DeviceState.ABSENT, faults.NO_READER))
            raise DeviceError(state, fault, device=self._name) from error
