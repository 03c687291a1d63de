"""The address of a receipt printer, as a setting has it, and the printer it names."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from client.errors import DeviceError, DeviceState
from client.text import tr
from printing.escpos import faults
from printing.escpos.commands import CUT
from printing.escpos.lines import Line, device_file, network, serial_line
from printing.escpos.printer import RollPrinter
from printing.escpos.setting import Letters, Roll

ROLL_NAME = tr("热敏打印机")
PORT = 9100
BAUD = 9600
_WIDTHS = range(192, 833, 8)  # dots: rolls of 30 to 112 mm


def roll_printer_of(address: str, name: str = ROLL_NAME) -> RollPrinter:
    """`escpos://HOST[:PORT]`, `escpos:serial:PORT` or `escpos:file:PATH`; asks nobody yet. Raises DeviceError.

    Behind `?` may stand `letters` (raster, gb18030), `cut` (partial, full, no), `status=no` for a printer without a way
    back, `width` in dots, and `baud` of a serial line.
    """
    place, _, query = address.removeprefix("escpos:").partition("?")
    options = dict(parse_qsl(query, keep_blank_values=True))
    try:
        opened = _way(place, int(options.pop("baud", BAUD)))
        roll = Roll(int(options.pop("width", Roll().width)), Letters(options.pop("letters", Letters.RASTER)))
        roll = Roll(roll.width, roll.letters, options.pop("cut", roll.cut))
        tells = {"yes": True, "no": False}[options.pop("status", "yes")]
    except (ValueError, KeyError) as error:
        raise _bad(address) from error
    if options or roll.width not in _WIDTHS or roll.cut not in CUT:
        raise _bad(address)
    return RollPrinter(opened, name, roll, tells=tells)


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
