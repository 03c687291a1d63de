"""The label of a folder of originals, by command: for whoever keeps papers of a case on a shelf."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated, Protocol

import typer

from client.console import Console
from client.options import Json, Profile
from client.places import DEFAULT_PROFILE
from client.rules.numbering import CaseNumber

app = typer.Typer()
KINDS = {".png": "PNG", ".pdf": "PDF"}


class LabelledItem(Protocol):
    @property
    def name(self) -> str: ...


class LabelledCase(Protocol):
    @property
    def item(self) -> LabelledItem: ...


class LabelCounter(Protocol):
    def numbered_case(self, number: str) -> LabelledCase: ...


class LabelHouse(Protocol):
    @property
    def counter(self) -> LabelCounter: ...


class LabelDoor(Protocol):
    """What the front door hands to this command in `ctx.obj`, as far as it needs it."""

    def read(self, profile: str) -> AbstractContextManager[LabelHouse]: ...


@app.command("folder-label")
def label(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="CASE", help="办件编号, with or without hyphens.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where it goes: .png or .pdf.")],
    *,
    size: Annotated[str, typer.Option(metavar="58x40|70x50", help="Of the label, in millimetres.")] = "58x40",
    dpi: Annotated[int, typer.Option(metavar="N", min=200, max=600, help="Of the label printer.")] = 300,
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """Make the label of a case's folder of originals.

    The number in words and in bars, and the item; nobody's name.
    """
    from printing.labels import LabelSize, as_file, folder_label  # noqa: PLC0415 - only this command draws with Pillow

    kind = KINDS.get(out.suffix.lower())
    if kind is None:
        raise typer.BadParameter(".png, .pdf", param_hint="--out")
    if size not in set(LabelSize):
        raise typer.BadParameter(", ".join(LabelSize), param_hint="--size")
    wanted = str(CaseNumber.parse(number))
    door: LabelDoor = ctx.obj
    with door.read(profile) as house:
        item = house.counter.numbered_case(wanted).item.name
    out.write_bytes(as_file(folder_label(wanted, item, LabelSize(size), dpi), kind, dpi))
    Console(as_json=as_json).show({"case": wanted, "path": out.resolve()}, [str(out)])
