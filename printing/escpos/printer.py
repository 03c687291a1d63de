"""A receipt printer behind the port of every printer: takes the facts of a slip, and says whether it came out.

A printer of this kind keeps no jobs. A slip is done when the printer has worked through it and has paper; one that has
no way back, or went silent on the way, leaves it in doubt, and a person looks.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from client.errors import DeviceError, DeviceState, Fault
from client.ports.printer import JobReport, Printout, PrintState, Taken, Unsure
from client.ports.readiness import Condition, Readiness
from client.text import tr
from printing.escpos import commands, faults
from printing.escpos.commands import Status
from printing.escpos.lines import Line
from printing.escpos.setting import Roll, slip
from printing.ipp.faults import NO_PRINTER
from printing.papers.roll import KINDS, Strip, short_form, trial_strips

READY = Readiness(Condition.READY, tr("就绪"))
SILENT_READY = Readiness(Condition.READY, tr("就绪（不报告状态）"))
LOW = Readiness(Condition.ATTENTION, tr("纸卷将尽"), tr("请准备好新的纸卷"))
BUSY = Readiness(Condition.READY, tr("正在打印"))
ANSWERS_WITHIN = 0.4  # seconds
WORKS_WITHIN = 10.0  # seconds for a slip, from its last byte to its knife
_REMEMBERED = 500  # slips of a day and more


class RollPrinter:
    """`opened` opens the way to it; `tells`: whether anything comes back on that way. Any thread."""

    def __init__(self, opened: Callable[[], Line], name: str, roll: Roll, *, tells: bool = True) -> None:
        self.name = name
        self._opened = opened
        self._roll = roll
        self._tells = tells
        self._lock = threading.Lock()  # it hears one caller at a time
        self._count = 0
        self._done: list[str] = []

    def submit(self, printout: Printout) -> Taken:
        """Print the short form, and wait until it is out. Raises Unsure when nobody could tell that it is."""
        strips = trial_strips(printout.title) if printout.trial else self._short_form(printout)
        with self._lock, self._line() as line:
            self._require_ready(line)
            self._print(line, slip(strips, self._roll) * printout.manner.copies)
            self._count += 1
            job = f"{self._count}-{printout.title.partition(' ')[0]}"
            self._done = [*self._done, job][-_REMEMBERED:]
        return Taken(job)

    def report(self, job: str) -> JobReport:
        """Done is what this very process saw come out."""
        return JobReport(PrintState.DONE if job in self._done else PrintState.UNKNOWN)

    def cancel(self, job: str) -> None:
        """What is out is out."""

    def check(self) -> Readiness:
        if not self._lock.acquire(blocking=False):
            return BUSY
        try:
            with self._line() as line:
                if not self._tells:
                    return SILENT_READY
                status = self._asked(line)
                self._raise_for(status)
                return LOW if status.paper_low else READY
        except DeviceError as error:
            return Readiness(Condition.FAILED, error.title, error.advice)
        finally:
            self._lock.release()

    def _short_form(self, printout: Printout) -> Sequence[Strip]:
        if printout.facts is None or (facts := printout.facts()).kind not in KINDS:
            raise self._error(DeviceState.UNSUPPORTED, faults.NO_SHORT_FORM)
        return short_form(facts, printout.reprint_no)

    def _require_ready(self, line: Line) -> None:
        if self._tells:
            self._raise_for(self._asked(line))

    def _print(self, line: Line, content: bytes) -> None:
        """Everything from the first byte on may be on paper."""
        try:
            line.write(content + (commands.FENCE if self._tells else b""))
            past = self._tells and commands.is_past_the_fence(line.read(1, WORKS_WITHIN))
            status = commands.status_of(self._answers(line)) if self._tells else None
        except OSError as error:
            raise Unsure(DeviceState.TIMED_OUT, faults.BROKE_OFF, device=self.name) from error
        if not self._tells:
            raise Unsure(DeviceState.UNSUPPORTED, faults.TELLS_NOTHING, device=self.name)
        if status is not None and status.paper_out:
            raise Unsure(DeviceState.OUT_OF_PAPER, faults.RAN_OUT, device=self.name)
        if not past or status is None or status.cover_open or status.broken:
            raise Unsure(DeviceState.TIMED_OUT, faults.BROKE_OFF, device=self.name)

    def _asked(self, line: Line) -> Status:
        status = commands.status_of(self._answers(line))
        if status is None:
            raise self._error(DeviceState.TIMED_OUT, faults.NO_ANSWER)
        return status

    @staticmethod
    def _answers(line: Line) -> bytes:
        line.write(commands.QUESTIONS)
        return line.read(commands.ANSWERS, ANSWERS_WITHIN)

    def _raise_for(self, status: Status) -> None:
        if status.cover_open:
            raise self._error(DeviceState.COVER_OPEN, faults.COVER)
        if status.paper_out:
            raise self._error(DeviceState.OUT_OF_PAPER, faults.NO_PAPER)
        if status.broken or status.offline:
            raise self._error(DeviceState.JAMMED, faults.BROKEN)

    @contextmanager
    def _line(self) -> Iterator[Line]:
        """Open for as long as it is used; what goes wrong before the slip means that nothing was taken."""
        try:
            line = self._opened()
        except PermissionError as error:
            raise self._error(DeviceState.LOCKED, faults.FORBIDDEN) from error
        except OSError as error:
            raise self._error(DeviceState.ABSENT, NO_PRINTER) from error
        try:
            yield line
        except OSError as error:
            raise self._error(DeviceState.ABSENT, NO_PRINTER) from error
        finally:
            line.close()

    def _error(self, state: DeviceState, fault: Fault) -> DeviceError:
        return DeviceError(state, fault, device=self.name)
