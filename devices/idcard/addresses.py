"""How a setting names an ID-card reader: a serial port, a maker's library, USB, or the simulated one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from client.errors import DeviceError, DeviceState
from devices.idcard import faults
from devices.idcard.sam import READER_NAME
from devices.idcard.serial_line import RATES

USB_PORT = 1001  # of a maker's library: the first reader on USB

ZONE_RATE = 9600  # bits a second, where the address says nothing: as scanners leave the works
_LIBRARIES = ("sdtapi", "termb")


@dataclass(frozen=True, slots=True)
class LibraryAddress:
    """`sdtapi:PATH[?port=N]`, `termb:PATH[?port=N]`: port 1–16 is serial, 1001–1016 USB."""

    kind: str
    path: str
    port: int = USB_PORT


def library_address(address: str) -> LibraryAddress | None:
    """None for what names no library. Raises DeviceError for what does, and wrongly."""
    place, _, query = address.partition("?")
    kind, colon, path = place.partition(":")
    if kind not in _LIBRARIES or not colon:
        return None
    options = dict(parse_qsl(query, keep_blank_values=True))
    port = options.pop("port", str(USB_PORT))
    if not path or options or not port.isascii() or not port.isdecimal():
        raise wrong(address)
    return LibraryAddress(kind, path, int(port))


def zone_address(address: str) -> tuple[str, int] | None:
    """Port and speed of `mrz:PORT[?rate=N]`, a passport reader; None for what is none.

    Raises DeviceError for what is written wrongly.
    """
    place, _, query = address.partition("?")
    kind, colon, port = place.partition(":")
    if kind != "mrz" or not colon:
        return None
    options = dict(parse_qsl(query, keep_blank_values=True))
    rate = options.pop("rate", str(ZONE_RATE))
    if not port or options or rate not in map(str, RATES):
        raise wrong(address)
    return port, int(rate)


def usb_address(address: str) -> Sequence[tuple[int, int]] | None:
    """Vendor and product of `usb:VID:PID` (hexadecimal), none of `usb:`; None for what is not on USB.

    Raises DeviceError for what is written wrongly.
    """
    kind, colon, numbers = address.partition(":")
    if kind != "usb" or not colon:
        return None
    if not numbers:
        return ()
    found = re.fullmatch(r"([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})", numbers)
    if found is None:
        raise wrong(address)
    return ((int(found[1], 16), int(found[2], 16)),)


def wrong(address: str) -> DeviceError:
    return DeviceError(DeviceState.UNSUPPORTED, faults.WRONG_ADDRESS, device=READER_NAME, address=address)
