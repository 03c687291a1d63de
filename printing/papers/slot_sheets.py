"""Sheets that lie between the materials of a batch in the feeder: our own with a QR code, and the patch code T.

A patch code is four bars across the sheet, narrow ones of 0.08 inch and wide ones of 0.20, with 0.08 between them; read
from the leading edge, T is narrow, wide, narrow, wide (Kodak, Patch Code Information for Scanners, A-61599).
"""

from client.rules.batches import slot_code
from client.rules.items import Item, Material
from client.text import chinese
from printing.papers import marks
from printing.papers.binding import bound
from printing.papers.fonts import EM
from printing.papers.sheet import WIDTH, Sheet
from printing.papers.text import Span, set_lines
from printing.papers.typecase import Typecase
from printing.papers.wording import full_width

TITLE = chinese("材料分隔页")
PATCH_T = (0.08, 0.20, 0.08, 0.20)  # inches, from the leading edge
_SPACE = 0.08
_INCH = 72.0
_LEFT, _MEASURE = 70.9, WIDTH - 2 * 70.9
_SIDE = 170.0  # of the QR code: read from a page at 75 dpi
_NEXT = chinese("此页之后为下一份材料")
_USE = chinese("放在本材料各页之前，与材料一起放入进纸器。本页不留存，可反复使用。")


def slot_sheets(item: Item) -> bytes:
    """A PDF of A4 sheets, one for each material of the item, in the catalogue's order."""
    typecase = Typecase()
    sheets = [_sheet_of(item, material, typecase) for material in item.materials]
    return bound(sheets, typecase, lambda document: document.setTitle(TITLE))


def patch_sheet() -> bytes:
    """A PDF of one A4 sheet with the patch code T: behind it the next material begins, whichever it is."""
    typecase = Typecase()
    sheet = Sheet(typecase)
    top = 0.5 * _INCH
    for bar in PATCH_T:
        sheet.blacken(_LEFT, top, _MEASURE, bar * _INCH)
        top += (bar + _SPACE) * _INCH
    _say(sheet, TITLE, 250.0, 26.0, bold=True)
    _say(sheet, _NEXT, 300.0, 18.0)
    _say(sheet, _USE, 340.0, 12.0)
    return bound([sheet], typecase, lambda document: document.setTitle(TITLE))


def _sheet_of(item: Item, material: Material, typecase: Typecase) -> Sheet:
    sheet = Sheet(typecase)
    _say(sheet, TITLE, 90.0, 26.0, bold=True)
    _say(sheet, item.name, 125.0, 16.0)
    marks.draw_qr(sheet, slot_code(item.task_handle_item, material.key), (WIDTH - _SIDE) / 2, 180.0, _SIDE)
    _say(sheet, material.name, 400.0, 24.0, bold=True)
    _say(sheet, _USE, 620.0, 12.0)
    return sheet


def _say(sheet: Sheet, words: str, top: float, size: float, *, bold: bool = False) -> None:
    """In the middle, in as many lines as it takes."""
    for number, line in enumerate(set_lines([Span(full_width(words), bold=bold)], _MEASURE / size * EM)):
        sheet.centred(line, WIDTH / 2, top + number * size * 1.4, size)
