"""Scanning by command: pages into a folder, and what there is to see on each before the citizen leaves."""

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from client.console import Console
from client.errors import CaseError
from client.options import Json
from client.ports.pages import PageHand
from client.ports.scanner import Paper, ScanMode, ScannedPage, ScanOrder, ScanSource
from client.text import tr


def scan(
    device: Annotated[
        str, typer.Option(metavar="ADDRESS", help="As the setting `scanner` has it, e.g. escl:http://192.0.2.7/eSCL.")
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the pages go, page-001.jpg and on.")],
    *,
    feeder: Annotated[bool, typer.Option("--feeder", help="From the feeder, until it is empty.")] = False,
    pages: Annotated[int | None, typer.Option(metavar="N", min=1, help="At most so many pages.")] = None,
    dpi: Annotated[int, typer.Option(metavar="N", min=75, max=1200, help="Resolution.")] = 300,
    duplex: Annotated[bool, typer.Option("--duplex", help="From the feeder, both sides of each sheet.")] = False,
    mode: Annotated[ScanMode, typer.Option("--mode", help="Colour, grey, or black and white.")] = ScanMode.COLOUR,
    paper: Annotated[Paper, typer.Option("--paper", help="How much of the glass or of the feeder.")] = Paper.A4,
    as_json: Json = False,
) -> None:
    """Scan pages into a folder.

    A page that is whole stays as the scanner gave it, whatever comes after it; what is wrong with it is told.
    """
    from devices.pages.hand import Pages  # noqa: PLC0415 - Pillow loads late: other commands start without it
    from devices.scanner.use import scan_to  # noqa: PLC0415 - the same

    if not out.is_dir():
        raise typer.BadParameter(tr("没有目录") + f" {out}", param_hint="--out")
    source = ScanSource.FEEDER_DUPLEX if duplex else ScanSource.FEEDER if feeder else ScanSource.FLATBED
    order = ScanOrder(source, mode, dpi, pages, paper)
    console, hand = Console(as_json=as_json), Pages()
    made: list[dict[str, object]] = []
    try:
        for file, page in scan_to(device, order, out):
            made.append(_row(file, page, hand))
    finally:
        if made:
            console.show(made, map(_line, made))


def _row(file: Path, page: ScannedPage, hand: PageHand) -> dict[str, object]:
    """One page as `scan --json` tells of it; what is seen on it is null where it could not be looked at."""
    facts: dict[str, object] = {
        "file": file,
        "width": page.width,
        "height": page.height,
        "dpi": page.dpi,
        "bytes": len(page.content),
        "sha256": hashlib.sha256(page.content).hexdigest(),
    }
    try:
        looks = hand.clean(page.content, file.name).looks
    except CaseError:
        return {**facts, "skew_degrees": None, "blank": None, "warnings": None}
    warnings = [warning.value for warning in looks.warnings]
    return {**facts, "skew_degrees": looks.skew_degrees, "blank": looks.blank, "warnings": warnings}


def _line(row: dict[str, object]) -> str:
    """A page for a person: its file, and behind it what somebody should look at."""
    seen = row["warnings"] if isinstance(row["warnings"], list) else []
    return "  ".join([str(row["file"]), *(["blank"] if row["blank"] else []), *seen])
