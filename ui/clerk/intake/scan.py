"""One scan into a case: pages come on the scanner's lane, are cleaned, two at once where a processor is free for it.

They go into the case in the order they came.
"""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from client.desk.sheet import CaseSheet
from client.errors import Cancelled, DeskError
from client.lanes import step_back
from client.ports.scanner import Scanner, ScanOrder, ScanProgress
from ui.clerk.intake.batch import Into, Taken
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat

_FEW = 2  # processors
AT_ONCE = 1 if (os.cpu_count() or 1) <= _FEW else 2
"""Pages that are cleaned; the next waits, as paper in the feeder. OpenCV and the sealing let others run meanwhile, and
of two processors one is the screen's (P11).
"""


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
        """Scan until the paper ends, somebody stops it, or it fails: `trouble` says which.

        Pages that came whole before that are in the case when it is over.
        """
        try:
            with ThreadPoolExecutor(AT_ONCE, "page", step_back) as beside:
                self._run(order, beside)
        except Cancelled:
            pass  # the pages before it stand, and that is all there is to say
        except DeskError as error:
            self.trouble = self.trouble or error
        finally:
            self.over = True

    def _run(self, order: ScanOrder, beside: ThreadPoolExecutor) -> None:
        line: deque[Future[bool]] = deque()
        try:
            for page in self._scanner.scan(order, self._hear, self._stop.is_set):
                if len(line) == AT_ONCE:
                    line.popleft().result()
                if self._stop.is_set():
                    continue
                with self._ending():
                    line.append(beside.submit(self._keep, self.into.take(page.content), line[-1] if line else None))
        finally:
            for each in line:
                each.result()

    def _keep(self, taken: Taken, before: "Future[bool] | None") -> bool:
        """Clean a page, and put it behind the one before it; whether it is there: where one failed, none follows."""
        with self._ending():
            put = taken()
            if before is not None and not before.result():
                return False
            self.kept += put()
            self.came += 1
            return True
        return False

    @contextmanager
    def _ending(self) -> Iterator[None]:
        """A case that takes no more pages ends the scan; the scanner is told in its own way."""
        try:
            yield
        except DeskError as error:
            self.trouble = self.trouble or error
            self.stop()

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
