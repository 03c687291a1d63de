"""Drives an ID-card reader with a SAM on a serial line: find, select, read, read the newer address (GA 467)."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from client.errors import DeviceError, DeviceState, Fault
from client.ports.clock import Clock
from client.ports.id_card import IdentityDocument
from client.ports.readiness import Condition, Readiness
from client.text import tr
from devices.idcard import faults
from devices.idcard.answers import IncompleteError, base_parts, sam_id
from devices.idcard.codes import code_tables
from devices.idcard.conversation import Conversation, Exchange, Sam, Timing
from devices.idcard.frames import FIND, READ_ADDRESS, READ_BASE, SAM_ID, SELECT, STATUS, Reply
from devices.idcard.layouts import ADDRESS_LENGTH, UnknownLayoutError, parse_address, parse_text, with_address
from devices.idcard.serial_line import SerialLine
from devices.serial_port import port_is_there

READER_NAME = tr("身份证阅读器")
ADDRESS_NOT_READ = tr("证件上的追加地址没有读到，请对照证件核对住址")


@dataclass(frozen=True, slots=True)
class SamFacts:
    """What a reader tells of itself: its module's number, and the speed and the dialect it was found to speak."""

    sam_id: str
    rate: int
    dialect: str


class SamReader:
    """A reader with a SAM at `port` (COM3, /dev/ttyUSB0). Opened by the first read; one thread only.

    Every read goes the whole way: find, select, read. After a read the SAM does not find the same card again
    until it was lifted (status 80), which is told apart from an empty field. `witness` sees every exchange.
    """

    def __init__(
        self,
        port: str,
        *,
        clock: Clock,
        name: str = READER_NAME,
        timing: Timing | None = None,
        witness: Callable[[Exchange], None] | None = None,
        sam: Sam | None = None,
    ) -> None:
        self.name = name
        self._port = port
        self._clock = clock
        self._timing = timing or Timing()
        line = SerialLine(port, name=name, wait=self._timing.slice, patience=self._timing.short)
        self._sam: Sam = sam or Conversation(line, name=name, timing=self._timing, witness=witness)
        self._has_read = False

    def read(self) -> IdentityDocument:
        """The document on the reader. Raises DeviceError; the next call begins anew, with the port if need be."""
        self._begin_and_find()
        self._expect(SELECT, self._timing.short)
        base = self._expect(READ_BASE, self._timing.reading)
        self._has_read = True
        return self._with_newer_address(self._parsed(base.data))

    def facts(self) -> SamFacts:
        """What the reader tells of itself; opens the port when it is not. Raises DeviceError."""
        self._sam.begin()
        told = self._sam.ask(SAM_ID, self._timing.short)
        number = sam_id(told.data) if told.status == faults.OK else ""
        return SamFacts(number, self._sam.rate, self._sam.dialect.name)

    def ready(self) -> None:
        """Have the SAM say that it is well, without a card. Raises DeviceError."""
        self._sam.begin()
        reply = self._sam.ask(STATUS, self._timing.short)
        if reply.status != faults.OK:
            raise faults.status_error(reply.status, self.name)

    def check(self) -> Readiness:
        """Whether its port is there, as the system tells; a card that fails tells the rest itself."""
        if port_is_there(self._port):
            return Readiness(Condition.READY, "")
        error = self._error(DeviceState.ABSENT, faults.NO_READER)
        return Readiness(Condition.FAILED, tr("未连接"), error.advice)

    def close(self) -> None:
        """Give the port back."""
        self._has_read = False
        self._sam.end()

    def _begin_and_find(self) -> None:
        """Where a line that stood open fails at its first command, the reader may be another one, plugged in anew."""
        if not self._sam.begin():
            try:
                self._find()
            except DeviceError:
                if not self._sam.begin():
                    raise
            else:
                return
        self._has_read = False  # of the module before this one, as far as anybody knows
        self._find()

    def _find(self) -> None:
        give_up = time.monotonic() + self._timing.patience
        while True:
            reply = self._sam.ask(FIND, self._timing.short)
            if reply.status == faults.FOUND:
                self._has_read = False
                return
            if reply.status not in (faults.NOT_FOUND, faults.OK):  # OK answers a command of a reading given up
                raise faults.status_error(reply.status, self.name)
            if time.monotonic() + self._timing.poll > give_up:
                raise self._error(DeviceState.TIMED_OUT, faults.SAME_CARD if self._has_read else faults.NO_CARD)
            time.sleep(self._timing.poll)

    def _with_newer_address(self, document: IdentityDocument) -> IdentityDocument:
        """The card was read; a failure here must not cost the clerk another reading, so it becomes a warning."""
        try:
            reply = self._sam.ask(READ_ADDRESS, self._timing.reading)
        except DeviceError:
            reply = Reply(status=0, data=b"")
        if reply.status == faults.NO_SUCH_ITEM:
            return document
        if reply.status != faults.OK or len(reply.data) < ADDRESS_LENGTH:
            return replace(document, warnings=(*document.warnings, ADDRESS_NOT_READ))
        address = parse_address(reply.data)
        return with_address(document, address) if address else document

    def _expect(self, command: bytes, timeout: float) -> Reply:
        reply = self._sam.ask(command, timeout, not_status=faults.FOUND)
        if reply.status != faults.OK:
            raise faults.status_error(reply.status, self.name)
        return reply

    def _parsed(self, data: bytes) -> IdentityDocument:
        try:
            parts = base_parts(data, tells_lengths=self._sam.dialect.tells_lengths)
            document = parse_text(parts.text, code_tables(), self._clock().date())
        except IncompleteError as error:
            raise self._error(DeviceState.UNREADABLE, faults.INCOMPLETE) from error
        except UnknownLayoutError as error:
            raise self._error(DeviceState.UNSUPPORTED, faults.WRONG_CARD) from error
        return replace(document, photo=parts.photo)

    def _error(self, state: DeviceState, fault: Fault) -> DeviceError:
        return DeviceError(state, fault, device=self.name)
