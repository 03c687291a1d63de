"""The hub's part of the command line: serving, and what is done beside it at its store."""

import errno
import logging
import logging.handlers
import os
import re
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from client.console import Console
from client.errors import Fault, PlatformError
from client.options import Json
from client.rules.case import State
from client.rules.reasons import first_wrong
from client.secret_files import secret_in
from client.text import tr
from sync.hub_feed_commands import app as feed_app

app = typer.Typer()
hub_app = typer.Typer(help="The other end: the reference platform, a hall node.")
app.add_typer(hub_app, name="hub")
hub_app.add_typer(feed_app)

STORE = "SQLAlchemy URL of the platform's store."
WINDOW_OR_NODE = "Region, hall and window number, e.g. 110101-01-07; of a hall's node without the last."
HALL = r"[0-9]{6}-[0-9]{2}"
LAST_PORT = 65535
NOT_KNOWN = Fault(
    "PLAT-306", tr("平台没有登记过窗口 {window}，或者已停用"), tr("请核对区划、大厅和窗口号；登记用 yichuang enrol")
)
NO_APPLICATION = Fault(
    "PLAT-304",
    tr("文件 {file} 不是一份网上申请：{place}（{reason}）"),
    tr("请核对文件；内容为 JSON：number、item（业务办理项编码，33位）、identifier、received_at（带时区）"),
)
NOT_SERVED = Fault(
    "PLAT-303", tr("平台没有在 {listen} 上开放（{reason}）"), tr("请核对地址、端口和 --files 目录，或请系统管理员处理")
)
_REASONS = {
    errno.EADDRINUSE: tr("地址和端口已被占用"),
    errno.EADDRNOTAVAIL: tr("本机没有这个地址"),
    errno.EACCES: tr("没有权限"),
    socket.EAI_NONAME: tr("没有这个主机名"),  # negative where errno is not
}


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
UpstreamUrl = Annotated[str | None, typer.Option(metavar="URL", help="Be a hall node: pass on to the platform there.")]
UpstreamToken = Annotated[Path | None, typer.Option(metavar="FILE", help="File with the token that platform wants.")]
UpstreamCredentials = Annotated[
    Path | None, typer.Option(metavar="FILE", help="The node's credentials there, of `yichuang hub join`.")
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
    upstream: UpstreamUrl = None,
    upstream_token_file: UpstreamToken = None,
    upstream_credentials: UpstreamCredentials = None,
    until_input_ends: UntilInputEnds = False,
    as_json: Json = False,
) -> None:
    """Serve the platform until told to stop.

    Prints its URL as soon as it answers. Beyond loopback it wants a token. A hall node passes on events and files, and
    asks for numbers above; its windows are enrolled at it alone, and it is enrolled above (`hub join`).
    """
    from sync.hub.joining import credentials_in  # noqa: PLC0415 - the client never loads the hub
    from sync.hub.limits import Limits  # noqa: PLC0415 - same
    from sync.hub.relay import Upstream  # noqa: PLC0415 - same
    from sync.hub.serve import serve  # noqa: PLC0415 - same

    console = Console(as_json=as_json)
    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal() or int(port) > LAST_PORT:
        raise typer.BadParameter("HOST:PORT", param_hint="--listen")
    if upstream is not None and not re.fullmatch(r"https?://[^/\s]+/?", upstream):
        raise typer.BadParameter("https://HOST[:PORT]", param_hint="--upstream")
    token = secret_in(token_file, "--token-file") if token_file else None
    if until_input_ends:
        threading.Thread(target=_stop_after_input, name="input", daemon=True).start()
    given = secret_in(upstream_token_file, "--upstream-token-file") if upstream_token_file else None
    known = credentials_in(upstream_credentials, upstream) if upstream and upstream_credentials else None
    above = Upstream(upstream, given, known) if upstream else None
    limits, announce = Limits(day_events, source_bytes, timedelta(days=keep_uploads)), partial(_announce, console)
    where = (host.strip("[]"), int(port), store, files)
    try:
        with _lines_to(log_file):
            serve(*where, token, announce, limits, enrolled_only=enrolment, upstream=above)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror)
        raise PlatformError(NOT_SERVED, listen=listen, reason=reason) from error


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
    state: Annotated[State, typer.Argument(metavar="STATE", help="What it became, e.g. accepted or review.")],
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
    window: Annotated[str, typer.Argument(metavar="WINDOW", help=WINDOW_OR_NODE)],
    *,
    store: Annotated[str, typer.Option(metavar="URL", help=STORE)] = "sqlite:///hub.db",
    hours: Annotated[int, typer.Option(metavar="N", min=1, max=24 * 30, help="How long it is good.")] = 24,
    as_json: Json = False,
) -> None:
    """Make a one-time token for the enrolment of a window, or of a hall's node.

    It is told here and kept nowhere.
    """
    from sync.hub.enrolment import make_token  # noqa: PLC0415 - the client never loads the hub

    token = make_token(store, _speaker_uri(window), timedelta(hours=hours), datetime.now(UTC))
    Console(as_json=as_json).show({"window": window, "token": token}, [token])


@hub_app.command("join")
def hub_join(
    hall: Annotated[str, typer.Argument(metavar="HALL", help="Region and hall number, e.g. 110101-01.")],
    *,
    upstream: Annotated[str, typer.Option(metavar="URL", help="The platform that takes from those it knows.")],
    token_file: Annotated[Path, typer.Option(metavar="FILE", help="File with its one-time token for this hall.")],
    credentials: Annotated[Path, typer.Option(metavar="FILE", help="Where the node's credentials are kept.")],
    as_json: Json = False,
) -> None:
    """Enrol the hall's node at the platform above.

    What it gets is kept in a file for `hub serve --upstream-credentials`; it speaks for every window of the hall.
    """
    from sync.hub.joining import join  # noqa: PLC0415 - the client never loads the hub

    if not re.fullmatch(HALL, hall, re.ASCII):
        raise typer.BadParameter(tr("写法如 {example}").format(example="110101-01"), param_hint="HALL")
    join(upstream, _speaker_uri(hall), secret_in(token_file, "--token-file"), credentials)
    Console(as_json=as_json).show({"hall": hall, "credentials": credentials.resolve()}, [str(credentials)])


@hub_app.command("revoke")
def hub_revoke(
    window: Annotated[str, typer.Argument(metavar="WINDOW", help=WINDOW_OR_NODE)],
    *,
    store: Annotated[str, typer.Option(metavar="URL", help=STORE)] = "sqlite:///hub.db",
    as_json: Json = False,
) -> None:
    """Let an enrolled window, or a hall's node, speak no more.

    Until it is enrolled anew.
    """
    from sync.hub.enrolment import revoke  # noqa: PLC0415 - the client never loads the hub

    if not revoke(store, _speaker_uri(window), datetime.now(UTC)):
        raise PlatformError(NOT_KNOWN, window=window)
    Console(as_json=as_json).show({"window": window}, [tr("已停用") + f" {window}"])


def _speaker_uri(of: str) -> str:
    if re.fullmatch(HALL, of, re.ASCII):
        return f"urn:yichuang:node:{of}"
    if re.fullmatch(rf"{HALL}-[0-9]{{2}}", of, re.ASCII):
        return f"urn:yichuang:window:{of}"
    raise typer.BadParameter(tr("写法如 {example}").format(example="110101-01-07"), param_hint="WINDOW")


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
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON, as above.")],
    *,
    store: Annotated[str, typer.Option(metavar="URL", help=STORE)] = "sqlite:///hub.db",
    as_json: Json = False,
) -> None:
    """Register an application that came in online.

    A new case of the same applicant and item is refused until a person decides which of the two is withdrawn.

    FILE: {"number": "…", "item": "业务办理项编码", "identifier": "the applicant's", "received_at":
    "2026-03-02T09:00:00+08:00"}
    """
    from pydantic import ValidationError  # noqa: PLC0415 - same

    from sync.hub.cases import OnlineApplication, put_online  # noqa: PLC0415 - the client never loads the hub

    try:
        application = OnlineApplication.model_validate_json(file.read_bytes())
    except ValidationError as error:
        raise PlatformError(NO_APPLICATION, file=file.name, **first_wrong(error)) from error
    except OSError as error:
        raise PlatformError(NO_APPLICATION, file=file.name, place=tr("全文"), reason=tr("读不到")) from error
    put_online(store, application)
    Console(as_json=as_json).show({"number": application.number}, [application.number])


@hub_app.command("import")
def hub_import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A bundle of `yichuang export`.")],
    *,
    store: Annotated[str, typer.Option(metavar="URL", help=STORE)] = "sqlite:///hub.db",
    files: FilesFolder = Path("hub-files"),
    answers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The answers to carry back; FILE.answers without.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Take what a window carried here on a stick.

    It counts as if it had come by the network. Everything is checked before anything is taken. Exit status 1 when some
    of it was refused.
    """
    from sync.hub.bundles import take  # noqa: PLC0415 - the client never loads the hub

    back = answers or file.with_name(f"{file.name}.answers")
    if not back.parent.is_dir():  # before anything is taken: without its answers a window sends all of it again
        raise typer.BadParameter(tr("没有目录") + f" {back.parent}", param_hint="--answers")
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
