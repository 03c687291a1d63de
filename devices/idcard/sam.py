"""Drives an ID-card reader on a serial line: find, select, read, read the newer address (GA 467)."""

import errno
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import serial
import structlog

from client.errors import DeviceError, DeviceState, Fault
from client.ports.clock import Clock
from client.ports.id_card import IdentityDocument
from client.ports.readiness import Condition, Readiness
from client.text import tr
from devices.idcard import faults
from devices.idcard.codes import code_tables
from devices.idcard.frames import FIND, READ_ADDRESS, READ_BASE, SELECT, Reply, cut, decode_reply, encode
from devices.idcard.layouts import TEXT_LENGTH, UnknownLayoutError, parse_address, parse_text, with_address

if sys.platform == "win32":
    _FOREIGN: tuple[type[Exception], ...] = (OSError,)  # SerialException is one
else:
    import termios

    _FOREIGN = (OSError, termios.error)  # pyserial lets the latter through when a port vanishes while it opens

READER_NAME = tr("身份证阅读器")
ADDRESS_NOT_READ = tr("证件上的追加地址没有读到，请对照证件核对住址")

_PORT_ERRORS: Mapping[int | None, tuple[DeviceState, Fault]] = MappingProxyType(
    {
        errno.EBUSY: (DeviceState.BUSY, faults.PORT_BUSY),
        errno.EWOULDBLOCK: (DeviceState.BUSY, faults.PORT_BUSY),  # another program holds the lock
        errno.EACCES: (DeviceState.LOCKED, faults.PORT_FORBIDDEN),
        errno.EPERM: (DeviceState.LOCKED, faults.PORT_FORBIDDEN),
    }
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds: how long a reply may take, how long a card is waited for, how often it is looked for."""

    short: float = 1.0  # find, select
    reading: float = 3.0
    patience: float = 3.0
    poll: float = 0.25
    slice: float = 0.05  # one blocking read of the port


def port_is_there(port: str) -> bool:
    """Whether the system has that serial port now. A COM port is no file: there the list of ports tells."""
    if sys.platform != "win32":
        return Path(port).exists()
    from serial.tools.list_ports import comports  # noqa: PLC0415 - asks the registry; loads where it is needed

    return port.upper() in {each.device.upper() for each in comports()}


class _BrokenFrameError(Exception):
    """A reply came, but not whole or not right: worth asking once more."""


class SamReader:
    """A reader with a SAM at `port` (COM3, /dev/ttyUSB0). Opened by the first read; one thread only.

    Every read goes the whole way: find, select, read. After a read the SAM does not find the same card again
    until it was lifted (status 80), which is told apart from an empty field.
    """

    def __init__(self, port: str, *, clock: Clock, name: str = READER_NAME, timing: Timing | None = None) -> None:
        self.name = name
        self._port = port
        self._clock = clock
        self._timing = timing or Timing()
        self._line: serial.Serial | None = None
        self._has_read = False

    def read(self) -> IdentityDocument:
        """The document on the reader. Raises DeviceError; the next call begins anew, with the port if need be."""
        with self._foreign_errors():
            line = self._opened()
            self._find(line)
            self._expect(line, SELECT, self._timing.short)
            base = self._expect(line, READ_BASE, self._timing.reading)
            self._has_read = True
            document = self._parsed(base.data)
            return self._with_newer_address(line, document)

    def check(self) -> Readiness:
        """Whether its port is there, as the system tells; a card that fails tells the rest itself."""
        if port_is_there(self._port):
            return Readiness(Condition.READY, "")
        error = self._error(DeviceState.ABSENT, faults.NO_READER)
        return Readiness(Condition.FAILED, tr("未连接"), error.advice)

    def close(self) -> None:
        """Give the port back."""
        line, self._line = self._line, None
        self._has_read = False
        if line is not None:
            line.close()

    def _find(self, line: serial.Serial) -> None:
        give_up = time.monotonic() + self._timing.patience
        while True:
            reply = self._ask(line, FIND, self._timing.short)
            if reply.status == faults.FOUND:
                self._has_read = False
                return
            if reply.status not in (faults.NOT_FOUND, faults.OK):  # OK answers a command of a reading given up
                raise faults.status_error(reply.status, self.name)
            if time.monotonic() + self._timing.poll > give_up:
                raise self._error(DeviceState.TIMED_OUT, faults.SAME_CARD if self._has_read else faults.NO_CARD)
            time.sleep(self._timing.poll)

    def _with_newer_address(self, line: serial.Serial, document: IdentityDocument) -> IdentityDocument:
        """The card was read; a failure here must not cost the clerk another reading, so it becomes a warning."""
        try:
            reply = self._ask(line, READ_ADDRESS, self._timing.reading)
        except DeviceError:
            reply = Reply(status=0, data=b"")
        except _FOREIGN:
            self.close()
            reply = Reply(status=0, data=b"")
        if reply.status == faults.NO_SUCH_ITEM:
            return document
        address = parse_address(reply.data) if reply.status == faults.OK else None
        if address:
            return with_address(document, address)
        if reply.status == faults.OK:
            return document
        return replace(document, warnings=(*document.warnings, ADDRESS_NOT_READ))

    def _expect(self, line: serial.Serial, command: bytes, timeout: float) -> Reply:
        reply = self._ask(line, command, timeout)
        if reply.status != faults.OK:
            raise faults.status_error(reply.status, self.name)
        return reply

    def _ask(self, line: serial.Serial, command: bytes, timeout: float) -> Reply:
        """One command, asked once more when the answer is broken. Raises DeviceError when it stays so."""
        for is_last in (False, True):
            try:
                return self._exchange(line, command, timeout)
            except _BrokenFrameError:
                log.info("broken frame", device=self.name, command=command.hex(), repeated=not is_last)
        raise self._error(DeviceState.UNREADABLE, faults.GARBLED)

    def _exchange(self, line: serial.Serial, command: bytes, timeout: float) -> Reply:
        line.read(line.in_waiting)  # what came late for an earlier command
        line.write(encode(command))
        give_up = time.monotonic() + timeout
        stream, is_empty = b"", True
        while time.monotonic() < give_up:
            got = line.read(max(1, line.in_waiting))
            is_empty = is_empty and not got
            found = cut(stream + got)
            stream = found.rest
            reply = decode_reply(found.payload or b"")
            if reply is not None and reply.status == faults.HOST_CHECKSUM:
                raise _BrokenFrameError
            if reply is not None:
                return reply
            if found.is_broken and not stream:
                raise _BrokenFrameError
        if is_empty:
            raise self._error(DeviceState.TIMED_OUT, faults.SILENT)
        raise _BrokenFrameError

    def _parsed(self, data: bytes) -> IdentityDocument:
        """Slice by the two length fields in front of text and photo."""
        text_end = 4 + int.from_bytes(data[:2], "big")
        photo_end = text_end + int.from_bytes(data[2:4], "big")
        if len(data) < photo_end or text_end != 4 + TEXT_LENGTH:
            raise self._error(DeviceState.UNREADABLE, faults.INCOMPLETE)
        try:
            document = parse_text(data[4:text_end], code_tables(), self._clock().date())
        except UnknownLayoutError as error:
            raise self._error(DeviceState.UNSUPPORTED, faults.WRONG_CARD) from error
        return replace(document, photo=data[text_end:photo_end])

    def _opened(self) -> serial.Serial:
        if self._line is None:
            self._line = serial.Serial(
                self._port, 115200, timeout=self._timing.slice, write_timeout=self._timing.short, exclusive=True
            )
        return self._line

    @contextmanager
    def _foreign_errors(self) -> Iterator[None]:
        """The one border where pyserial's errors become ours; the port is opened anew by the next read."""
        try:
            yield
        except serial.SerialTimeoutException as error:
            self.close()
            raise self._error(DeviceState.TIMED_OUT, faults.SILENT) from error
        except _FOREIGN as error:
            self.close()
            state, fault = _PORT_ERRORS.get(getattr(error, "errno", None), (DeviceState.ABSENT, faults.NO_READER))
            raise self._error(state, fault) from error

    def _error(self, state: DeviceState, fault: Fault) -> DeviceError:
        return DeviceError(state, fault, device=self.name)
