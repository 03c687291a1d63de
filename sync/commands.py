"""Sync's part of the command line: one pass by hand, and the hub as a program."""

import logging
import logging.handlers
import os
import re
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from getpass import getpass
from pathlib import Path
from typing import Annotated, Protocol

import typer

from client.console import Console
from client.errors import Fault, PlatformError
from client.options import Json, Profile
from client.places import DEFAULT_PROFILE, secret_in
from client.ports.wires import Wires
from client.text import tr

app = typer.Typer()
hub_app = typer.Typer(help="The other end: the reference platform with its own store.")
app.add_typer(hub_app, name="hub")

STORE = "SQLAlchemy URL of the platform's store."
WINDOW = "Region, hall and window number, e.g. 110101-01-07."
LAST_PORT = 65535
NOT_KNOWN = Fault(
    "PLAT-306", tr("平台没有登记过窗口 {window}，或者已停用"), tr("请核对区划、大厅和窗口号；登记用 yichuang enrol")
)
NO_HUB = Fault("PLAT-301", tr("没有设置平台地址"), tr("请在窗口设置中写明 hub_url，或用 --hub 指定"))
NOT_SETTLED = Fault(
    "PLAT-302", tr("同步没有全部完成：{reason}"), tr("办件都保存在本机；排除原因后再试，可用 yichuang doctor 检查")
)
NO_APPLICATION = Fault(
    "PLAT-304",
    tr("文件 {file} 不是一份网上申请"),
    tr("请核对文件路径；内容为 JSON：number、item、identifier、received_at（带时区）"),
)
NOT_SERVED = Fault(
    "PLAT-303", tr("平台没有在 {listen} 上开放（{reason}）"), tr("请核对地址、端口和 --files 目录，或请系统管理员处理")
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
    return secret_in(file, "--token-file") if file else getpass(tr("登记令牌："), stream=sys.stderr).strip()


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
                error = error or _words(keep_supplied(wires.numbers, platform))
        finally:
            platform.close()
        refused = wires.outbox.counts().refused
    document = {"sent": report.sent, "refused": refused, "waiting": report.waiting, "unknown": report.unknown}
    words = f"上传 {report.sent}，待上传 {report.waiting}，结果待核实 {report.unknown}，平台未接收 {refused}"
    console.show(document, [words])
    if error:
        console.fail(PlatformError(NOT_SETTLED, reason=error))
    if error or report.waiting or report.unknown or refused:
        raise typer.Exit(1)


def _words(error: PlatformError | None) -> str | None:
    return str(error) if error else None


Listen = Annotated[str, typer.Option(metavar="HOST:PORT", help="Where to answer; port 0 takes any free one.")]
FilesFolder = Annotated[Path, typer.Option(metavar="DIR", help="Where uploaded files lie.")]
HubToken = Annotated[
    Path | None, typer.Option(metavar="FILE", help="File with the token windows must show; owed beyond loopback.")
]
EnrolledOnly = Annotated[
    bool, typer.Option("--enrolment", help="Take from enrolled windows only; the token then opens /metrics alone.")
]
KeepUploads = Annotated[
    int, typer.Option(metavar="DAYS", min=1, help="An upload nobody goes on with is cleared after this.")
]
DayEvents = Annotated[
    int | None, typer.Option(metavar="N", min=1, help="Events one source may bring a day; no limit without.")
]
SourceBytes = Annotated[
    int | None, typer.Option(metavar="N", min=1, help="Bytes one source may bring in all; no limit without.")
]
HubLog = Annotated[
    Path | None, typer.Option("--log", metavar="FILE", help="Write a line of JSON there for every request.")
]
UntilInputEnds = Annotated[bool, typer.Option("--until-input-ends", hidden=True, help="Stop when standard input ends.")]


@hub_app.command("serve")
def hub_serve(
    *,
    listen: Listen = "127.0.0.1:8765",
    store: Annotated[str, typer.Option(metavar="URL", help=STORE)] = "sqlite:///hub.db",
    files: FilesFolder = Path("hub-files"),
    token_file: HubToken = None,
    enrolment: EnrolledOnly = False,
    keep_uploads: KeepUploads = 7,
    day_events: DayEvents = None,
    source_bytes: SourceBytes = None,
    log_file: HubLog = None,
    until_input_ends: UntilInputEnds = False,
    as_json: Json = False,
) -> None:
    """Serve the platform until told to stop.

    Prints its URL as soon as it answers. Beyond loopback it wants a token.
    """
    from sync.hub.limits import Limits  # noqa: PLC0415 - the client never loads the hub
    from sync.hub.serve import serve  # noqa: PLC0415 - same

    console = Console(as_json=as_json)
    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal() or int(port) > LAST_PORT:
        raise typer.BadParameter("HOST:PORT", param_hint="--listen")
    token = secret_in(token_file, "--token-file") if token_file else None
    if until_input_ends:
        threading.Thread(target=_stop_after_input, name="input", daemon=True).start()
    limits = Limits(day_events, source_bytes, timedelta(days=keep_uploads))
    try:
        with _lines_to(log_file):
            serve(
                host.strip("[]"),
                int(port),
                store,
                files,
                token,
                lambda at: console.show({"url": at}, [at]),
                limits,
                enrolled_only=enrolment,
            )
    except OSError as error:
        raise PlatformError(NOT_SERVED, listen=listen, reason=error.strerror) from error


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


@hub_app.command("enrol-token")
def hub_enrol_token(
    window: Annotated[str, typer.Argument(metavar="WINDOW", help=WINDOW)],
    *,
    store: Annotated[str, typer.Option(metavar="URL", help=STORE)] = "sqlite:///hub.db",
    hours: Annotated[int, typer.Option(metavar="N", min=1, max=24 * 30, help="How long it is good.")] = 24,
    as_json: Json = False,
) -> None:
    """Make a one-time token for the enrolment of a window.

    It is told here and kept nowhere.
    """
    from sync.hub.enrolment import make_token  # noqa: PLC0415 - the client never loads the hub

    token = make_token(store, _window_uri(window), timedelta(hours=hours), datetime.now(UTC))
    Console(as_json=as_json).show({"window": window, "token": token}, [token])


@hub_app.command("revoke")
def hub_revoke(
    window: Annotated[str, typer.Argument(metavar="WINDOW", help=WINDOW)],
    *,
    store: Annotated[str, typer.Option(metavar="URL", help=STORE)] = "sqlite:///hub.db",
    as_json: Json = False,
) -> None:
    """Let an enrolled window speak no more, until it is enrolled anew."""
    from sync.hub.enrolment import revoke  # noqa: PLC0415 - the client never loads the hub

    if not revoke(store, _window_uri(window), datetime.now(UTC)):
        raise PlatformError(NOT_KNOWN, window=window)
    Console(as_json=as_json).show({"window": window}, [tr("已停用") + f" {window}"])


def _window_uri(window: str) -> str:
    if not re.fullmatch(r"[0-9]{6}-[0-9]{2}-[0-9]{2}", window, re.ASCII):
        raise typer.BadParameter("110101-01-07", param_hint="WINDOW")
    return f"urn:yichuang:window:{window}"


@hub_app.command("numbers")
def hub_numbers(
    *,
    store: Annotated[str, typer.Option(metavar="URL", help=STORE)] = "sqlite:///hub.db",
    series: Annotated[str | None, typer.Option(metavar="SERIES", help="The series that begins anew.")] = None,
    above: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="Lease nothing of --series up to this serial any more.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List how far the numbers of each series are leased.

    With --series and --above the next block begins behind that serial: what was given before the platform kept the
    series, or by a platform that was restored from an older copy, is never leased again.
    """
    from sync.hub.numbers import begin_above, list_series  # noqa: PLC0415 - the client never loads the hub

    if (series is None) != (above is None):
        raise typer.BadParameter("--series SERIES --above N", param_hint="--above")
    if series is not None and above is not None:
        begin_above(store, series, above)
    found = list_series(store)
    words = tr("{series}  已发到第{last}号，{blocks}个号段，退回{returned}个")
    Console(as_json=as_json).show(found, [words.format_map(asdict(each)) for each in found])


@hub_app.command("revise")
def hub_revise(
    item: Annotated[str, typer.Argument(metavar="ITEM", help="业务办理项编码 of the item.")],
    version: Annotated[int, typer.Argument(metavar="VERSION", min=1, help="Which version is in force now.")],
    *,
    store: Annotated[str, typer.Option(metavar="URL", help=STORE)] = "sqlite:///hub.db",
    as_json: Json = False,
) -> None:
    """Put another version of an item in force.

    A new case of an older one is refused until a person at its window decides that it keeps its version.
    """
    from sync.hub.cases import revise_item  # noqa: PLC0415 - the client never loads the hub

    revise_item(store, item, version)
    Console(as_json=as_json).show({"item": item, "version": version}, [f"{item}  {version}"])


@hub_app.command("online")
def hub_online(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON: number, item, identifier, received_at.")],
    *,
    store: Annotated[str, typer.Option(metavar="URL", help=STORE)] = "sqlite:///hub.db",
    as_json: Json = False,
) -> None:
    """Register an application that came in online.

    A new case of the same applicant and item is refused until a person decides which of the two is withdrawn.
    """
    from pydantic import ValidationError  # noqa: PLC0415 - same

    from sync.hub.cases import OnlineApplication, put_online  # noqa: PLC0415 - the client never loads the hub

    try:
        application = OnlineApplication.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        raise PlatformError(NO_APPLICATION, file=file.name) from error
    put_online(store, application)
    Console(as_json=as_json).show({"number": application.number}, [application.number])
