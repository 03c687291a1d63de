"""Draws the papers as pictures for docs/papers: `python -m tests.printing.pictures` (needs poppler-utils)."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from client.ports.papers import PaperKind, PaperLook
from printing.press import A4Press
from printing.template_commands import first_page
from tests.printing.facts import order

FOLDER = Path(__file__).parents[2] / "docs" / "papers"
LOOKS = {
    "large": PaperLook(large=True),
    "english": PaperLook(second="en"),
    "large_english": PaperLook(large=True, second="en"),
}


def draw(folder: Path) -> list[Path]:
    """One picture a kind of paper, at the resolution of a screen."""
    pictures: list[Path] = []
    with TemporaryDirectory() as scratch:
        pdf = Path(scratch) / "paper.pdf"
        for kind in PaperKind:
            pdf.write_bytes(A4Press().render(order(kind)))
            picture = folder / kind.value
            subprocess.run(["pdftoppm", "-r", "96", "-png", "-singlefile", pdf, picture], check=True)
            pictures.append(picture.with_suffix(".png"))
    return pictures


def draw_looks(folder: Path) -> None:
    """One paper as it is in large type, with a second language, and both."""
    for name, look in LOOKS.items():
        (folder / f"look_{name}.png").write_bytes(first_page(A4Press().render(order(look=look))))


if __name__ == "__main__":
    into = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    draw(into)
    draw_looks(into)
