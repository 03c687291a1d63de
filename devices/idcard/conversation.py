"""Commands and replies with a SAM over a line: speed and dialect found out once, broken answers asked for again."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from client.errors import DeviceError, DeviceState, Fault
from devices.idcard import faults
from devices.idcard.dialects import dialects
from devices.idcard.frames import SAM, STATUS, Cut, Dialect, Reply, cut, decode_reply, encode
from devices.idcard.serial_line import Line

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds: how long a reply may take, how long a card is waited for, how often it is looked for."""

    short: float = 1.0  # find, select
    reading: float = 3.0
    patience: float = 3.0
    poll: float = 0.25
    slice: float = 0.05  # one blocking read of the port
    probe: float = 0.4  # whether it answers at one speed


@dataclass(frozen=True, slots=True)
class Exchange:
    """One command and what came back, without the data: it may be shown and kept. `status` is None for no answer."""

    command: bytes
    status: int | None
    length: int
    seconds: float
    rate: int
    dialect: str

    def as_json(self) -> dict[str, object]:
        return {
            "command": self.command.hex(" ").upper(),
            "status": None if self.status is None else f"{self.status:02X}",
            "bytes": self.length,
            "ms": round(self.seconds * 1000),
            "rate": self.rate,
            "dialect": self.dialect,
        }


class Sam(Protocol):
    """A SAM that answers commands, by whatever way: over a line, or by a maker's library. Calls raise DeviceError."""

    @property
    def rate(self) -> int: ...

    @property
    def dialect(self) -> Dialect: ...

    def begin(self) -> bool:
        """Be ready for commands; False when it was already, and has not been asked."""
        ...

    def ask(self, command: bytes, timeout: float, *, not_status: int | None = None) -> Reply:
        """One command; `not_status` is an earlier step's, and worth asking again."""
        ...

    def end(self) -> None: ...


class _BrokenFrameError(Exception):
    """A reply came, but not whole or not right: worth asking once more."""


class Conversation:
    """With the SAM behind `line`. `witness` sees every exchange. One thread only; every call may raise DeviceError.

    The speed and the dialect that were answered are kept, and found out anew after a silence: a reader that lost
    its power comes back at the speed of the works.
    """

    def __init__(
        self, line: Line, *, name: str, timing: Timing, witness: Callable[[Exchange], None] | None = None
    ) -> None:
        self._line = line
        self._name = name
        self._timing = timing
        self._witness = witness
        self.rate = line.rates[0]
        self.dialect = SAM
        self._is_settled = False

    def begin(self) -> bool:
        """Open the line, at the speed the reader answers; False when it stood open and settled."""
        if self._line.is_open and self._is_settled:
            return False
        self._line.close()
        is_noisy = False
        for rate in sorted(self._line.rates, key=lambda rate: rate != self.rate):
            self._line.open(rate)
            self.rate = rate
            for dialect in _askable():
                self.dialect = dialect
                try:
                    self._exchange(STATUS, self._timing.probe)
                except _BrokenFrameError:
                    is_noisy = True
                except DeviceError as error:
                    if error.fault is not faults.SILENT or not self._line.is_open:
                        raise
                else:
                    self._is_settled = True
                    return True
        self.end()
        self.rate, self.dialect = self._line.rates[0], SAM
        if is_noisy:
            raise self._error(DeviceState.UNREADABLE, faults.GARBLED)
        raise self._error(DeviceState.TIMED_OUT, faults.SILENT)

    def end(self) -> None:
        """Give the line back."""
        self._is_settled = False
        self._line.close()

    def ask(self, command: bytes, timeout: float, *, not_status: int | None = None) -> Reply:
        """One command, asked once more when the answer is broken or has the status of an earlier step."""
        for is_last in (False, True):
            try:
                reply = self._exchange(command, timeout)
            except _BrokenFrameError:
                log.info("broken frame", device=self._name, command=command.hex(), repeated=not is_last)
            else:
                if reply.status != not_status or is_last:
                    return reply
        self._is_settled = False
        raise self._error(DeviceState.UNREADABLE, faults.GARBLED)

    def _exchange(self, command: bytes, timeout: float) -> Reply:
        begun = time.monotonic()
        self._line.send(encode(command, self.dialect))
        reply, length = None, 0
        try:
            found = self._heard(begun + timeout)
            reply, length = decode_reply(found.payload or b"", found.dialect), len(found.payload or b"")
        finally:
            self._tell(command, reply, length, time.monotonic() - begun)
        if reply is None or reply.status == faults.HOST_CHECKSUM:
            raise _BrokenFrameError
        return reply

    def _heard(self, give_up: float) -> Cut:
        """The first sound frame that comes before `give_up`."""
        stream, is_empty = b"", True
        while time.monotonic() < give_up:
            got = self._line.receive()
            is_empty = is_empty and not got
            found = cut(stream + got, dialects())
            stream = found.rest
            if found.payload is not None:
                self.dialect = found.dialect
                return found
            if found.is_broken and not stream:
                raise _BrokenFrameError
        if is_empty:
            self._is_settled = False
            raise self._error(DeviceState.TIMED_OUT, faults.SILENT)
        raise _BrokenFrameError

    def _tell(self, command: bytes, reply: Reply | None, length: int, seconds: float) -> None:
        if self._witness is not None:
            status = None if reply is None else reply.status
            self._witness(Exchange(command, status, length, seconds, self.rate, self.dialect.name))

    def _error(self, state: DeviceState, fault: Fault) -> DeviceError:
        return DeviceError(state, fault, device=self._name)


def _askable() -> Sequence[Dialect]:
    """One dialect for each way a command may begin."""
    return tuple({dialect.request: dialect for dialect in reversed(dialects())}.values())[::-1]
