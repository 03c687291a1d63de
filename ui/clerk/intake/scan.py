"""One scan into a case, done on the scanner's lane: each page is sealed and in the case before the next comes."""

import threading
from collections.abc import Callable

from client.desk.sheet import CaseSheet
from client.errors import Cancelled, DeskError
from client.ports.scanner import ScannedPage, Scanner, ScanOrder, ScanProgress
from ui.clerk.intake.batch import Into
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat


class Scan:
    """`run` on the lane; the rest may be read from any thread, because each is one value set whole.

    The case and whoever began it stay the same, wherever the clerk goes meanwhile; `into` says where a page goes.
    """

    def __init__(self, scanner: Scanner, case_id: int, into: Into) -> None:
        self.case_id = case_id
        self.into = into
        self.came = 0  # sheets, those that only part a batch among them
        self.kept = 0
        self.progress = ScanProgress(1, 0.0)
        self.trouble: DeskError | None = None
        self.over = False
        self._scanner = scanner
        self._stop = threading.Event()

    @property
    def slot(self) -> str:
        """The material that the page on its way goes to."""
        return self.into.slot

    @property
    def page(self) -> int:
        """Number in the material of the page on its way."""
        return self.into.number + max(self.progress.page - self.came, 0 if self.over else 1)

    @property
    def is_stopping(self) -> bool:
        return self._stop.is_set()

    def stop(self) -> None:
        """End it before the next page; what is in the case stays."""
        self._stop.set()

    def run(self, order: ScanOrder) -> None:
        """Scan until the paper ends, somebody stops it, or it fails: `trouble` says which."""
        try:
            for page in self._scanner.scan(order, self._hear, self._stop.is_set):
                self._keep(page)
        except Cancelled:
            pass  # the pages before it stand, and that is all there is to say
        except DeskError as error:
            self.trouble = self.trouble or error
        finally:
            self.over = True

    def _keep(self, page: ScannedPage) -> None:
        """A case that takes no more pages ends the scan; the scanner is told in its own way."""
        if self._stop.is_set():
            return
        try:
            self.kept += self.into.keep(page.content)
        except DeskError as error:
            self.trouble = error
            self.stop()
        self.came += 1

    def _hear(self, progress: ScanProgress) -> None:
        self.progress = progress


def show_pages(seat: Seat, work: CaseWork, scan: Scan, then: Callable[[CaseSheet], object]) -> None:
    """A scan has ended: its case is shown anew wherever it is in sight, then `then` has it there, and it is told."""

    def tell() -> None:
        seat.narrator.tell("scanned", case=scan.case_id, slot=scan.slot, pages=scan.kept)

    def shown(sheet: CaseSheet) -> None:
        then(sheet)
        tell()

    seat.bell.case_changed.emit(scan.case_id)
    if work.case_id == scan.case_id:
        work.load(scan.case_id, shown)
    else:
        tell()
