"""Papers and sheets as pictures: those kept in docs/papers, which the tests hold every paper against.

`python -m tests.printing.pictures` draws them anew, after words or layout were changed on purpose: look at them then.
"""

import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no types
from PIL import Image

from client.ports.papers import PaperKind, PaperLook
from printing.papers.window_sheets import drawn
from printing.press import A4Press
from tests.printing.facts import order
from tests.printing.window_sheets import day, shift, slip, ticket

FOLDER = Path(__file__).parents[2] / "docs" / "papers"
DPI = 96
SHADES = 16  # of grey: enough for the edges of letters, and a third of the file
RARE = "示例\U00020bb7\U0002ce97\U00030000餐饮有限公司"  # letters of Extensions B, E and G; each of another font
LOOKS = {
    "large": PaperLook(large=True),
    "english": PaperLook(second="en"),
    "large_english": PaperLook(large=True, second="en"),
}
SHEETS = {"hand_over_slip": slip(8), "day_close": day(), "shift_hand_over": shift(), "ticket": ticket()}
KEPT = (*PaperKind, *(f"look_{name}" for name in LOOKS), *SHEETS)


def made(name: str) -> bytes:
    """The PDF of one of `KEPT`: a paper of each kind, a paper in each look, and the window's own sheets."""
    if name in SHEETS:
        return drawn(SHEETS[name])
    if look := LOOKS.get(name.removeprefix("look_")):
        return A4Press().render(order(applicant_name=RARE, look=look))
    return A4Press().render(order(PaperKind(name), applicant_name=RARE))


@cache
def seen(name: str) -> Image.Image:
    """Its pages, one below the other, in few shades of grey."""
    with pypdfium2.PdfDocument(made(name)) as document:
        pages = [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]
    whole = Image.new("L", (max(page.width for page in pages), sum(page.height for page in pages)), 255)
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    return whole.point(lambda shade: round(shade * (SHADES - 1) / 255) * 255 // (SHADES - 1))


def kept(name: str) -> Path:
    return FOLDER / f"{name}.png"


def draw(names: Iterable[str]) -> None:
    for name in names:
        seen(name).quantize(SHADES).save(kept(name), optimize=True)


if __name__ == "__main__":
    draw(sys.argv[1:] or KEPT)
