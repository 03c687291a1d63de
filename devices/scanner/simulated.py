"""A scanner for training, demo and tests: page files instead of paper, at a scanner's pace, with faults on order."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Self

from PIL import Image, ImageOps

from client.errors import Cancelled
from client.ports.readiness import Condition, Readiness
from client.ports.scanner import ScanMode, ScannedPage, ScanOrder, ScanProgress, ScanSource
from client.text import tr
from devices.scanner.faults import Trouble, trouble_error
from devices.scanner.pictures import bilevel, jpeg_of
from devices.scanner.sane_options import MM_PER_INCH

SIMULATED_NAME = tr("模拟扫描仪")
READY = tr("就绪（模拟）")

_PICTURES = (".jpg", ".jpeg", ".png")
_GLASS = (216.0, 297.0)  # mm, as most have it
_STEP = 0.1  # seconds between two words of progress
_BREAKS_AT = 0.5  # of a page: where a trouble comes


@dataclass(frozen=True, slots=True)
class Failure:
    """A trouble in the middle of page `page` of every scan."""

    trouble: Trouble
    page: int = 1

    @classmethod
    def parse(cls, order: str) -> Self:
        """An order such as "jammed:2"; without a number it is page 1. Raises ValueError."""
        trouble, _, page = order.partition(":")
        return cls(Trouble(trouble), int(page or 1))


def sample_pages() -> Sequence[Traversable]:
    """The pictures among the program's own sample pages."""
    folder = files("resources") / "samples" / "pages"
    return sorted((each for each in folder.iterdir() if each.name.endswith(_PICTURES)), key=lambda each: each.name)


class SimulatedScanner:
    """Gives `pages` one after another, over and over, each fitted on a white sheet of the order's paper.

    Before each scan the feeder holds `in_feeder` sheets again; a page takes `pace` seconds.
    """

    def __init__(
        self,
        pages: Sequence[Traversable],
        *,
        name: str = SIMULATED_NAME,
        pace: float = 1.0,
        in_feeder: int = 3,
        failure: Failure | None = None,
    ) -> None:
        self.name = name
        self.failure = failure
        self._pages = tuple(pages)
        self._pace = pace
        self._in_feeder = in_feeder
        self._next = 0
        self._is_scanning = False

    def scan(
        self, order: ScanOrder, progress: Callable[[ScanProgress], None], cancelled: Callable[[], bool]
    ) -> Iterator[ScannedPage]:
        """See the port."""
        sheets = self._in_feeder if order.source.is_feeder else 1
        if sheets < 1:
            raise trouble_error(Trouble.OUT_OF_PAPER, self.name)
        if self._is_scanning:
            raise trouble_error(Trouble.BUSY, self.name)
        self._is_scanning = True
        try:
            sides = sheets * 2 if order.source is ScanSource.FEEDER_DUPLEX else sheets
            for number in range(1, min(sides, order.limit or sides) + 1):
                self._pass(number, progress, cancelled)
                yield self._sheet(order)
        finally:
            self._is_scanning = False

    def check(self) -> Readiness:
        """A failure on order shows here when it would keep the first page from coming."""
        if self.failure is not None and self.failure.page == 1:
            error = trouble_error(self.failure.trouble, self.name)
            return Readiness(Condition.FAILED, error.title, error.advice)
        return Readiness(Condition.READY, READY)

    def close(self) -> None:
        """Nothing is held."""

    def _pass(self, number: int, progress: Callable[[ScanProgress], None], cancelled: Callable[[], bool]) -> None:
        """The lamp's way along one page."""
        steps = max(2, round(self._pace / _STEP))
        for step in range(steps):
            if cancelled():
                raise Cancelled
            share = step / steps
            progress(ScanProgress(number, share))
            if self.failure is not None and number == self.failure.page and share >= _BREAKS_AT:
                raise trouble_error(self.failure.trouble, self.name, page=number)
            time.sleep(self._pace / steps)
        progress(ScanProgress(number, 1.0))

    def _sheet(self, order: ScanOrder) -> ScannedPage:
        file = self._pages[self._next % len(self._pages)]
        self._next += 1
        width, height = order.paper.size or _GLASS
        size = (round(width / MM_PER_INCH * order.dpi), round(height / MM_PER_INCH * order.dpi))
        mode = "RGB" if order.mode is ScanMode.COLOUR else "L"
        with Image.open(BytesIO(file.read_bytes())) as image:
            image.draft(mode, size)
            upright = ImageOps.exif_transpose(image).convert(mode)
        sheet = ImageOps.pad(upright, size, color="white")
        if order.mode is ScanMode.BILEVEL:
            sheet = bilevel(sheet)
        return ScannedPage(jpeg_of(sheet, order.dpi), *size, order.dpi)
