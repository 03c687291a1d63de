"""A printer that is none, in this very process, for training and the demo hall: fills a folder, fails on order.

It has no thread of its own: it prints as far as time went on whenever somebody looks.
"""

import re
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from client.errors import DeviceError, DeviceState
from client.ports.devices import Order
from client.ports.printer import JobReport, Printout, PrintState, Taken
from client.ports.readiness import Condition, Readiness
from client.text import tr
from printing.ipp import states
from printing.ipp.faults import NO_PRINTER
from printing.ipp.states import Hindrance

SIMULATED_NAME = tr("模拟打印机")
READY = Readiness(Condition.READY, tr("就绪（模拟）"))  # no sheet comes out: nobody may take it for a printer
PACE = 0.3  # seconds a page takes
MENDED = 20.0  # seconds until somebody sees to a trouble that was ordered


class Trouble(Enum):
    """What can be ordered to be wrong; jobs wait until it is `NONE` again."""

    NONE = None
    OUT_OF_PAPER = states.NO_PAPER
    JAM = states.JAM
    OFFLINE = states.OFFLINE
    ABSENT = "absent"  # not even jobs are taken


@dataclass(slots=True)
class _Job:
    title: str
    pdf: bytes
    left: float  # seconds of printing
    state: PrintState = PrintState.QUEUED


class SimulatedPrinter:
    """Prints into `folder`, or nowhere; `pace` seconds each. May be looked at and troubled from any thread.

    `failure` orders a trouble (by its name, out_of_paper) with the job of that number; somebody sees to it after
    `mended` seconds. Raises ValueError for a trouble nobody knows.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        pace: float = PACE,
        name: str = SIMULATED_NAME,
        now: Callable[[], float] = time.monotonic,
        failure: Order | None = None,
        mended: float = MENDED,
    ) -> None:
        self.name = name
        self._folder = folder
        self._pace = pace
        self._now = now
        self._looked_at = now()
        self._trouble = Trouble.NONE
        self._ordered = (failure.at, Trouble[failure.how.upper()]) if failure is not None else None
        self._mended, self._until = mended, 0.0
        self._jobs: list[_Job] = []
        self._opening = secrets.token_hex(4)  # of an earlier one it knows no job, though that had the same number
        self._lock = threading.Lock()

    @property
    def trouble(self) -> Trouble:
        return self._trouble

    @trouble.setter
    def trouble(self, trouble: Trouble) -> None:
        """What is wrong from now on."""
        with self._lock:
            self._go_on()
            self._trouble = trouble

    def submit(self, printout: Printout) -> Taken:
        with self._lock:
            self._go_on()
            if self._ordered is not None and self._ordered[0] == len(self._jobs) + 1:
                self._trouble, self._ordered = self._ordered[1], None
                self._until = self._now() + self._mended
            self._require()
            self._jobs.append(_Job(printout.title, printout.pdf, self._pace))
            return Taken(f"{self._opening}-{len(self._jobs)}")

    def report(self, job: str) -> JobReport:
        with self._lock:
            self._go_on()
            self._require()
            if (found := self._found(job)) is None:
                return JobReport(PrintState.UNKNOWN)
            if found.state == PrintState.CANCELLED:
                return JobReport(found.state, states.CANCELLED)
            if found.state != PrintState.DONE and isinstance(self._trouble.value, Hindrance):
                return JobReport(PrintState.STOPPED, self._trouble.value.words)
            return JobReport(found.state)

    def cancel(self, job: str) -> None:
        with self._lock:
            self._go_on()
            self._require()
            if (found := self._found(job)) is not None:
                self._cancel([found])

    def cancel_at_device(self) -> None:
        """Somebody presses the printer's own button: all that is not printed is cancelled."""
        with self._lock:
            self._go_on()
            self._cancel(self._jobs)

    def check(self) -> Readiness:
        with self._lock:
            self._go_on()
        match self._trouble.value:
            case None:
                return READY
            case Hindrance() as hindrance:
                return Readiness(Condition.FAILED, hindrance.words, hindrance.advice)
            case _:
                error = self._absent()
                return Readiness(Condition.FAILED, error.title, error.advice)

    def _found(self, job: str) -> _Job | None:
        opening, _, number = job.partition("-")
        return self._jobs[int(number) - 1] if opening == self._opening else None

    def _go_on(self) -> None:
        """Print what there was time for since the last look."""
        now = self._now()
        if 0.0 < self._until <= now:  # somebody put paper in
            self._trouble, self._looked_at, self._until = Trouble.NONE, self._until, 0.0
        time_left, self._looked_at = now - self._looked_at, now
        if self._trouble is not Trouble.NONE:
            return
        for job in self._jobs:
            if job.state not in {PrintState.QUEUED, PrintState.PRINTING}:
                continue
            job.state = PrintState.PRINTING
            spent = min(job.left, time_left)
            job.left, time_left = job.left - spent, time_left - spent
            if job.left > 0:
                return
            self._put_out(job)

    def _put_out(self, job: _Job) -> None:
        job.state = PrintState.DONE
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            name = re.sub(r"[^\w-]+", "-", job.title)
            (self._folder / f"{self._jobs.index(job) + 1:04}-{name}.pdf").write_bytes(job.pdf)
        job.pdf = b""  # a day's papers are not kept in memory

    def _cancel(self, jobs: list[_Job]) -> None:
        for job in jobs:
            if job.state != PrintState.DONE:
                job.state = PrintState.CANCELLED

    def _require(self) -> None:
        if self._trouble is Trouble.ABSENT:
            raise self._absent()

    def _absent(self) -> DeviceError:
        return DeviceError(DeviceState.ABSENT, NO_PRINTER, device=self.name)
