"""The devices of a window: made as the settings name them, told of, and exchanged while the window is open."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Generic

from client.config import Settings
from client.desk.counted import Counted, CountedBox, CountedKeys, CountedPrinter, CountedReader, CountedScanner
from client.desk.device_tally import Tally
from client.desk.device_words import card_tried, keys_tried, page_tried, print_tried, rating_tried
from client.ports.devices import DEVICE_SETTINGS, Driver, Fitted, H, Kind, Kinds, R, Record, Tried
from client.ports.id_card import IdCardReader
from client.ports.keys import SealKeys
from client.ports.printer import Printer
from client.ports.rating import RatingBox
from client.ports.readiness import Device, Hand, Readiness, look_of
from client.ports.scanner import Scanner

NO_MORE: Mapping[str, str] = MappingProxyType({})


@dataclass(eq=False)
class Devices:
    """Each device of a window as it is told of; one that is exchanged is replaced whole, harmless on any thread.

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

    def at(self, device: Device) -> Fitted:
        """That device as it is now."""
        return next(each for each in self.fitted if each.device is device)

    def looks(self) -> Mapping[str, Callable[[], Readiness]]:
        """By name of its lamp, how to look at the device that is there then; each takes at most a second."""
        return {each.device.value: partial(self._look, each.device) for each in self.fitted}

    def take(self, device: Device, address: str) -> Fitted:
        """From now on the device is the one at `address`; on its lane. Raises DeviceError for what is no address."""
        taken = self.at(device).taken
        if taken is None:
            raise AssertionError("nobody can exchange a device that is only told of")
        new = taken(address)
        self.fitted = tuple(new if each.device is device else each for each in self.fitted)
        return new

    def let_go(self, device: Device) -> None:
        """Somebody else uses that device next; ours is opened again by its next use. On the lane of the device."""
        for each in self.fitted:
            if each.device is device and each.let_go is not None:
                each.let_go()

    def _look(self, device: Device) -> Readiness:
        return self.at(device).look()


@dataclass(frozen=True)
class FittedOut:
    """The hands of a window, each None where nobody set one up, and what is told of them."""

    reader: IdCardReader | None
    scanner: Scanner | None
    camera: Scanner | None
    printer: Printer | None
    rating: RatingBox | None
    keys: SealKeys | None
    devices: Devices
    others: Mapping[str, Printer]  # printers beside the window's own, by the hall's names

    @property
    def printers(self) -> Mapping[str, Printer]:
        """All of them; the window's own under no name."""
        return {**({} if self.printer is None else {"": self.printer}), **self.others}


def addresses(settings: Settings) -> Mapping[Device, str | None]:
    """Where each device is, as the settings have it; None where nobody set one up."""
    return {device: getattr(settings, name) or None for device, name in DEVICE_SETTINGS.items()}


def fit_out(
    at: Mapping[Device, str | None],
    kinds: Kinds,
    stack: ExitStack,
    tally: Tally | None = None,
    wrong: tuple[str, ...] = (),
    further: Mapping[str, str] = NO_MORE,
) -> FittedOut:
    """The hands at these addresses, counted by `tally`; `stack` gives them back. `further` printers by their names.

    Raises DeviceError for no address.
    """
    reader = _Place(Device.READER, kinds.reader, card_tried, _counting(tally, CountedReader), stack)
    scanner = _Place(Device.SCANNER, kinds.scanner, page_tried, _counting(tally, CountedScanner), stack)
    camera = _Place(Device.CAMERA, kinds.scanner, page_tried, _counting(tally, _counted_camera), stack)
    printer = _Place(Device.PRINTER, kinds.printer, print_tried, _counting(tally, CountedPrinter), stack)
    rating = _Place(Device.RATING, kinds.rating, rating_tried, _counting(tally, CountedBox), stack)
    keys = _Place(Device.KEY, kinds.key, keys_tried, _counting(tally, CountedKeys), stack)
    hands = reader.hand(at), scanner.hand(at), camera.hand(at), printer.hand(at), rating.hand(at), keys.hand(at)
    if tally is not None:
        stack.callback(tally.keep)
    fitted = (
        reader.fitted(at[Device.READER], hands[0]),
        scanner.fitted(at[Device.SCANNER], hands[1]),
        camera.fitted(at[Device.CAMERA], hands[2]),
        printer.fitted(at[Device.PRINTER], hands[3]),
        rating.fitted(at[Device.RATING], hands[4]),
        keys.fitted(at[Device.KEY], hands[5]),
    )
    others = {name: printer.counted(kinds.printer.hand_of(to), to) for name, to in further.items()}
    return FittedOut(*hands, Devices(fitted, tally, wrong), others)


@dataclass(frozen=True)
class _Place(Generic[H, R]):
    """Where one device of a window stands: whatever comes there is counted, told of, and given back by `stack`."""

    device: Device
    kind: Kind[H, R]
    told: Callable[[R], Tried]
    counted: Callable[[H, str], H]
    stack: ExitStack

    def hand(self, at: Mapping[Device, str | None]) -> H | None:
        address = at[self.device]
        return None if address is None else self._made(address)

    def fitted(self, address: str | None, hand: H | None) -> Fitted:
        kind = self.kind
        if address is None or hand is None:
            return Fitted(self.device, None, Driver(""), look_of(None), kind.found, taken=self._first)
        return Fitted(
            self.device,
            address,
            kind.driver_of(address),
            hand.check,
            kind.found,
            lambda: self.told(kind.attempt(hand)),
            lambda to: self._other(hand, to),
            let_go=_close_of(hand),
        )

    def _made(self, address: str) -> H:
        hand = self.counted(self.kind.hand_of(address), address)
        if (close := _close_of(hand)) is not None:
            self.stack.callback(close)
        return hand

    def _other(self, hand: H, address: str) -> Fitted:
        """Whoever has the hand goes on with the other device; a hand that nobody counts is not told of it."""
        if not isinstance(hand, Counted):
            return self._first(address)
        hand.exchange(self.kind.hand_of(address), address)
        return self.fitted(address, hand)

    def _first(self, address: str) -> Fitted:
        """Nobody had one when the window opened: it is looked after from now on, and worked with from the next time."""
        return self._later(address, self._made(address))

    def _later(self, address: str, hand: H) -> Fitted:
        def again(to: str) -> Fitted:
            return replace(self._other(hand, to), taken=again, is_at_counter=False)

        return replace(self.fitted(address, hand), taken=again, is_at_counter=False)


def _close_of(hand: Hand) -> Callable[[], None] | None:
    """How it gives its device back; a printer holds nothing between two uses."""
    close: Callable[[], None] | None = getattr(hand, "close", None)
    return close


def _counting(tally: Tally | None, kind: Callable[[H, Tally, str], H]) -> Callable[[H, str], H]:
    return lambda hand, address: hand if tally is None else kind(hand, tally, address)


def _counted_camera(camera: Scanner, tally: Tally, address: str) -> Scanner:
    return CountedScanner(camera, tally, address, Device.CAMERA)
