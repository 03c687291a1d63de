"""PC/SC itself, by pyscard's plain functions: its own monitors keep threads of which nobody hears that they died.

Only the child speaks to cards by it: a transmission cannot be interrupted. The window's monitor asks for readers alone.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from devices.keys.pcsc.troubles import CardError, Trouble

INFINITE: Final = 0xFFFFFFFF
NOTIFICATION: Final = "\\\\?PnP?\\Notification"
"""A reader that is none: its state changes when one comes or goes."""

CANCELLED: Final = 0x80100002
TIMED_OUT: Final = 0x8010000A
UNKNOWN_READER: Final = 0x80100009
_OK = 0
_NO_READERS = 0x8010002E
_NOT_TRANSACTED = 0x80100016
_COUNT = 16  # bits before the count of insertions in a reader's state

_PRESENT, _MUTE, _CHANGED = 0x20, 0x200, 0x2
_SHARED, _ANY_PROTOCOL, _T0 = 2, 3, 1
_LEAVE, _RESET = 0, 1
_HAS_LENGTH = 5  # bytes of an APDU without data

_TROUBLES: Final = {
    0x80100009: Trouble.NO_KEY,  # unknown reader
    0x8010000B: Trouble.TAKEN,
    0x8010000C: Trouble.NO_KEY,
    0x8010000F: Trouble.MUTE,  # no protocol that both know
    0x80100013: Trouble.NO_SERVICE,  # the line to the service broke
    _NOT_TRANSACTED: Trouble.PULLED,
    0x80100017: Trouble.PULLED,  # the reader is gone
    0x8010001D: Trouble.NO_SERVICE,
    0x8010001E: Trouble.NO_SERVICE,
    0x80100003: Trouble.NO_SERVICE,  # a context of a service that was started anew
    0x80100066: Trouble.MUTE,
    0x80100067: Trouble.MUTE,
    0x80100068: Trouble.TAKEN,  # another program reset it
    0x80100069: Trouble.PULLED,
}


@dataclass(frozen=True, slots=True)
class ReaderState:
    """A reader, whether a card is in it, and which in a row it is."""

    name: str
    has_card: bool
    count: int


class ServiceError(Exception):
    """A function of PC/SC failed with `status`."""

    def __init__(self, step: str, status: int) -> None:
        super().__init__(f"{step} {status:08X}")
        self.step = step
        self.status = status

    def as_card_error(self) -> CardError:
        return CardError(_TROUBLES.get(self.status, Trouble.REFUSED), str(self))


class Service:
    """A context of PC/SC. One thread at a time, but for `cancel`."""

    def __init__(self) -> None:
        from smartcard import scard  # noqa: PLC0415 - loads PC/SC's library: only windows with such a key need it

        self._scard: Any = scard
        status, self._context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        _demand("establish", status)

    def readers(self) -> Sequence[str]:
        """Raises ServiceError."""
        status, names = self._scard.SCardListReaders(self._context, [])
        if _plain(status) == _NO_READERS:
            return ()
        _demand("list", status)
        return tuple(names)

    def states(self, known: dict[str, int], wait: int) -> dict[str, int]:
        """States of the readers in `known`, once one of them differs from it or `wait` milliseconds passed.

        Raises ServiceError, with TIMED_OUT and CANCELLED among its statuses.
        """
        status, found = self._scard.SCardGetStatusChange(self._context, wait, list(known.items()))
        _demand("wait", status)
        return {name: int(state) & ~_CHANGED for name, state, _ in found}

    def cards(self) -> Sequence[ReaderState]:
        """All readers as they stand now. Raises ServiceError."""
        names = self.readers()
        if not names:
            return ()
        return [reader_state(name, state) for name, state in self.states(dict.fromkeys(names, 0), 0).items()]

    def cancel(self) -> None:
        """End a wait in another thread."""
        self._scard.SCardCancel(self._context)

    def close(self) -> None:
        self._scard.SCardReleaseContext(self._context)

    @contextmanager
    def alone_with(self, reader: str, patience: float, taken: Callable[[], None]) -> Iterator["Connection"]:
        """The card in a reader, while no other program may speak to it. Raises ServiceError.

        PC/SC waits for ever where another program holds a transaction: then `taken` is called in another thread.
        """
        alarm = threading.Timer(patience, taken)
        alarm.daemon = True
        alarm.start()  # pcscd lets nobody connect either while another program holds a transaction
        try:
            status, card, protocol = self._scard.SCardConnect(self._context, reader, _SHARED, _ANY_PROTOCOL)
            _demand("connect", status)
            connection = Connection(self._scard, card, protocol)
            try:
                _demand("begin", self._scard.SCardBeginTransaction(card))
            except ServiceError:
                self._scard.SCardDisconnect(card, _LEAVE)
                raise
        finally:
            alarm.cancel()
        try:
            yield connection
        finally:
            ends = _RESET if connection.knows_secret else _LEAVE
            self._scard.SCardEndTransaction(card, ends)
            self._scard.SCardDisconnect(card, ends)


class Connection:
    """A card that is held. `knows_secret` makes it be reset at the end, so that it forgets that a PIN was right."""

    def __init__(self, scard: Any, card: Any, protocol: int) -> None:  # noqa: ANN401 - pyscard has no types
        self._scard = scard
        self._card = card
        self._protocol = protocol
        self.knows_secret = False

    def transmit(self, command: bytes | bytearray) -> bytes:
        """One APDU. Raises ServiceError."""
        asked = list(command)
        if self._protocol == _T0 and len(asked) > _HAS_LENGTH + asked[4]:
            del asked[-1]  # T=0 has no length of the answer beside data (ISO/IEC 7816-3, 12.2): 61xx tells it
        control = self._scard.SCARD_PCI_T0 if self._protocol == _T0 else self._scard.SCARD_PCI_T1
        try:
            status, answer = self._scard.SCardTransmit(self._card, control, asked)
        finally:
            asked[:] = [0] * len(asked)
        _demand("transmit", status)
        if not answer:  # not even a status word: the reader lost its card meanwhile
            raise ServiceError("transmit", _NOT_TRANSACTED)
        return bytes(answer)


def reader_state(name: str, state: int) -> ReaderState:
    """What a state of PC/SC says of a card: one that does not answer at all is none."""
    return ReaderState(name, bool(state & _PRESENT) and not state & _MUTE, state >> _COUNT & 0xFFFF)


def _plain(status: int) -> int:
    return status & 0xFFFFFFFF  # Windows gives them with a sign


def _demand(step: str, status: int) -> None:
    if _plain(status) != _OK:
        raise ServiceError(step, _plain(status))
