"""A printer as the desk sees it, and what printing may ask of the desk: which prints are asked for, and their fate."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from client.errors import DeviceError
from client.ports.manners import AS_USUAL, Manner
from client.ports.papers import PaperFacts, PaperKind
from client.ports.readiness import Readiness
from client.text import tr


class PrintState(StrEnum):
    """Where a print stands. It moves asked → sending → queued → printing → done; the rest is what can go wrong.

    `sending` is written before the printer hears of it: found there after a crash it becomes `unknown`, and a
    person looks whether the sheet came out. The first print is never made twice without the mark of a 补打.
    """

    ASKED = "asked"
    SENDING = "sending"
    UNKNOWN = "unknown"
    QUEUED = "queued"
    PRINTING = "printing"
    DONE = "done"
    STOPPED = "stopped"  # the printer waits for somebody: paper, cover, jam; it goes on by itself
    FAILED = "failed"  # not printed and not going to be: to be printed later
    CANCELLED = "cancelled"  # at the device or in the queue


PRINT_WORDS: Mapping[PrintState, str] = MappingProxyType(
    {
        PrintState.ASKED: tr("待打印"),
        PrintState.SENDING: tr("正在送打印机"),
        PrintState.UNKNOWN: tr("结果待查看"),
        PrintState.QUEUED: tr("排队中"),
        PrintState.PRINTING: tr("打印中"),
        PrintState.DONE: tr("已打印"),
        PrintState.STOPPED: tr("打印机待处理"),
        PrintState.FAILED: tr("没有打出"),
        PrintState.CANCELLED: tr("打印已取消"),
    }
)


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """A rendered page that is to be printed. `title` names it in the printer's queue: numbers, nobody's name."""

    paper_id: int
    reprint_no: int
    title: str
    kind: PaperKind


@dataclass(frozen=True, slots=True)
class Printout:
    """What a printer gets: a whole PDF, what its queue calls it, and how it is to be printed.

    `facts` are for printers that set a short form of the paper themselves (receipt rolls): a sheet of the window's own
    has none, nor has a `trial`, for which they set a form of their own.
    """

    title: str
    pdf: bytes
    manner: Manner = AS_USUAL
    facts: Callable[[], PaperFacts] | None = None
    reprint_no: int = 0
    trial: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A printer has it, under the reference `job`; `note` (zh_CN, as it is kept) says what it cannot do as asked."""

    job: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A print the printer knows under `job` (its own reference, as told); `is_void`: its paper was voided since."""

    paper_id: int
    reprint_no: int
    job: str
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class JobReport:
    """What the printer says of a job; `reason` (zh_CN) why it stopped or failed."""

    state: PrintState
    reason: str = ""


class Unsure(DeviceError):  # noqa: N818 - it is no error of the printer's, it is our not knowing
    """The page was handed over, or may have been, and no answer came: a person looks before it is printed again."""


class PrintQueue(Protocol):
    """The desk's list of prints. Every call is committed when it returns."""

    def asked(self, limit: int = 20, *, kinds: Collection[PaperKind] | None = None) -> Sequence[PrintOrder]:
        """Prints that are asked for and whose page is rendered, oldest first; None: of every kind."""
        ...

    def page(self, order: PrintOrder) -> bytes:
        """The PDF to print, authenticated. Raises StoreError."""
        ...

    def facts(self, order: PrintOrder) -> PaperFacts:
        """What the paper states."""
        ...

    def sending(self, order: PrintOrder) -> None:
        """Mark before the printer hears of it."""
        ...

    def sent(self, order: PrintOrder, job: str) -> None:
        """The printer has it, under this reference."""
        ...

    def underway(self) -> Sequence[PrintJob]:
        """Prints the printer has and has not finished."""
        ...

    def reported(self, paper_id: int, reprint_no: int, report: JobReport) -> None:
        """What became of a print so far; harmless when repeated. `asked`: the printer was busy, it waits again."""
        ...


class Printer(Protocol):
    """A printer that takes PDF. Every method but `check` raises DeviceError."""

    name: str  # as the hall calls it, for errors

    def submit(self, printout: Printout) -> Taken:
        """Hand a page over, to be printed as asked or, where it cannot be, as near to that as can be, with a note.

        All its copies are one job. Raises Unsure when the printer may have taken it; any other error means that it was
        not taken.
        """
        ...

    def report(self, job: str) -> JobReport:
        """How that job stands. A job the printer no longer knows is `unknown`."""
        ...

    def cancel(self, job: str) -> None:
        """Take a job back, as far as it is not printed."""
        ...

    def check(self) -> Readiness:
        """How it stands, in at most a second. Raises nothing."""
        ...
