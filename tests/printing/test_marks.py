"""The marks for machines carry the number and the query code, and are drawn module by module."""

import re

import segno
from barcode.codex import Code128

from printing.papers.marks import compact, draw_bars, draw_qr, query_content
from printing.papers.sheet import HEIGHT, Sheet
from printing.papers.typecase import Typecase

_RECTANGLE = re.compile(r"^([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re$", re.MULTILINE)


def rectangles(sheet: Sheet) -> list[tuple[float, float, float, float]]:
    found = [tuple(map(float, numbers)) for numbers in _RECTANGLE.findall(sheet.operators())]
    return [(left, HEIGHT - bottom - height, width, height) for left, bottom, width, height in found]


def test_the_qr_code_says_number_and_query_code_in_the_documented_form() -> None:
    assert query_content("110101-01-07-20261123-0043-6", "7k4p-2m9x") == "YC1:110101-01-07-20261123-0043-6:7K4P-2M9X"


def test_the_qr_code_is_drawn_module_by_module() -> None:
    content = query_content("110101-01-07-20261123-0043-6", "7K4P-2M9X")
    sheet = Sheet(Typecase())
    draw_qr(sheet, content, 0, 0, 290)
    matrix = segno.make_qr(content, error="m", mask=3).matrix
    drawn = [[0] * len(matrix) for _ in matrix]
    for left, top, width, _ in rectangles(sheet):
        for column in range(round(left / 10), round((left + width) / 10)):
            drawn[round(top / 10)][column] = 1
    assert drawn == [list(row) for row in matrix]


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
