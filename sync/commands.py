"""Sync's part of the command line: one pass by hand, and the window's enrolment."""

import sys
from contextlib import AbstractContextManager
from dataclasses import asdict
from getpass import getpass
from pathlib import Path
from typing import Annotated, Protocol

import typer

from client.console import Console
from client.errors import Fault, PlatformError
from client.options import Json, Profile
from client.places import DEFAULT_PROFILE
from client.ports.wires import Wires
from client.retold import retold
from client.secret_files import secret_in
from client.text import tr

app = typer.Typer()

NO_HUB = Fault("PLAT-301", tr("没有设置平台地址"), tr("请在窗口设置中写明 hub_url，或用 --hub 指定"))
NO_TOKEN = Fault(
    "PLAT-309",
    tr("没有给出登记令牌，本窗口没有登记"),
    tr("请把平台管理员用 yichuang hub enrol-token 发的令牌写入文件，并用 --token-file 指明"),
)
NOT_SETTLED = Fault(
    "PLAT-302", tr("同步没有全部完成：{reason}"), tr("办件都保存在本机；排除原因后再试，可用 yichuang doctor 检查")
)


class SyncDoor(Protocol):
    """What the front door hands to these commands in `ctx.obj`."""

    def wires(self, profile: str, hub: str | None) -> AbstractContextManager[Wires]: ...

    def token(self) -> str | None: ...


@app.command()
def enrol(
    ctx: typer.Context,
    *,
    hub: Annotated[
        str | None, typer.Option(metavar="URL", help="Another platform than hub_url of the settings.")
    ] = None,
    token_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="File with the one-time token; it is asked for without.")
    ] = None,
    epoch_only: Annotated[
        bool, typer.Option("--epoch-only", help="No token: keep the credentials there are, begin a new epoch.")
    ] = False,
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """Make this window known to its platform, as a new one.

    The platform's one-time token (`yichuang hub enrol-token`) becomes credentials, kept in the encrypted store; what is
    not sent yet goes up under a new epoch. Whatever copy of this window speaks otherwise is refused from then on.
    """
    from sync import enrolment  # noqa: PLC0415 - requests loads late: other commands start without it

    door: SyncDoor = ctx.obj
    with door.wires(profile, hub) as wires:
        url = hub or wires.hub_url
        if url is None:
            raise PlatformError(NO_HUB)
        if not epoch_only:
            enrolment.enrol(wires, url, _one_time_token(token_file))
        done = enrolment.begin_epoch(wires, url, door.token())
    words = tr("已登记：{source}；平台已有 {known} 条，待上传 {moved} 条").format_map(asdict(done))
    Console(as_json=as_json).show(done, [words])


def _one_time_token(file: Path | None) -> str:
    if file:
        return secret_in(file, "--token-file")
    try:  # from a pipe without a prompt: getpass would warn on stderr, in words of its own
        given = getpass(tr("登记令牌："), stream=sys.stderr) if sys.stdin.isatty() else sys.stdin.readline()
    except EOFError:
        given = ""
    if not given.strip():
        raise PlatformError(NO_TOKEN)
    return given.strip()


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
    from sync.blocks import keep_supplied  # noqa: PLC0415 - requests loads late: other commands start without it
    from sync.drain import drain  # noqa: PLC0415 - same
    from sync.platform import platform_at  # noqa: PLC0415 - same

    door: SyncDoor = ctx.obj
    console = Console(as_json=as_json)
    with door.wires(profile, hub) as wires:
        url = hub or wires.hub_url
        if url is None:
            raise PlatformError(NO_HUB)
        platform = platform_at(url, wires, door.token())
        try:
            wires.hurry()
            report = drain(wires.outbox, wires.inbox, platform, wires.clock, doubt=True)
            error = report.error
            if report.outage is None:
                if platform.drift is not None:
                    wires.compared(platform.drift)
                error = error or _words(keep_supplied(wires.numbers, platform))
        finally:
            platform.close()
        refused = wires.outbox.counts().refused
    document = {"sent": report.sent, "refused": refused, "waiting": report.waiting, "unknown": report.unknown}
    words = tr("上传 {sent}，待上传 {waiting}，结果待核实 {unknown}，平台未接收 {refused}")
    console.show(document, [words.format_map(document)])
    if error:
        console.fail(PlatformError(NOT_SETTLED, reason=retold(error)))
    if error or report.waiting or report.unknown or refused:
        raise typer.Exit(1)


def _words(error: PlatformError | None) -> str | None:
    return str(error) if error else None
