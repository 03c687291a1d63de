"""Cleans files into files."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from client.errors import CaseError
from client.ports.pages import CleanedPage, Tint
from devices.pages import faults
from devices.pages.assembly import bound
from devices.pages.clean import Wishes, clean, clean_all
from devices.pages.decode import picture_of
from devices.pages.encode import written
from devices.pages.two_sides import DPI, on_one_sheet

_PDF = ".pdf"


def clean_file(
    file: Path,
    out: Path,
    wishes: Wishes,
    *,
    keep_blank: bool,
    at: datetime,
) -> Sequence[CleanedPage]:
    """Clean every sheet of `file` into `out`; returns what became of each.

    Blank sheets of several are left out of a PDF unless they are to be kept; where all are blank, all stay. Several
    sheets want a PDF. Raises CaseError naming the file, OSError of the disk.
    """
    told = list(clean_all(file.read_bytes(), file.name, wishes))
    contents = [page.content for page in told]
    kept = [page.content for page in told if keep_blank or not page.blank] or contents
    if out.suffix.lower() == _PDF:
        out.write_bytes(bound(kept, file.stem, at))
    elif len(contents) == 1:
        out.write_bytes(contents[0])
    else:
        raise CaseError(faults.SEVERAL, name=file.name, count=len(contents))
    return told


def sides_on_one(front: Path, back: Path, out: Path, wishes: Wishes) -> CleanedPage:
    """Both sides of a card cleaned, and on one A4 page in `out`; what that page is. Raises CaseError, OSError."""
    sides = [clean(side.read_bytes(), side.name, Wishes(give_up=Tint.COLOUR, codes=False)) for side in (front, back)]
    pixels = [picture_of(side.content, side.facts, out.name).pixels for side in sides]
    sheet, _ = written(on_one_sheet(*pixels), Tint.COLOUR, DPI)
    page = clean(sheet, out.name, wishes)
    out.write_bytes(page.content)
    return page
