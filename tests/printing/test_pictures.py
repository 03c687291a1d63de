"""What is on the page can be seen: every paper and sheet as it is drawn now is held against the picture kept of it."""

from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
from PIL import Image, ImageChops

from client.ports.papers import PaperKind
from printing.papers.galley import Galley
from printing.papers.template import shipped
from printing.press import laid_out
from tests.printing.facts import paper
from tests.printing.pictures import DPI, KEPT, kept, made, seen

EDGE = 64  # of 255: the edge of a letter may be a little lighter or darker, and never turns from paper to ink
ODD = 12  # such pixels; a full stop has more
SEAL = 126.0  # points, 44 mm: as wide as the place of the seal may be stamped
MIDDLE = 425.0


@pytest.mark.parametrize("name", KEPT)
def test_it_looks_as_the_picture_kept_of_it(name: str, tmp_path: Path) -> None:
    now = seen(name)
    with Image.open(kept(name)) as picture:
        before = picture.convert("L")
    assert now.size == before.size
    apart = ImageChops.difference(now, before).point(lambda shade: 255 * (shade > EDGE))
    odd = sum(apart.histogram()[1:])
    if odd > ODD:
        now.save(tmp_path / "now.png")
        apart.save(tmp_path / "apart.png")
    assert odd <= ODD, f"{tmp_path} shows what changed; if it is meant: python -m tests.printing.pictures {name}"


@pytest.mark.parametrize("name", PaperKind)
def test_what_is_not_sealed_is_black_on_white(name: PaperKind) -> None:
    with pypdfium2.PdfDocument(made(name)) as document:
        red, green, blue = document[0].render().to_pil().convert("RGB").split()
    assert red.getextrema() == (0, 255)
    assert red == green == blue
    shades = red.histogram()
    assert 0.02 < sum(shades[:128]) / sum(shades) < 0.2


def test_round_organ_and_date_there_is_nothing_for_the_seal_to_cover() -> None:
    (place,) = (placed for placed in laid_out(Galley.of(paper(), shipped()))[0] if placed.piece.height > SEAL)
    picture = seen(PaperKind.ACCEPTANCE_NOTICE)
    centre = place.top + place.piece.height / 2
    above = _ink(picture, centre - SEAL / 2, centre - 24)
    organ_and_date = _ink(picture, centre - 24, centre + 24)
    below = _ink(picture, centre + 24, centre + SEAL / 2)
    assert (above, below) == (0, 0)
    assert organ_and_date > 100


def _ink(image: Image.Image, top: float, bottom: float) -> int:
    """Dark pixels between two heights (points) where the seal goes."""
    left, right = round((MIDDLE - SEAL / 2) * DPI / 72), round((MIDDLE + SEAL / 2) * DPI / 72)
    area = image.crop((left, round(top * DPI / 72), right, round(bottom * DPI / 72)))
    return sum(area.histogram()[:128])
