"""What every page of the rail is: a widget with a name and an icon that reads its facts anew when it is shown."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from ui.seat import Seat


class Page(QWidget):
    """`name` is its word in the rail, `icon` a file of resources/icons, `place_name` how its place is kept."""

    name: str
    icon: str
    place_name: str

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat

    def shown(self) -> None:
        """The page came in sight: read what may have changed meanwhile, and take the keyboard."""

    def left(self) -> None:
        """Another page comes, or the window locks: save what is half typed."""

    def place(self) -> Mapping[str, object]:
        """Where its user is, to open there again after a restart; JSON values, no personal data but typed text."""
        return {}

    def go_to(self, place: Mapping[str, object]) -> None:
        """Open where its user was."""
