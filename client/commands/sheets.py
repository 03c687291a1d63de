"""`yichuang sheet`: the window's own sheets as PDF: materials handed over, a shift, the day closed, a ticket."""

from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from client.commands.acting import FIRST_ADMINISTRATOR, WHO_ACTS, acting
from client.console import Console
from client.desk import window_sheets
from client.desk.paper_saving import ALREADY_THERE
from client.desk.staff import NO_STAFF
from client.errors import CaseError, RightsError
from client.house import Door, House
from client.options import ActingAs, Json, Profile
from client.places import DEFAULT_PROFILE
from client.ports.sheets import DayClose, WindowSheet
from client.rules.periods import day_of
from client.store.durable import disk_errors, write_whole

app = typer.Typer()
sheet_app = typer.Typer(help="The window's own sheets as PDF.")
app.add_typer(sheet_app, name="sheet")

Out = Annotated[Path, typer.Option(metavar="FILE.pdf", help="The PDF to write.")]
MadeBy = Annotated[
    str | None,
    typer.Option("--as", metavar="STAFF", help="Who makes it and signs it by hand (工号); no PIN, nothing is written."),
]
OfDay = Annotated[
    str, typer.Option("--day", metavar="YYYY-MM-DD", help="Of this day, out of the records; today unless said.")
]


@sheet_app.command("hand-over")
def hand_over(
    ctx: typer.Context,
    numbers: Annotated[list[str], typer.Argument(metavar="CASE...", help="办件编号 of each case.")],
    out: Out,
    *,
    to: Annotated[str, typer.Option(metavar="WORDS", help="Who takes them; else the organ's department.")] = "",
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """The slip for materials that go to a department (物料流转凭证); on record by its batch. FILE.pdf must be new."""
    door: Door = ctx.obj
    with door.write(profile) as house:
        by = acting(door, house, profile, staff)
        if out.exists():
            raise CaseError(ALREADY_THERE, name=out.name)
        slip = window_sheets.hand_over(house.counter, by, numbers, to)
        _write(door, slip, out)
        with ExitStack() as undoing:
            undoing.callback(out.unlink, missing_ok=True)  # no slip without its record
            window_sheets.record_hand_over(house.counter, by, slip)
            undoing.pop_all()
    document = {"batch": slip.batch, "cases": [line.case_number for line in slip.lines], "path": out.resolve()}
    Console(as_json=as_json).show(document, [slip.batch, str(out)])


@sheet_app.command("day")
def day_close(
    ctx: typer.Context,
    out: Out,
    *,
    day: OfDay = "",
    profile: Profile = DEFAULT_PROFILE,
    staff: MadeBy = None,
    as_json: Json = False,
) -> None:
    """The sheet of the day close (日终核对单): what was done, where the numbers are, what is owed."""
    door: Door = ctx.obj
    with door.read(profile) as house:
        sheet = window_sheets.day_close(house.counter, _maker(house, staff), _meant(house, day))
        _write(door, sheet, out)
    document = {"day": sheet.day, "owed": len(sheet.owed), "gaps": _gaps(sheet), "path": out.resolve()}
    Console(as_json=as_json).show(document, [str(out)])


def _gaps(sheet: DayClose) -> list[str]:
    return [f"{each.series} {each.gaps}" for each in sheet.series if each.gaps != window_sheets.NOTHING]


@sheet_app.command("shift")
def shift(
    ctx: typer.Context,
    out: Out,
    *,
    to: Annotated[str, typer.Option(metavar="STAFF", help="Who takes over: a staff number, or a name.")],
    day: OfDay = "",
    profile: Profile = DEFAULT_PROFILE,
    staff: MadeBy = None,
    as_json: Json = False,
) -> None:
    """The sheet of a shift that is handed on (交接班单)."""
    door: Door = ctx.obj
    with door.read(profile) as house:
        sheet = window_sheets.shift_hand_over(
            house.counter, _maker(house, staff), _named(house, to), _meant(house, day)
        )
        _write(door, sheet, out)
    document = {"day": sheet.day, "to": sheet.taken_over_by, "owed": len(sheet.owed), "path": out.resolve()}
    Console(as_json=as_json).show(document, [str(out)])


def _named(house: House, to: str) -> str:
    """Name and number of somebody on the roster; anybody else as they were written."""
    known = next((each for each in house.roster.everyone() if each.staff_no == to), None)
    return window_sheets.signed(known.name, known.staff_no) if known else to


@sheet_app.command("ticket")
def ticket(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="As it is called: A012.")],
    out: Out,
    *,
    item: Annotated[str, typer.Option(metavar="WORDS", help="What the citizen waits for.")],
    ahead: Annotated[int, typer.Option(metavar="N", min=0, max=999, help="How many are before them.")] = 0,
    profile: Profile = DEFAULT_PROFILE,
    staff: MadeBy = None,
    as_json: Json = False,
) -> None:
    """A ticket (号票) of 72 mm by 70 mm for a roll; the number is given elsewhere."""
    door: Door = ctx.obj
    with door.read(profile) as house:
        sheet = window_sheets.ticket(house.counter, _maker(house, staff), number, item, ahead)
        _write(door, sheet, out)
    Console(as_json=as_json).show({"number": number, "path": out.resolve()}, [str(out)])


def _maker(house: House, staff_no: str | None) -> str:
    """Whose name stands on a sheet of which nothing is kept. Raises RightsError, CaseError."""
    people = house.roster.everyone()
    if staff_no is None and len(people) > 1:
        raise RightsError(WHO_ACTS)
    maker = next((each for each in people if staff_no in (None, each.staff_no)), None)
    if maker is None:
        raise CaseError(NO_STAFF, staff_no=staff_no or FIRST_ADMINISTRATOR)
    return window_sheets.signed(maker.name, maker.staff_no)


def _meant(house: House, day: str) -> date | None:
    return day_of(day, house.counter.today())


def _write(door: Door, sheet: WindowSheet, out: Path) -> None:
    drawn = door.draw(sheet)
    with disk_errors(out.name):
        out.parent.mkdir(parents=True, exist_ok=True)
        write_whole(out, drawn)
