"""The devices' part of the command line: read a card, play the reader, and be the process that scans."""

from typing import Annotated, Protocol

import typer

from client.console import Console
from client.options import Json
from client.ports.clock import Clock
from client.ports.id_card import IdentityDocument

app = typer.Typer()
card_app = typer.Typer(help="The ID-card reader: read a card, or play a reader.")
app.add_typer(card_app, name="card")


class DeviceDoor(Protocol):
    """What the front door hands to these commands in `ctx.obj`."""

    @property
    def clock(self) -> Clock: ...


@card_app.command("read")
def card_read(
    ctx: typer.Context,
    port: Annotated[str, typer.Option(metavar="PORT", help="Serial port of the reader, e.g. COM3 or /dev/ttyUSB0.")],
    *,
    as_json: Json = False,
) -> None:
    """Read the document on the reader once."""
    from devices.idcard.use import read_card  # noqa: PLC0415 - pyserial loads late: other commands start without it

    door: DeviceDoor = ctx.obj
    document = read_card(port, door.clock)
    Console(as_json=as_json).show(document.as_json(), _lines(document))


@card_app.command("simulate")
def card_simulate(
    kind: Annotated[
        list[str],
        typer.Option(
            metavar="KIND",
            help="Sample card: resident, resident-rare, hmt-permit, foreigner-2017 …; several take turns.",
        ),
    ],
    fail: Annotated[
        list[str] | None, typer.Option(metavar="STEP:HOW", help="Fail on order, e.g. read:garbage.")
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Play a reader with a sample card until told to stop.

    Prints the path of its pseudo terminal, for `card read --port` and for a window.
    """
    from devices.idcard.use import run_simulator  # noqa: PLC0415 - see card_read

    console = Console(as_json=as_json)
    try:
        run_simulator(kind, fail or [], lambda port: console.show({"port": port}, [port]))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


@app.command("scan-child", hidden=True)
def scan_child() -> None:
    """The process a window starts for its scanner: lines of JSON in and out (`devices/scanner/messages.py`)."""
    from devices.scanner.child import serve  # noqa: PLC0415 - only this process needs it

    serve()


def _lines(document: IdentityDocument) -> list[str]:
    told = [f"{key}: {value}" for key, value in document.as_json().items() if value and key != "warnings"]
    return [*told, *(f"! {warning}" for warning in document.warnings)]
