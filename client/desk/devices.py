"""The devices of a window: made as the settings name them, and told of."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass

from client.config import Settings
from client.desk.counted import CountedBox, CountedPrinter, CountedReader, CountedScanner
from client.desk.device_tally import Tally
from client.desk.device_words import card_tried, page_tried, print_tried, rating_tried
from client.ports.devices import DEVICE_SETTINGS, Driver, Fitted, H, Kind, Kinds, R, Record, Tried
from client.ports.id_card import IdCardReader
from client.ports.printer import Printer
from client.ports.rating import RatingBox
from client.ports.readiness import Device, look_of
from client.ports.scanner import Scanner


@dataclass(frozen=True)
class Devices:
    """Each device of a window as it is told of.

    `wrong` are sentences: what of IT's device file was passed over, and why.
    """

    fitted: tuple[Fitted, ...]
    tally: Tally | None = None
    wrong: tuple[str, ...] = ()

    def record(self, fitted: Fitted) -> Record:
        """What became of its work so far; harmless on any thread."""
        if self.tally is None or fitted.address is None:
            return Record()
        return self.tally.record(fitted.device, fitted.address)


@dataclass(frozen=True)
class FittedOut:
    """The hands of a window, each None where nobody set one up, and what is told of them."""

    reader: IdCardReader | None
    scanner: Scanner | None
    camera: Scanner | None
    printer: Printer | None
    rating: RatingBox | None
    devices: Devices


def addresses(settings: Settings) -> Mapping[Device, str | None]:
    """Where each device is, as the settings have it; None where nobody set one up."""
    return {device: getattr(settings, name) or None for device, name in DEVICE_SETTINGS.items()}


def fit_out(
    at: Mapping[Device, str | None],
    kinds: Kinds,
    stack: ExitStack,
    tally: Tally | None = None,
    wrong: tuple[str, ...] = (),
) -> FittedOut:
    """The hands at these addresses, counted by `tally`; `stack` gives them back. Raises DeviceError for no address."""
    reader = _hand(kinds.reader, at[Device.READER])
    scanner = _hand(kinds.scanner, at[Device.SCANNER])
    camera = _hand(kinds.scanner, at[Device.CAMERA])
    printer = _hand(kinds.printer, at[Device.PRINTER])
    rating = _hand(kinds.rating, at[Device.RATING])
    for held in (reader, scanner, camera, rating):
        if held is not None:
            stack.callback(held.close)
    if tally is not None:
        reader = reader and CountedReader(reader, tally, at[Device.READER] or "")
        scanner = scanner and CountedScanner(scanner, tally, at[Device.SCANNER] or "")
        camera = camera and CountedScanner(camera, tally, at[Device.CAMERA] or "", Device.CAMERA)
        printer = printer and CountedPrinter(printer, tally, at[Device.PRINTER] or "")
        rating = rating and CountedBox(rating, tally, at[Device.RATING] or "")
        stack.callback(tally.keep)
    fitted = (
        _fitted(Device.READER, kinds.reader, at, reader, card_tried),
        _fitted(Device.SCANNER, kinds.scanner, at, scanner, page_tried),
        _fitted(Device.CAMERA, kinds.scanner, at, camera, page_tried),
        _fitted(Device.PRINTER, kinds.printer, at, printer, print_tried),
        _fitted(Device.RATING, kinds.rating, at, rating, rating_tried),
    )
    return FittedOut(reader, scanner, camera, printer, rating, Devices(fitted, tally, wrong))


def _hand(kind: Kind[H, R], address: str | None) -> H | None:
    return None if address is None else kind.hand_of(address)


def _fitted(
    device: Device, kind: Kind[H, R], at: Mapping[Device, str | None], hand: H | None, told: Callable[[R], Tried]
) -> Fitted:
    address = at[device]
    if address is None or hand is None:
        return Fitted(device, None, Driver(""), look_of(None), kind.found)
    return Fitted(device, address, kind.driver_of(address), hand.check, kind.found, lambda: told(kind.attempt(hand)))
