"""The whole work of printing: on the print lane what waits is rendered, and beside it each printer prints its kinds.

Each printer has a lane of its own: one that hangs holds up neither the others nor the next paper's page.
"""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from client.errors import DeskError
from client.lanes import Lane
from client.ports.manners import THE_PRINTER, PrintRules, printer_for
from client.ports.papers import PaperKind, Spool, Undrawn
from client.ports.printer import JobReport, Printer, PrintJob, PrintOrder, PrintQueue, PrintState
from client.ports.readiness import Readiness
from client.text import marked
from printing.dispatch import IDLE, SOON, Dispatch
from printing.routes import reference, taken_apart
from printing.standing import stands, with_undrawn

if TYPE_CHECKING:  # both load what draws
    from printing.press import A4Press
    from printing.templates.shelf import Shelf

A_MOMENT = 0.2  # seconds a round waits for its printers: most have answered by then
LEAVES_WITHIN = 5.0  # seconds for the answers that are on their way when the window closes
PATIENCE = 30.0  # seconds until what could not be drawn is tried anew
NOT_IN_SETTINGS = marked("收下这一份的打印机已不在设置里，请查看文书是否打出")
_NO_RULES: PrintRules = MappingProxyType({})


class Share:
    """The prints of a window that one of its printers prints: the desk's list as that printer's dispatch sees it."""

    def __init__(self, queue: PrintQueue, printer: str, kinds: Collection[PaperKind]) -> None:
        self._queue = queue
        self._printer = printer
        self._kinds = kinds
        self.page, self.facts = queue.page, queue.facts
        self.sending, self.reported = queue.sending, queue.reported

    def asked(self, limit: int = 20, *, kinds: Collection[PaperKind] | None = None) -> Sequence[PrintOrder]:
        return self._queue.asked(limit, kinds=self._kinds if kinds is None else kinds)

    def sent(self, order: PrintOrder, job: str) -> None:
        self._queue.sent(order, reference(self._printer, job))

    def underway(self) -> Sequence[PrintJob]:
        parts = ((job, *taken_apart(job.job)) for job in self._queue.underway())
        return [replace(job, job=own) for job, printer, own in parts if printer == self._printer]


class _AtWork:
    """One printer's prints, on its lane."""

    def __init__(self, dispatch: Dispatch, name: str) -> None:
        self.dispatch = dispatch
        self.lane = Lane(f"prints {name}".rstrip())
        self._step: Future[float] | None = None

    def begun(self) -> Future[float]:
        """Its next step; the one before, where that still goes on."""
        if self._step is None:
            self._step = self.lane.do(self.dispatch.step)
        return self._step

    def ended(self) -> Future[float] | None:
        """The step, once; None while it goes on."""
        if self._step is None or not self._step.done():
            return None
        step, self._step = self._step, None
        return step


class Rounds:
    """Without a printer the papers of a window are rendered and wait.

    `printers` by the names that `rules` know them by, the window's own under none.
    """

    def __init__(
        self,
        render: Callable[[], Sequence[Undrawn]],
        queue: PrintQueue,
        printers: Mapping[str, Printer],
        rules: PrintRules = _NO_RULES,
    ) -> None:
        self._render = render
        self._queue = queue
        self._printers = printers
        self._undrawn: Sequence[Undrawn] = ()
        self._at_work = [
            _AtWork(Dispatch(Share(queue, name, _kinds_of(name, rules)), each, rules), name)
            for name, each in printers.items()
        ]

    def step(self) -> float:
        """One round; returns the seconds until the next is due. Raises what broke off a printer's work, once."""
        self._undrawn = self._render()
        self._look_for_the_lost()
        wait([each.begun() for each in self._at_work], timeout=A_MOMENT)
        ended = [step for each in self._at_work if (step := each.ended()) is not None]
        dues = [step.result() for step in ended]
        return min(dues if len(dues) == len(self._at_work) else [*dues, SOON], default=IDLE)

    def close(self) -> None:
        """Nothing new begins; what a printer is being asked may end, and a print it breaks off is in doubt."""
        until = time.monotonic() + LEAVES_WITHIN
        for each in self._at_work:
            each.lane.close(timeout=max(until - time.monotonic(), 0.0))

    def why_undrawn(self, paper_id: int, reprint_no: int) -> DeskError | None:
        """Why that print could not be drawn; None where it could, or was not tried yet. On any thread."""
        prints = ((each.paper_id, each.reprint_no, each.error) for each in self._undrawn)
        return next((why for paper, number, why in prints if (paper, number) == (paper_id, reprint_no)), None)

    def look(self, own: Callable[[], Readiness]) -> Readiness:
        """How papers and printing stand; `own` is the look at the window's printer, whichever it is. On any thread."""
        others = {name: each.check() for name, each in self._printers.items() if name != THE_PRINTER}
        work = [each.dispatch.standing for each in self._at_work]
        return with_undrawn(stands({THE_PRINTER: own(), **others}, work), self._undrawn)

    def _look_for_the_lost(self) -> None:
        """Prints that a printer has whom the settings no longer name: nobody could ask it."""
        for job in self._queue.underway():
            if taken_apart(job.job)[0] not in {THE_PRINTER, *self._printers}:
                self._queue.reported(job.paper_id, job.reprint_no, JobReport(PrintState.UNKNOWN, NOT_IN_SETTINGS))


class Renderer:
    """Renders what waits. The press, with its fonts, is made when the first paper is drawn.

    It is kept from then on, until the hall has other words. Without a shelf they are the shipped ones. What could not
    be drawn is tried anew when another paper waits, or after a while: somebody may have mended the program.
    """

    def __init__(self, shelf: "Callable[[], Shelf] | None" = None, now: Callable[[], float] = time.monotonic) -> None:
        self._open_shelf = shelf
        self._now = now
        self._undrawn: Sequence[Undrawn] = ()
        self._tried_at = 0.0
        self._shelf: Shelf | None = None
        self._press: A4Press | None = None

    def __call__(self, spool: Spool) -> Sequence[Undrawn]:
        """Render what waits in `spool`; returns what could not be drawn."""
        waiting = {(order.paper_id, order.reprint_no) for order in spool.waiting(len(self._undrawn) + 1)}
        known = {(each.paper_id, each.reprint_no) for each in self._undrawn}
        if not waiting or (waiting == known and self._now() - self._tried_at < PATIENCE):
            self._undrawn = self._undrawn if waiting else ()
            return self._undrawn
        from printing.spool import render_waiting, undrawn  # noqa: PLC0415 - loads late, with the press

        self._undrawn = undrawn(render_waiting(spool, self._made()))
        self._tried_at = self._now()
        return self._undrawn

    def _made(self) -> "A4Press":
        from printing.press import A4Press  # noqa: PLC0415 - reportlab takes a third of a second to load

        if self._shelf is None and self._open_shelf is not None:
            self._shelf = self._open_shelf()
        words = None if self._shelf is None else self._shelf.template()
        if self._press is None or words not in {None, self._press.words}:
            self._press = A4Press(words)
        return self._press


def _kinds_of(printer: str, rules: PrintRules) -> frozenset[PaperKind]:
    return frozenset(kind for kind in PaperKind if printer_for(kind, rules) == printer)
