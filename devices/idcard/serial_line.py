"""A reader's serial line: opened at a speed, bytes out and in."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import serial

from client.errors import DeviceError, DeviceState
from devices.idcard import faults
from devices.serial_port import PortFaults, foreign_errors

RATES = (115200, 57600, 38400, 19200, 9600)
"""Bits a second a SAM may be set to (GA 467), the one it leaves the works with first."""

_FAULTS = PortFaults(faults.NO_READER, faults.PORT_BUSY, faults.PORT_FORBIDDEN, faults.SILENT)


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

    def _foreign_errors(self) -> AbstractContextManager[None]:
        return foreign_errors(self._name, _FAULTS, self.close)
