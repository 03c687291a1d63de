"""How the tests read a paper back: by two independent readers, and down to the embedded letters."""

import subprocess
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from client.ports.papers import PaperOrder
from printing.press import A4Press
from tests.measured import unmeasured


def text_of(order: PaperOrder) -> str:
    """All text of the rendered order, without the line breaks and blanks of the layout."""
    return read_aloud(A4Press().render(order))


def read_aloud(pdf: bytes) -> str:
    """All text of a paper, as above."""
    with unmeasured():  # nothing of ours is at work in it
        words = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return words.replace("\n", "").replace(" ", "")


def poppler_text(pdf: bytes, folder: Path) -> str:
    """What `pdftotext` of poppler-utils reads."""
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True)
    return done.stdout.decode().replace("\n", "")


def embedded_fonts(pdf: bytes) -> dict[str, TTFont]:
    """The font programs of the first page, by resource and name (F0 AAAAAA+NotoSerifSC-Regular)."""
    resources = PdfReader(BytesIO(pdf)).pages[0]["/Resources"]
    assert isinstance(resources, DictionaryObject)
    programs: dict[str, TTFont] = {}
    drawers = resources["/Font"]
    assert isinstance(drawers, DictionaryObject)
    for resource, reference in drawers.items():
        descendant = reference.get_object()["/DescendantFonts"][0].get_object()
        program = descendant["/FontDescriptor"]["/FontFile2"].get_data()
        programs[f"{resource} {descendant['/BaseFont']}"] = TTFont(BytesIO(program))
    return programs
