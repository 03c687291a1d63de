"""What the platform sends down to work by, on the command line: what is in force, packs on a stick, their signer."""

from pathlib import Path
from typing import Annotated

import typer

from client.commands.acting import acting
from client.commands.copies import CopyDoor
from client.config import Settings, load_settings, write_settings
from client.console import Console
from client.desk.packs import bring, forget, list_in_force
from client.errors import StoreError
from client.house import Door
from client.options import ActingAs, Json, Profile
from client.places import DEFAULT_PROFILE
from client.sealing import faults as sealing_faults
from client.sealing.public import PublicKey
from client.text import tr

LARGEST = 64 << 20  # bytes of a pack's file; the platform makes none of more than a few
app = typer.Typer()
packs_app = typer.Typer(help="What the platform sends down to work by.")
app.add_typer(packs_app, name="packs")


@packs_app.command("list")
def packs_list(ctx: typer.Context, *, profile: Profile = DEFAULT_PROFILE, as_json: Json = False) -> None:
    """What was sent down to this window, and what is in force of it."""
    door: Door = ctx.obj
    with door.read(profile) as house:
        found = list_in_force(house.counter)
    pack = tr("目录包 {number}")
    lines = [f"{each.kind}  {each.key}  {each.words}  {pack.format(number=each.number)}" for each in found]
    Console(as_json=as_json).show(found, lines)


@packs_app.command("import")
def packs_import(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A pack of `yichuang hub publish --out`.")],
    *,
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """Take a pack that came on a stick, as if the network had brought it.

    Only what the key of `packs trust` signed is taken. A window that is open must be closed for it.
    """
    door: Door = ctx.obj
    try:
        with file.open("rb") as opened:
            token = opened.read(LARGEST).decode("ascii").strip()
    except OSError as error:
        raise StoreError(sealing_faults.UNREADABLE, file=file.name, reason=error.strerror) from error
    except UnicodeDecodeError as error:
        raise StoreError(sealing_faults.NOT_SIGNED) from error
    with door.write(profile) as house:
        pack, new = bring(house.counter, acting(door, house, profile, staff), token)
    document = {"number": pack.number, "contents": pack.contents, "new": new}
    told = tr("目录包 {number} 已导入") if new else tr("目录包 {number} 的内容本窗口都已有")
    Console(as_json=as_json).show(document, [told.format(number=pack.number)])


@packs_app.command("forget")
def packs_forget(
    ctx: typer.Context, *, profile: Profile = DEFAULT_PROFILE, staff: ActingAs = None, as_json: Json = False
) -> None:
    """Forget all that was sent down: the window has another platform.

    What that has comes with the next sending; cases keep the version they were opened with.
    """
    door: Door = ctx.obj
    with door.write(profile) as house:
        things = forget(house.counter, acting(door, house, profile, staff))
    Console(as_json=as_json).show({"things": things}, [tr("已清除平台下发的 {count} 项内容").format(count=things)])


@packs_app.command("trust")
def packs_trust(
    ctx: typer.Context,
    *,
    key: Annotated[
        str | None, typer.Option(metavar="KEY", help="The key, as the platform's administrator gave it.")
    ] = None,
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """Pin the key by which packs must be signed.

    Without --key the platform is asked for it. From the window's next opening on nothing that another key signed is
    taken, by whatever road it comes.
    """
    door: CopyDoor = ctx.obj
    place = door.place(profile)
    settings = load_settings(place.folder, environment=False)
    if key is not None:
        signer = PublicKey.parse(key, tr("签发公钥"))
    elif settings.hub_url is not None:
        signer = door.hub_key(profile, settings.hub_url, signing=True)
    else:
        raise typer.BadParameter(tr("没有设置平台地址"), param_hint="--key")
    write_settings(place.folder, Settings.model_validate({**settings.model_dump(), "pack_key": str(signer)}))
    Console(as_json=as_json).show({"pack_key": str(signer)}, [str(signer)])
