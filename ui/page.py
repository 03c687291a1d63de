"""What every page of the rail is: a widget with a name and an icon that reads its facts anew when it is shown."""

from collections.abc import Generator, Iterator, Mapping
from typing import Self, TypeVar

from PySide6.QtWidgets import QWidget

from ui.seat import Seat

Made = TypeVar("Made")


class Page(QWidget):
    """`name` is its word in the rail, `icon` a file of resources/icons, `place_name` how its place is kept."""

    name: str
    icon: str
    place_name: str

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat

    @classmethod
    def making(cls, seat: Seat) -> Generator[None, None, Self]:
        """Make one in steps, keys are heard between them; a page that takes longer than a moment has some."""
        yield from ()
        return cls(seat)

    def preparing(self) -> Iterator[None]:
        """Steps that make and paint what comes in sight in the middle of work; taken while nothing else is done."""
        yield from ()

    def shown(self) -> None:
        """The page came in sight: read what may have changed meanwhile, and take the keyboard."""

    def left(self) -> None:
        """Another page comes, or the window locks: save what is half typed."""

    def place(self) -> Mapping[str, object]:
        """Where its user is, to open there again after a restart; JSON values, no personal data but typed text."""
        return {}

    def go_to(self, place: Mapping[str, object]) -> None:
        """Open where its user was."""


def at_once(making: Generator[None, None, Made]) -> Made:
    """What is made in steps, without a pause between them."""
    while True:
        try:
            next(making)
        except StopIteration as ended:
            made: Made = ended.value
            return made
