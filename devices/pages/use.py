"""Cleans a file into a file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from client.errors import CaseError
from client.ports.pages import CleanedPage
from devices.pages import faults
from devices.pages.assembly import bound
from devices.pages.clean import Wishes, clean_all

_PDF = ".pdf"


def clean_file(
    file: Path,
    out: Path,
    wishes: Wishes,
    *,
    keep_blank: bool,
    at: datetime,
) -> Sequence[CleanedPage]:
    """Clean every sheet of `file` into `out`; returns what became of each, without its content.

    Blank sheets of several are left out of a PDF unless they are to be kept; where all are blank, all stay. Several
    sheets want a PDF. Raises CaseError naming the file, OSError of the disk.
    """
    told: list[CleanedPage] = []
    contents: list[bytes] = []
    for page in clean_all(file.read_bytes(), file.name, wishes):
        told.append(replace(page, content=b""))
        contents.append(page.content)
    kept = [content for content, page in zip(contents, told, strict=True) if keep_blank or not page.blank] or contents
    if out.suffix.lower() == _PDF:
        out.write_bytes(bound(kept, file.stem, at))
    elif len(contents) == 1:
        out.write_bytes(contents[0])
    else:
        raise CaseError(faults.SEVERAL, name=file.name, count=len(contents))
    return told
