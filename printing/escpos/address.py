"""The address of a receipt printer, as a setting has it, and the printer it names."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from client.errors import DeviceError, DeviceState
from client.text import tr
from printing.escpos import faults
from printing.escpos.library import GENERIC, width_of
from printing.escpos.lines import Line, device_file, network, serial_line
from printing.escpos.printer import RollPrinter
from printing.escpos.setting import Cut, Letters, Roll

ROLL_NAME = tr("热敏打印机")
PORT = 9100
BAUD = 9600
_WIDTHS = range(192, 833, 8)  # dots: rolls of 30 to 112 mm


def roll_printer_of(address: str, name: str = ROLL_NAME) -> RollPrinter:
    """`escpos://HOST[:PORT]`, `escpos:serial:PORT` or `escpos:file:PATH`; asks nobody yet. Raises DeviceError.

    Behind `?` may stand `letters` (raster, gb18030), `cut` (partial, full, no), `status=no` for a printer without a way
    back, `width` in dots, `profile`, by whose name python-escpos knows the printer's width and knife, and `baud` of a
    serial line.
    """
    place, _, query = address.removeprefix("escpos:").partition("?")
    options = dict(parse_qsl(query, keep_blank_values=True))
    try:
        opened = _way(place, int(options.pop("baud", BAUD)))
        roll = _roll(options)
        tells = {"yes": True, "no": False}[options.pop("status", "yes")]
    except (ValueError, KeyError) as error:
        raise _bad(address) from error
    if options or roll.width not in _WIDTHS:
        raise _bad(address)
    return RollPrinter(opened, name, roll, tells=tells)


def _roll(options: dict[str, str]) -> Roll:
    """Takes its own out of `options`. The library is asked only for a printer that has a name: it loads slowly."""
    usual = Roll()
    profile = options.pop("profile", GENERIC)
    if profile != GENERIC:
        usual = Roll(_width(profile) or usual.width, profile=profile)
    return Roll(
        int(options.pop("width", usual.width)),
        Letters(options.pop("letters", usual.letters)),
        Cut(options.pop("cut", usual.cut)),
        usual.profile,
    )


def _width(profile: str) -> int | None:
    try:
        return width_of(profile)
    except KeyError as error:
        raise DeviceError(DeviceState.UNSUPPORTED, faults.NO_PROFILE, device=profile, profile=profile) from error


def _way(place: str, baud: int) -> Callable[[], Line]:
    kind, _, rest = place.partition(":")
    if kind == "serial" and rest:
        return partial(serial_line, rest, baud)
    if kind == "file" and rest:
        return partial(device_file, Path(rest))
    parts = urlsplit(place)
    if not place.startswith("//") or not parts.hostname or parts.path:
        raise ValueError(place)
    return partial(network, parts.hostname, parts.port or PORT)


def _bad(address: str) -> DeviceError:
    return DeviceError(DeviceState.UNSUPPORTED, faults.BAD_ADDRESS, device=address, address=address)
