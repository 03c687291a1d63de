"""The devices of a window as whoever looks after them sees them: how each is spoken to, and what became of its work."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import Generic, Self, TypeVar
from urllib.parse import parse_qsl

from client.errors import DeviceState
from client.ports.id_card import IdCardReader, IdentityDocument
from client.ports.keys import KeyOnHand, SealKeys
from client.ports.printer import JobReport, Printer
from client.ports.rating import Grade, RatingBox
from client.ports.readiness import Device, Hand, Readiness
from client.ports.scanner import ScannedPage, Scanner
from client.text import tr

H = TypeVar("H", bound=Hand)
R = TypeVar("R")


DEVICE_SETTINGS: Mapping[Device, str] = MappingProxyType(
    {
        Device.READER: "reader_port",
        Device.SCANNER: "scanner",
        Device.CAMERA: "camera",
        Device.PRINTER: "printer",
        Device.RATING: "rating_port",
        Device.KEY: "seal_key",
    }
)
"""Which setting has its address."""

SIMULATED = "simulated"
"""The address of the simulator of every kind; what it fails at may stand behind it."""


NOT_PRINTED = "not_printed"
"""A print that the printer had taken, and then said it had failed."""

FAILED_WORDS: Mapping[str, str] = MappingProxyType(
    {
        DeviceState.ABSENT: tr("没有找到"),
        DeviceState.BUSY: tr("被占用"),
        DeviceState.JAMMED: tr("卡纸"),
        DeviceState.OUT_OF_PAPER: tr("没有纸"),
        DeviceState.COVER_OPEN: tr("盖板没有合上"),
        DeviceState.UNREADABLE: tr("读不出或出错"),
        DeviceState.TIMED_OUT: tr("没有等到"),
        DeviceState.LOCKED: tr("没有权限"),
        DeviceState.UNSUPPORTED: tr("不支持"),
        NOT_PRINTED: tr("没有打出"),
    }
)


@dataclass(frozen=True, slots=True)
class Order:
    """A failure ordered of a simulator: `how`, at its use number `at` (from 1)."""

    how: str
    at: int = 1

    @classmethod
    def parse(cls, words: str) -> Self:
        """An order such as "timed_out:2"; without a number it is the first use. Raises ValueError."""
        how, _, at = words.partition(":")
        return cls(how, int(at or 1))


def simulator_options(address: str) -> dict[str, str] | None:
    """What stands behind `?` in a simulator's address, as in the query of a URL; None for a real device."""
    place, _, query = address.partition("?")
    return dict(parse_qsl(query, keep_blank_values=True)) if place == SIMULATED else None


@dataclass(frozen=True, slots=True)
class Driver:
    """How a device is spoken to: `words` for people, and the library with its version, "" where there is none."""

    words: str
    library: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What became of a device's work here: a card read, a page scanned, a sheet printed is one good use.

    `failed` counts by `DeviceState`, and `NOT_PRINTED`. `last_code` is the code of the last error, where it had one.
    """

    good: int = 0
    last_good: datetime | None = None
    failed: Mapping[str, int] = field(default_factory=dict)
    last_failed: datetime | None = None
    last_code: str = ""

    def in_zone(self, zone: tzinfo | None) -> "Record":
        """The same, with its times as a clock on the wall there has them."""
        return replace(
            self,
            last_good=self.last_good and self.last_good.astimezone(zone),
            last_failed=self.last_failed and self.last_failed.astimezone(zone),
        )

    def with_good(self, at: datetime) -> "Record":
        return replace(self, good=self.good + 1, last_good=at)

    def with_failed(self, how: str, code: str, at: datetime) -> "Record":
        failed = {**self.failed, how: self.failed.get(how, 0) + 1}
        return replace(self, failed=failed, last_failed=at, last_code=code)


@dataclass(frozen=True)
class Tried:
    """What came of a test, in words without personal data; of a scanner the page, of keys who they are, to look at.

    `brief`: where what is looked at says the rest.
    """

    told: str
    page: ScannedPage | None = None
    keys: Sequence[KeyOnHand] = ()
    brief: str = ""


@dataclass(frozen=True)
class Kind(Generic[H, R]):
    """What a room of hands offers of one kind of device.

    `hand_of` makes the hand an address names and opens nothing; it and `found` raise DeviceError. `found` are
    (address, label) of what could be set up, and takes seconds. `attempt` tests a hand: reads, scans or prints one.
    """

    hand_of: Callable[[str], H]
    driver_of: Callable[[str], Driver]
    found: Callable[[], Sequence[tuple[str, str]]]
    attempt: Callable[[H], R]


@dataclass(frozen=True)
class Kinds:
    """All kinds, as the front door knows them."""

    reader: Kind[IdCardReader, IdentityDocument]
    scanner: Kind[Scanner, ScannedPage]
    printer: Kind[Printer, JobReport]
    rating: Kind[RatingBox, Grade | None]
    key: Kind[SealKeys, Sequence[KeyOnHand]]


@dataclass(frozen=True)
class Fitted:
    """A device as this window has it. `address` is None where nobody set one up; there is no `test` then either.

    `look` takes at most a second. `test`, `taken` and `let_go` belong on the lane of its device; the first two raise
    DeviceError. `taken` puts the device of another address in its place, `let_go` gives it back until its next use.
    `is_at_counter`: the counter works with it, and not from the next opening only.
    """

    device: Device
    address: str | None
    driver: Driver
    look: Callable[[], Readiness]
    found: Callable[[], Sequence[tuple[str, str]]]
    test: Callable[[], Tried] | None = None
    taken: Callable[[str], "Fitted"] | None = None
    is_at_counter: bool = True
    let_go: Callable[[], None] | None = None
