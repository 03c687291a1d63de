"""A window that renders and prints until it is killed: `python -m tests.attack.printing_window PROFILE PRINTER`.

With `forgets` behind it its list does not keep what was handed over: the control, which prints a paper again and again.
"""

import sys
import time
from pathlib import Path

from printing.dispatch import IDLE, Dispatch
from printing.ipp.printer import IppPrinter
from printing.rounds import Renderer
from tests.desk.counter import MovableClock
from tests.printing.dying import NAME, opened

QUIET = "quiet"  # a file beside the store, as long as it has nothing to print
BEAT = 0.05  # seconds; a window looks each half second, and is met in fewer instants


def main(folder: str, address: str, how: str = "") -> None:
    clock, render = MovableClock(), Renderer()
    with opened(Path(folder)) as memory:
        queue = memory.prints(clock)
        if how == "forgets":
            setattr(queue, "sending", lambda *_: None)  # noqa: B010 - that is what is broken
            setattr(queue, "sent", lambda *_: None)  # noqa: B010 - and this
        dispatch = Dispatch(queue, IppPrinter(address, NAME))
        while True:
            render(memory.spool(clock))
            if dispatch.step() == IDLE:
                (Path(folder) / QUIET).touch()
            else:
                (Path(folder) / QUIET).unlink(missing_ok=True)
            time.sleep(BEAT)


if __name__ == "__main__":
    main(*sys.argv[1:])
