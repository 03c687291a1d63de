"""A 补打: the page that was issued once more, with the mark of the copy on its first page.

The copy is for the printer. What a key signed is taken out of it: a file that says of itself that it is sealed and is
not would be worse than none.
"""

from io import BytesIO

import pikepdf

from client.ports.papers import PaperOrder
from printing.papers.binding import bound
from printing.papers.frame import draw_copy_mark
from printing.papers.sheet import Sheet
from printing.papers.typecase import Typecase

_MARK = pikepdf.Name("/CopyMark")


def copied(order: PaperOrder) -> bytes:
    """PDF bytes; the same order gives the same bytes. Raises ValueError, PdfError for a page that cannot be read."""
    if order.issued_page is None:
        raise ValueError("nothing was issued")
    with pikepdf.open(BytesIO(order.issued_page)) as document, pikepdf.open(BytesIO(_mark(order))) as mark:
        document.flatten_annotations("print")
        if "/AcroForm" in document.Root:
            del document.Root.AcroForm
        page = document.pages[0]
        page.add_resource(document.copy_foreign(mark.pages[0].as_form_xobject()), pikepdf.Name.XObject, _MARK)
        page.contents_add(b"q", prepend=True)  # whatever state the page leaves the pen in, the mark is drawn upright
        page.contents_add(b"Q q /CopyMark Do Q")
        told = BytesIO()
        document.save(told, deterministic_id=True)
    return told.getvalue()


def _mark(order: PaperOrder) -> bytes:
    typecase = Typecase(())
    sheet = Sheet(typecase)
    draw_copy_mark(sheet, order.reprint_no)
    return bound([sheet], typecase, lambda _document: None)
