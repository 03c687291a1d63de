"""Binds drawn sheets into a PDF; the same sheets give the same bytes."""

from collections.abc import Callable, Iterable
from typing import Any

from reportlab.pdfbase import pdfdoc

from printing.papers.sheet import HEIGHT, WIDTH, Sheet
from printing.papers.streams import deflated, stream
from printing.papers.typecase import Typecase


def bound(sheets: Iterable[Sheet], typecase: Typecase, describe: Callable[[Any], None]) -> bytes:
    """PDF bytes of `sheets` with the letters of `typecase`; `describe` tells the document what it is called."""
    document = pdfdoc.PDFDocument(compression=1, invariant=1, lang="zh-CN")
    describe(document)
    for sheet in sheets:
        page = pdfdoc.PDFPage()
        page.pagewidth, page.pageheight = WIDTH, HEIGHT
        page.Resources = pdfdoc.PDFResourceDictionary()
        page.Resources.basicFonts()
        operators = sheet.operators().encode("ascii")
        page.Contents = stream(deflated(operators))
        document.updateSignature(operators)
        document.addPage(page)
    typecase.embed(document)
    pdf: bytes = document.GetPDFData(None)
    return pdf
