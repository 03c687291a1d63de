"""The line to a virtual reader: vpcd waits on TCP for a card; length and body, one byte alone is about power."""

import contextlib
import socket
import threading
from typing import Final

from devices.keys.virtual_card.card import PulledError, VirtualCard, atr

PORT: Final = 35963  # of vpcd's first reader; the second has the next

_POWERED, _TELL_ATR = (0, 1, 2), 4  # off, on, reset: no answer is given to those
_LENGTH = 2  # bytes
_AT_ONCE = getattr(socket, "TCP_QUICKACK", None)  # vpcd sends in two pieces: unacknowledged, each costs 44 ms


class Inserted:
    """A card in a virtual reader, served by a thread of its own until it is pulled out."""

    def __init__(self, card: VirtualCard, line: socket.socket) -> None:
        self._card = card
        self._line = line
        self._thread = threading.Thread(target=self._serve, name="virtual card", daemon=True)
        self._thread.start()

    def pull(self) -> None:
        """Out of its reader; whoever speaks to it is told by PC/SC."""
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)
        self._card.released.set()
        self._thread.join()
        self._card.released.clear()
        self._line.close()

    def wait(self) -> None:
        """Until it was pulled out, or its reader is gone."""
        self._thread.join()

    def _serve(self) -> None:
        self._card.reset()
        with contextlib.suppress(OSError, EOFError, PulledError):
            while True:
                asked = self._heard()
                if len(asked) != 1:
                    self._say(self._card.answer(asked))
                elif asked[0] == _TELL_ATR:
                    self._say(atr())
                elif asked[0] in _POWERED:
                    self._card.reset()
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)

    def _heard(self) -> bytes:
        return self._exactly(int.from_bytes(self._exactly(_LENGTH), "big"))

    def _exactly(self, count: int) -> bytes:
        content = b""
        while len(content) < count:
            if _AT_ONCE is not None:
                self._line.setsockopt(socket.IPPROTO_TCP, _AT_ONCE, 1)
            piece = self._line.recv(count - len(content))
            if not piece:
                raise EOFError
            content += piece
        return content

    def _say(self, answer: bytes) -> None:
        self._line.sendall(len(answer).to_bytes(_LENGTH, "big") + answer)


def inserted(card: VirtualCard, port: int = PORT, host: str = "127.0.0.1") -> Inserted:
    """The card in the reader whose vpcd listens there. Raises OSError where none does."""
    line = socket.create_connection((host, port), timeout=5.0)
    line.settimeout(None)
    return Inserted(card, line)
