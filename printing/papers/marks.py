"""What a machine reads on a paper: the QR code of its statement, and the bar code of the number.

The statement's text is in `printing/papers/statement.py`. The bar code is Code 128 (ISO/IEC 15417) of the case number
without its hyphens.
"""

from itertools import groupby
from typing import Any

import zxingcpp
from barcode.codex import Code128

from printing.papers.sheet import Sheet


def compact(case_number: str) -> str:
    """The case number as the bar code carries it."""
    return case_number.replace("-", "")


def draw_qr(sheet: Sheet, content: str, left: float, top: float, side: float) -> None:
    """A QR code of error level M, `side` points wide, without its quiet zone."""
    matrix = qr_modules(content)
    module = side / len(matrix)
    for y, row in enumerate(matrix):
        x = 0
        for dark, run in groupby(row):
            length = sum(1 for _ in run)
            if dark:
                sheet.blacken(left + x * module, top + y * module, length * module, module)
            x += length


def qr_modules(content: str) -> list[list[bool]]:
    """The rows of a QR code, true where a module is dark."""
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False)
    rows: Any = memoryview(image).tolist()  # of two dimensions
    return [[not light for light in row] for row in rows]


def draw_bars(sheet: Sheet, content: str, left: float, top: float, width: float, height: float) -> None:
    """A Code 128 bar code of exactly `width` points, without its quiet zones."""
    pattern: str = Code128(content).build()[0]
    module = width / len(pattern)
    x = 0
    for bar, run in groupby(pattern):
        length = sum(1 for _ in run)
        if bar == "1":
            sheet.blacken(left + x * module, top, length * module, height)
        x += length
