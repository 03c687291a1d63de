"""What a printer says, in a clerk's words: job-state judges, and the printer's own state says why nothing moves."""

import pytest

from client.ports.printer import JobReport, PrintState
from client.ports.readiness import Condition, Readiness
from printing.ipp import states
from printing.ipp.messages import Attribute, Tag, Value, integer, texts
from tests.printing.answers import job, printer


def reasons(*words: str) -> Attribute:
    return texts(Tag.KEYWORD, "printer-state-reasons", *words)


def message(words: str) -> Attribute:
    return texts(Tag.TEXT, "printer-state-message", words)


def accepting(*, yes: bool) -> Attribute:
    return Attribute("printer-is-accepting-jobs", (Value(Tag.BOOLEAN, bytes((yes,))),))


UNREACHABLE = message("The printer may not exist or is unavailable at this time.")
WELL = reasons("none")


@pytest.mark.parametrize(
    ("state", "report"),
    [
        (3, JobReport(PrintState.QUEUED)),
        (4, JobReport(PrintState.STOPPED, states.HELD)),
        (5, JobReport(PrintState.PRINTING)),
        (6, JobReport(PrintState.STOPPED, states.STOPPED)),
        (7, JobReport(PrintState.CANCELLED, states.CANCELLED)),
        (8, JobReport(PrintState.FAILED, states.ABORTED)),
        (9, JobReport(PrintState.DONE)),
        (10, JobReport(PrintState.UNKNOWN)),
    ],
)
def test_a_job_is_judged_by_its_state(state: int, report: JobReport) -> None:
    reached = texts(Tag.KEYWORD, "job-state-reasons", "processing-to-stop-point")
    assert states.job_report(job(1, state, reached), printer(WELL)) == report


@pytest.mark.parametrize(
    ("state", "impressions", "report"),
    [
        (3, 0, JobReport(PrintState.QUEUED)),
        (3, 1, JobReport(PrintState.UNKNOWN, states.BROKEN_OFF)),
        (7, 0, JobReport(PrintState.CANCELLED, states.CANCELLED)),
        (7, 1, JobReport(PrintState.UNKNOWN, states.CANCELLED_LATE)),
        (8, 0, JobReport(PrintState.FAILED, states.ABORTED)),
        (8, 2, JobReport(PrintState.UNKNOWN, states.ABORTED_LATE)),
    ],
)
def test_what_stopped_with_a_page_on_its_way_is_in_doubt(state: int, impressions: int, report: JobReport) -> None:
    counted = integer("job-impressions-completed", impressions)
    assert states.job_report(job(1, state, counted), printer(WELL)) == report


@pytest.mark.parametrize(
    ("impressions", "reason", "state"),
    [(0, "cover-open", PrintState.UNKNOWN), (0, "toner-low", PrintState.DONE), (1, "media-empty", PrintState.DONE)],
)
def test_a_printer_that_says_it_is_done_with_its_cover_open_is_not_believed(
    impressions: int, reason: str, state: PrintState
) -> None:
    told = states.job_report(job(1, 9, integer("job-impressions-completed", impressions)), printer(reasons(reason)))
    assert told.state is state
    assert ("打印机盖板没有关好，请查看文书是否打出" in told.reason) is (state is PrintState.UNKNOWN)


@pytest.mark.parametrize(
    ("state", "seconds", "at_work", "report"),
    [
        (3, 80, 3, JobReport(PrintState.QUEUED)),
        (3, 100, 3, JobReport(PrintState.STOPPED, states.NOT_BEGUN)),
        (3, 100, 4, JobReport(PrintState.QUEUED)),  # it prints what came before
        (5, 500, 4, JobReport(PrintState.PRINTING)),
        (5, 700, 4, JobReport(PrintState.STOPPED, states.NOT_ENDED)),
    ],
)
def test_a_job_that_does_not_move_is_looked_at_by_a_person(
    state: int, seconds: int, at_work: int, report: JobReport
) -> None:
    since = integer("time-at-creation", 1000), integer("time-at-processing", 1000)
    now = printer(integer("printer-up-time", 1000 + seconds), state=at_work)
    assert states.job_report(job(1, state, *since), now) == report
    assert states.job_report(job(1, state, *since), printer(state=at_work)).state is not PrintState.STOPPED, "no clock"


@pytest.mark.parametrize("reason", ["document-format-error", "unsupported-compression"])
def test_a_document_the_printer_could_not_read_is_told(reason: str) -> None:
    aborted = job(1, 8, texts(Tag.KEYWORD, "job-state-reasons", "aborted-by-system", reason))
    assert states.job_report(aborted, printer(WELL)) == JobReport(PrintState.FAILED, states.DOCUMENT_REFUSED)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (reasons("cups-waiting-for-job-completed", "media-empty-warning"), "打印机缺纸"),
        (reasons("media-needed-error"), "打印机缺纸"),
        (reasons("media-jam-error"), "打印机卡纸"),
        (reasons("paused", "cover-open"), "打印机盖板没有关好"),
        (reasons("door-open-report"), "打印机盖板没有关好"),
        (reasons("toner-empty-error"), "打印机碳粉或者墨水用完"),
        (reasons("output-area-full"), "打印机出纸盘已满"),
        (reasons("offline-report"), "打印机已脱机"),
        (UNREACHABLE, "打印机已脱机"),
        (reasons("paused"), "打印机已暂停"),
        (reasons("fuser-over-temp"), "打印机需要维护"),
    ],
)
@pytest.mark.parametrize("state", [3, 5])
def test_a_job_that_waits_for_somebody_says_for_what(state: int, told: Attribute, words: str) -> None:
    assert states.job_report(job(1, state), printer(told, state=4)) == JobReport(PrintState.STOPPED, words)
    assert states.job_report(job(1, 9), printer(told, state=4)).state == PrintState.DONE


def test_a_stopped_queue_stops_its_jobs_whatever_the_reason() -> None:
    halted = JobReport(PrintState.STOPPED, states.HALTED.words)
    assert states.job_report(job(1, 3), printer(reasons("other"), state=5)) == halted


@pytest.mark.parametrize("told", [WELL, reasons("connecting-to-device"), reasons("media-low", "cups-ipp-conformance")])
def test_a_printer_at_work_is_not_called_stopped(told: Attribute) -> None:
    assert states.job_report(job(1, 5), printer(told, state=4)) == JobReport(PrintState.PRINTING)


@pytest.mark.parametrize(
    ("told", "state", "condition", "words"),
    [
        (WELL, 3, Condition.READY, "就绪"),
        (UNREACHABLE, 3, Condition.READY, "就绪"),  # an idle queue tells of its last job
        (UNREACHABLE, 4, Condition.FAILED, "打印机已脱机"),
        (reasons("media-low-warning"), 3, Condition.ATTENTION, "纸将尽"),
        (reasons("marker-supply-low-report"), 4, Condition.ATTENTION, "碳粉或者墨水将尽"),
        (reasons("media-low", "media-empty"), 3, Condition.FAILED, "打印机缺纸"),
        (accepting(yes=False), 3, Condition.FAILED, "打印机暂不接受打印"),
        (accepting(yes=True), 3, Condition.READY, "就绪"),
        (WELL, 5, Condition.FAILED, "打印机已停止"),
    ],
)
def test_how_a_printer_stands(told: Attribute, state: int, condition: Condition, words: str) -> None:
    found = states.readiness(printer(told, state=state))
    assert (found.condition, found.words) == (condition, words)
    assert bool(found.advice) == (condition != Condition.READY)


def test_a_printer_without_pdf_is_told_to_go_through_cups() -> None:
    found = states.readiness(printer(formats=("image/pwg-raster", "image/urf")))
    assert isinstance(found, Readiness)
    assert found.condition == Condition.FAILED
    assert "CUPS" in found.advice
    assert states.readiness(printer(formats=("application/octet-stream", "application/pdf"))) == states.READY
