"""Sync's part of the command line: one pass by hand, and the hub as a program."""

import logging
import logging.handlers
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Protocol

import typer

from client.console import Console
from client.errors import Fault, PlatformError
from client.options import Json, Profile
from client.places import DEFAULT_PROFILE, secret_in
from client.ports.clock import Clock
from client.ports.outbox import Inbox, Outbox
from client.text import tr

app = typer.Typer()
hub_app = typer.Typer(help="The other end: the reference platform, a hall node.")
app.add_typer(hub_app, name="hub")

STORE = "SQLAlchemy URL of the platform's store."
FILES = "Where uploaded files lie."
LAST_PORT = 65535
UpstreamUrl = Annotated[str | None, typer.Option(metavar="URL", help="Be a hall node: pass on to the platform there.")]
UpstreamToken = Annotated[Path | None, typer.Option(metavar="FILE", help="File with the token that platform wants.")]
DayEvents = Annotated[
    int | None, typer.Option(metavar="N", min=1, help="Events one source may bring a day; no limit without.")
]
SourceBytes = Annotated[
    int | None, typer.Option(metavar="N", min=1, help="Bytes one source may bring in all; no limit without.")
]
NO_HUB = Fault("PLAT-301", tr("没有设置平台地址"), tr("请在窗口设置中写明 hub_url，或用 --hub 指定"))
NOT_SETTLED = Fault(
    "PLAT-302", tr("同步没有全部完成：{reason}"), tr("办件都保存在本机；排除原因后再试，可用 yichuang doctor 检查")
)
NOT_SERVED = Fault(
    "PLAT-303", tr("平台没有在 {listen} 上开放（{reason}）"), tr("请核对地址、端口和 --files 目录，或请系统管理员处理")
)


@dataclass(frozen=True, slots=True)
class Wires:
    """What one pass needs of the desk. `hurry` forgets all delays: a person wants everything tried now."""

    outbox: Outbox
    inbox: Inbox
    clock: Clock
    hub_url: str | None
    hurry: Callable[[], None]
    upload_rate: int | None  # bytes a second


class SyncDoor(Protocol):
    """What the front door hands to these commands in `ctx.obj`."""

    def wires(self, profile: str, hub: str | None) -> AbstractContextManager[Wires]: ...

    def token(self) -> str | None: ...


@app.command()
def sync(
    ctx: typer.Context,
    *,
    once: Annotated[bool, typer.Option("--once", help="One pass, then stop.")] = False,
    hub: Annotated[
        str | None, typer.Option(metavar="URL", help="Another platform than hub_url of the settings.")
    ] = None,
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """Send what waits and take what came down.

    Exit status 0 when everything is settled, 1 otherwise.
    """
    if not once:
        raise typer.BadParameter("only with --once; an open window sends by itself", param_hint="--once")
    from sync.drain import drain  # noqa: PLC0415 - requests loads late: other commands start without it
    from sync.platform import HttpPlatform  # noqa: PLC0415 - same

    door: SyncDoor = ctx.obj
    console = Console(as_json=as_json)
    with door.wires(profile, hub) as wires:
        url = hub or wires.hub_url
        if url is None:
            raise PlatformError(NO_HUB)
        platform = HttpPlatform(url, token=door.token(), clock=wires.clock, upload_rate=wires.upload_rate)
        try:
            wires.hurry()
            report = drain(wires.outbox, wires.inbox, platform, wires.clock, doubt=True)
        finally:
            platform.close()
        refused = wires.outbox.counts().refused
    document = {"sent": report.sent, "refused": refused, "waiting": report.waiting, "unknown": report.unknown}
    words = f"上传 {report.sent}，待上传 {report.waiting}，结果待核实 {report.unknown}，平台未接收 {refused}"
    console.show(document, [words])
    if report.error:
        console.fail(PlatformError(NOT_SETTLED, reason=report.error))
    if report.error or report.waiting or report.unknown or refused:
        raise typer.Exit(1)


@hub_app.command("serve")
def hub_serve(
    *,
    listen: Annotated[
        str, typer.Option(metavar="HOST:PORT", help="Where to answer; port 0 takes any free one.")
    ] = "127.0.0.1:8765",
    store: Annotated[str, typer.Option(metavar="URL", help=STORE)] = "sqlite:///hub.db",
    files: Annotated[Path, typer.Option(metavar="DIR", help=FILES)] = Path("hub-files"),
    token_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="File with the token windows must show; owed beyond loopback.")
    ] = None,
    keep_uploads: Annotated[
        int, typer.Option(metavar="DAYS", min=1, help="An upload nobody goes on with is cleared after this.")
    ] = 7,
    day_events: DayEvents = None,
    source_bytes: SourceBytes = None,
    log_file: Annotated[
        Path | None, typer.Option("--log", metavar="FILE", help="Write a line of JSON there for every request.")
    ] = None,
    upstream: UpstreamUrl = None,
    upstream_token_file: UpstreamToken = None,
    until_input_ends: Annotated[
        bool, typer.Option("--until-input-ends", hidden=True, help="Stop when standard input ends.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Serve the platform until told to stop.

    Prints its URL as soon as it answers. Beyond loopback it wants a token.
    """
    from sync.hub.limits import Limits  # noqa: PLC0415 - the client never loads the hub
    from sync.hub.relay import Upstream  # noqa: PLC0415 - same
    from sync.hub.serve import serve  # noqa: PLC0415 - same

    console = Console(as_json=as_json)
    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal() or int(port) > LAST_PORT:
        raise typer.BadParameter("HOST:PORT", param_hint="--listen")
    token = secret_in(token_file, "--token-file") if token_file else None
    if until_input_ends:
        threading.Thread(target=_stop_after_input, name="input", daemon=True).start()
    given = secret_in(upstream_token_file, "--upstream-token-file") if upstream_token_file else None
    above = Upstream(upstream, given) if upstream else None
    limits = Limits(day_events, source_bytes, timedelta(days=keep_uploads))
    try:
        with _lines_to(log_file):
            announce = partial(_announce, console)
            serve(host.strip("[]"), int(port), store, files, token, announce, limits, above)
    except OSError as error:
        raise PlatformError(NOT_SERVED, listen=listen, reason=error.strerror) from error


def _announce(console: Console, url: str) -> None:
    console.show({"url": url}, [url])


@contextmanager
def _lines_to(file: Path | None) -> Iterator[None]:
    """The platform's log goes to `file`, found anew when it was moved away (logrotate). Raises OSError."""
    if file is None:
        yield
        return
    lines = logging.getLogger("sync.hub")
    handler = logging.handlers.WatchedFileHandler(file, encoding="utf-8")
    lines.addHandler(handler)
    lines.setLevel(logging.INFO)
    try:
        yield
    finally:
        lines.removeHandler(handler)
        lines.setLevel(logging.NOTSET)
        handler.close()


def _stop_after_input() -> None:
    """Whoever started this platform is gone, however it went: its end of the pipe is closed."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


@hub_app.command("cases")
def hub_cases(
    *,
    store: Annotated[str, typer.Option(metavar="URL", help=STORE)] = "sqlite:///hub.db",
    as_json: Json = False,
) -> None:
    """List the cases the platform holds, with events and files."""
    from sync.hub.cases import list_cases  # noqa: PLC0415 - the client never loads the hub

    found = list_cases(store)
    Console(as_json=as_json).show(found, [f"{case['number']}  {case['state']}" for case in found])


@hub_app.command("move")
def hub_move(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="办件编号 of the case.")],
    state: Annotated[str, typer.Argument(metavar="STATE", help="What it became, e.g. accepted or review.")],
    *,
    store: Annotated[str, typer.Option(metavar="URL", help=STORE)] = "sqlite:///hub.db",
    reason: Annotated[str | None, typer.Option(metavar="WORDS", help="Why, for the window to see.")] = None,
    as_json: Json = False,
) -> None:
    """Move a case as the department would.

    The new state goes down to the window on the changes feed.
    """
    from sync.hub.cases import move_case  # noqa: PLC0415 - the client never loads the hub

    move_case(store, number, state, reason=reason)
    Console(as_json=as_json).show({"number": number, "state": state}, [f"{number}  {state}"])


@hub_app.command("import")
def hub_import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A bundle of `yichuang export`.")],
    *,
    store: Annotated[str, typer.Option(metavar="URL", help=STORE)] = "sqlite:///hub.db",
    files: Annotated[Path, typer.Option(metavar="DIR", help=FILES)] = Path("hub-files"),
    answers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The answers to carry back; FILE.answers without.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Take what a window carried here on a stick, as if it had come by the network.

    Everything is checked before anything is taken. Exit status 1 when some of it was refused.
    """
    from sync.hub.bundles import take  # noqa: PLC0415 - the client never loads the hub

    back = answers or file.with_name(f"{file.name}.answers")
    done = take(store, files, file, back)
    document = {
        "source": done.source,
        "taken": done.taken,
        "known": done.known,
        "refused": done.refused,
        "files": done.files,
        "answers": back.resolve(),
    }
    words = tr("接收 {taken} 条，已有 {known} 条，未接收 {refused} 条；答复在 {answers}")
    line = words.format(taken=done.taken, known=done.known, refused=done.refused, answers=back)
    Console(as_json=as_json).show(document, [line])
    if done.refused:
        raise typer.Exit(1)
