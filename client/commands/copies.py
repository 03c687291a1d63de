"""Commands for the day the network or the disk is gone: second copy, rescue, and the bundle on a stick."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Protocol

import typer
from sqlalchemy import Connection

from client.commands.acting import acting
from client.commands.upkeep import leave_out_numbers
from client.config import Settings, load_settings, write_settings
from client.console import Console
from client.errors import PlatformError, StoreError
from client.house import Door
from client.options import ActingAs, Json, Profile
from client.places import DEFAULT_PROFILE
from client.rules.rights import Right
from client.sealing import bundle
from client.sealing.public import PublicKey
from client.secret_files import secret_in
from client.store import audit, carrying, faults, recovery, rescue, second_copy
from client.store.prints import doubt_restored
from client.text import tr

app = typer.Typer()
recovery_app = typer.Typer(help="The hall's own key to second copies and bundles.")
app.add_typer(recovery_app, name="recovery-key")

PROGRAM = "yichuang rescue"
PassphraseFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="File with the passphrase of the recovery key.")
]


class CopyDoor(Door, Protocol):
    """What these commands want of the front door besides: it alone knows the platform."""

    def hub_key(self, profile: str, url: str, *, signing: bool = False) -> PublicKey:
        """The public key of the platform there, or that by which it signs, asked for as this window.

        Raises PlatformError.
        """
        ...


@recovery_app.command("new")
def recovery_key_new(
    *,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The key file to write; it must not exist yet.")],
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Make the hall's recovery key.

    Its private part lies in FILE under the passphrase. Keep file and passphrase apart, and neither at a window.
    """
    public = recovery.create(out, _passphrase(passphrase_file))
    Console(as_json=as_json).show({"file": out.resolve(), "public": str(public)}, [f"{out}  {public}"])


@app.command("second-copy")
def second_copy_command(
    ctx: typer.Context,
    *,
    folder: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder on another volume for the second copy.")
    ] = None,
    recovery_key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The hall's recovery key; only its public part is read.")
    ] = None,
    accept_hub_key: Annotated[
        bool, typer.Option("--accept-hub-key", help="The platform has a new key, and its administrator confirmed it.")
    ] = False,
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """Keep unsent cases once more elsewhere.

    Asks the platform for its public key and pins it in the settings, with what is given here. They count from the
    window's next opening; a case of `intake` is copied at once. A key pinned before is gone on with while the platform
    is away.
    """
    door: CopyDoor = ctx.obj
    place = door.place(profile)
    console = Console(as_json=as_json)
    settings = load_settings(place.folder, environment=False)
    changed: dict[str, object] = {}
    if settings.hub_url is not None:
        changed["hub_key"] = _hub_key(door, profile, settings, console, accept=accept_hub_key)
    if recovery_key is not None:
        changed["recovery_key"] = str(recovery.public_in(recovery_key))
    if folder is not None:
        changed["second_copy"] = str(folder.absolute())
    settings = Settings.model_validate({**settings.model_dump(), **changed})
    carrying.recipients(settings, both=settings.second_copy is not None)
    if folder is not None:
        second_copy.prepare(folder)
    write_settings(place.folder, settings)
    if folder is not None and folder.stat().st_dev == place.folder.stat().st_dev:
        console.progress(tr("注意：第二份与本机数据在同一个磁盘上，磁盘损坏时会一起丢失；请换到另一个磁盘"))
    told = {name: getattr(settings, name) for name in ("second_copy", "hub_key", "recovery_key")}
    console.show(told, [f"{name}  {value or tr('未设置')}" for name, value in told.items()])


def _hub_key(door: CopyDoor, profile: str, settings: Settings, console: Console, *, accept: bool) -> str:
    """The platform's public key for the settings; another one than is pinned there only where a person `accept`s it."""
    pinned = settings.hub_key
    try:
        asked = str(door.hub_key(profile, str(settings.hub_url)))
    except PlatformError as error:
        if pinned is None or accept:
            raise
        console.progress(tr("注意：没有向平台核对公钥（{reason}），沿用已记下的").format(reason=error.title))
        return pinned
    if asked != pinned and pinned is not None and not accept:
        raise StoreError(faults.HUB_KEY_CHANGED, new=asked[-8:], old=pinned[-8:])
    return asked


@app.command("rescue")
def rescue_command(
    ctx: typer.Context,
    *,
    source: Annotated[
        Path,
        typer.Option(
            "--from", metavar="DIR|FILE", help="The window's folder in the second copy, or a bundle of `export`."
        ),
    ],
    recovery_key: Annotated[Path, typer.Option(metavar="FILE", help="The hall's recovery key.")],
    passphrase_file: PassphraseFile = None,
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """Rebuild the unsent work of a lost window.

    It goes into an empty profile, whole or not at all.

    The same events, numbers and papers: sent from both windows, or by bundle besides, each counts once. Exit status 1
    when parts of a second copy were damaged; the rest is there.
    """
    if not source.exists():
        raise typer.BadParameter(tr("没有文件或目录") + f" {source}", param_hint="--from")
    door: Door = ctx.obj
    place = door.place(profile)
    private = recovery.open_private(recovery_key, _passphrase(passphrase_file))
    if source.is_dir():
        copied = second_copy.CopiedParts(source, private)
        parts, damaged = iter(copied), copied.damaged
    else:
        bundle.check(source, private)
        parts, damaged = bundle.parts(source, private), []
    found = rescue.rescue(
        parts, place, _begin_again, passphrase=door.passphrase(profile), program=PROGRAM, now=datetime.now(UTC)
    )
    document = {
        "profile": place.folder.resolve(),
        "source": found.source,
        "cases": found.cases,
        "events": found.events,
        "files": found.files,
        "damaged": damaged,
    }
    words = tr("救回办件 {cases} 件，待上传 {events} 条，文件 {files} 个")
    lines = [words.format(cases=found.cases, events=found.events, files=found.files)]
    lines += [tr("第二份中已损坏，没有救回：") + name for name in damaged]
    Console(as_json=as_json).show(document, lines)
    if damaged:
        raise typer.Exit(1)


def _begin_again(connection: Connection, settings: Settings, found: rescue.Rescued) -> None:
    """What makes a rescued store another one than the lost, and the entry that says where it came from."""
    now = datetime.now(settings.zone)
    doubt_restored(connection)
    leave_out_numbers(connection, settings, now)
    detail = {"cases": found.cases, "events": found.events, "files": found.files}
    audit.add(connection, now, PROGRAM, "rescue", found.source, "done", detail)


@app.command("export")
def export_command(
    ctx: typer.Context,
    *,
    to: Annotated[Path, typer.Option("--bundle", metavar="FILE", help="The file to write; it must not exist yet.")],
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """Carry the unsent work away in one file.

    Encrypted, for a stick. The platform takes it with `yichuang hub import`; what goes by the network meanwhile counts
    once all the same.
    """
    if not to.parent.is_dir():  # never made here: it may be a stick that is not plugged in
        raise typer.BadParameter(tr("没有目录") + f" {to.parent}", param_hint="--bundle")
    door: Door = ctx.obj
    with door.write(profile) as house:
        counter = house.counter
        by = acting(door, house, profile, staff)
        counter.permit(by, Right.BACK_UP, to.name)
        done = carrying.export(counter.memory, counter.settings, to)
        with counter.memory.begin() as connection:
            detail = {"cases": done.cases, "events": done.events, "files": done.files}
            audit.add(connection, counter.clock(), by.staff_no, "export", to.name, "done", detail)
    document = {"file": to.resolve(), **{name: getattr(done, name) for name in ("cases", "events", "files", "size")}}
    words = tr("导出未上传办件 {cases} 件（{events} 条，文件 {files} 个）")
    line = words.format(cases=done.cases, events=done.events, files=done.files)
    Console(as_json=as_json).show(document, [f"{to}  {line}"])


@app.command("import-answers")
def import_answers(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `yichuang hub import` gave back.")],
    *,
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """Take back the answers to a bundle."""
    if not file.is_file():
        raise typer.BadParameter(tr("没有文件") + f" {file}", param_hint="FILE")
    door: Door = ctx.obj
    with door.write(profile) as house:
        counter = house.counter
        by = acting(door, house, profile, staff)
        counter.permit(by, Right.BACK_UP, file.name)
        taken = carrying.take_answers(counter.memory, file, counter.clock())
        counts = counter.memory.outbox().counts()
        with counter.memory.begin() as connection:
            audit.add(connection, counter.clock(), by.staff_no, "import_answers", file.name, "done", {"events": taken})
    left = counts.waiting + counts.unknown
    words = tr("采用答复 {taken} 条，待上传 {left}，平台未接收 {refused}")
    Console(as_json=as_json).show(
        {"answers": taken, "waiting": left, "refused": counts.refused},
        [words.format(taken=taken, left=left, refused=counts.refused)],
    )


def _passphrase(file: Path | None) -> str:
    if file is None:
        raise StoreError(faults.RECOVERY_PASSPHRASE_OWED)
    return secret_in(file, "--passphrase-file")
