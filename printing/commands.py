"""The printing hand's part of the command line: play a print queue, for the demo hall."""

from pathlib import Path
from typing import Annotated

import typer

from client.console import Console
from client.options import Json

app = typer.Typer()


@app.command("print-simulate", hidden=True)
def print_simulate(
    *,
    folder: Annotated[
        Path, typer.Option("--dir", metavar="DIR", help="The queue's own; what it prints is in DIR/out.")
    ],
    as_json: Json = False,
) -> None:
    """Play a print queue with a printer behind it until standard input ends.

    Prints its address. Lines of standard input are orders: empty, refill, offline, online, quit.
    """
    from printing.virtual import run_virtual  # noqa: PLC0415 - only this command starts processes

    console = Console(as_json=as_json)
    run_virtual(folder, lambda queue, printer: console.show({"uri": queue, "printer": printer}, [queue]))
