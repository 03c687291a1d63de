"""A reader on USB, as the window holds it: the common conversation over pipes that the card child holds."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path

from client.errors import DeviceError
from client.ports.clock import Clock
from client.text import tr
from devices.idcard.card_child import CardChild, Terms
from devices.idcard.conversation import Conversation, Exchange, Timing
from devices.idcard.libraries import OPENED
from devices.idcard.library_reader import ChildSamReader
from devices.idcard.sam import READER_NAME, SamReader

ON_USB = tr("USB上的身份证阅读器")

Ids = Sequence[tuple[int, int]]

_DEVICES = Path("/sys/bus/usb/devices")


@cache
def known_readers() -> Ids:
    """Vendor and product of the readers that are known."""
    rows = json.loads(files("resources").joinpath("codes", "card_readers.json").read_text("utf-8"))["readers"]
    return tuple((int(row["vendor"], 16), int(row["product"], 16)) for row in rows)


def plugged_in(devices: Path = _DEVICES) -> Sequence[tuple[str, str]]:
    """Known readers on the bus, as Linux tells without asking them: address and words. None on other systems."""
    known = set(known_readers())
    found = {ids for each in devices.glob("*/idVendor") if (ids := _ids(each.parent)) in known}
    return [(f"usb:{vendor:04x}:{product:04x}", ON_USB) for vendor, product in sorted(found)]


def _ids(device: Path) -> tuple[int, int]:
    """Vendor and product; of one that is pulled out just now, none that is known."""
    try:
        vendor, product = (int((device / name).read_text(), 16) for name in ("idVendor", "idProduct"))
    except (OSError, ValueError):
        return 0, 0
    return vendor, product


class UsbLine:
    """A `Line` over bulk pipes. In the place of speeds stand the ways they are laid: in one pair, or in two.

    In two the head of a frame goes through the first pair and its body through the second, as papers on the protocol
    have it; many readers answer on one. Whoever begins a conversation finds out which is answered.
    """

    rates = (1, 2)

    def __init__(self, child: CardChild, *, wait: float, patience: float) -> None:
        self._child = child
        self._wait = wait
        self._patience = patience
        self._pairs = self.rates[0]

    @property
    def is_open(self) -> bool:
        return self._child.is_open

    def open(self, rate: int) -> None:
        self._pairs = rate
        if not self._child.is_open:
            self._child.open()

    def send(self, data: bytes) -> None:
        self._child.ask(self._patience, command="send", frame=data.hex(), pairs=self._pairs)

    def receive(self) -> bytes:
        wait = round(self._wait * 1000)
        return self._child.ask(self._patience, command="receive", wait=wait, pairs=self._pairs)[1]

    def close(self) -> None:
        """Let the pipes go; the child stays for the next time."""
        with suppress(DeviceError):
            self._child.release()


def usb_reader(
    ids: Ids,
    *,
    clock: Clock,
    name: str = READER_NAME,
    timing: Timing | None = None,
    terms: Terms | None = None,
    witness: Callable[[Exchange], None] | None = None,
) -> ChildSamReader:
    """The first reader on USB that has one of `ids`, or of the known ones; nothing is opened yet."""
    timing = timing or Timing()
    driver = {"driver": "usb", "ids": ids or known_readers()}
    child = CardChild(name, driver, opened=OPENED, terms=terms)
    line = UsbLine(child, wait=timing.slice, patience=timing.short)
    sam = Conversation(line, name=name, timing=timing, witness=witness)
    return ChildSamReader(child, SamReader("", clock=clock, name=name, timing=timing, sam=sam))
