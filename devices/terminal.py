"""A pseudo terminal that plays a device on a serial line, answered in a thread of its own.

Pseudo terminals are a thing of POSIX: on other systems the module imports, and opening one says so.
"""

import os
import select
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from client.errors import DeviceError, DeviceState, Fault


class Terminal:
    """`port` is its path from enter to exit; `heard` gets whatever a program writes there, on the thread.

    `missing` is said of `device` on a system without pseudo terminals.
    """

    def __init__(self, device: str, missing: Fault, heard: Callable[[bytes], object]) -> None:
        self.port = ""
        self._device, self._missing, self._heard = device, missing, heard
        self._ends: tuple[int, ...] = ()
        self._stop: tuple[int, int] = (-1, -1)
        self._thread = threading.Thread(target=self._serve, name=f"terminal {device}")

    def __enter__(self) -> Self:
        try:
            import pty  # noqa: PLC0415 - POSIX only
            import tty  # noqa: PLC0415 - POSIX only
        except ImportError as error:
            raise DeviceError(DeviceState.UNSUPPORTED, self._missing, device=self._device) from error
        ours, theirs = pty.openpty()
        tty.setraw(theirs)
        os.set_blocking(ours, False)
        self._ends = (ours, theirs)  # our hold on their end keeps the line up while no program has it open
        self.port = os.ttyname(theirs)
        self._stop = os.pipe()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        os.close(self._stop[1])
        self._thread.join()
        os.close(self._stop[0])
        self.unplug()

    @property
    def is_plugged_in(self) -> bool:
        return bool(self._ends)

    @property
    def speed(self) -> int:
        """What the program has set, as termios tells it (a constant, not bits a second)."""
        import termios  # noqa: PLC0415 - POSIX only

        found: int = termios.tcgetattr(self._ends[1])[5]
        return found

    def write(self, data: bytes) -> None:
        """Raises BlockingIOError where nobody reads and the line is full."""
        os.write(self._ends[0], data)

    def unplug(self) -> None:
        """Pull the cable; harmless when it was pulled before."""
        ends, self._ends = self._ends, ()
        for end in ends:
            os.close(end)

    def _serve(self) -> None:
        while self._ends:
            ready, _, _ = select.select([self._ends[0], self._stop[0]], [], [])
            if self._stop[0] in ready:
                return
            self._heard(os.read(self._ends[0], 4096))
