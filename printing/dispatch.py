"""Takes the prints that are asked for to the printer, and brings back what became of them.

A print is marked before the printer hears of it. Whoever dies between that mark and the printer's answer leaves a print
that may be on paper: it is never handed over a second time by itself, a person looks and asks for a 补打.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from types import MappingProxyType

import structlog

from client.errors import DeviceError, DeviceState, StoreError
from client.ports.manners import PrintRules, manner_for
from client.ports.papers import PaperKind
from client.ports.printer import (
    JobReport,
    Printer,
    PrintJob,
    PrintOrder,
    Printout,
    PrintQueue,
    PrintState,
    Unsure,
)
from client.ports.readiness import Condition
from printing.standing import Standing

log = structlog.get_logger(__name__)

# Seconds until the next look.
SOON = 0.5  # something moves
WAITING = 2.0  # the printer waits for somebody, or cannot be reached
IDLE = 10.0  # nothing is underway; whoever asks for a print does not wait for this look
A_ROUND = 20  # jobs a printer is asked of in one step: with hundreds of them the next print does not wait for all
COUNTED = 999  # prints that wait are counted so far

# Nothing was taken, whichever page it was: all go on waiting, and go on by themselves once somebody was there.
_MENDED_OUTSIDE = {
    DeviceState.ABSENT,
    DeviceState.BUSY,
    DeviceState.COVER_OPEN,
    DeviceState.JAMMED,
    DeviceState.LOCKED,
    DeviceState.OUT_OF_PAPER,
    DeviceState.TIMED_OUT,
}
PATIENCE = 30.0  # seconds until a printer that took nothing is tried again, though it says that it cannot
_NO_RULES: PrintRules = MappingProxyType({})


class Dispatch:
    """One window's prints on one printer. Every call comes from the same lane."""

    def __init__(
        self,
        queue: PrintQueue,
        printer: Printer,
        rules: PrintRules = _NO_RULES,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._queue = queue
        self._printer = printer
        self._rules = rules
        self._now = now
        self._refused_at: float | None = None  # when it took nothing, whatever page it was offered
        self._notes: dict[tuple[int, int], str] = {}  # what a print does not get as asked, for as long as it is told of
        self._kinds: dict[tuple[int, int], PaperKind] = {}  # of what was handed over in this opening
        self._told: dict[PrintJob, JobReport] = {}
        self._turn = 0  # which of the jobs is asked of first, where they are too many for one step
        self.standing = Standing()
        self._owed: list[Callable[[], None]] = []  # the printer's answers that the queue has not kept yet

    def step(self) -> float:
        """Hand over what is asked for, look after what is underway; returns the seconds until the next look.

        Raises StoreError when the queue itself fails: then the next step begins where this one ended.
        """
        self._keep_answers()
        refused = self._hand_over()
        reports = self._follow()
        self.standing = self._stands(left=len(self._queue.asked(COUNTED)) if refused else 0)
        if any(report.state != PrintState.STOPPED for report in reports):
            return SOON
        return WAITING if refused or reports else IDLE

    def _hand_over(self) -> bool:
        """True when the printer did not take one: the next would fare no better now."""
        orders = self._queue.asked()
        return bool(orders) and (not self._may_take() or any(not self._submit(order) for order in orders))

    def _may_take(self) -> bool:
        """One that took nothing is looked at before it is offered a page: whoever dies in an offer leaves a doubt."""
        if self._refused_at is None or self._now() - self._refused_at >= PATIENCE:
            return True
        return self._printer.check().condition is not Condition.FAILED

    def _submit(self, order: PrintOrder) -> bool:
        try:
            pdf = self._queue.page(order)
        except StoreError as error:  # its page alone is damaged: the others are printed
            self._failed(order, JobReport(PrintState.FAILED, error.kept_title), error.code)
            return True
        self._queue.sending(order)
        try:
            taken = self._printer.submit(self._printout(order, pdf))
        except Unsure as unsure:
            self._failed(order, JobReport(PrintState.UNKNOWN, unsure.kept_title), unsure.code)
            return False
        except DeviceError as error:
            if error.state in _MENDED_OUTSIDE:
                self._refused(order, error)
            else:
                self._failed(order, JobReport(PrintState.FAILED, error.kept_title), error.code)
            return False
        self._refused_at = None
        self._owed.append(partial(self._queue.sent, order, taken.job))
        self._kinds[order.paper_id, order.reprint_no] = order.kind
        if taken.note:
            self._notes[order.paper_id, order.reprint_no] = taken.note
        self._keep_answers()
        return True

    def _printout(self, order: PrintOrder, pdf: bytes) -> Printout:
        manner = manner_for(order.kind, self._rules)
        return Printout(order.title, pdf, manner, partial(self._queue.facts, order), order.reprint_no)

    def _refused(self, order: PrintOrder, error: DeviceError) -> None:
        if self._refused_at is None:
            log.info("printer takes nothing", code=error.code)
        self._refused_at = self._now()
        self._answered(order, JobReport(PrintState.ASKED, error.kept_title))

    def _failed(self, order: PrintOrder, report: JobReport, code: str) -> None:
        log.warning("page not printed", paper=order.paper_id, reprint=order.reprint_no, state=report.state, code=code)
        self._answered(order, report)

    def _answered(self, order: PrintOrder, report: JobReport) -> None:
        self._owed.append(partial(self._queue.reported, order.paper_id, order.reprint_no, report))
        self._keep_answers()

    def _keep_answers(self) -> None:
        """Nobody can be asked again what the printer said to a page: an answer is kept here until the queue has it."""
        while self._owed:
            self._owed[0]()
            self._owed.pop(0)

    def _follow(self) -> list[JobReport]:
        """What the printer says of each job; told to the queue where it is news."""
        jobs = list(self._queue.underway())
        self._told = {job: report for job, report in self._told.items() if job in jobs}
        keys = {_key(job) for job in jobs}
        self._notes = {key: note for key, note in self._notes.items() if key in keys}
        self._kinds = {key: kind for key, kind in self._kinds.items() if key in keys}
        all(self._take_back(job) for job in jobs if job.is_void)  # up to the first that it cannot be asked of
        jobs = self._in_turn(jobs)
        reports = [self._noted(*each) for each in zip(jobs, self._reports(jobs), strict=True)]
        for job, report in zip(jobs, reports, strict=True):
            if self._told.get(job) != report:
                if report.state is PrintState.UNKNOWN:
                    self._take_back(job)
                self._queue.reported(job.paper_id, job.reprint_no, report)
                self._told[job] = report
        return reports

    def _in_turn(self, jobs: list[PrintJob]) -> list[PrintJob]:
        if len(jobs) <= A_ROUND:
            return jobs
        first = self._turn % len(jobs)
        self._turn = first + A_ROUND
        return (jobs[first:] + jobs[:first])[:A_ROUND]

    def _take_back(self, job: PrintJob) -> bool:
        """A person looks now, or has voided the paper: the job itself must not come out beside the next sheet later."""
        try:
            self._printer.cancel(job.job)
        except DeviceError:
            return False
        return True

    def _stands(self, left: int) -> Standing:
        """As it was told last; `left`: asked for, and not taken."""
        printing = [job for job, report in self._told.items() if report.state is PrintState.PRINTING]
        waiting = [report for report in self._told.values() if report.state in {PrintState.QUEUED, PrintState.STOPPED}]
        return Standing(tuple(self._kinds.get(_key(job)) for job in printing), len(waiting) + left)

    def _noted(self, job: PrintJob, report: JobReport) -> JobReport:
        """With what the printer could not do as asked, where nothing worse is said of it."""
        note = self._notes.get(_key(job), "")
        return replace(report, reason=note) if note and not report.reason else report

    def _reports(self, jobs: list[PrintJob]) -> list[JobReport]:
        """A printer that cannot be asked of one job is not asked of the next: every question may take seconds."""
        reports: list[JobReport] = []
        for job in jobs:
            try:
                reports.append(self._printer.report(job.job))
            except DeviceError as error:
                stopped = JobReport(PrintState.STOPPED, error.kept_title)
                if stopped not in self._told.values():
                    log.warning("printer not reached", code=error.code)
                return reports + [stopped] * (len(jobs) - len(reports))
        return reports


def _key(job: PrintJob) -> tuple[int, int]:
    return job.paper_id, job.reprint_no
