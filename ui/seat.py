"""What whoever sits at the window has at hand: the opened house, its hands, and a lane for each of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from client.errors import DeskError, RightsError
from client.lanes import Lane
from ui.narrator import Narrator
from ui.notices import Notices
from ui.tasks import Tasks
from ui.theme.tokens import Tokens
from ui.unkept import Unkept

if TYPE_CHECKING:  # the desk loads behind the first paint
    from client.desk.devices import Devices
    from client.desk.staff import Session, Staff
    from client.house import House
    from client.ports.agreement import Comparison
    from client.ports.id_card import IdCardReader, IdentityDocument
    from client.ports.keys import SealKeys
    from client.ports.link import LinkState
    from client.ports.pages import PagePainter
    from client.ports.printer import Printer
    from client.ports.readiness import Readiness
    from client.ports.reading import PageReader
    from client.ports.scanner import Scanner, ScanProfile
    from client.ports.sheets import SheetPress
    from ui.door import WindowDoor  # it hands in the Hands of this module


class Sender(Protocol):
    """The sync loop as a person sees it."""

    def wake(self) -> None:
        """There is new work to send."""
        ...

    def link_up(self) -> None:
        """A person wants it sent now."""
        ...

    def pause(self) -> None:
        """End the pass after the batch it is in; nothing is lost, the next pass goes on from there."""
        ...

    def compare(self) -> None:
        """A person wants window and platform compared, after a pass that begins now."""
        ...

    @property
    def comparison(self) -> "Comparison | None":
        """What the last comparison found; None while one is owed. Harmless on any thread."""
        ...

    def shown(self, code: str) -> "IdentityDocument":
        """The document behind a code that a citizen shows on a phone; takes as long as the platform does."""
        ...

    def state(self) -> "LinkState":
        """How the link stands; harmless on any thread."""
        ...


class Paperboy(Protocol):
    """Renders what waits and prints what is asked."""

    def step(self) -> float:
        """One round, on the print lane alone; returns the seconds until the next is due."""
        ...

    def why_undrawn(self, paper_id: int, reprint_no: int) -> DeskError | None:
        """Why the last round could not draw that print; None where nothing is known. Harmless on any thread."""
        ...


@dataclass(frozen=True)
class Hands:
    """What the front door hands in. A hand nobody set up is None, and its readiness says so."""

    reader: "IdCardReader | None"
    scanner: "Scanner | None"
    printer: "Printer | None"
    paint: "PagePainter"
    sender: Sender | None
    paperboy: Paperboy
    look: "Mapping[str, Callable[[], Readiness]]"  # by name of the lamp in the strip; each takes at most a second
    devices: "Devices"
    read: "PageReader | None" = None  # an optional component: nothing is said of it where it is not there
    camera: "Scanner | None" = None  # a document camera beside the scanner
    ways_to_scan: "Sequence[ScanProfile]" = ()  # the first is what one begins with; none: those every counter has
    keys: "SealKeys | None" = None
    draw: "SheetPress | None" = None  # the window's own sheets

    @property
    def can_scan(self) -> bool:
        return self.scanner is not None or self.camera is not None


@dataclass(frozen=True)
class Lanes:
    """One for each resource. `looks` is for what may take a second and disturbs nobody: lamps, pictures.

    `files` is for files anywhere: one on a network share that is gone takes as long as it likes; `reading` for the
    print of pages, which takes seconds each; `samples` for the page of a paper that is being filled in, which follows
    the keys and waits for no list.
    """

    store: Lane
    reader: Lane
    scanner: Lane
    printer: Lane
    looks: Lane
    files: Lane
    reading: Lane
    samples: Lane
    rating: Lane
    key: Lane

    @classmethod
    def begun(cls) -> "Lanes":
        return cls(*(Lane(each.name) for each in fields(cls)))

    def all(self) -> tuple[Lane, ...]:
        return tuple(getattr(self, each.name) for each in fields(self))


class Bell(QObject):
    """What one page tells the others: nobody knows who listens."""

    case_changed = Signal(int)  # case_id: something of it was written
    papers_asked = Signal()  # a paper waits to be rendered or printed
    go = Signal(str, dict)  # open the page of that place name, there
    lock = Signal()
    keys_changed = Signal()  # a seal key came or went
    working = Signal(str)  # what the window works at, for the header; "" at nothing
    closing = Signal()  # the house closes next: whoever works beside the lanes ends it now


@dataclass(frozen=True)
class Seat:
    """Handed to every page."""

    house: "House"
    hands: Hands
    lanes: Lanes
    tasks: Tasks
    notices: Notices
    narrator: Narrator
    bell: Bell
    keys: Mapping[str, str]  # act → key sequence, e.g. "accept" → "F9"
    lamps: "Mapping[str, Readiness]"  # how each hand was seen last
    tokens: Tokens
    session: "Session"
    door: "WindowDoor"  # for the settings page: what is written there counts at the next opening
    unkept: Unkept

    def staff(self) -> "Staff":
        """Who acts now; counts as activity. Raises RightsError when the window is locked."""
        return self.session.staff()

    def present(self) -> "Staff | None":
        """Who sits here, for what the window does by itself; None when it is locked, or about to be."""
        try:
            return self.session.present()
        except RightsError:
            return None

    def acting(self) -> "Staff | None":
        """Who acts now; a window that was left alone too long asks who it is instead."""
        try:
            return self.staff()
        except RightsError as error:
            self.notices.error(error)
            self.bell.lock.emit()
            return None
