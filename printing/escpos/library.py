"""python-escpos, brought in where the first roll is printed, and not as it comes.

Importing its `capabilities` reads 96 KB of YAML (0.3 s), leaves a folder under the system's temporary one, fits the
root logger with a handler, and unpickles what lies in a folder named by the environment: what is pickled runs as code.
"""

import logging
import os
import shutil
from functools import cache
from typing import Any

_PICKLES = "ESCPOS_CAPABILITIES_PICKLE_DIR"
GENERIC = "default"


@cache
def _profiles() -> dict[str, Any]:
    os.environ.pop(_PICKLES, None)  # without it the folder is one it has just made for this process alone
    root, seat = logging.getLogger(), logging.NullHandler()
    root.addHandler(seat)  # it adds its own where there is none
    try:
        from escpos import capabilities  # noqa: PLC0415 - as the module says
    finally:
        root.removeHandler(seat)
    shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    found: dict[str, Any] = capabilities.CAPABILITIES["profiles"]
    return found


def width_of(profile: str) -> int | None:
    """Dots across of the printer known by this name, in whole bytes; None where the library does not say.

    Raises KeyError: it knows no such printer, or none that prints dots.
    """
    known = _profiles()[profile]
    if not known["features"]["bitImageRaster"]:
        raise KeyError(profile)
    dots = known["media"]["width"].get("pixels")
    return dots // 8 * 8 if isinstance(dots, int) else None


def maker(profile: str, width: int) -> Any:  # noqa: ANN401 - an untyped library's escpos.printer.Dummy
    """What makes the bytes of one slip, `width` dots wide, for the printer known by this name."""
    known = _profiles()[profile]
    from escpos.capabilities import Profile  # noqa: PLC0415 - never before `_profiles`
    from escpos.printer import Dummy  # noqa: PLC0415 - as above

    own = Profile(features=known["features"])
    # Without a width it would tell so at every picture, on standard output.
    own.profile_data = known | {"media": known["media"] | {"width": {"pixels": width}}}
    return Dummy(profile=own)
