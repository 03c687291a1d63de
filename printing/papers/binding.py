"""Binds drawn sheets into a PDF; the same sheets give the same bytes."""

from collections.abc import Callable, Iterable
from typing import Any

from reportlab.pdfbase import pdfdoc

from printing.papers.sheet import HEIGHT, WIDTH, Sheet
from printing.papers.streams import deflated, stream
from printing.papers.typecase import Typecase


def bound(
    sheets: Iterable[Sheet],
    typecase: Typecase,
    describe: Callable[[Any], None],
    size: tuple[float, float] = (WIDTH, HEIGHT),
) -> bytes:
    """PDF bytes of `sheets` with the letters of `typecase`; `describe` tells the document what it is called.

    `size`: width and height of the page in points, where it is smaller than A4: what stands in its upper left corner.
    """
    width, height = size
    move = f"1 0 0 1 0 {height - HEIGHT:.2f} cm\n" if height != HEIGHT else ""
    document = pdfdoc.PDFDocument(compression=1, invariant=1, lang="zh-CN")
    describe(document)
    for sheet in sheets:
        page = pdfdoc.PDFPage()
        page.pagewidth, page.pageheight = width, height
        page.Resources = pdfdoc.PDFResourceDictionary()
        page.Resources.basicFonts()
        operators = (move + sheet.operators()).encode("ascii")
        page.Contents = stream(deflated(operators))
        document.updateSignature(operators)
        document.addPage(page)
    typecase.embed(document)
    pdf: bytes = document.GetPDFData(None)
    return pdf
