"""The label of a folder of originals is read back from its picture, as a scanner at the shelf would."""

import itertools
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped] # it has no types of its own
import pytest
import zxingcpp
from PIL import Image

from printing.labels import LabelSize, as_file, folder_label

NUMBER = "110101-01-07-20261123-0043-6"
LONG_NAME = "不动产统一登记国有建设用地使用权及房屋所有权转移登记"


def read(picture: Image.Image) -> list[tuple[str, str]]:
    return [(found.format.name, found.text) for found in zxingcpp.read_barcodes(picture.convert("L"))]


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("size", list(LabelSize))
def test_the_number_is_read_from_each_size_at_each_resolution(size: LabelSize, dpi: int) -> None:
    label = folder_label(NUMBER, "食品经营许可", size, dpi)
    assert read(label) == [("Code128", NUMBER.replace("-", ""))]
    assert (label.mode, label.size) == ("1", tuple(round(side / 25.4 * dpi) for side in size.millimetres))


@pytest.mark.parametrize(("dpi", "module"), [(203, 2), (600, 6)])
def test_bars_are_whole_modules_with_quiet_on_either_side(dpi: int, module: int) -> None:
    """A label printer has no shades: a bar of two and a half dots would be two here and three there."""
    label = folder_label(NUMBER, "食品经营许可", LabelSize.SMALL, dpi)
    middle = [label.getpixel((x, label.height * 6 // 10)) for x in range(label.width)]
    edges = [x for x in range(1, label.width) if middle[x] != middle[x - 1]]
    widths = {later - edge for edge, later in itertools.pairwise(edges)}
    assert widths == {module, 2 * module, 3 * module, 4 * module} & widths
    assert min(widths) == module
    assert edges[0] >= 10 * module
    assert label.width - edges[-1] >= 10 * module


@pytest.mark.parametrize("size", list(LabelSize))
def test_what_is_written_stays_on_the_label(size: LabelSize) -> None:
    label = folder_label(NUMBER, LONG_NAME, size, 300).convert("L")
    margin = round(2 / 25.4 * 300)
    inner = label.crop((margin, margin, label.width - margin, label.height - margin))
    label.paste(255, (margin, margin, margin + inner.width, margin + inner.height))
    assert label.getextrema() == (255, 255)
    assert read(inner) == [("Code128", NUMBER.replace("-", ""))]


def test_a_pdf_of_it_has_its_size_and_reads_the_same() -> None:
    label = folder_label(NUMBER, "食品经营许可", LabelSize.LARGE, 300)
    document = pypdfium2.PdfDocument(BytesIO(as_file(label, "PDF", 300)))
    page = document[0]
    assert [round(side / 72 * 25.4) for side in page.get_size()] == [70, 50]
    assert read(page.render(scale=300 / 72).to_pil()) == [("Code128", NUMBER.replace("-", ""))]
    document.close()


def test_the_same_case_has_the_same_label_and_another_case_another_one() -> None:
    labels = [as_file(folder_label(number, "", LabelSize.SMALL, 203), "PNG", 203) for number in (NUMBER, NUMBER, "1-2")]
    assert labels[0] == labels[1] != labels[2]
    assert round(Image.open(BytesIO(labels[0])).info["dpi"][0]) == 203
