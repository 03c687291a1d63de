"""Sync's part of the command line: one pass by hand, and the hub as a program."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Protocol

import typer

from client.console import Console
from client.errors import Fault, PlatformError
from client.options import DEFAULT_PROFILE, Json, Profile
from client.ports.clock import Clock
from client.ports.outbox import Inbox, Outbox
from client.text import tr

app = typer.Typer()
hub_app = typer.Typer(help="The other end: the reference platform.", no_args_is_help=True)
app.add_typer(hub_app, name="hub")

NO_HUB = Fault("PLAT-301", tr("没有设置平台地址"), tr("请在窗口设置中写明 hub_url，或用 --hub 指定"))
ONCE_ONLY = Fault("PLAT-302", tr("这里只能同步一次"), tr("请加 --once；窗口程序打开时会自行同步"))


@dataclass(frozen=True, slots=True)
class Wires:
    """What one pass needs of the desk. `hurry` forgets all delays: a person wants everything tried now."""

    outbox: Outbox
    inbox: Inbox
    clock: Clock
    hub_url: str | None
    hurry: Callable[[], None]


class SyncDoor(Protocol):
    """What the front door hands to these commands in `ctx.obj`."""

    def wires(self, profile: str) -> AbstractContextManager[Wires]: ...

    def token(self) -> str | None: ...


@app.command()
def sync(
    ctx: typer.Context,
    *,
    once: Annotated[bool, typer.Option("--once", help="One pass, then stop.")] = False,
    hub: Annotated[str | None, typer.Option(metavar="URL", help="Another platform than the settings name.")] = None,
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """Send what waits and take what came down. Exit status 0 when everything is settled, 1 otherwise."""
    if not once:
        raise PlatformError(ONCE_ONLY)
    from sync.drain import drain  # noqa: PLC0415 - requests loads late: other commands start without it
    from sync.platform import HttpPlatform  # noqa: PLC0415 - same

    door: SyncDoor = ctx.obj
    console = Console(as_json=as_json)
    with door.wires(profile) as wires:
        url = hub or wires.hub_url
        if url is None:
            raise PlatformError(NO_HUB)
        platform = HttpPlatform(url, token=door.token(), clock=wires.clock)
        try:
            wires.hurry()
            report = drain(wires.outbox, wires.inbox, platform, wires.clock)
        finally:
            platform.close()
        refused = wires.outbox.counts().refused
    document = {"sent": report.sent, "refused": refused, "waiting": report.waiting, "unknown": report.unknown}
    if report.error:
        console.progress(report.error)
    words = f"上传 {report.sent}，待上传 {report.waiting}，结果待核实 {report.unknown}，平台未接收 {refused}"
    console.show(document, [words])
    if report.error or report.waiting or report.unknown or refused:
        raise typer.Exit(1)


@hub_app.command("serve")
def hub_serve(
    *,
    listen: Annotated[str, typer.Option(metavar="HOST:PORT", help="Port 0 takes any free one.")] = "127.0.0.1:8765",
    store: Annotated[str, typer.Option(metavar="URL", help="SQLAlchemy URL.")] = "sqlite:///hub.db",
    files: Annotated[Path, typer.Option(metavar="DIR")] = Path("hub-files"),
    token_file: Annotated[Path | None, typer.Option(help="Bearer token; owed beyond loopback.")] = None,
    as_json: Json = False,
) -> None:
    """Serve the platform until told to stop; says its URL when it answers."""
    from sync.hub.serve import serve  # noqa: PLC0415 - the client never loads the hub

    console = Console(as_json=as_json)
    host, _, port = listen.rpartition(":")
    if not host or not port.isdigit():
        raise typer.BadParameter("HOST:PORT", param_hint="--listen")
    token = token_file.read_text(encoding="utf-8").strip() if token_file else None
    serve(host.strip("[]"), int(port), store, files, token, lambda url: console.show({"url": url}, [url]))


@hub_app.command("cases")
def hub_cases(
    *,
    store: Annotated[str, typer.Option(metavar="URL", help="SQLAlchemy URL.")] = "sqlite:///hub.db",
    as_json: Json = False,
) -> None:
    """Every case the platform holds, with the events it took and the files it has."""
    from sync.hub.cases import list_cases  # noqa: PLC0415 - the client never loads the hub

    found = list_cases(store)
    Console(as_json=as_json).show(found, [f"{case['number']}  {case['state']}" for case in found])


@hub_app.command("move")
def hub_move(
    number: Annotated[str, typer.Argument(help="办件编号")],
    state: Annotated[str, typer.Argument(help="The state the department decided, e.g. accepted.")],
    *,
    store: Annotated[str, typer.Option(metavar="URL", help="SQLAlchemy URL.")] = "sqlite:///hub.db",
    reason: Annotated[str | None, typer.Option()] = None,
    as_json: Json = False,
) -> None:
    """The department's act on a case: it goes down to the window on the changes feed."""
    from sync.hub.cases import move_case  # noqa: PLC0415 - the client never loads the hub

    move_case(store, number, state, reason=reason)
    Console(as_json=as_json).show({"number": number, "state": state}, [f"{number}  {state}"])
