"""Lays the signed QR code of a paper over the unsigned one it was drawn with, in the increment that seals it.

The place is found by reading the code where it stands, as whoever holds the paper will.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import zxingcpp
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from client.ports.statements import Statement
from client.proof.faults import ProofError
from printing.faults import PaperError
from printing.papers.binding import bound
from printing.papers.marks import draw_qr
from printing.papers.sheet import Sheet
from printing.papers.signing import CAPTION, QR_SIDE, QUIET
from printing.papers.statement import PREFIX, read, told
from printing.papers.template import shipped
from printing.papers.text import set_line
from printing.papers.typecase import Typecase
from printing.seals.pdf.faults import NOT_PDF
from printing.seals.pdf.room import PRINTED_AND_LOCKED, numbers, page_size

_SCALE: Final = 150 / 72
_WORDS: Final = 190.0  # points: as wide as the words beside the code may be
_WITHIN: Final = QUIET - 0.4  # round the code, inside of its frame
_HIGH: Final = 18.0  # from the middle up and down, the two lines of words


@dataclass(frozen=True, slots=True)
class Code:
    """A statement as it was read off a page (from 0), with the middle of its code in points from the upper left."""

    statement: Statement
    page: int
    middle: tuple[float, float]


def code_on(pdf: bytes) -> Code | None:
    """The unsigned statement of a paper of ours; None where there is none to be signed.

    Raises ProofError for what is no PDF.
    """
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            for number in reversed(range(len(document))):
                grey = document[number].render(scale=_SCALE, grayscale=True).to_pil()
                kinds = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
                for found in zxingcpp.read_barcodes(grey, formats=kinds):
                    if found.text.startswith(PREFIX):
                        statement = read(found.text)
                        return None if statement.signature else Code(statement, number, _middle(found.position))
    except PaperError:
        return None
    except pypdfium2.PdfiumError as error:
        raise ProofError(NOT_PDF, reason="pdfium") from error
    return None


def lay_over(writer: IncrementalPdfFileWriter, code: Code, statement: Statement) -> None:
    """Draw this statement where the paper's own stands, and the words that it is signed over those that it is not."""
    _, height = page_size(writer, code.page)
    drawn = PdfFileReader(BytesIO(_drawn(code, statement)))
    look = writer.import_page_as_xobject(drawn)
    left, top = (each - QR_SIDE / 2 - _WITHIN for each in code.middle)
    rectangle = numbers(left, height - top - QR_SIDE - 2 * _WITHIN, left + QR_SIDE + _WORDS, height - top)
    look.get_object()[generic.pdf_name("/BBox")] = rectangle
    stamp = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Stamp"),
            generic.pdf_name("/Rect"): rectangle,
            generic.pdf_name("/F"): generic.NumberObject(PRINTED_AND_LOCKED),
            generic.pdf_name("/AP"): generic.DictionaryObject({generic.pdf_name("/N"): look}),
        }
    )
    page_ref, _ = writer.find_page_for_modification(code.page)
    page = page_ref.get_object()
    annotations = page.get("/Annots", generic.ArrayObject())
    annotations.append(writer.add_object(stamp))
    page[generic.pdf_name("/Annots")] = annotations
    writer.update_container(annotations)
    writer.mark_update(page_ref)


def _drawn(code: Code, statement: Statement) -> bytes:
    """A page with the code and its words alone, over white."""
    shared, typecase = shipped().shared, Typecase()
    sheet, (x, y) = Sheet(typecase), code.middle
    left, top, words = x - QR_SIDE / 2, y - QR_SIDE / 2, x + QR_SIDE / 2 + QUIET + 10
    sheet.whiten(left - 1, top - 1, QR_SIDE + 2, QR_SIDE + 2)
    sheet.whiten(words - 4, y - _HIGH, _WORDS - QUIET - 10, 2 * _HIGH)
    draw_qr(sheet, told(statement), left, top, QR_SIDE)
    for line, below in ((shared["scan"], -3.5), (shared["scan_signed"], 11.5)):
        sheet.text(set_line(line), words, y + below, CAPTION)
    return bound([sheet], typecase, lambda _document: None)


def _middle(position: zxingcpp.Position) -> tuple[float, float]:
    corners = (position.top_left, position.top_right, position.bottom_left, position.bottom_right)
    x, y = sum(corner.x for corner in corners) / 4, sum(corner.y for corner in corners) / 4
    return (x + 0.5) / _SCALE, (y + 0.5) / _SCALE
