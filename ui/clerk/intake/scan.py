"""One scan into one material, done on the scanner's lane: each page is sealed and in the case before the next comes."""

import threading

from client.desk.counter import Counter
from client.desk.drafting import Drafting
from client.desk.staff import Staff
from client.errors import Cancelled, DeskError
from client.ports.scanner import ScannedPage, Scanner, ScanOrder, ScanProgress


class Scan:
    """`run` on the lane; the rest may be read from any thread, because each is one value set whole.

    The case, the material and whoever began it stay the same, wherever the clerk goes meanwhile.
    """

    def __init__(
        self,
        counter: Counter,
        scanner: Scanner,
        case_id: int,
        by: Staff,
        slot: str,
        before: int,
        replacing: int | None = None,
    ) -> None:
        self.case_id = case_id
        self.slot = slot
        self.before = before  # pages of the material before the first of this scan
        self.kept = 0
        self.progress = ScanProgress(1, 0.0)
        self.trouble: DeskError | None = None
        self.over = False
        self._by = by
        self._replacing = replacing  # the page whose place the first one takes
        self._scanner = scanner
        self._drafting = Drafting(counter)
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
            if self._replacing is None:
                self._drafting.attach(self.case_id, self._by, self.slot, name, page.content)
            else:
                self._drafting.replace_page(self.case_id, self._by, self._replacing, name, page.content)
        except DeskError as error:
            self.trouble = error
            self.stop()
        else:
            self.kept += 1

    def _hear(self, progress: ScanProgress) -> None:
        self.progress = progress
