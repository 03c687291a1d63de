"""Prints by the system's own printers (the spooler of Windows, CUPS elsewhere), for a process of its own.

Qt knows that a page was handed over, and how a printer stands; what became of a job it does not know. Questions and
answers are lines of JSON, as `printing/spooler.py` asks them.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

import pypdfium2  # type: ignore[import-untyped]  # it has no types
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

_DPI = 300  # a page of more would be some hundred megabytes on its way
_POINTS = 72
_SIZES = {"a4": QPageSize.PageSizeId.A4, "a5": QPageSize.PageSizeId.A5}
_SIDES = {
    "one-sided": QPrinter.DuplexMode.DuplexNone,
    "two-sided-long-edge": QPrinter.DuplexMode.DuplexLongSide,
    "two-sided-short-edge": QPrinter.DuplexMode.DuplexShortSide,
}
_STATES = {
    QPrinter.PrinterState.Idle: "idle",
    QPrinter.PrinterState.Active: "active",
    QPrinter.PrinterState.Aborted: "error",
    QPrinter.PrinterState.Error: "error",
}

Answer = Mapping[str, object]


def serve() -> None:
    """Answer what comes in until it ends."""
    if sys.platform != "win32":
        sys.argv += ["-platform", "offscreen"]  # it paints on paper alone
    _application = QGuiApplication(sys.argv)
    answer_all(sys.stdin.buffer, _tell)


def answer_all(asked: BinaryIO, tell: Callable[[Answer], object]) -> None:
    """Each question is a line, with so many bytes behind it as its `length` says; its last answer has `end`."""
    while line := asked.readline():
        question = json.loads(line)
        content = asked.read(question.get("length", 0))
        for answer in _ANSWERS[question["do"]](question, content):
            tell(answer)


def _tell(answer: Answer) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _list(_question: Mapping[str, Any], _content: bytes) -> Iterator[Answer]:
    yield {"end": "listed", "printers": QPrinterInfo.availablePrinterNames()}


def _look(question: Mapping[str, Any], _content: bytes) -> Iterator[Answer]:
    info = QPrinterInfo.printerInfo(question["printer"])
    yield {"end": "absent"} if info.isNull() else {"end": _STATES[info.state()]}


def _print(question: Mapping[str, Any], content: bytes) -> Iterator[Answer]:
    """`begun` is told before anything reaches the printer; `cannot` names what it does not do as asked."""
    info = QPrinterInfo.printerInfo(question["printer"])
    if info.isNull():
        yield {"end": "absent"}
        return
    cannot: list[str] = []
    printer = _made(info, question, cannot)
    with pypdfium2.PdfDocument(content) as document:
        painter = QPainter()
        yield {"said": "begun"}
        if not painter.begin(printer):
            yield {"end": "refused"}
            return
        try:
            _paint(document, printer, painter, question["copies"] if "copies" in cannot else 1)
        finally:
            painter.end()
    yield {"end": "done", "cannot": [each for each in cannot if each != "copies"]}


_ANSWERS: Mapping[str, Callable[[Mapping[str, Any], bytes], Iterator[Answer]]] = {
    "list": _list,
    "look": _look,
    "print": _print,
}


def _made(info: QPrinterInfo, question: Mapping[str, Any], cannot: list[str]) -> QPrinter:
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setDocName(question["title"])
    printer.setFullPage(True)
    known = {each.id() for each in info.supportedPageSizes()}
    media = question["media"]
    if known and _SIZES[media] not in known and media != "a4":
        cannot.append("media")
        media = "a4"
    printer.setPageSize(QPageSize(_SIZES[media]))
    sides = _SIDES[question["sides"]]
    if sides not in info.supportedDuplexModes() and sides is not QPrinter.DuplexMode.DuplexNone:
        cannot.append("sides")
        sides = QPrinter.DuplexMode.DuplexNone
    printer.setDuplex(sides)
    if printer.supportsMultipleCopies():
        printer.setCopyCount(question["copies"])
        printer.setCollateCopies(True)
    elif question["copies"] > 1:
        cannot.append("copies")
    if question["tray"]:  # Qt knows trays by numbers of its own
        cannot.append("tray")
    return printer


def _paint(document: Any, printer: QPrinter, painter: QPainter, times: int) -> None:  # noqa: ANN401 - pypdfium2 has no types
    """Every page as a picture over the whole sheet; `times` over where the printer makes no copies."""
    sheet = printer.pageLayout().fullRectPixels(printer.resolution())
    for copy in range(times):
        for number in range(len(document)):
            if copy or number:
                printer.newPage()
            picture = document[number].render(scale=_DPI / _POINTS, rev_byteorder=True).to_numpy()
            height, width, _ = picture.shape
            image = QImage(picture.data, width, height, width * 3, QImage.Format.Format_RGB888)
            size = image.size().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRect(QPoint(0, 0), size), image)
