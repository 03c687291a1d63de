"""A scanner as the desk sees it: what is asked of it, and the pages it gives one by one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from client.ports.pages import AS_USUAL, Sparing
from client.ports.readiness import Readiness
from client.rules.batches import UNCUT, Separator


class ScanSource(StrEnum):
    FLATBED = "flatbed"
    FEEDER = "feeder"
    FEEDER_DUPLEX = "feeder_duplex"  # both sides of each sheet: front, back, front, back

    @property
    def is_feeder(self) -> bool:
        return self is not ScanSource.FLATBED


class ScanMode(StrEnum):
    COLOUR = "colour"
    GREY = "grey"
    BILEVEL = "bilevel"  # black and white; a page is still a grey JPEG, of the two


class Paper(StrEnum):
    """How much of the glass, or of the feeder's width, is scanned."""

    A4 = "a4"
    A5 = "a5"
    CARD = "card"
    GLASS = "glass"  # as far as the device reaches

    @property
    def size(self) -> tuple[float, float] | None:
        """Width and height in mm; None: whatever the device has.

        A4 and A5 by ISO 216; a card is ID-1 (ISO/IEC 7810), 86 by 54 mm, and a finger's breadth around it.
        """
        return _SIZES.get(self)


_SIZES = {Paper.A4: (210.0, 297.0), Paper.A5: (148.0, 210.0), Paper.CARD: (100.0, 70.0)}


@dataclass(frozen=True, slots=True)
class ScanOrder:
    """What to scan. `dpi` in both directions. `limit`: at most so many pages of the feeder."""

    source: ScanSource = ScanSource.FLATBED
    mode: ScanMode = ScanMode.COLOUR
    dpi: int = 300
    limit: int | None = None
    paper: Paper = Paper.A4


@dataclass(frozen=True, slots=True)
class ScanProfile:
    """A way to scan that has a name at the counter; `icon` is the name of one of the program's icons, or empty.

    `fronts_then_backs`: for a feeder that sees one side, the stack goes through a second time, turned over.
    `leaves_out_blank`: pages that show nothing are taken out again when all of them came, and told; of both sides of
    sheets they always are.
    `starts_itself`: as soon as paper is laid into a feeder that can be asked.
    `by_camera`: its pages come from the document camera, where there is one beside the scanner.
    `sparing`: how small its pages are kept where they are cleaned.
    `is_locked`: source, mode and resolution are as written; nobody changes them at the counter.
    """

    name: str
    icon: str = ""
    order: ScanOrder = ScanOrder()
    separator: Separator = UNCUT
    fronts_then_backs: bool = False
    is_locked: bool = False
    leaves_out_blank: bool = False
    starts_itself: bool = False
    by_camera: bool = False
    sparing: Sparing = AS_USUAL

    def wants_no_blank(self, order: ScanOrder) -> bool:
        """Whether blank pages of a scan by `order` are left out."""
        return self.leaves_out_blank or self.fronts_then_backs or order.source is ScanSource.FEEDER_DUPLEX


@dataclass(frozen=True, slots=True)
class ScanProgress:
    """How far the scan is: `page` counts from 1, `share` of it is 0.0 to 1.0."""

    page: int
    share: float


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One whole page as it left the scanner: a JPEG file with its resolution in it. Sizes in pixels."""

    content: bytes
    width: int
    height: int
    dpi: int


class Scanner(Protocol):
    """A scanner on the counter. Its driver may run in a process of its own; a crash there is a DeviceError here."""

    name: str  # as the hall calls it, for errors

    def scan(
        self, order: ScanOrder, progress: Callable[[ScanProgress], None], cancelled: Callable[[], bool]
    ) -> Iterator[ScannedPage]:
        """Scan and yield each page as soon as it is whole; an empty feeder after the first page ends it.

        `progress` and `cancelled` are called on the caller's thread, several times a second. Raises Cancelled
        when `cancelled` says so (pages yielded before it stand), DeviceError: absent, busy, jammed, out of
        paper (an empty feeder), cover open, unreadable, timed out, unsupported.
        """
        ...

    def check(self) -> Readiness:
        """How it stands, in at most a second; does not disturb a scan on the way. Raises nothing."""
        ...

    def close(self) -> None:
        """Give the device back; a later scan opens it again."""
        ...


@runtime_checkable
class SeesPaper(Protocol):
    """A scanner that can be asked whether paper lies in its feeder."""

    def has_paper(self) -> bool:
        """In at most a second; False while a scan is on its way, and where it does not say. Raises nothing."""
        ...
