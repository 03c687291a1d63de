"""Copies for printers that make none: the pages once more in the same file, each copy on sheets of its own."""

from io import BytesIO

import pikepdf

from client.ports.manners import Sides


def repeated(pdf: bytes, times: int, sides: Sides) -> bytes:
    """`pdf` so many times over; printed on both sides, a copy that ends on a front has an empty back. PdfError."""
    if times == 1:
        return pdf
    with pikepdf.open(BytesIO(pdf)) as document:
        pages = list(document.pages)
        for _ in range(times - 1):
            if sides is not Sides.ONE and len(pages) % 2:
                width, height = (float(side) for side in pages[-1].mediabox[2:])
                document.add_blank_page(page_size=(width, height))
            document.pages.extend(pages)
        told = BytesIO()
        document.save(told, deterministic_id=True)
    return told.getvalue()
