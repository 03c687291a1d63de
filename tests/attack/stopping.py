"""A window that stands still between a finished page and its record, so that death finds it there every time."""

import time

from client.house import House
from client.store.papers import PaperSpool
from client.store.sealed import SealedFile, SealedFiles
from tests.attack.orders import Tell

POINTS = ("drawn", "sealed", "recorded")
"""The page is drawn and nowhere; it is sealed on the disk without its row; it is recorded and nobody was told."""

STANDSTILL = 30.0  # seconds


class Stop:
    """Stands still when the work comes by its point."""

    def __init__(self, point: str, tell: Tell) -> None:
        self._point = point
        self._tell = tell

    def at(self, point: str) -> None:
        if point == self._point:
            self._tell("standing", point=point)
            time.sleep(STANDSTILL)


class StoppingSpool(PaperSpool):
    """The real spool of `house`, with a stop on the way."""

    def __init__(self, house: House, stop: Stop) -> None:
        memory = house.counter.memory
        files = _StoppingFiles(house.profile.files, memory.key)
        files.stop = self._stop = stop
        super().__init__(memory.database, files, house.counter.clock, memory.source)

    def rendered(self, paper_id: int, pdf: bytes, template: str, *, reprint_no: int = 0) -> None:
        super().rendered(paper_id, pdf, template, reprint_no=reprint_no)
        self._stop.at("recorded")


class _StoppingFiles(SealedFiles):
    stop: Stop

    def put(self, content: bytes) -> SealedFile:
        self.stop.at("drawn")
        sealed = super().put(content)
        self.stop.at("sealed")
        return sealed
