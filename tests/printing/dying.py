"""A window that prints and is killed at an instant it was told: `python -m tests.printing.dying PROFILE PRINTER AT`."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from client.demo import DEMO_SETTINGS
from client.store.memory import Memory
from client.store.opening import open_memory
from client.store.prints import StoredPrints
from client.store.profile import Profile
from printing.dispatch import Dispatch
from printing.ipp.printer import IppPrinter
from tests.desk.counter import MORNING, PASSPHRASE, MovableClock

NAME = "窗口打印机"


@contextmanager
def opened(folder: Path) -> Iterator[Memory]:
    profile = Profile(folder)
    with open_memory(profile, DEMO_SETTINGS.source_uri, passphrase=PASSPHRASE, program="test", now=MORNING) as memory:
        yield memory


class Fuse:
    """Burns down by one before and after each call of what it is laid to; at nothing the process is killed."""

    def __init__(self, length: int) -> None:
        self._left = length

    def burn(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def lay(self, to: object, *calls: str) -> None:
        for name in calls:
            setattr(to, name, self._burning(getattr(to, name)))

    def _burning(self, call: Any) -> Any:
        def burn(*arguments: object) -> object:
            self.burn()
            result = call(*arguments)
            self.burn()
            return result

        return burn


def main(folder: str, address: str, at: str) -> None:
    with opened(Path(folder)) as memory:
        queue: StoredPrints = memory.prints(MovableClock())
        printer = IppPrinter(address, NAME)
        fuse = Fuse(int(at))
        fuse.lay(queue, "sending", "sent")
        fuse.lay(printer, "submit")
        Dispatch(queue, printer).step()


if __name__ == "__main__":
    main(*sys.argv[1:])
