"""Commands for supervisors and IT: people, backup and restore, the doctor."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from client.catalogue import load_catalogue
from client.commands.acting import acting
from client.config import Settings, load_settings
from client.console import Console
from client.desk.numbers import set_aside
from client.desk.safekeeping import Safekeeping
from client.errors import DeskError, Fault, RightsError
from client.house import Check, Door
from client.options import ActingAs, Json, Profile
from client.places import DEFAULT_PROFILE
from client.rules.rights import ROLE_WORDS, Role
from client.secret_files import secret_in
from client.store import backup as backups
from client.store import memory
from client.store.keys import is_portable
from client.text import labelled, sentences, tr

app = typer.Typer()
staff_app = typer.Typer(help="The people of this window: list, add, new PINs.")
app.add_typer(staff_app, name="staff")


PASSPHRASE_OWED = Fault(
    "STAFF-111",
    tr("没有给出数据口令，管理员的口令没有重设"),
    tr("请系统管理员用 YICHUANG_KEY_FILE 指明写有数据口令的文件后再试；系统密钥环不能代替它"),
)


@staff_app.command("list")
def staff_list(ctx: typer.Context, *, profile: Profile = DEFAULT_PROFILE, as_json: Json = False) -> None:
    """Everybody on the roster."""
    door: Door = ctx.obj
    with door.read(profile) as house:
        people = house.roster.everyone()
    document = [{"staff": p.staff_no, "name": p.name, "role": p.role, "locked": p.locked} for p in people]
    locked = tr("（已锁定）")
    lines = [f"{p.staff_no}  {p.name}  {ROLE_WORDS[p.role]}{locked if p.locked else ''}" for p in people]
    Console(as_json=as_json).show(document, lines)


@staff_app.command("add")
def staff_add(
    ctx: typer.Context,
    staff_no: Annotated[str, typer.Argument(metavar="STAFF", help="Their 工号.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Their name, as papers print it.")],
    *,
    role: Annotated[Role, typer.Option(metavar="ROLE", help=f"One of {', '.join(Role)}.")] = Role.CLERK,
    pin_file: Annotated[Path, typer.Option(metavar="FILE", help="File with the new person's PIN.")],
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """Put a person on the roster.

    Where nobody is on it yet, whoever acts comes first, as administrator: --as STAFF, `admin` without.
    """
    door: Door = ctx.obj
    with door.write(profile) as house:
        by = acting(door, house, profile, staff)
        house.roster.add(by, staff_no, name, role, secret_in(pin_file, "--pin-file"))
    Console(as_json=as_json).show({"staff": staff_no, "role": role}, [f"{staff_no}  {name}  {ROLE_WORDS[role]}"])


@staff_app.command("reset-pin")
def staff_reset_pin(
    ctx: typer.Context,
    staff_no: Annotated[str, typer.Argument(metavar="STAFF", help="Their 工号.")],
    *,
    pin_file: Annotated[Path, typer.Option(metavar="FILE", help="File with the new PIN.")],
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """Give a person a new PIN and unlock them."""
    door: Door = ctx.obj
    with door.write(profile) as house:
        by = acting(door, house, profile, staff)
        house.roster.reset_pin(by, staff_no, secret_in(pin_file, "--pin-file"))
    Console(as_json=as_json).show({"staff": staff_no}, [labelled(tr("已重设口令"), staff_no)])


@staff_app.command("recover")
def staff_recover(
    ctx: typer.Context,
    staff_no: Annotated[str, typer.Argument(metavar="ADMIN", help="工号 of an administrator.")],
    *,
    pin_file: Annotated[Path, typer.Option(metavar="FILE", help="File with the new PIN.")],
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """Give a locked administrator a new PIN.

    For whoever has the passphrase of the store (YICHUANG_KEY_FILE), when no administrator can sign in.
    """
    door: Door = ctx.obj
    if not is_portable(door.place(profile).folder) or door.passphrase(profile) is None:
        raise RightsError(PASSPHRASE_OWED)
    with door.write(profile) as house:
        house.roster.recover(staff_no, secret_in(pin_file, "--pin-file"))
    Console(as_json=as_json).show({"staff": staff_no}, [labelled(tr("已重设口令"), staff_no)])


@app.command()
def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup to write; it must not exist yet.")],
    *,
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """Write the window into one encrypted file, and check it.

    It is verified by opening the copy. The passphrase that opens the window opens the backup.
    """
    if not file.parent.is_dir():  # never made here: it may be a disk that is not plugged in
        raise typer.BadParameter(tr("没有目录") + f" {file.parent}", param_hint="FILE")
    door: Door = ctx.obj
    console = Console(as_json=as_json)
    with door.write(profile) as house:
        keeping = Safekeeping(house.counter, house.profile)
        keeping.begin(file, acting(door, house, profile, staff))
        done = keeping.carry_away(file)
    if not done.portable:
        console.progress(tr("注意：这份备份只能在本机用系统密钥环打开；请设置口令（YICHUANG_KEY_FILE）后再备份"))
    document = {"file": done.path.resolve(), "size": done.size, "files": done.files, "portable": done.portable}
    files = tr("文件 {count} 个").format(count=done.files)
    console.show(document, [f"{done.path}  {done.size} B  {files}"])


@app.command()
def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup of `yichuang backup`.")],
    *,
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """Put a backup into an empty profile, whole or not at all.

    Every file is checked first. The window gets a new epoch, so that its events are not taken for the old one's, and
    leaves out the numbers it may have given since.
    """
    door: Door = ctx.obj
    place = door.place(profile)
    backups.restore(
        file,
        place,
        _begin_again,
        passphrase=door.passphrase(profile),
        program="yichuang restore",
        now=datetime.now(UTC),
    )
    Console(as_json=as_json).show({"profile": place.folder.resolve()}, [str(place.folder)])


def _begin_again(connection: Connection) -> None:
    """What makes a restored store another one than the lost: its source on the wire, and the numbers it gives."""
    memory.begin_new_epoch(connection)
    _, _, database = connection.exec_driver_sql("PRAGMA database_list").one()
    settings = load_settings(Path(database).parent)  # as they came out of the backup, beside the store
    leave_out_numbers(connection, settings, datetime.now(settings.zone))


def leave_out_numbers(connection: Connection, settings: Settings, now: datetime) -> None:
    """Leave out the numbers that the window whose store this was may have given since."""
    organs = [item.organ for item in load_catalogue().items]
    words = {word for organ in organs for word in organ.organ_words.values()}
    set_aside(connection, settings, words, now)


@app.command()
def doctor(ctx: typer.Context, *, profile: Profile = DEFAULT_PROFILE, as_json: Json = False) -> None:
    """Check the window, and say what is to be done.

    Store, keyring, devices, printer, hub, clock, time zone, disk. Exit status 1 when one of them is not well.
    """
    door: Door = ctx.obj
    found = {name: _asked(check) for name, check in door.checks(profile).items()}
    document = {n: {"ok": c.ok, "detail": c.detail, "advice": c.advice} for n, c in found.items()}
    lines = [
        f"{'✓' if c.ok else '✗'} {labelled(n, sentences(filter(None, (c.detail, c.advice))))}" for n, c in found.items()
    ]
    Console(as_json=as_json).show(document, lines)
    if not all(check.ok for check in found.values()):
        raise typer.Exit(1)


def _asked(check: Callable[[], Check]) -> Check:
    try:
        return check()
    except DeskError as error:
        return Check(ok=False, detail=error.title, advice=error.advice)
