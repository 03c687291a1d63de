"""A 补打 of a sealed paper: the seal and the mark on it, and nothing that claims to be signed."""

import subprocess
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from client.ports.papers import PaperOrder
from printing.faults import PaperError
from printing.press import A4Press
from printing.seals.pdf.judging import judge_pdf
from printing.seals.pdf.place import place_on
from tests.printing.facts import paper
from tests.seals.office import SIGNED_AT, office
from tests.seals.papers import notice, sealed

OFFICE = office()


def order(page: bytes, reprint_no: int = 2) -> PaperOrder:
    return PaperOrder(paper_id=1, reprint_no=reprint_no, facts=paper(), issued_page=page)


@pytest.mark.parametrize("materials", [3, 20])
def test_a_copy_has_the_seal_and_its_mark(tmp_path: Path, materials: int) -> None:
    copy = A4Press().render(order(sealed(notice(materials), OFFICE)))
    (tmp_path / "copy.pdf").write_bytes(copy)
    text = subprocess.run(["pdftotext", "copy.pdf", "-"], cwd=tmp_path, capture_output=True, check=True).stdout.decode()
    assert text.count("补打") == 1
    assert "示例市市场监督管理局" in text
    subprocess.run(["pdftoppm", "-r", "40", "-png", "copy.pdf", "page"], cwd=tmp_path, check=True)
    place = place_on(notice(materials))
    page = np.asarray(Image.open(tmp_path / f"page-{place.page}.png").convert("RGB")).astype(int)
    across, down = round(place.x_mm * 40 / 25.4), round(place.y_mm * 40 / 25.4)
    around = page[down - 20 : down + 20, across - 20 : across + 20]
    assert ((around[:, :, 0] > 150) & (around[:, :, 1] < 100)).mean() > 0.2, "the seal is there"


def test_a_copy_does_not_claim_to_be_sealed() -> None:
    copy = A4Press().render(order(sealed(notice(), OFFICE)))
    assert judge_pdf(copy, SIGNED_AT, OFFICE.trust) == []
    with pikepdf.open(BytesIO(copy)) as document:
        assert "/AcroForm" not in document.Root


def test_the_same_copy_twice_is_the_same_file() -> None:
    page = sealed(notice(), OFFICE)
    assert A4Press().render(order(page)) == A4Press().render(order(page))


def test_a_page_that_cannot_be_read_is_told() -> None:
    with pytest.raises(PaperError):
        A4Press().render(order(b"%PDF-1.7 rubbish"))
