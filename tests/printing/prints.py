"""A window's list of prints in memory, and what its death does to it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from client.ports.papers import PaperFacts, PaperKind
from client.ports.printer import JobReport, Printer, PrintJob, PrintOrder, Printout, PrintState, Taken
from client.ports.readiness import Readiness
from tests.printing.facts import paper


class DiedError(BaseException):
    """The window was killed here."""


@dataclass
class Death:
    """Comes at the `at`th chance; every call has two, before and after."""

    at: int
    chances: int = 0

    def may_come(self) -> None:
        self.chances += 1
        if self.chances == self.at:
            raise DiedError


def never() -> Death:
    return Death(0)


@dataclass
class List:
    """Implements client.ports.printer.PrintQueue; `states` and `told` are what the desk would remember."""

    orders: Sequence[PrintOrder] = ()
    states: dict[tuple[int, int], JobReport] = field(default_factory=dict)
    jobs: dict[tuple[int, int], str] = field(default_factory=dict)
    told: list[tuple[int, JobReport]] = field(default_factory=list)
    death: Death = field(default_factory=never)
    spoilt: dict[int, Exception] = field(default_factory=dict)
    voided: frozenset[int] = frozenset()

    def asked(self, limit: int = 20, *, kinds: Collection[PaperKind] | None = None) -> Sequence[PrintOrder]:
        wanted = [order for order in self.orders if kinds is None or order.kind in kinds]
        return [order for order in wanted if self.state(order) == PrintState.ASKED][:limit]

    def state(self, order: PrintOrder) -> PrintState:
        return self.states.get(_key(order), JobReport(PrintState.ASKED)).state

    def page(self, order: PrintOrder) -> bytes:
        if order.paper_id in self.spoilt:
            raise self.spoilt[order.paper_id]
        return b"%%PDF %d" % order.paper_id

    def facts(self, order: PrintOrder) -> PaperFacts:
        return paper(order.kind)

    def sending(self, order: PrintOrder) -> None:
        self._write(lambda: self.states.update({_key(order): JobReport(PrintState.SENDING)}))

    def sent(self, order: PrintOrder, job: str) -> None:
        def write() -> None:
            self.jobs[_key(order)] = job
            self.states[_key(order)] = JobReport(PrintState.QUEUED)

        self._write(write)

    def underway(self) -> Sequence[PrintJob]:
        moving = {PrintState.QUEUED, PrintState.PRINTING, PrintState.STOPPED}
        return [
            PrintJob(*key, self.jobs[key], is_void=key[0] in self.voided)
            for key, report in list(self.states.items())
            if report.state in moving
        ]

    def reported(self, paper_id: int, reprint_no: int, report: JobReport) -> None:
        def write() -> None:
            self.told.append((paper_id, report))
            self.states[paper_id, reprint_no] = report

        self._write(write)

    def restart(self) -> None:
        """As the desk does when it opens again: what was being handed over is in doubt."""
        self.death = never()
        for key, report in self.states.items():
            if report.state == PrintState.SENDING:
                self.states[key] = JobReport(PrintState.UNKNOWN)

    def _write(self, write: Callable[[], None]) -> None:
        self.death.may_come()
        write()
        self.death.may_come()


@dataclass
class Mortal:
    """`printer`, while the window that asks it may die before and after each call."""

    printer: Printer
    death: Death
    name: str = "窗口打印机"

    def submit(self, printout: Printout) -> Taken:
        self.death.may_come()
        taken = self.printer.submit(printout)
        self.death.may_come()
        return taken

    def report(self, job: str) -> JobReport:
        self.death.may_come()
        return self.printer.report(job)

    def cancel(self, job: str) -> None:
        self.printer.cancel(job)

    def check(self) -> Readiness:
        return self.printer.check()


def orders(count: int, kind: PaperKind = PaperKind.ACCEPTANCE_NOTICE) -> list[PrintOrder]:
    return [PrintOrder(number, 0, f"2026-{number}", kind) for number in range(1, count + 1)]


def _key(order: PrintOrder) -> tuple[int, int]:
    return order.paper_id, order.reprint_no
