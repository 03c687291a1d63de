"""What a machine reads on a paper: the QR code with number and query code, and the bar code of the number.

Content of the QR code, version 1, upper-case so that it stays small: `YC1:<case number>:<query code>`.
The bar code is Code 128 (ISO/IEC 15417) of the case number without its hyphens.
"""

from itertools import groupby

import segno
from barcode.codex import Code128

from printing.papers.sheet import Sheet

_MASK = 3  # any mask is read alike (ISO/IEC 18004, 7.8); trying all eight takes longer than the rest of the page


def query_content(case_number: str, query_code: str) -> str:
    """What the QR code says."""
    return f"YC1:{case_number}:{query_code}".upper()


def compact(case_number: str) -> str:
    """The case number as the bar code carries it."""
    return case_number.replace("-", "")


def draw_qr(sheet: Sheet, content: str, left: float, top: float, side: float) -> None:
    """A QR code of error level M or better, `side` points wide, without its quiet zone."""
    matrix = segno.make_qr(content, error="m", mask=_MASK).matrix
    module = side / len(matrix)
    for y, row in enumerate(matrix):
        x = 0
        for dark, run in groupby(row):
            length = sum(1 for _ in run)
            if dark:
                sheet.blacken(left + x * module, top + y * module, length * module, module)
            x += length


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
