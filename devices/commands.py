"""The devices' part of the command line: read a card, scan, play either device."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Protocol

import typer

from client.console import Console
from client.errors import DeviceError
from client.options import Json
from client.ports.clock import Clock
from client.ports.id_card import IdentityDocument
from client.text import tr
from devices.key_commands import key_app
from devices.page_commands import page_app
from devices.rating_commands import rating_app
from devices.scan_commands import scan

app = typer.Typer()
card_app = typer.Typer(help="The ID-card reader: read a card, or play a reader.")
app.add_typer(card_app, name="card")
app.add_typer(key_app, name="key")
app.add_typer(page_app, name="page")
app.add_typer(rating_app, name="rating")
app.command("scan")(scan)


class LibraryKind(StrEnum):
    """The interfaces of makers' libraries that are known."""

    SDTAPI = "sdtapi"
    TERMB = "termb"


class DeviceDoor(Protocol):
    """What the front door hands to these commands in `ctx.obj`."""

    @property
    def clock(self) -> Clock: ...


@card_app.command("read")
def card_read(
    ctx: typer.Context,
    port: Annotated[
        str | None, typer.Option(metavar="PORT", help="Serial port of the reader, e.g. COM3 or /dev/ttyUSB0.")
    ] = None,
    *,
    library: Annotated[
        Path | None, typer.Option(metavar="PATH", help="The library of the reader's maker, in a process of its own.")
    ] = None,
    usb: Annotated[bool, typer.Option("--usb", help="The first reader on USB that is known.")] = False,
    kind: Annotated[LibraryKind, typer.Option("--kind", help="How that library is asked.")] = LibraryKind.SDTAPI,
    mrz: Annotated[bool, typer.Option("--mrz", help="The lines of a passport's zone come on standard input.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="The reader's own number too, and each status it gave.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Read the document on the reader once.

    Or, with --mrz, the machine-readable zone of a passport or card as it is typed, or sent by a reader that types.
    """
    door: DeviceDoor = ctx.obj
    console = Console(as_json=as_json)
    addresses = [*([port] if port else []), *([f"{kind}:{library}"] if library else []), *(["usb:"] if usb else [])]
    if len(addresses) + mrz != 1:
        raise typer.BadParameter(tr("只取其一"), param_hint="--port / --library / --usb / --mrz")
    if mrz:
        from client.ports.zone import document_of  # noqa: PLC0415 - nor does a zone need pyserial

        document = document_of(sys.stdin.read(), door.clock().date())
        console.show(document.as_json(), _lines(document))
        return
    from devices.idcard.use import Told, read_card  # noqa: PLC0415 - pyserial loads late: others start without it

    told = Told()
    try:
        document = read_card(addresses[0], door.clock, told if verbose else None)
    except DeviceError:
        if verbose:
            console.show({"reader": told.as_json()}, told.lines())
        raise
    beside = {"reader": told.as_json()} if verbose else {}
    console.show({**document.as_json(), **beside}, [*told.lines(), *_lines(document)])


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
    rate: Annotated[
        int | None, typer.Option("--rate", metavar="N", help="It answers at this speed alone, e.g. 9600.")
    ] = None,
    dialect: Annotated[
        str, typer.Option("--dialect", metavar="NAME", help="How it frames its answers: sam, eaebeced.")
    ] = "sam",
    as_json: Json = False,
) -> None:
    """Play a reader with a sample card until told to stop.

    Prints the path of its pseudo terminal, for `card read --port` and for a window.
    """
    from devices.idcard.use import run_simulator  # noqa: PLC0415 - see card_read

    console = Console(as_json=as_json)
    try:
        run_simulator(kind, fail or [], lambda port: console.show({"port": port}, [port]), rate=rate, dialect=dialect)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


@app.command("scan-simulate")
def scan_simulate(
    *,
    listen: Annotated[
        str, typer.Option(metavar="HOST:PORT", help="Where it answers; port 0 takes any free one.")
    ] = "127.0.0.1:0",
    fail: Annotated[str | None, typer.Option(metavar="TROUBLE:PAGE", help="Fail on order, e.g. jammed:2.")] = None,
    sheets: Annotated[int, typer.Option(metavar="N", min=0, help="In the feeder, before each scan.")] = 3,
    announce: Annotated[bool, typer.Option("--announce", help="Have the local network hear of it (mDNS).")] = False,
    as_json: Json = False,
) -> None:
    """Play a network scanner with sample pages.

    By eSCL, until told to stop; prints the address for the setting `scanner`.
    """
    from devices.scanner.escl_simulator import run  # noqa: PLC0415 - Pillow loads late

    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal():
        raise typer.BadParameter("HOST:PORT", param_hint="--listen")
    console = Console(as_json=as_json)
    try:
        run(host, int(port), sheets, fail, lambda at: console.show({"scanner": at}, [at]), announce=announce)
    except ValueError as error:
        raise typer.BadParameter("TROUBLE:PAGE", param_hint="--fail") from error


def _lines(document: IdentityDocument) -> list[str]:
    told = [f"{key}: {value}" for key, value in document.as_json().items() if value and key != "warnings"]
    return [*told, *(f"! {warning}" for warning in document.warnings)]
