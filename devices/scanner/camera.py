"""A document camera (高拍仪) behind the port: a page is taken when it lies still; the pages are turned by hand.

Watched over as the process that scans by SANE is: it speaks the same lines, and so is told, cancelled and replaced.
"""

from collections.abc import Sequence

from client.program import own_program
from client.text import tr
from devices.scanner.sane_scanner import SaneScanner, Timing

CAMERA_NAME = tr("高拍仪")


def camera_command() -> tuple[str, ...]:
    return (*own_program(), "camera-child")


def camera_at(place: str, *, timing: Timing | None = None, command: Sequence[str] = ()) -> SaneScanner:
    """The camera of that number, or a film (the path of a video file) that stands for one; nothing is opened yet.

    From the glass: one page, as soon as it lies still. From the feeder: page after page without a hand on the keys,
    until the film or somebody's patience ends. Resolution and paper of an order mean nothing to a lens.
    """
    return SaneScanner(place, name=CAMERA_NAME, timing=timing, command=command or camera_command())
