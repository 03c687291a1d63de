"""The demo hall's commands."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated, Protocol

import typer

from client.console import Console
from client.house import House
from client.options import Json, Profile
from client.text import bracketed, tr

app = typer.Typer()


class DemoDoor(Protocol):
    """What the front door hands to these commands in `ctx.obj`."""

    def write(self, profile: str) -> AbstractContextManager[House]: ...

    def read(self, profile: str) -> AbstractContextManager[House]: ...


@app.command()
def demo(
    *,
    cases: Annotated[int, typer.Option(metavar="N", min=1, max=5000, help="How many cases to take.")] = 30,
    outage: Annotated[
        str, typer.Option(metavar="A-B", help="The platform is down while cases A to B are taken.")
    ] = "11-20",
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Pictures, summary and stores; an earlier demo in it is replaced.")
    ] = Path("build/demo"),
    simulated: Annotated[
        bool, typer.Option("--simulated", help="Simulated scanner and printer, instead of SANE and CUPS.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Take sample cases by keys, through an outage, and count.

    At the real window, on a screen of its own (Xvfb). The platform is killed (-9) in the middle, and so is the
    window. Exit status 1 when a case is lost, doubled or not printed.
    """
    from client.demo.plan import Plan  # noqa: PLC0415 - only this command needs it
    from client.demo.run import run_demo  # noqa: PLC0415 - only this command starts processes

    try:
        plan = Plan.of(cases, outage)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--outage") from error
    console = Console(as_json=as_json)
    summary = run_demo(plan, out, console, real=not simulated)
    words = tr(
        "受理 {accepted}，平台已接收 {at_platform}，已打印 {printed}，丢失 {lost}，重复 {duplicates}，用时 {seconds} 秒"
    )
    console.show(summary, [words.format_map(summary), tr("画面和汇总在") + f" {out}{bracketed(out / 'screens')}"])
    whole = summary["accepted"] == summary["at_platform"] == summary["printed"]
    if summary["lost"] or summary["duplicates"] or not whole:
        raise typer.Exit(1)


@app.command("demo-people", hidden=True)
def demo_people(ctx: typer.Context, *, profile: Profile, as_json: Json = False) -> None:
    """Make the demo hall's profile, and put its people on the roster."""
    from client.demo.people import seat_demo_people  # noqa: PLC0415 - only this command needs it

    door: DemoDoor = ctx.obj
    with door.write(profile) as house:
        seat_demo_people(house.roster)
        people = [person.staff_no for person in house.roster.everyone()]
    Console(as_json=as_json).show(people, people)


@app.command("demo-count", hidden=True)
def demo_count(ctx: typer.Context, *, profile: Profile, as_json: Json = False) -> None:
    """What the demo's window holds: cases with their prints, events, and how much is unsent."""
    from client.demo.counting import held  # noqa: PLC0415 - only this command needs it

    door: DemoDoor = ctx.obj
    with door.read(profile) as house:
        found = held(house)
    Console(as_json=as_json).show(found, [str(len(found["cases"]))])
