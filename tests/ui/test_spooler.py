"""How the process that prints paints: every page over a whole sheet, once more where a printer makes no copies."""

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped] # it has no types
import pytest
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from ui import spooler


def two_pages() -> bytes:
    told = BytesIO()
    with pikepdf.new() as document:
        for _ in range(2):
            document.add_blank_page(page_size=(595, 842))
        document.save(told)
    return told.getvalue()


def _line(question: Mapping[str, str]) -> bytes:
    return json.dumps(question).encode() + b"\n"


@pytest.mark.usefixtures("qapp")
def test_each_page_is_a_sheet_and_each_copy_all_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooler, "_DPI", 30)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter(printer)
    with pypdfium2.PdfDocument(two_pages()) as document:
        spooler._paint(document, printer, painter, 2)
    painter.end()
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as painted:
        assert len(painted) == 4
        assert [round(side) for side in painted[3].get_size()] == [595, 842]


def test_a_question_is_a_line_with_its_page_behind_it(qtbot: QtBot) -> None:
    page = b"%PDF\nwith a line end"
    nobody = {"do": "print", "printer": "nobody", "length": len(page)}
    others = ({"do": "look", "printer": "nobody"}, {"do": "list"})
    lines = BytesIO(json.dumps(nobody).encode() + b"\n" + page + b"".join(_line(each) for each in others))
    told: list[spooler.Answer] = []
    spooler.answer_all(lines, told.append)
    assert told[:2] == [{"end": "absent"}] * 2
    assert told[2]["end"] == "listed"
