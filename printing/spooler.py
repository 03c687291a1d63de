"""A printer of the system's own, as the spooler of Windows has them, behind the port of every printer.

The printing itself is Qt's, in a process of its own (`spool-child`, `ui/spooler.py`): drivers of printers run there.
Qt does not say what became of a job. It is done when the printer was seen at rest some seconds after it; where an error
was seen meanwhile a person looks.
"""

import contextlib
import json
import queue
import secrets
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from client.errors import DeviceError, DeviceState, Fault
from client.ports.printer import JobReport, Printout, PrintState, Taken, Unsure
from client.ports.readiness import Condition, Readiness
from client.program import own_program
from client.text import chinese, marked, tr
from printing.ipp.abilities import NO_A5, NO_DUPLEX, NO_TRAY
from printing.ipp.faults import UNSURE
from printing.ipp.states import HALTED

SYSTEM_NAME = tr("系统打印机")
READY = Readiness(Condition.READY, tr("就绪"))
AT_WORK = Readiness(Condition.READY, tr("正在打印"))
NOT_TOLD = marked("系统打印机不报告每一份的结果，请以打印机为准")
HAD_ERROR = tr("系统报告打印机出过错，请查看这一份是否打出")

NO_ANSWER = Fault(
    "DEV-353",
    tr("{device}的打印程序没有回应"),
    tr("请稍后再打印；一直如此请联系大厅技术人员检查打印机驱动程序。文书已保存，可稍后打印"),
)
NO_SUCH = Fault(
    "DEV-354",
    tr("本机没有{device}“{printer}”"),
    tr("打印机可能已改名或者删除，请大厅管理员在设置中重新选择打印机；文书已保存，恢复后会自动打印"),
)
NOT_TAKEN = Fault(
    "DEV-355", tr("{device}“{printer}”没有收下文书"), tr("请查看打印机是否联机，之后再打印；仍然不行请联系大厅技术人员")
)

PRINTS_WITHIN = 60.0  # seconds
LOOKS_WITHIN = 0.9
STARTS_WITHIN = 10.0  # of the first question to a process that was just started
SETTLED = 3.0  # seconds from the handing over until a printer at rest means that it is done
_NOTES = {"media": NO_A5, "sides": NO_DUPLEX}
_NO_CONSOLE = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows opens one for each program without a face


class LostError(Exception):
    """The process is no more, or says nothing; `begun`: something may have reached the printer."""

    def __init__(self, *, begun: bool) -> None:
        super().__init__(begun)
        self.begun = begun


class BusyError(LostError):
    """Another question is being answered for so long: something is on its way to a printer."""


class SpoolChild:
    """The process, started when it is first asked and again after it was lost. One question at a time."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._said: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._lock = threading.Lock()

    def ask(self, question: Mapping[str, object], patience: float, content: bytes = b"") -> Mapping[str, Any]:
        """Its last answer. Raises LostError, BusyError where it did not even hear the question."""
        if not self._lock.acquire(timeout=patience):
            raise BusyError(begun=False)
        begun = False
        try:
            process, fresh = self._running()
            self._write(process, question, content)
            until = time.monotonic() + patience + (STARTS_WITHIN if fresh else 0.0)
            while "end" not in (answer := self._heard(until)):
                begun = True
        except (OSError, ValueError, queue.Empty) as error:
            self.close()
            raise LostError(begun=begun) from error
        finally:
            self._lock.release()
        return answer

    def close(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(OSError):
                process.kill()
            process.communicate()

    def _running(self) -> tuple["subprocess.Popen[bytes]", bool]:
        if self._process is not None and self._process.poll() is None:
            return self._process, False
        self.close()
        self._said = queue.SimpleQueue()
        self._process = subprocess.Popen(  # noqa: S603 - our own program, or a test's stand-in
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, creationflags=_NO_CONSOLE
        )
        threading.Thread(target=_listen, args=(self._process, self._said.put), daemon=True).start()
        return self._process, True

    @staticmethod
    def _write(process: "subprocess.Popen[bytes]", question: Mapping[str, object], content: bytes) -> None:
        if process.stdin is not None:
            process.stdin.write(json.dumps({**question, "length": len(content)}).encode() + b"\n" + content)
            process.stdin.flush()

    def _heard(self, until: float) -> Mapping[str, Any]:
        line = self._said.get(timeout=max(until - time.monotonic(), 0.0))
        answer: Mapping[str, Any] = json.loads(line)  # a ValueError where it ended: an empty line
        return answer


class SpoolerPrinter:
    """The printer the system calls `printer`. Any thread."""

    def __init__(
        self,
        printer: str,
        name: str = SYSTEM_NAME,
        child: SpoolChild | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self._printer = printer
        self._child = child or SpoolChild(child_command())
        self._now = now
        self._opening = secrets.token_hex(4)  # of an earlier one it knows no job, though that had the same number
        self._jobs: dict[str, float] = {}  # when each was handed over
        self._troubled: set[str] = set()

    def submit(self, printout: Printout) -> Taken:
        manner = printout.manner
        question = {
            "do": "print",
            "printer": self._printer,
            "title": printout.title,
            "copies": manner.copies,
            "sides": manner.sides.value,
            "media": manner.media.value,
            "tray": manner.tray,
        }
        answer = self._asked(question, PRINTS_WITHIN, printout.pdf)
        if answer["end"] != "done":
            raise self._error(DeviceState.UNSUPPORTED, NOT_TAKEN)
        job = f"{self._opening}-{len(self._jobs) + 1}"
        self._jobs[job] = self._now()
        notes = [_NOTES[each] for each in answer["cannot"] if each in _NOTES]
        notes += [NO_TRAY.format(tray=manner.tray)] if "tray" in answer["cannot"] else []
        return Taken(job, chinese("。").join((*notes, NOT_TOLD)))

    def report(self, job: str) -> JobReport:
        """Done is what was handed over in this opening and is followed by a printer at rest."""
        if job not in self._jobs:
            return JobReport(PrintState.UNKNOWN)
        match self._state():
            case "error":
                self._troubled.add(job)
                return JobReport(PrintState.STOPPED, HALTED.words)
            case "active":
                return JobReport(PrintState.PRINTING)
        if self._now() - self._jobs[job] < SETTLED:
            return JobReport(PrintState.PRINTING)
        return JobReport(PrintState.UNKNOWN, HAD_ERROR) if job in self._troubled else JobReport(PrintState.DONE)

    def cancel(self, job: str) -> None:
        """What the system has it prints: nobody can be asked to take it back."""

    def check(self) -> Readiness:
        try:
            state = self._state()
        except DeviceError as error:
            return Readiness(Condition.FAILED, error.title, error.advice)
        failed = Readiness(Condition.FAILED, HALTED.words, HALTED.advice)
        return {"idle": READY, "active": AT_WORK}.get(state, failed)

    def _state(self) -> str:
        """`active` as well while the process paints a page: it hears nothing else then."""
        try:
            state: str = self._asked({"do": "look", "printer": self._printer}, LOOKS_WITHIN)["end"]
        except DeviceError as error:
            if isinstance(error.__cause__, BusyError):
                return "active"
            raise
        return state

    def _asked(self, question: Mapping[str, object], patience: float, content: bytes = b"") -> Mapping[str, Any]:
        try:
            answer = self._child.ask(question, patience, content)
        except LostError as lost:
            if lost.begun:
                raise Unsure(DeviceState.TIMED_OUT, UNSURE, device=self.name) from lost
            # A page that the process dies of is not offered for ever, nor does it hold up the others.
            state = DeviceState.UNREADABLE if content else DeviceState.TIMED_OUT
            raise self._error(state, NO_ANSWER) from lost
        if answer["end"] == "absent":
            raise self._error(DeviceState.ABSENT, NO_SUCH)
        return answer

    def _error(self, state: DeviceState, fault: Fault) -> DeviceError:
        return DeviceError(state, fault, device=self.name, printer=self._printer)


def child_command() -> Sequence[str]:
    """The process that prints."""
    return (*own_program(), "spool-child")


def system_printers(child: SpoolChild) -> Sequence[str]:
    """What the system calls its printers; none where it cannot be asked."""
    try:
        found: Sequence[str] = child.ask({"do": "list"}, LOOKS_WITHIN)["printers"]
    except LostError:
        return ()
    finally:
        child.close()
    return found


def _listen(process: "subprocess.Popen[bytes]", tell: Callable[[bytes], object]) -> None:
    if process.stdout is not None:
        for line in process.stdout:
            tell(line)
    tell(b"")
