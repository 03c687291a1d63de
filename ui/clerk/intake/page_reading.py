"""Reads the page that is looked at, elsewhere than on the screen's thread: the newest wish alone, each page once."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from client.desk.page_reading import Seen, read_page
from client.desk.sheet import PageSheet
from client.errors import DeskError, DeviceError
from client.ports.reading import PageReader
from ui.seat import Seat

SETTLED = 400  # milliseconds a page is looked at before it is read: whoever leafs through them reads none
GIVE_UP = 3  # pages in a row that the reader failed at; what was offered is a help, and nobody waits for it

Key = tuple[int, int]  # page and sheet


class PageReading(QObject):
    """`told` carries what the page that is looked at offers. What was read is kept until `forget`."""

    told = Signal(object)  # tuple[Seen, ...]

    def __init__(self, seat: Seat, read: PageReader, parent: QObject) -> None:
        super().__init__(parent)
        self._seat = seat
        self._read = read
        self._known: dict[Key, tuple[Seen, ...]] = {}
        self._turn = 0  # counts the cases: what was read for an earlier one is not kept
        self._wish: tuple[PageSheet, int] | None = None
        self._reading = False
        self._failures = 0
        self._settle = QTimer(self, interval=SETTLED, singleShot=True)
        self._settle.timeout.connect(self._next)

    def look_at(self, page: PageSheet | None, sheet: int) -> None:
        """That sheet of a page is in sight; None when nothing is, or nothing of it can be filled in."""
        key, before = _key(page, sheet), self._wish and _key(*self._wish)
        if key == before:
            return
        self._wish = None if page is None else (page, sheet)
        self.told.emit(self._known.get(key, ()) if key is not None else ())
        self._settle.start()

    def forget(self) -> None:
        """Another case: nothing of this one stays in memory."""
        self._turn, self._failures, self._known = self._turn + 1, 0, {}
        self.look_at(None, 0)

    def _next(self) -> None:
        if self._wish is None or self._reading or self._failures >= GIVE_UP or _key(*self._wish) in self._known:
            return
        page, sheet = self._wish
        self._reading = True
        self._seat.tasks.run(
            self._seat.lanes.reading,
            partial(read_page, self._seat.house.counter, page, sheet, self._read, self._seat.hands.paint),
            partial(self._was_read, self._turn, (page.page_id, sheet)),
            partial(self._not_read, self._turn, (page.page_id, sheet)),
            owner=self,
        )

    def _was_read(self, turn: int, key: Key, seen: tuple[Seen, ...]) -> None:
        self._seat.narrator.tell("page-read", page=key[0], offered=len(seen))
        self._failures = 0
        self._keep(turn, key, seen)

    def _not_read(self, turn: int, key: Key, error: DeskError) -> None:
        """Said to nobody: the clerk reads the page as always. The log has what became of the reader."""
        self._seat.narrator.tell("page-not-read", page=key[0], code=error.code)
        if isinstance(error, DeviceError):
            self._failures += 1
        self._keep(turn, key, ())

    def _keep(self, turn: int, key: Key, seen: tuple[Seen, ...]) -> None:
        self._reading = False
        if turn == self._turn:
            self._known[key] = seen
        if self._wish is not None and _key(*self._wish) == key:
            self.told.emit(seen)
        self._next()


def _key(page: PageSheet | None, sheet: int) -> Key | None:
    return None if page is None else (page.page_id, sheet)
