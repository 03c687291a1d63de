"""Serial ports, for every kind that hangs on one: whether one is there, and pyserial's errors as ours."""

import errno
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import serial

from client.errors import DeviceError, DeviceState, Fault

if sys.platform == "win32":
    FOREIGN: tuple[type[Exception], ...] = (OSError,)  # SerialException is one
else:
    import termios

    FOREIGN = (OSError, termios.error)  # pyserial lets the latter through when a port vanishes while it opens

_BUSY = frozenset({errno.EBUSY, errno.EWOULDBLOCK})  # another program holds it, or its lock
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})


class PortFaults(NamedTuple):
    """What a device says of its port."""

    absent: Fault
    busy: Fault
    forbidden: Fault
    silent: Fault  # it takes nothing


def port_is_there(port: str) -> bool:
    """Whether the system has that serial port now. A COM port is no file: there the list of ports tells."""
    if sys.platform != "win32":
        return Path(port).exists()
    from serial.tools.list_ports import comports  # noqa: PLC0415 - asks the registry; loads where it is needed

    return port.upper() in {each.device.upper() for each in comports()}


@contextmanager
def foreign_errors(device: str, faults: PortFaults, close: Callable[[], object]) -> Iterator[None]:
    """The border where pyserial's errors become DeviceError; the port is given back, whatever it was."""
    try:
        yield
    except serial.SerialTimeoutException as error:
        close()
        raise DeviceError(DeviceState.TIMED_OUT, faults.silent, device=device) from error
    except FOREIGN as error:
        close()
        number = getattr(error, "errno", None)
        if number in _BUSY:
            raise DeviceError(DeviceState.BUSY, faults.busy, device=device) from error
        if number in _FORBIDDEN:
            raise DeviceError(DeviceState.LOCKED, faults.forbidden, device=device) from error
        raise DeviceError(DeviceState.ABSENT, faults.absent, device=device) from error
