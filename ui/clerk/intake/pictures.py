"""Pages drawn for the screen, elsewhere than on its thread: the newest wish first, and nothing nobody waits for."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from client.desk.sheet import PageSheet, page_content
from client.errors import DeskError
from client.ports.pages import WHOLE, Part
from ui.seat import Seat
from ui.widgets.image import image_of


@dataclass(frozen=True, slots=True)
class Wish:
    """A part of a sheet of a page, as large as fits into `width` by `height` pixels of the screen."""

    page: PageSheet
    sheet: int
    width: int
    height: int
    part: Part = WHOLE


class Pictures(QObject):
    """One picture at a time is drawn; of the wishes only the newest `most` are remembered."""

    drawn = Signal(object, QImage)  # the wish and its picture
    failed = Signal(object, DeskError)

    def __init__(self, seat: Seat, most: int, parent: QObject) -> None:
        super().__init__(parent)
        self._seat = seat
        self._most = most
        self._wishes: list[Wish] = []
        self._drawing: Wish | None = None

    def want(self, wish: Wish) -> None:
        """Draw it, before what was wished earlier."""
        if wish == self._drawing or (self._wishes and self._wishes[-1] == wish):
            return
        if wish in self._wishes:
            self._wishes.remove(wish)
        self._wishes = [*self._wishes, wish][-self._most :]
        self._next()

    def forget(self) -> None:
        """Nobody waits for these pictures any more."""
        self._wishes = []

    def _next(self) -> None:
        if self._drawing is not None or not self._wishes:
            return
        wish = self._drawing = self._wishes.pop()
        counter, paint = self._seat.house.counter, self._seat.hands.paint
        self._seat.tasks.run(
            self._seat.lanes.looks,
            lambda: paint(
                page_content(counter, wish.page.page_id),
                wish.page.media_type,
                wish.width,
                wish.height,
                wish.sheet,
                wish.part,
            ),
            lambda picture: self._end(lambda: self.drawn.emit(wish, image_of(picture))),
            lambda error: self._end(lambda: self.failed.emit(wish, error)),
            owner=self,
        )

    def _end(self, tell: Callable[[], None]) -> None:
        self._drawing = None
        tell()
        self._next()
