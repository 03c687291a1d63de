"""Draws papers and sheets as pictures for docs/papers: `python -m tests.printing.pictures` (needs poppler-utils)."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from client.ports.papers import PaperKind, PaperLook
from printing.papers.window_sheets import drawn
from printing.press import A4Press
from tests.printing.facts import order
from tests.printing.window_sheets import day, shift, slip, ticket

FOLDER = Path(__file__).parents[2] / "docs" / "papers"
LOOKS = {
    "large": PaperLook(large=True),
    "english": PaperLook(second="en"),
    "large_english": PaperLook(large=True, second="en"),
}


def papers() -> Mapping[str, bytes]:
    """One of each kind, as PDF."""
    press = A4Press()
    return {kind.value: press.render(order(kind)) for kind in PaperKind}


def looks() -> Mapping[str, bytes]:
    """One paper as it is in large type, with a second language, and both."""
    press = A4Press()
    return {f"look_{name}": press.render(order(look=look)) for name, look in LOOKS.items()}


def sheets() -> Mapping[str, bytes]:
    """The window's own."""
    return {
        "hand_over_slip": drawn(slip(8)),
        "day_close": drawn(day()),
        "shift_hand_over": drawn(shift()),
        "ticket": drawn(ticket()),
    }


def draw(made: Mapping[str, bytes], folder: Path) -> list[Path]:
    """A picture of the first page of each, at the resolution of a screen."""
    pictures: list[Path] = []
    with TemporaryDirectory() as scratch:
        pdf = Path(scratch) / "paper.pdf"
        for name, content in made.items():
            pdf.write_bytes(content)
            subprocess.run(["pdftoppm", "-r", "96", "-png", "-singlefile", pdf, folder / name], check=True)
            pictures.append(folder / f"{name}.png")
    return pictures


if __name__ == "__main__":
    draw({**papers(), **looks(), **sheets()}, Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
