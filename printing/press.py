"""Turns the frozen facts of a paper into an A4 PDF; the same order gives the same bytes."""

from functools import cache
from typing import Any

import pikepdf
from barcode.errors import BarcodeError
from reportlab.pdfbase.ttfonts import TTFError

from client.ports.papers import PaperFacts, PaperKind, PaperOrder
from printing.faults import NOT_DRAWN, PaperError
from printing.papers.binding import bound
from printing.papers.copies import copied
from printing.papers.flow import paginate
from printing.papers.fonts import Glyph, glyphs
from printing.papers.frame import draw_foot, draw_letterhead, draw_running_head
from printing.papers.kinds import body
from printing.papers.marks import draw_qr
from printing.papers.sheet import Sheet
from printing.papers.statement import statement_of, told
from printing.papers.typecase import Typecase
from printing.papers.wording import TEMPLATE, fixed_words


class A4Press:
    """The papers of a window on A4, for the organ's wet seal: nothing is signed and no seal is drawn here."""

    template = TEMPLATE

    def render(self, order: PaperOrder) -> bytes:
        """PDF bytes of `order`.

        Raises PaperError naming what the facts lack, or when fonts or marks cannot be drawn; the act the paper
        tells of is committed before and not touched by it.
        """
        try:
            return _document(order) if order.sealed_page is None else copied(order)
        except (OSError, ValueError, BarcodeError, TTFError, pikepdf.PdfError) as error:
            raise PaperError(NOT_DRAWN, template=self.template) from error


@cache
def _stock(kind: PaperKind) -> tuple[Glyph, ...]:
    return tuple(dict.fromkeys(glyphs(fixed_words(kind))))


def _document(order: PaperOrder) -> bytes:
    typecase = Typecase(_stock(order.facts.kind))
    sheets = _sheets(order, typecase)
    _state(sheets, order.facts)
    return bound(sheets, typecase, lambda document: _describe(document, order.facts))


def _state(sheets: list[Sheet], facts: PaperFacts) -> None:
    """Draw the QR code, now that all words are written."""
    statement = told(statement_of(facts, [word for sheet in sheets for word in sheet.words]))
    for sheet in sheets:
        if sheet.square is not None:
            draw_qr(sheet, statement, *sheet.square)


def _sheets(order: PaperOrder, typecase: Typecase) -> list[Sheet]:
    pages = paginate(body(order.facts))
    sheets: list[Sheet] = []
    for number, pieces in enumerate(pages, start=1):
        sheet = Sheet(typecase)
        if number == 1:
            draw_letterhead(sheet, order)
        else:
            draw_running_head(sheet, order.facts)
        for placed in pieces:
            placed.piece.draw(sheet, placed.top)
        draw_foot(sheet, order.facts, number, len(pages))
        sheets.append(sheet)
    return sheets


def _describe(document: Any, facts: PaperFacts) -> None:  # noqa: ANN401  # reportlab has no types
    """What the file says of itself; the applicant is not named there."""
    made = facts.issued_at.strftime("D:%Y%m%d%H%M%S%z")
    made = f"{made[:-2]}'{made[-2:]}'" if facts.issued_at.tzinfo else made
    document.setTitle(facts.title)
    document.setAuthor(facts.organ.name)
    document.setSubject(facts.case_number)
    document.setCreator(TEMPLATE)
    document.setDateFormatter(lambda *_: made)
