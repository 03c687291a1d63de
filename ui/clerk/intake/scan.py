"""One scan into one material, done on the scanner's lane: each page is sealed and in the case before the next comes."""

import threading
from collections.abc import Callable

from client.desk.sheet import CaseSheet
from client.errors import Cancelled, DeskError
from client.ports.scanner import ScannedPage, Scanner, ScanOrder, ScanProgress
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat


class Scan:
    """`run` on the lane; the rest may be read from any thread, because each is one value set whole.

    The case, the material and whoever began it stay the same, wherever the clerk goes meanwhile. `keep` seals a page
    (its name, its content) there.
    """

    def __init__(
        self, scanner: Scanner, case_id: int, slot: str, before: int, keep: Callable[[str, bytes], object]
    ) -> None:
        self.case_id = case_id
        self.slot = slot
        self.before = before  # pages of the material before the first of this scan
        self.kept = 0
        self.progress = ScanProgress(1, 0.0)
        self.trouble: DeskError | None = None
        self.over = False
        self._put = keep
        self._scanner = scanner
        self._stop = threading.Event()

    @property
    def page(self) -> int:
        """Number in the material of the page on its way."""
        return self.before + max(self.progress.page, self.kept if self.over else self.kept + 1)

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
        name = f"{self.slot}-{self.before + self.kept + 1:03}.jpg"
        try:
            self._put(name, page.content)
        except DeskError as error:
            self.trouble = error
            self.stop()
        else:
            self.kept += 1

    def _hear(self, progress: ScanProgress) -> None:
        self.progress = progress


def show_pages(seat: Seat, work: CaseWork, scan: Scan) -> None:
    """A scan has ended: its case is shown anew wherever it is in sight, and then it is told."""

    def tell(_seen: CaseSheet | None = None) -> None:
        seat.narrator.tell("scanned", case=scan.case_id, slot=scan.slot, pages=scan.kept)

    seat.bell.case_changed.emit(scan.case_id)
    if work.case_id == scan.case_id:
        work.load(scan.case_id, tell)
    else:
        tell()
