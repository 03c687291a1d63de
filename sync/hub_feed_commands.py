"""What goes between a platform, its nodes and windows, by hand: packs sent down, numbers, what waits to go up."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import typer

from client.console import Console
from client.errors import CaseError
from client.options import Json
from client.retold import retold
from client.rules.items import HANDLE_ITEM
from client.rules.numbering import PaperNumber, number_in
from client.rules.packs import PackKind
from client.text import chinese, listed, tr

app = typer.Typer()

StoreUrl = Annotated[str, typer.Option(metavar="URL", help="SQLAlchemy URL of the platform's store.")]

_LINE_WORDS: Mapping[bool | None, str] = MappingProxyType(
    {True: tr("与上级平台连通"), False: tr("与上级平台不通"), None: tr("还没有与上级平台联系过")}
)


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
    if wrong := [each for each in withdraw or () if not HANDLE_ITEM.fullmatch(each)]:
        raise typer.BadParameter(
            tr("{codes}不是33位的业务办理项编码").format(codes=listed(wrong)), param_hint="--withdraw"
        )
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


@app.command("upstream")
def hub_upstream(*, store: StoreUrl = "sqlite:///hub.db", as_json: Json = False) -> None:
    """Tell what a hall's node has not passed on, and whether it reaches the platform above.

    Exit status 1 while something has not arrived there, or the last pass did not come through.
    """
    from sync.hub.upstream import standing  # noqa: PLC0415 - the client never loads the hub

    found = standing(store, datetime.now(UTC))
    words = tr("{url}  {line}；待转交 {waiting}，结果待核实 {unknown}，平台未接收 {refused}")
    lines = [words.format(line=_LINE_WORDS[found.reached], **asdict(found))]
    if found.oldest is not None:
        lines.append(tr("最早的一条已等待 {minutes} 分钟").format(minutes=found.oldest // 60))
    if found.trouble:
        lines.append(retold(found.trouble))
    if found.url is None:
        lines = [tr("这里不是大厅节点，没有要向上转交的")]
    Console(as_json=as_json).show(found, lines)
    if found.reached is False or not found.arrived:
        raise typer.Exit(1)
