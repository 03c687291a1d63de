"""Drives a scanner through the process that scans: starts it, watches over it, and tells its troubles as ours."""

import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from client.errors import Cancelled, DeviceError
from client.ports.readiness import Condition, Readiness
from client.ports.scanner import ScannedPage, ScanOrder, ScanProgress
from client.program import own_program
from client.text import tr
from devices.children.answers import GarbledError
from devices.children.process import ChildProcess, EndedError, SilentError
from devices.children.supervised import ChildFaults, Limits, Supervised
from devices.scanner import faults
from devices.scanner.faults import Trouble, trouble_error
from devices.scanner.messages import Answer, Deed, Event, Listed, Question, is_whole

SCANNER_NAME = tr("扫描仪")
READY = tr("就绪")
SCANNING = tr("正在扫描")
CONNECTING = tr("正在连接扫描仪")
CONNECTING_ADVICE = tr("刚开机或刚插上时请稍候；一直如此请检查扫描仪的电源和数据线")

_ENDINGS = {Event.DONE, Event.LISTED, Event.CANCELLED, Event.FAILED}
_LIMITS = Limits(memory=3 << 29)  # a page of A4 in colour at 1,200 dpi is 0.4 GB on its way to a JPEG
_CHILD_FAULTS = ChildFaults(faults.CHILD_ENDED, faults.GARBLED, faults.SILENT, faults.RESTING)


def scanning_command() -> tuple[str, ...]:
    return (*own_program(), "scan-child")


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of silence the device may keep, and how long a person waits for what."""

    opening: float = 20.0  # and what a job before it left to be done
    starting: float = 60.0  # a lamp warms up, a sheet is drawn in
    reading: float = 20.0
    listing: float = 40.0  # asks the network too
    checking: float = 0.9
    cancelling: float = 0.9  # then the person is free; the device may take longer to come to rest
    turn: float = 2.0  # a check on the way ends first
    poll: float = 0.1


class SaneScanner:
    """A scanner SANE knows as `device`, with `options` of its own beside those of an order.

    Scan and check may come from different threads: one scan at a time, and a check that meets a scan says so.
    """

    def __init__(
        self,
        device: str,
        *,
        options: Mapping[str, str] | None = None,
        name: str = SCANNER_NAME,
        timing: Timing | None = None,
        command: Sequence[str] = (),
    ) -> None:
        self.name = name
        self._device = device
        self._options = dict(options or {})
        self._timing = timing or Timing()
        self._by_sane = not command
        self._turn = threading.Lock()
        self._children = Supervised(
            name, "scanning process", command or scanning_command(), Answer.model_validate_json, _CHILD_FAULTS, _LIMITS
        )
        self._job = 0
        self._checking: tuple[int, int] | None = None  # process and job of a check whose answer has not come yet

    def scan(
        self, order: ScanOrder, progress: Callable[[ScanProgress], None], cancelled: Callable[[], bool]
    ) -> Iterator[ScannedPage]:
        """See the port. A page is yielded while the scanner draws in the next one."""
        if not self._turn.acquire(timeout=self._timing.turn):
            raise trouble_error(Trouble.BUSY, self.name)
        try:
            with self._watched() as child:
                yield from self._pages(child, order, progress, cancelled)
        finally:
            self._turn.release()

    def check(self) -> Readiness:
        """Opens and closes the device, unless a scan is on its way. Starts the process when there is none."""
        if not self._turn.acquire(blocking=False):
            return Readiness(Condition.READY, SCANNING)
        try:
            with self._watched() as child:
                return self._checked(child)
        except DeviceError as error:
            return Readiness(Condition.FAILED, error.title, error.advice)
        finally:
            self._turn.release()

    def listed(self) -> Sequence[Listed]:
        """The scanners SANE finds on this machine and in its network; takes seconds. Raises DeviceError."""
        with self._turn, self._watched() as child:
            job = self._ask(child, Deed.LIST)
            answer = self._ending(child, job, self._timing.listing)
            if answer is None:
                raise SilentError
            return answer.scanners

    def close(self) -> None:
        """End the process. A scan that still is on its way in another thread fails."""
        if not self._turn.acquire(timeout=self._timing.turn):
            self._children.kill()
            return
        try:
            self._children.stop()
        finally:
            self._turn.release()

    @property
    def process_id(self) -> int | None:
        """Of the process that scans, while there is one."""
        return self._children.process_id

    def _pages(
        self,
        child: ChildProcess[Answer],
        order: ScanOrder,
        progress: Callable[[ScanProgress], None],
        cancelled: Callable[[], bool],
    ) -> Iterator[ScannedPage]:
        job, number, is_over = self._ask(child, Deed.SCAN, order), 0, False
        try:
            for answer, content in self._heard(child, job, progress, cancelled):
                is_over = answer.event in _ENDINGS
                if answer.event is Event.FAILED:
                    raise self._error(answer)
                if answer.event is Event.CANCELLED:
                    raise Cancelled
                if answer.event is Event.PAGE:
                    number += 1
                    if answer.page != number or not is_whole(content):  # one left out, twice, or cut in the pipe
                        raise GarbledError
                    yield ScannedPage(content, answer.width, answer.height, answer.dpi)
                    child.heard_at = time.monotonic()
        finally:
            if not is_over and child.is_alive:
                self._take_back(child, job)

    def _heard(
        self,
        child: ChildProcess[Answer],
        job: int,
        progress: Callable[[ScanProgress], None],
        cancelled: Callable[[], bool],
    ) -> Iterator[tuple[Answer, bytes]]:
        """The answers of one scan to its end, telling and asking the caller in between. Raises Cancelled."""
        made = ScanProgress(1, 0.0)
        patience = self._timing.opening
        while True:
            if cancelled():
                raise Cancelled
            heard = child.answer(job, self._timing.poll, patience)
            if heard is not None:
                answer = heard[0]
                if answer.event in _ENDINGS:
                    yield heard
                    return
                patience = self._timing.starting if answer.event is Event.STARTING else self._timing.reading
                made = ScanProgress(answer.page, 1.0 if answer.event is Event.PAGE else answer.share)
            progress(made)
            if heard is not None and heard[0].event is Event.PAGE:
                yield heard

    def _checked(self, child: ChildProcess[Answer]) -> Readiness:
        """An answer that comes too late for this look is the answer of the next one."""
        if self._checking is None or self._checking[0] != child.pid:
            self._checking = (child.pid, self._ask(child, Deed.CHECK))
        answer = self._ending(child, self._checking[1], self._timing.checking)
        if answer is None:
            return Readiness(Condition.ATTENTION, CONNECTING, CONNECTING_ADVICE)
        self._checking = None
        if answer.event is Event.FAILED:
            raise self._error(answer)
        return Readiness(Condition.READY, READY)

    def _ending(self, child: ChildProcess[Answer], job: int, patience: float) -> Answer | None:
        until = time.monotonic() + patience
        while (left := until - time.monotonic()) > 0:
            heard = child.answer(job, left, self._timing.opening)
            if heard is not None and heard[0].event in _ENDINGS:
                return heard[0]
        return None

    def _take_back(self, child: ChildProcess[Answer], job: int) -> None:
        """Tell the process to stop, and give it a moment; what it says later is passed over by the next job."""
        try:
            child.ask(Question(do=Deed.CANCEL, job=job).line())
            self._ending(child, job, self._timing.cancelling)
        except (
            EndedError,
            GarbledError,
            SilentError,
        ):  # the person took the scan back: a new process for the next one will do
            self._children.discard()

    def _ask(self, child: ChildProcess[Answer], do: Deed, order: ScanOrder | None = None) -> int:
        self._job += 1
        self._checking = None
        question = Question(do=do, job=self._job, device=self._device)
        if order is not None:
            words = {name: getattr(order, name) for name in ("source", "mode", "dpi", "limit", "paper")}
            question = question.model_copy(update={**words, "options": self._options})
        child.ask(question.line())
        return self._job

    @contextmanager
    def _watched(self) -> Iterator[ChildProcess[Answer]]:
        if sys.platform == "win32" and self._by_sane:  # there is none
            raise trouble_error(Trouble.NO_SANE, self.name)
        self._children.freshen()
        with self._children.watched() as child:
            yield child

    def _error(self, answer: Answer) -> DeviceError:
        trouble = answer.trouble or Trouble.NO_CONTACT
        return trouble_error(trouble, self.name, page=answer.page or 1, option=answer.option)
