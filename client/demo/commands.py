"""The demo hall's commands; the hands of the window are asked of the front door."""

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Protocol

import typer

from client.console import Console
from client.house import House
from client.options import Json, Profile
from client.ports.id_card import IdCardReader
from client.text import tr

app = typer.Typer()


class DemoDoor(Protocol):
    """What the front door hands to these commands in `ctx.obj`."""

    def write(self, profile: str) -> AbstractContextManager[House]: ...

    def readers(self, ports: Sequence[str]) -> AbstractContextManager[Sequence[IdCardReader]]: ...

    def syncing(self, house: House, hub_url: str) -> AbstractContextManager["Syncing"]: ...

    def sample_pages(self) -> Path: ...


class Syncing(Protocol):
    """The sync loop at work."""

    def wake(self) -> None: ...

    def settle(self, patience: float) -> bool:
        """Try until nothing waits, at most `patience` seconds; True when all is settled."""
        ...


@app.command()
def demo(
    *,
    cases: Annotated[int, typer.Option(metavar="N", min=1, max=5000, help="How many cases to take.")] = 30,
    outage: Annotated[
        str, typer.Option(metavar="A-B", help="The platform is down while cases A to B are taken.")
    ] = "11-20",
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Papers, summary and stores; an earlier demo in it is replaced.")
    ] = Path("build/demo"),
    as_json: Json = False,
) -> None:
    """Take sample cases through an outage, and count them.

    The platform is killed (-9) in the middle, and so is the window. Exit status 1 when a case is lost or doubled.
    """
    from client.demo.hall import Plan, run_demo  # noqa: PLC0415 - only this command starts processes

    try:
        plan = Plan.of(cases, outage)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--outage") from error
    console = Console(as_json=as_json)
    summary = run_demo(plan, out, console)
    words = tr(
        "受理 {accepted}，平台已接收 {at_platform}，丢失 {lost}，重复 {duplicates}，文书 {papers}，用时 {seconds} 秒"
    )
    console.show(summary, [words.format_map(summary), tr("文书和汇总在") + f" {out}"])
    if summary["lost"] or summary["duplicates"] or summary["accepted"] != summary["at_platform"]:
        raise typer.Exit(1)


@app.command("demo-window", hidden=True)
def demo_window(
    ctx: typer.Context,
    *,
    port: Annotated[list[str], typer.Option()],
    hub: Annotated[str, typer.Option()],
    papers: Annotated[Path, typer.Option()],
    profile: Profile,
    as_json: Json = False,
) -> None:
    """The window process of the demo hall: takes a case at each line `next`, ends after `drain`."""
    from client.demo.clerk import DemoClerk, sample_pages  # noqa: PLC0415 - only this command works by itself

    door: DemoDoor = ctx.obj
    console = Console(as_json=as_json)
    with door.write(profile) as house, door.readers(port) as readers, door.syncing(house, hub) as syncing:
        clerk = DemoClerk(house, readers, sample_pages(door.sample_pages()), syncing.wake)
        console.show({"accepted": clerk.accepted()}, [])
        words: dict[str, Callable[[], object]] = {
            "next": lambda: asdict(clerk.take_next()),
            "drain": lambda: {"papers": clerk.write_papers(papers), "settled": syncing.settle(SETTLING)},
        }
        for line in sys.stdin:
            console.show(words[line.strip()](), [])


SETTLING = 60.0  # seconds
