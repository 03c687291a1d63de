"""Scanning by command: pages into a folder, and what there is to see on each before the citizen leaves."""

import hashlib
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from client.console import Console
from client.errors import CaseError
from client.options import Json
from client.ports.pages import PageHand
from client.ports.scanner import Paper, ScanMode, ScannedPage, ScanOrder, ScanSource
from client.rules.batches import Cut, Separator, SeparatorKind, interleaved
from client.text import tr

Row = dict[str, object]


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
    turned: Annotated[
        bool, typer.Option("--fronts-then-backs", help="Twice from the feeder; a line on standard input between.")
    ] = False,
    separate: Annotated[
        SeparatorKind, typer.Option("--separate", help="Tell which sheets part the batch.")
    ] = SeparatorKind.NONE,
    every: Annotated[int, typer.Option("--every", metavar="N", min=1, help="Pages a part, with every.")] = 1,
    mode: Annotated[ScanMode, typer.Option("--mode", help="Colour, grey, or black and white.")] = ScanMode.COLOUR,
    paper: Annotated[Paper, typer.Option("--paper", help="How much of the glass or of the feeder.")] = Paper.A4,
    as_json: Json = False,
) -> None:
    """Scan pages into a folder.

    A page that is whole stays as the scanner gave it, whatever comes after it; what is wrong with it is told. With
    --fronts-then-backs blank pages keep the names of their pass, and are not among those in order.
    """
    if not out.is_dir():
        raise typer.BadParameter(tr("没有目录") + f" {out}", param_hint="--out")
    source = ScanSource.FEEDER_DUPLEX if duplex else ScanSource.FEEDER if feeder or turned else ScanSource.FLATBED
    order = ScanOrder(source, mode, dpi, pages, paper)
    made: list[Row] = []
    console = Console(as_json=as_json)
    try:
        if turned:
            _in_two_passes(device, order, out, console, made)
        else:
            _in_one_pass(device, order, out, Separator(separate, every), made)
    finally:
        if made:
            console.show(made, map(_line, made))


def _in_one_pass(device: str, order: ScanOrder, out: Path, separator: Separator, made: list[Row]) -> None:
    from devices.pages.hand import Pages  # noqa: PLC0415 - Pillow loads late: other commands start without it
    from devices.scanner.use import scan_to  # noqa: PLC0415 - the same

    hand, parts = Pages(), Parts(separator)
    for file, page in scan_to(device, order, out):
        row = _row(file, page, hand)
        if separator.kind is not SeparatorKind.NONE:
            parts, told = parts.after(hand.cut(page.content, file.name, separator.kind))
            row |= told
        made.append(row)


def _in_two_passes(device: str, order: ScanOrder, out: Path, console: Console, made: list[Row]) -> None:
    """Raises CaseError where there are not as many backs as fronts: the files stay, each pass in its order."""
    from devices.pages.hand import Pages  # noqa: PLC0415 - Pillow loads late: other commands start without it
    from devices.scanner.use import free_place, scan_to  # noqa: PLC0415 - the same

    hand, passes = Pages(), list[list[Row]]()
    for name in ("front", "back"):
        if passes:
            console.progress(tr("请把整叠纸翻面放回进纸器，然后按 Enter"))
            sys.stdin.readline()
        passes.append([])
        for file, page in scan_to(device, order, out, name):
            passes[-1].append(_row(file, page, hand))
            made.append(passes[-1][-1])
    made[:] = interleaved(*passes)
    are_all_blank = all(row["blank"] for row in made)
    for row in made:
        row["left_out"] = bool(row["blank"]) and not are_all_blank
        if not row["left_out"]:
            row["file"] = Path(str(row["file"])).rename(free_place(out, "page"))


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a batch, counted from 1; `count`: pages of the part at hand."""

    separator: Separator
    part: int = 1
    count: int = 0

    def after(self, cut: Cut | None) -> tuple["Parts", Row]:
        """How it stands after one more sheet, and what is told of that sheet."""
        if cut is not None:
            part = self.part + bool(self.count)
            return replace(self, part=part, count=0), {"part": part, "separator": True, "code": cut.code}
        is_full = self.separator.kind is SeparatorKind.EVERY and self.count >= self.separator.every
        part, count = (self.part + 1, 1) if is_full else (self.part, self.count + 1)
        return replace(self, part=part, count=count), {"part": part, "separator": False, "code": None}


def _row(file: Path, page: ScannedPage, hand: PageHand) -> Row:
    """One page as `scan --json` tells of it; what is seen on it is null where it could not be looked at."""
    facts: Row = {
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


def _line(row: Row) -> str:
    """A page for a person: its file, and behind it what somebody should look at."""
    seen = row["warnings"] if isinstance(row["warnings"], list) else []
    part = [f"#{row['part']}" + (" separator" if row["separator"] else "")] if "part" in row else []
    return "  ".join([str(row["file"]), *(["blank"] if row["blank"] else []), *seen, *part])
