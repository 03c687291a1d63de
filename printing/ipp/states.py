"""What a printer says of itself and of a job, in the words of a clerk: pure functions over its attributes.

A job is judged by its job-state, and while it is not finished by the state of its printer as well: behind CUPS a job
stays "processing" while the printer waits for paper, and "pending" while the queue is stopped.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

from client.ports.printer import JobReport, PrintState
from client.ports.readiness import Condition, Readiness
from client.text import listed, sentences, source_of, tr
from printing.ipp.messages import Group

PDF = "application/pdf"
PRINTER_ATTRIBUTES = (
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
    "printer-up-time",
    "document-format-supported",
    "device-uri",  # CUPS: where the printer behind the queue is
)
JOB_ATTRIBUTES = (
    "job-state",
    "job-state-reasons",
    "job-uuid",
    "job-impressions-completed",
    "time-at-creation",
    "time-at-processing",
)

READY = Readiness(Condition.READY, tr("就绪"))
HELD = tr("打印任务被人暂停，请在打印机或者打印服务器上恢复")
STOPPED = tr("打印机停止了打印，请到打印机前查看")
DOCUMENT_REFUSED = tr("打印机不能处理这份文书，请换一台打印机")
ABORTED = tr("打印机放弃了这次打印，请稍后再打印")
CANCELLED = tr("已在打印机或者打印服务器上取消")
CANCELLED_LATE = tr("已在打印机或者打印服务器上取消，但可能已经打出")
DONE_WITHOUT_A_SHEET = tr("打印机说已经打完，可是没有数到一页，而且{hindrance}，请查看文书是否打出")
BROKEN_OFF = tr("打印服务器中途停过，这一份可能已经打出，请查看")
NOT_BEGUN = tr("打印机空闲，却一直没有开始打印这一份，请到打印机前查看")
NOT_ENDED = tr("打印机一直没有打完这一份，请到打印机前查看")
ABORTED_LATE = tr("打印机中途放弃了这次打印，但可能已经打出")


class _Job(IntEnum):
    """job-state (RFC 8011, 5.3.7)."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


# Seconds by the printer's own clock: a printer that says it works and does not is looked at by a person.
_BEGINS_WITHIN = 90  # of a job that waits at a printer that is idle
_ENDS_WITHIN = 600  # of a job of a few pages that is being printed

_IDLE, _STOPPED = 3, 5  # printer-state (RFC 8011, 5.4.11)


_PERHAPS_OUT: Mapping[int | None, str] = MappingProxyType(
    {
        _Job.PENDING: BROKEN_OFF,  # CUPS was ended in the middle of it, and would print it once more with the next
        _Job.CANCELED: CANCELLED_LATE,
        _Job.ABORTED: ABORTED_LATE,
    }
)


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why a printer does not print, and what to do."""

    words: str
    advice: str


NO_PAPER = Hindrance(tr("打印机缺纸"), tr("请加入纸张，打印会自动继续"))
JAM = Hindrance(tr("打印机卡纸"), tr("请按打印机上的图示取出卡住的纸，打印会自动继续"))
COVER = Hindrance(tr("打印机盖板没有关好"), tr("请关好打印机的盖板和纸盒，打印会自动继续"))
TONER = Hindrance(tr("打印机碳粉或者墨水用完"), tr("请更换碳粉盒或者墨盒，打印会自动继续"))
TRAY = Hindrance(tr("打印机出纸盘已满"), tr("请取走出纸盘里的纸，打印会自动继续"))
OFFLINE = Hindrance(tr("打印机已脱机"), tr("请检查打印机的电源和网线，接通后打印会自动继续"))
PAUSED = Hindrance(tr("打印机已暂停"), tr("请在打印机或者打印服务器上恢复打印"))
SPOOL_FULL = Hindrance(tr("打印机存储已满"), tr("请等待前面的文书打完；仍然不行请联系大厅技术人员"))
NEEDS_SERVICE = Hindrance(tr("打印机需要维护"), tr("请查看打印机面板上的提示，并联系大厅技术人员"))
HALTED = Hindrance(tr("打印机已停止"), tr("请查看打印机面板上的提示；仍然不行请联系大厅技术人员"))
REJECTING = Hindrance(tr("打印机暂不接受打印"), tr("请联系大厅技术人员，在打印服务器上恢复接受打印"))
WITHOUT_PDF = Hindrance(tr("打印机不能直接打印 PDF"), tr("请联系大厅技术人员，在打印服务器（CUPS）上为它建立打印队列"))

_HINDRANCES: Mapping[str, Hindrance] = MappingProxyType(  # RFC 8011, 5.4.12; PWG 5100.9; CUPS; the worst first
    {
        "media-empty": NO_PAPER,
        "media-needed": NO_PAPER,
        "media-jam": JAM,
        "cover-open": COVER,
        "door-open": COVER,
        "interlock-open": COVER,
        "input-tray-missing": COVER,
        "toner-empty": TONER,
        "marker-supply-empty": TONER,
        "developer-empty": TONER,
        "output-area-full": TRAY,
        "output-tray-missing": TRAY,
        "offline": OFFLINE,
        "shutdown": OFFLINE,
        "timed-out": OFFLINE,
        "spool-area-full": SPOOL_FULL,
        "marker-waste-full": NEEDS_SERVICE,
        "fuser-over-temp": NEEDS_SERVICE,
        "fuser-under-temp": NEEDS_SERVICE,
        "opc-life-over": NEEDS_SERVICE,
        "cups-missing-filter": NEEDS_SERVICE,
        "cups-insecure-filter": NEEDS_SERVICE,
        "paused": PAUSED,
        "moving-to-paused": PAUSED,
        "hold-new-jobs": PAUSED,
        "cups-remote-stopped": PAUSED,
    }
)
_LOW: Mapping[str, Hindrance] = MappingProxyType(
    {
        "media-low": Hindrance(tr("纸将尽"), tr("请准备好纸张，有空时加入")),
        "toner-low": Hindrance(tr("碳粉或者墨水将尽"), tr("请准备好碳粉盒或者墨盒")),
        "marker-supply-low": Hindrance(tr("碳粉或者墨水将尽"), tr("请准备好碳粉盒或者墨盒")),
        "developer-low": Hindrance(tr("碳粉或者墨水将尽"), tr("请准备好碳粉盒或者墨盒")),
        "output-area-almost-full": Hindrance(tr("出纸盘将满"), tr("请取走出纸盘里的纸")),
        "marker-waste-almost-full": Hindrance(tr("废粉盒将满"), tr("请联系大厅技术人员更换")),
        "opc-near-eol": Hindrance(tr("硒鼓将到寿命"), tr("请联系大厅技术人员更换")),
    }
)

# CUPS has no reason for a printer that does not answer it, only a sentence (its ipp and socket backends).
_OUT_OF_REACH = re.compile(r"may not exist|unavailable|unreachable|not responding|unable to locate", re.IGNORECASE)


def job_report(job: Group, printer: Group) -> JobReport:
    """How a job stands; `printer` says why one that is not finished does not move."""
    match job.number("job-state"):
        case _Job.COMPLETED:
            return _completed(job, printer)
        case state if state in _PERHAPS_OUT and (job.number("job-impressions-completed") or 0) > 0:
            # Behind CUPS a page counts as soon as it is on its way to the printer: only a person can tell whether
            # there is a sheet, and one like it must not be printed before he has.
            return JobReport(PrintState.UNKNOWN, _PERHAPS_OUT[state])
        case _Job.CANCELED:
            return JobReport(PrintState.CANCELLED, CANCELLED)
        case _Job.ABORTED:
            return JobReport(PrintState.FAILED, _why_aborted(job))
        case _Job.PENDING | _Job.HELD | _Job.PROCESSING | _Job.STOPPED as state:
            return _unfinished(_Job(state), hindrance(printer, at_work=True), lambda: _overdue(job, printer))
    return JobReport(PrintState.UNKNOWN)


def readiness(printer: Group) -> Readiness:
    """How a printer or a queue stands that may be idle."""
    if found := hindrance(printer, at_work=printer.number("printer-state") != _IDLE):
        return _failed(found)
    if printer.number("printer-is-accepting-jobs") == 0:
        return _failed(REJECTING)
    if not takes_pdf(printer):
        return _failed(WITHOUT_PDF)
    low = list(dict.fromkeys(_all(_LOW, printer)))
    if not low:
        return READY
    return Readiness(Condition.ATTENTION, listed(each.words for each in low), sentences(each.advice for each in low))


def hindrance(printer: Group, *, at_work: bool) -> Hindrance | None:
    """What keeps a printer from printing. The sentence of an idle one tells of its last job: it counts `at_work`."""
    if found := _first(_HINDRANCES, printer):
        return found
    if at_work and _OUT_OF_REACH.search(printer.text("printer-state-message")):
        return OFFLINE
    return HALTED if printer.number("printer-state") == _STOPPED else None


def takes_pdf(printer: Group) -> bool:
    """Whether PDF is among its formats; a printer that names none is believed to."""
    formats = printer.texts("document-format-supported")
    return not formats or PDF in formats


def _first(words: Mapping[str, Hindrance], printer: Group) -> Hindrance | None:
    """The first entry of `words` among the reasons of a printer, whichever severity they have."""
    return next(_all(words, printer), None)


def _all(words: Mapping[str, Hindrance], printer: Group) -> Iterator[Hindrance]:
    reasons = {re.sub(r"-(report|warning|error)$", "", each) for each in printer.texts("printer-state-reasons")}
    return (found for reason, found in words.items() if reason in reasons)


def _completed(job: Group, printer: Group) -> JobReport:
    """Done, unless the printer counted no page and stands there with its cover open: some say so when they took it."""
    found = _first(_HINDRANCES, printer)
    if job.number("job-impressions-completed") == 0 and found in {NO_PAPER, JAM, COVER, TONER}:
        told = source_of(DONE_WITHOUT_A_SHEET).format(hindrance=source_of(found.words))
        return JobReport(PrintState.UNKNOWN, told)
    return JobReport(PrintState.DONE)


def _overdue(job: Group, printer: Group) -> str:
    """Why a job that should have moved by now is looked at by a person; "" where there is time left."""
    now, begun = printer.number("printer-up-time"), job.number("time-at-processing")
    taken = job.number("time-at-creation")
    if now is None:
        return ""
    if job.number("job-state") == _Job.PENDING and printer.number("printer-state") == _IDLE and taken is not None:
        return NOT_BEGUN if now - taken > _BEGINS_WITHIN else ""
    if job.number("job-state") == _Job.PROCESSING and begun is not None:
        return NOT_ENDED if now - begun > _ENDS_WITHIN else ""
    return ""


def _unfinished(state: _Job, found: Hindrance | None, overdue: Callable[[], str]) -> JobReport:
    if found is not None:
        return JobReport(PrintState.STOPPED, found.words)
    if late := overdue():
        return JobReport(PrintState.STOPPED, late)
    return {
        _Job.PENDING: JobReport(PrintState.QUEUED),
        _Job.HELD: JobReport(PrintState.STOPPED, HELD),
        _Job.STOPPED: JobReport(PrintState.STOPPED, STOPPED),
    }.get(state, JobReport(PrintState.PRINTING))


def _why_aborted(job: Group) -> str:
    reasons = job.texts("job-state-reasons")
    return DOCUMENT_REFUSED if any("document" in reason or "compression" in reason for reason in reasons) else ABORTED


def _failed(found: Hindrance) -> Readiness:
    return Readiness(Condition.FAILED, found.words, found.advice)
