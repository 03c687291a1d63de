"""The printers somebody can choose from when a window is set up: the queues of a CUPS server, or the printer itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from client.errors import DeviceError
from client.text import tr
from printing.ipp.faults import NO_QUEUE, REFUSED
from printing.ipp.messages import Group, Message, Section, Tag, first, texts
from printing.ipp.printer import Operation, question
from printing.ipp.states import takes_pdf
from printing.ipp.wire import QUESTION, Address

SERVICES: Mapping[str, str] = MappingProxyType({"_ipp._tcp": "ipp", "_ipps._tcp": "ipps"})
PDF = "application/pdf"
THIS_MACHINE = "ipp://localhost"
SERVER_NAME = tr("打印服务器")

_WANTED = texts(
    Tag.KEYWORD,
    "requested-attributes",
    "printer-name",
    "printer-info",
    "printer-location",
    "document-format-supported",
)


@dataclass(frozen=True, slots=True)
class FoundPrinter:
    """`address` is what the setting holds; `words` are the printer's own, for a person to know it by."""

    name: str
    address: str
    words: str
    takes_pdf: bool


def found(server: str = THIS_MACHINE) -> Sequence[FoundPrinter]:
    """The queues of the CUPS server at `server` (ipp://host[:port]), by name.

    A driverless printer instead of a server is found as itself. Raises DeviceError when nobody answers there.
    """
    base = server.rstrip("/")
    queues = _asked(f"{base}/", Operation.CUPS_GET_PRINTERS)
    if queues is not None:
        names = ((f"{base}/printers/{group.text('printer-name')}", group) for group in queues.of(Section.PRINTER))
        return sorted((_found(address, group) for address, group in names), key=lambda each: each.name)
    itself = f"{base}/ipp/print"
    answer = _asked(itself, Operation.GET_PRINTER_ATTRIBUTES)
    return [] if answer is None else [_found(itself, first(answer, Section.PRINTER))]


def announced() -> Sequence[FoundPrinter]:
    """The driverless printers that announce themselves (RFC 8010 by DNS-SD; `rp` is the path, `pdl` what they take)."""
    from client.nearby import nearby  # noqa: PLC0415 - only whoever sets up a window asks

    return [
        FoundPrinter(
            each.words.get("ty") or each.name,
            f"{SERVICES[each.kind]}://{each.host}:{each.port}/{each.words.get('rp', 'ipp/print').strip('/')}",
            each.words.get("note", ""),
            takes_pdf=PDF in each.words.get("pdl", "").lower(),
        )
        for each in nearby(*SERVICES)
    ]


def _asked(uri: str, operation: Operation) -> Message | None:
    """The answer to `operation`; None when there is something that does not know it, or knows of nothing."""
    try:
        return question(Address.of(uri), SERVER_NAME, operation, [_WANTED], QUESTION)
    except DeviceError as error:
        if error.fault in {NO_QUEUE, REFUSED}:
            return None
        raise


def _found(address: str, printer: Group) -> FoundPrinter:
    words = tr("，").join(filter(None, (printer.text("printer-info"), printer.text("printer-location"))))
    return FoundPrinter(printer.text("printer-name"), address, words, takes_pdf=takes_pdf(printer))
