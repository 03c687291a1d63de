"""The face's way into the house: what the front door must offer so that a window can be opened on the screen."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from client.glance import Glance

if TYPE_CHECKING:  # the desk loads behind the first paint
    from client.config import Settings
    from client.house import House
    from client.ports.templates import Templates
    from client.rules.items import Organ
    from ui.seat import Hands


class WindowDoor(Protocol):
    """One profile. All but `looks` are slow: never called on the GUI thread."""

    name: str  # of this profile among all on this machine, for the local socket; no path
    folder: Path  # where its data lie, or will
    hint: str  # under the sign-in fields, in the demo hall; else ""

    def looks(self) -> Glance:
        """How it is to look, read at a glance; quick, raises nothing."""
        ...

    def settings(self) -> "Settings":
        """Its settings. Raises StoreError; STORE-151 when there are none yet: then it is a first run."""
        ...

    def open(self) -> "tuple[House, Hands]":
        """Open it for writing, with its hands. Raises StoreError, `store-busy` when another process holds it."""
        ...

    def close(self) -> None:
        """Stop sending, give the hands back, carry the log over. Harmless when it is not open."""
        ...

    def write_settings(self, settings: "Settings") -> None:
        """Write the settings of a first run or a change. Raises StoreError, `store-busy` as `open` does."""
        ...

    def templates(self) -> "Templates":
        """By which words the papers are drawn, and packs of them to be tried."""
        ...

    def trials(self) -> "Trials":
        """What the pages of set-up try on the spot. The first call loads much: on a lane; then it is quick."""
        ...


class Trials(Protocol):
    """Each is tried with the values as they stand on the page, before anything is written.

    All but `organs` ask the machine or the network, and may take seconds. What is found are (address, label);
    the simulated hands are not among them, the pages offer those themselves.
    """

    def organs(self) -> "Sequence[Organ]":
        """Whose names stand on the papers: the organs of the catalogue, each once. Raises StoreError."""
        ...

    def reader_ports(self) -> Sequence[tuple[str, str]]:
        """Serial ports of this machine."""
        ...

    def scanners(self) -> Sequence[tuple[str, str]]:
        """The scanners found. Raises DeviceError where nobody can look for them."""
        ...

    def printers(self) -> Sequence[tuple[str, str]]:
        """The printers found. Raises DeviceError where nobody can look for them."""
        ...

    def try_hub(self, url: str) -> str:
        """Ask the platform; returns what it said. Raises PlatformError."""
        ...

    def try_reader(self, port: str) -> str:
        """Read the card that lies on the reader; returns what it says, masked. Raises DeviceError."""
        ...

    def try_scanner(self, address: str) -> str:
        """Scan a page; returns its size in words. Raises DeviceError."""
        ...

    def try_printer(self, address: str, hall_name: str, window_no: str) -> str:
        """Print a test page; returns how the job stands. Raises DeviceError."""
        ...

    def try_keys(self, address: str) -> str:
        """Whose seal keys are plugged in; asks for no PIN. Raises DeviceError."""
        ...

    def try_rating(self, address: str) -> str:
        """Ask for a grade; returns what was pressed. Raises DeviceError."""
        ...

    def try_key_place(self) -> str:
        """Where the store's key would be kept. Raises StoreError where there is no place."""
        ...
