"""Turns the frozen facts of a paper into an A4 PDF; the same order gives the same bytes."""

from typing import Any

import pikepdf
from barcode.errors import BarcodeError
from reportlab.pdfbase.ttfonts import TTFError

from client.ports.papers import PaperFacts, PaperKind, PaperOrder
from printing.faults import NOT_DRAWN, PaperError
from printing.papers.binding import bound
from printing.papers.copies import copied
from printing.papers.flow import Placed, paginate
from printing.papers.fonts import Glyph, glyphs
from printing.papers.frame import draw_foot, draw_letterhead, draw_running_head, draw_sample_mark, lift_of
from printing.papers.galley import Galley
from printing.papers.kinds import body
from printing.papers.marks import draw_qr
from printing.papers.sheet import Sheet
from printing.papers.statement import statement_of, told
from printing.papers.template import Template, shipped
from printing.papers.typecase import Typecase


class A4Press:
    """The papers of a window on A4, for the organ's wet seal: nothing is signed and no seal is drawn here."""

    def __init__(self, template: Template | None = None) -> None:
        self.words = template or shipped()
        self._stocks: dict[tuple[PaperKind, str | None], tuple[Glyph, ...]] = {}

    @property
    def template(self) -> str:
        """Name and version of the layout and of the words: `a4-2026.4`, with a hall's pack `a4-2026.4+szmarket-3`."""
        return self.words.name

    def render(self, order: PaperOrder) -> bytes:
        """PDF bytes of `order`.

        Raises PaperError naming what the facts lack, or when fonts or marks cannot be drawn; the act the paper
        tells of is committed before and not touched by it.
        """
        try:
            return self._document(order) if order.issued_page is None else copied(order)
        except (OSError, ValueError, OverflowError, BarcodeError, TTFError, pikepdf.PdfError) as error:
            raise PaperError(NOT_DRAWN, template=self.template) from error

    def sample(self, order: PaperOrder) -> bytes:
        """The same for whoever tries words and looks: each page says that it is nobody's paper."""
        sheets = self.sheets(order)
        for sheet in sheets:
            draw_sample_mark(sheet)
        return bound(sheets, sheets[0].typecase, lambda document: self._describe(document, order.facts))

    def sheets(self, order: PaperOrder) -> list[Sheet]:
        """The drawn pages of `order`, all but bound. Raises as `render` does for what the facts lack."""
        galley = Galley.of(order.facts, self.words)
        typecase = Typecase(self._stock(galley))
        sheets = _sheets(galley, order.reprint_no, typecase)
        _state(sheets, order.facts)
        return sheets

    def _document(self, order: PaperOrder) -> bytes:
        sheets = self.sheets(order)
        return bound(sheets, sheets[0].typecase, lambda document: self._describe(document, order.facts))

    def _stock(self, galley: Galley) -> tuple[Glyph, ...]:
        kind, second = galley.facts.kind, galley.second
        key = kind, second.code if second is not None else None
        if key not in self._stocks:
            letters = self.words.fixed_letters(kind, second)
            self._stocks[key] = tuple(dict.fromkeys(glyphs(letters)))
        return self._stocks[key]

    def _describe(self, document: Any, facts: PaperFacts) -> None:  # noqa: ANN401  # reportlab has no types
        """What the file says of itself; the applicant is not named there."""
        made = facts.issued_at.strftime("D:%Y%m%d%H%M%S%z")
        made = f"{made[:-2]}'{made[-2:]}'" if facts.issued_at.tzinfo else made
        document.setTitle(facts.title)
        document.setAuthor(facts.organ.name)
        document.setSubject(facts.case_number)
        document.setCreator(self.template)
        document.setDateFormatter(lambda *_: made)


def _state(sheets: list[Sheet], facts: PaperFacts) -> None:
    """Draw the QR code, now that all words are written. What the applicant signs has none: they state it themselves."""
    if places := [(sheet, sheet.square) for sheet in sheets if sheet.square is not None]:
        statement = told(statement_of(facts, [word for sheet in sheets for word in sheet.words]))
        for sheet, square in places:
            draw_qr(sheet, statement, *square)


def _sheets(galley: Galley, reprint_no: int, typecase: Typecase) -> list[Sheet]:
    pages = laid_out(galley)
    sheets: list[Sheet] = []
    for number, pieces in enumerate(pages, start=1):
        sheet = Sheet(typecase)
        if number == 1:
            draw_letterhead(sheet, galley, reprint_no)
        else:
            draw_running_head(sheet, galley)
        for placed in pieces:
            placed.piece.draw(sheet, placed.top)
        draw_foot(sheet, galley, number, len(pages))
        sheets.append(sheet)
    return sheets


def laid_out(galley: Galley) -> list[list[Placed]]:
    """The pieces of a paper on their pages."""
    measures = galley.measures
    return paginate(body(galley), measures.head.body_at + lift_of(galley), measures.foot.bottom)
