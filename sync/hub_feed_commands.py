"""What the platform sends down by hand: packs for its windows to work by, and blocks of numbers."""

import re
from pathlib import Path
from typing import Annotated

import typer

from client.console import Console
from client.errors import CaseError
from client.options import Json
from client.rules.numbering import PaperNumber, number_in
from client.rules.packs import PackKind
from client.text import chinese, listed, tr

app = typer.Typer()

StoreUrl = Annotated[str, typer.Option(metavar="URL", help="SQLAlchemy URL of the platform's store.")]


@app.command("publish")
def hub_publish(
    kind: Annotated[PackKind, typer.Argument(metavar="KIND", help="catalogue, calendar or policy.")],
    place: Annotated[
        Path | None, typer.Argument(metavar="FILE|DIR", help="JSON file, or a folder of them: items, years, a policy.")
    ] = None,
    *,
    withdraw: Annotated[
        list[str] | None, typer.Option(metavar="ITEM", help="业务办理项编码 no longer offered; may be repeated.")
    ] = None,
    hall: Annotated[str, typer.Option(metavar="HALL", help="For this hall alone, e.g. 110101-01.")] = "",
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write the signed packs here too, for windows without a network.")
    ] = None,
    store: StoreUrl = "sqlite:///hub.db",
    files: Annotated[Path, typer.Option(metavar="DIR", help="Where the platform's files and keys lie.")] = Path(
        "hub-files"
    ),
    as_json: Json = False,
) -> None:
    """Send down what windows work by: items of the catalogue, calendar years, or a policy.

    Signed, and on the changes feed; windows have it within seconds. An item's version never changes: send a new one.
    """
    from sync.hub.publishing import contents_of, publish  # noqa: PLC0415 - the client never loads the hub

    if hall and not re.fullmatch(r"[0-9]{6}-[0-9]{2}", hall, re.ASCII):
        raise typer.BadParameter(tr("写法如 {example}").format(example="110101-01"), param_hint="--hall")
    if withdraw and kind is not PackKind.CATALOGUE:
        raise typer.BadParameter("catalogue --withdraw ITEM", param_hint="--withdraw")
    if out is not None and not out.is_dir():  # before anything is sent
        raise typer.BadParameter(tr("没有目录") + f" {out}", param_hint="--out")
    made = publish(store, files, contents_of(kind, place, withdraw or ()), hall)
    written = []
    for number, token in made.items():
        if out is not None:
            written.append(out / f"{kind}-{number}.pack")
            written[-1].write_text(token, encoding="ascii")
    document = {"kind": kind, "hall": hall, "packs": list(made), "files": [each.resolve() for each in written]}
    line = tr("已下发 {count} 个目录包，编号 {numbers}").format(count=len(made), numbers=listed(made))
    Console(as_json=as_json).show(document, [line, *map(str, written)])


@app.command("grant")
def hub_grant(
    window: Annotated[str, typer.Argument(metavar="WINDOW", help="Region, hall and window number, e.g. 110101-01-07.")],
    series: Annotated[str, typer.Argument(metavar="SERIES", help="The series, as `hub numbers` lists it.")],
    size: Annotated[int, typer.Argument(metavar="N", min=1, max=10_000, help="How many numbers.")],
    *,
    store: StoreUrl = "sqlite:///hub.db",
    as_json: Json = False,
) -> None:
    """Give a window a block of numbers unasked, by the changes feed."""
    from sync.hub.publishing import grant  # noqa: PLC0415 - the client never loads the hub

    if not re.fullmatch(r"[0-9]{6}-[0-9]{2}-[0-9]{2}", window, re.ASCII):
        raise typer.BadParameter(tr("写法如 {example}").format(example="110101-01-07"), param_hint="WINDOW")
    try:
        PaperNumber.parse(number_in(series, 1))
    except CaseError as error:
        wanted = tr("写法如 {example}").format(example=chinese("示市监许受〔2026〕"))
        raise typer.BadParameter(wanted, param_hint="SERIES") from error
    block = grant(store, f"urn:yichuang:window:{window}", series, size)
    words = tr("{series}  第{first}号至第{last}号").format(series=series, first=block.first, last=block.last)
    Console(as_json=as_json).show(block.model_dump(exclude_none=True), [f"{window}  {words}"])
