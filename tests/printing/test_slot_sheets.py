"""The sheets that part a batch say to people, too, what lies behind them."""

from io import BytesIO

from pypdf import PdfReader

from printing.papers.slot_sheets import patch_sheet, slot_sheets
from tests.rules.itemdata import item, material

TWO = item(materials=[material("form"), material("identity", name="长" * 60)])


def test_each_material_has_a_sheet_with_its_name() -> None:
    first, second = PdfReader(BytesIO(slot_sheets(TWO))).pages
    assert (float(first.mediabox.width), float(first.mediabox.height)) == (595.28, 841.89)
    assert all(each in first.extract_text() for each in ("材料分隔页", "材料form", TWO.name))
    assert second.extract_text().count("长") == 60, "a long name is broken, not cut"


def test_the_patch_says_what_comes_next() -> None:
    (page,) = PdfReader(BytesIO(patch_sheet())).pages
    assert "此页之后为下一份材料" in page.extract_text()
