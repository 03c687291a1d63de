"""The printing hand's part of the command line: sheets for the feeder, fonts, templates, a demo print queue."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated, Protocol

import typer

from client.console import Console
from client.options import Json, Profile
from client.places import DEFAULT_PROFILE
from client.rules.items import Item
from client.text import tr
from printing.font_commands import app as font_app
from printing.template_commands import app as template_app

app = typer.Typer()
app.add_typer(font_app, name="fonts")
app.add_typer(template_app, name="templates")


class Catalogue(Protocol):
    def find(self, wanted: str) -> Item: ...


class SheetCounter(Protocol):
    @property
    def catalogue(self) -> Catalogue: ...


class SheetHouse(Protocol):
    @property
    def counter(self) -> SheetCounter: ...


class SheetDoor(Protocol):
    """What the front door hands to these commands in `ctx.obj`, as far as they need it."""

    def read(self, profile: str) -> AbstractContextManager[SheetHouse]: ...


@app.command("slot-sheets")
def slot_sheets(
    ctx: typer.Context,
    item: Annotated[str | None, typer.Argument(metavar="ITEM", help="Code or name of an item.")] = None,
    *,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the PDF goes.")],
    patch_t: Annotated[bool, typer.Option("--patch-t", help="The sheet with the patch code T, for any item.")] = False,
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """Make the sheets that part a batch.

    One A4 page for each material of ITEM, with a QR code: behind it in the feeder come that material's pages.
    """
    from printing.papers import slot_sheets as sheets  # noqa: PLC0415 - only this command draws

    door: SheetDoor = ctx.obj
    if patch_t == (item is not None):
        raise typer.BadParameter(tr("二者取一"), param_hint="ITEM / --patch-t")
    if item is None:
        made = sheets.patch_sheet()
    else:
        with door.read(profile) as house:
            made = sheets.slot_sheets(house.counter.catalogue.find(item))
    out.write_bytes(made)
    Console(as_json=as_json).show({"out": out}, [str(out)])


@app.command("print-simulate", hidden=True)
def print_simulate(
    *,
    folder: Annotated[
        Path, typer.Option("--dir", metavar="DIR", help="The queue's own; what it prints is in DIR/out.")
    ],
    as_json: Json = False,
) -> None:
    """Play a print queue with a printer behind it until standard input ends.

    Prints its address. Lines of standard input are orders: empty, jam, cover, low, refill (all is well again), offline,
    online, down, up (its server), quit.
    """
    from printing.virtual import run_virtual  # noqa: PLC0415 - only this command starts processes

    console = Console(as_json=as_json)
    run_virtual(folder, lambda queue, printer: console.show({"uri": queue, "printer": printer}, [queue]))
