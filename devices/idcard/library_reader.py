"""Readers behind a SAM that a child reaches, `sdtapi` among them: the common steps, and a look between them."""

import time
from collections.abc import Callable

from client.errors import DeviceError
from client.ports.clock import Clock
from client.ports.id_card import IdentityDocument
from client.ports.readiness import Condition, Readiness
from client.text import tr
from devices.idcard import faults
from devices.idcard.card_child import CardChild, Terms
from devices.idcard.conversation import Exchange, Timing
from devices.idcard.frames import SAM, Reply
from devices.idcard.libraries import OPENED
from devices.idcard.sam import READER_NAME, SamFacts, SamReader

READING = tr("正在读卡")

_GONE = (0x01, 0x02, 0x03, 0x05)  # what a library says of its port, not a SAM of a card
_TURN = 0.05  # seconds a look waits for a reading on its way


class LibrarySam:
    """A SAM behind `sdtapi`: each command is a call in the child. `witness` sees every one."""

    rate = 0  # the library's to know
    dialect = SAM

    def __init__(self, child: CardChild, *, name: str, witness: Callable[[Exchange], None] | None = None) -> None:
        self._child = child
        self._name = name
        self._witness = witness

    def begin(self) -> bool:
        if self._child.is_open:
            return False
        status = self._child.open()
        if status != OPENED:
            raise faults.status_error(status, self._name)
        return True

    def ask(self, command: bytes, timeout: float, *, not_status: int | None = None) -> Reply:  # noqa: ARG002 - a call gives no answer but its own
        begun = time.monotonic()
        status, data = self._child.ask(timeout, command=command.hex())
        if self._witness is not None:
            self._witness(Exchange(command, status, len(data), time.monotonic() - begun, self.rate, "sdtapi"))
        if status in _GONE:
            self._child.release()  # the next command opens the port anew: it may be plugged in again
        return Reply(status, data)

    def end(self) -> None:
        self._child.leave()


class ChildSamReader:
    """A reader whose SAM is reached through a child: read by the common steps, looked at without disturbing them."""

    def __init__(self, child: CardChild, reader: SamReader) -> None:
        self.name = reader.name
        self._child = child
        self._reader = reader

    def read(self) -> IdentityDocument:
        with self._child.turn():
            return self._reader.read()

    def facts(self) -> SamFacts:
        with self._child.turn():
            return self._reader.facts()

    def check(self) -> Readiness:
        """Asks the reader whether it is there; starts the child when there is none."""
        return look(self._child, self._reader.ready)

    def close(self) -> None:
        self._child.close()


def sdtapi_reader(
    library: str,
    port: int,
    *,
    clock: Clock,
    name: str = READER_NAME,
    timing: Timing | None = None,
    terms: Terms | None = None,
    witness: Callable[[Exchange], None] | None = None,
) -> ChildSamReader:
    """The reader behind `sdtapi`, at its port `port` (1–16 serial, 1001–1016 USB); nothing is opened yet."""
    driver = {"driver": "sdtapi", "library": library, "port": port}
    child = CardChild(name, driver, opened=OPENED, terms=terms)
    sam = LibrarySam(child, name=name, witness=witness)
    return ChildSamReader(child, SamReader(library, clock=clock, name=name, timing=timing, sam=sam))


def look(child: CardChild, ready: Callable[[], None]) -> Readiness:
    with child.turn(_TURN) as is_ours:
        if not is_ours:
            return Readiness(Condition.READY, READING)
        try:
            ready()
        except DeviceError as error:
            return Readiness(Condition.FAILED, error.title, error.advice)
    return Readiness(Condition.READY, "")
