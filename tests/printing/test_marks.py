"""The marks for machines are drawn module by module."""

import re

import numpy as np
import zxingcpp
from barcode.codex import Code128

from printing.papers.marks import compact, draw_bars, draw_qr, qr_modules
from printing.papers.sheet import HEIGHT, Sheet
from printing.papers.typecase import Typecase

_RECTANGLE = re.compile(r"^([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re$", re.MULTILINE)


def rectangles(sheet: Sheet) -> list[tuple[float, float, float, float]]:
    found = [tuple(map(float, numbers)) for numbers in _RECTANGLE.findall(sheet.operators())]
    return [(left, HEIGHT - bottom - height, width, height) for left, bottom, width, height in found]


def test_the_qr_code_is_drawn_module_by_module() -> None:
    content = "YC2:0123456789 $%*+-./:ABC"
    matrix = qr_modules(content)
    side = len(matrix)
    sheet = Sheet(Typecase())
    draw_qr(sheet, content, 0, 0, 10.0 * side)
    drawn = np.full((side + 8, side + 8), 255, np.uint8)  # with its quiet zone
    for left, top, width, _ in rectangles(sheet):
        drawn[4 + round(top / 10), 4 + round(left / 10) : 4 + round((left + width) / 10)] = 0
    (found,) = zxingcpp.read_barcodes(np.kron(drawn, np.ones((4, 4), np.uint8)))
    assert (found.text, found.ec_level) == (content, "M")


def test_the_bar_code_is_the_compact_number_in_code_128() -> None:
    number = compact("110101-01-07-20261123-0043-6")
    assert number == "11010101072026112300436"
    pattern = Code128(number).build()[0]
    sheet = Sheet(Typecase())
    draw_bars(sheet, number, 0, 0, 10.0 * len(pattern), 30)
    drawn = ["0"] * len(pattern)
    for left, _, width, _ in rectangles(sheet):
        drawn[round(left / 10) : round((left + width) / 10)] = "1" * round(width / 10)
    assert "".join(drawn) == pattern
