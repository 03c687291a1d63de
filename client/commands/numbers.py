"""The books of numbers on the command line: where each went, what goes back, and why one is missing."""

from datetime import datetime
from typing import Annotated

import typer

from client.commands.acting import acting
from client.console import Console
from client.desk.leasing import put_back
from client.desk.number_report import Serials, SeriesReport, explain, report
from client.house import Door
from client.options import ActingAs, Json, Profile
from client.places import DEFAULT_PROFILE
from client.text import listed, tr

app = typer.Typer()
numbers_app = typer.Typer(help="Numbers of this window: where each went, what goes back.")
app.add_typer(numbers_app, name="numbers")

Series = Annotated[
    str, typer.Argument(metavar="SERIES", help="A series as the report names it, e.g. 示市监许受〔2026〕.")
]


@numbers_app.command("report")
def numbers_report(
    ctx: typer.Context,
    *,
    year: Annotated[int | None, typer.Option(metavar="YEAR", help="Another year than this one.")] = None,
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """Tell of every series its blocks, and which numbers are issued, voided, returned, free or missing.

    Exit status 1 when a number is missing that nobody explained.
    """
    door: Door = ctx.obj
    with door.read(profile) as house:
        wanted = year or datetime.now(house.counter.settings.zone).year
        found = report(house.counter, wanted)
    missing = any(each.gaps for each in found)
    document = {"year": wanted, "series": found, "gaps": [each.series for each in found if each.gaps] or "none"}
    Console(as_json=as_json).show(document, [_line(each) for each in found])
    if missing:
        raise typer.Exit(1)


@numbers_app.command("return")
def numbers_return(
    ctx: typer.Context,
    series: Annotated[str | None, typer.Argument(metavar="SERIES", help="Of this series alone.")] = None,
    *,
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """Give the unused rest of the leased blocks back.

    It goes with the next sending; the window uses none of it any more, and asks for a block again when a paper needs
    a number.
    """
    door: Door = ctx.obj
    with door.write(profile) as house:
        owed = put_back(house.counter, acting(door, house, profile, staff), series)
    document = [{"series": rest.series, "key": rest.key, "first": rest.first} for rest in owed]
    lines = [tr("{series}  待退回：自第{first}号起").format(series=rest.series, first=rest.first) for rest in owed]
    Console(as_json=as_json).show(document, lines or [tr("没有可以退回的编号")])


@numbers_app.command("explain")
def numbers_explain(
    ctx: typer.Context,
    series: Series,
    first: Annotated[int, typer.Argument(metavar="FIRST", min=1, help="First missing serial.")],
    last: Annotated[int | None, typer.Argument(metavar="LAST", min=1, help="Last missing serial.")] = None,
    *,
    reason: Annotated[str, typer.Option(metavar="WORDS", help="Why they are on no paper.")],
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """Enter missing numbers as voided, with the reason."""
    door: Door = ctx.obj
    serials = Serials(first, last or first)
    with door.write(profile) as house:
        explain(house.counter, acting(door, house, profile, staff), series, serials, reason)
    document = {"series": series, "first": serials.first, "last": serials.last, "reason": reason}
    Console(as_json=as_json).show(document, [f"{series}  {serials}  {reason}"])


def _line(of: SeriesReport) -> str:
    blocks = listed(of.blocks) or tr("无")
    gaps = listed(of.gaps) or tr("无")
    voided = sum(each.last - each.first + 1 for each in of.voided)
    returned = sum(each.last - each.first + 1 for each in of.returned)
    words = tr("号段 {blocks}，已发 {issued}，作废 {voided}，退回 {returned}，空闲 {free}，缺号：{gaps}")
    said = words.format(blocks=blocks, issued=of.issued, voided=voided, returned=returned, free=of.free, gaps=gaps)
    if of.before:
        said += tr("；平台已有（原磁盘）：{serials}").format(serials=listed(of.before))
    return f"{of.series}  {said}"
