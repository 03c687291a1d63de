"""A printer that speaks IPP, by itself or behind CUPS: takes PDF, and says what became of it (RFC 8011)."""

import time
from collections.abc import Sequence
from contextlib import suppress
from enum import IntEnum
from urllib.parse import urlsplit

from client.errors import DeviceError, DeviceState
from client.ports.printer import JobReport, Printout, PrintState, Taken, Unsure
from client.ports.readiness import Condition, Readiness
from client.text import chinese, tr
from printing.ipp import abilities, faults, states
from printing.ipp.messages import Attribute, Group, Message, Section, Tag, first, integer, texts
from printing.ipp.wire import PAGE, QUESTION, Address, Patience, exchange, glance
from printing.repeating import repeated

OUR_NAME = "yichuang"  # stands where printers expect a person
LONGEST_TITLE = 255  # bytes of a name (RFC 8011, 5.1.3)
GONE = tr("打印机里已经没有这个任务，请查看文书是否打出")
_ERRORS_FROM = 0x0400
_A_LOOK = 0.9  # seconds for both looks of a check
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Operation(IntEnum):
    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_PRINTER_ATTRIBUTES = 0x000B
    CUPS_GET_PRINTERS = 0x4002


class IppPrinter:
    """The printer or queue at `address` (ipp://host[:port]/path, or ipps://). Holds nothing open; any thread.

    A job's reference is its number there and, where the printer has one, its UUID: a printer that was switched off
    counts from one again, and must not tell us of somebody else's job.
    """

    def __init__(self, address: str, name: str) -> None:
        """Raises DeviceError for what is no address of a printer."""
        self.name = name
        self._address = Address.of(address)

    def submit(self, printout: Printout) -> Taken:
        """Print it as asked, as far as the printer can. Raises Unsure when the page may have been taken."""
        printer = self._look()
        if not states.takes_pdf(printer):
            raise DeviceError(DeviceState.UNSUPPORTED, faults.NO_PDF, device=self.name)
        wish = abilities.wish(printout.manner, printer)
        pdf = repeated(printout.pdf, wish.repeated, printout.manner.sides)
        try:
            asked = _page(printout.title, wish.attributes)
            answer = _said(self._address, self.name, Operation.PRINT_JOB, asked, PAGE, pdf)
        except Unsure as unsure:
            raise Unsure(unsure.state, faults.UNSURE, device=self.name) from unsure
        number = first(answer, Section.JOB).number("job-id")
        if number is None:  # it said that it has it, and not under which number
            raise Unsure(DeviceState.UNREADABLE, faults.UNSURE, device=self.name)
        note = chinese("。").join(filter(None, (wish.note, abilities.passed_over(answer))))
        return Taken(f"{number} {self._uuid(number)}".strip(), note)

    def report(self, job: str) -> JobReport:
        number, uuid = _taken_apart(job)
        if number is None:
            return JobReport(PrintState.UNKNOWN, GONE)
        try:
            found = self._job(number)
        except DeviceError as error:
            if error.fault != faults.NO_QUEUE:
                raise
            self._look()  # raises when the whole queue is gone
            return JobReport(PrintState.UNKNOWN, GONE)
        if uuid and found.text("job-uuid") not in {"", uuid}:
            return JobReport(PrintState.UNKNOWN, GONE)
        return states.job_report(found, self._look())

    def cancel(self, job: str) -> None:
        """Take a job back; one that is finished already stays what it is."""
        number, _ = _taken_apart(job)
        if number is None:
            return
        asked = [integer("job-id", number), _us()]
        try:
            question(self._address, self.name, Operation.CANCEL_JOB, asked, QUESTION)
        except DeviceError as error:
            if error.fault == faults.NO_QUEUE:
                self._look()  # raises when the whole queue is gone; a job that is gone needs nothing more
            elif error.parameters.get("status") != faults.NOT_POSSIBLE:
                raise

    def check(self) -> Readiness:
        """How it stands, in a second at most.

        A queue of this machine knows of its printer what the last job met; the printer itself is asked as well.
        """
        until = time.monotonic() + _A_LOOK
        try:
            queue = _look(self._address, self.name, glance(_A_LOOK))
        except DeviceError as error:
            return Readiness(Condition.FAILED, error.title, error.advice)
        found = states.readiness(queue)
        return self._behind(queue.text("device-uri"), until) if found == states.READY else found

    def _behind(self, device: str, until: float) -> Readiness:
        """How the printer behind a queue of this machine stands, where it speaks IPP."""
        if self._address.host not in _LOOPBACK or urlsplit(device).scheme not in {"ipp", "ipps"}:
            return states.READY
        try:
            return states.readiness(_look(Address.of(device), self.name, glance(until - time.monotonic())))
        except DeviceError as error:
            away = error.fault in {faults.NO_PRINTER, faults.SILENT}
            return Readiness(Condition.FAILED, error.title, error.advice) if away else states.READY

    def _look(self) -> Group:
        return _look(self._address, self.name, QUESTION)

    def _job(self, number: int) -> Group:
        wanted = texts(Tag.KEYWORD, "requested-attributes", *states.JOB_ATTRIBUTES)
        asked = [integer("job-id", number), _us(), wanted]
        return first(question(self._address, self.name, Operation.GET_JOB_ATTRIBUTES, asked, QUESTION), Section.JOB)

    def _uuid(self, number: int) -> str:
        """Of a job just taken; a printer that does not say it now costs us that check alone."""
        with suppress(DeviceError):
            return self._job(number).text("job-uuid")
        return ""


def question(address: Address, device: str, operation: int, asked: Sequence[Attribute], patience: Patience) -> Message:
    """Ask what may be asked twice: not to know the answer is a DeviceError like others, and so is a refusal."""
    try:
        return _said(address, device, operation, [Group(Section.OPERATION, tuple(asked))], patience)
    except Unsure as unsure:
        raise DeviceError(unsure.state, unsure.fault, device=device) from unsure


def _look(address: Address, device: str, patience: Patience) -> Group:
    asked = (*states.PRINTER_ATTRIBUTES, *abilities.PRINTER_ATTRIBUTES)
    wanted = texts(Tag.KEYWORD, "requested-attributes", *asked)
    return first(question(address, device, Operation.GET_PRINTER_ATTRIBUTES, [wanted], patience), Section.PRINTER)


def _said(
    address: Address, device: str, operation: int, groups: Sequence[Group], patience: Patience, data: bytes = b""
) -> Message:
    """The answer to an operation. English: CUPS words in it the sentences we look into."""
    head, *others = groups
    begin = (  # in this order (RFC 8011, 4.1.4)
        texts(Tag.CHARSET, "attributes-charset", "utf-8"),
        texts(Tag.LANGUAGE, "attributes-natural-language", "en"),
        texts(Tag.URI, "printer-uri", address.uri),
    )
    whole = (Group(Section.OPERATION, (*begin, *head.attributes)), *others)
    answer = exchange(address, device, Message(operation, 1, whole, data), patience)
    if answer.code >= _ERRORS_FROM:
        raise faults.status_error(answer.code, device)
    return answer


def _taken_apart(job: str) -> tuple[int | None, str]:
    """A job's number here and its UUID; no number in a reference of another printer, before the settings named this."""
    number, _, uuid = job.partition(" ")
    return (int(number) if number.isdecimal() else None), uuid


def _us() -> Attribute:
    return texts(Tag.NAME, "requesting-user-name", OUR_NAME)


def _page(title: str, wanted: tuple[Attribute, ...]) -> list[Group]:
    """Of a Print-Job: whose, called what, and how it is to be printed."""
    name = title.encode()[:LONGEST_TITLE].decode(errors="ignore")
    described = (
        _us(),
        texts(Tag.NAME, "job-name", name),
        texts(Tag.MEDIA_TYPE, "document-format", states.PDF),
    )
    return [Group(Section.OPERATION, described), Group(Section.JOB, wanted)]
