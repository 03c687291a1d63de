"""What is on the page can be seen: the sheet is drawn, and the place of the seal is left white."""

from pathlib import Path

import pytest
from PIL import Image

from printing.papers.galley import Galley
from printing.papers.template import shipped
from printing.press import laid_out
from tests.printing.facts import paper
from tests.printing.pictures import draw, papers

DRAWN = ("acceptance_notice", "receiving_slip", "denial", "delivery_record", "power_of_attorney")
DPI = 96
SEAL = 126.0  # points, 44 mm: as wide as the place of the seal may be stamped
MIDDLE = 425.0


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One of each making: of intake, sealed and not, the applicant's own."""
    made = papers()
    return draw({kind: made[kind] for kind in DRAWN}, tmp_path_factory.mktemp("papers"))


def test_the_papers_are_drawn_and_no_colour_is_on_them(pictures: list[Path]) -> None:
    for picture in pictures:
        with Image.open(picture) as image:
            assert image.size == (794, 1123)
            red, green, blue = (band.getextrema() for band in image.convert("RGB").split())
            assert red == green == blue == (0, 255)
            dark = image.convert("L").histogram()
            assert 0.02 < sum(dark[:128]) / sum(dark) < 0.2


def test_round_organ_and_date_there_is_nothing_for_the_seal_to_cover(pictures: list[Path]) -> None:
    (place,) = (placed for placed in laid_out(Galley.of(paper(), shipped()))[0] if placed.piece.height > SEAL)
    picture = next(path for path in pictures if path.stem == "acceptance_notice")
    centre = place.top + place.piece.height / 2
    with Image.open(picture) as image:
        above = _ink(image, centre - SEAL / 2, centre - 24)
        organ_and_date = _ink(image, centre - 24, centre + 24)
        below = _ink(image, centre + 24, centre + SEAL / 2)
    assert (above, below) == (0, 0)
    assert organ_and_date > 100


def _ink(image: Image.Image, top: float, bottom: float) -> int:
    """Dark pixels between two heights (points) where the seal goes."""
    edges = (MIDDLE - SEAL / 2, top, MIDDLE + SEAL / 2, bottom)
    area = image.convert("L").crop(tuple(round(edge * DPI / 72) for edge in edges))  # type: ignore[arg-type]  # four of them
    return sum(area.histogram()[:128])
