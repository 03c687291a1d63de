"""`yichuang paper offers`, `look` and `issue`: papers that no act of the window brings along, made for a case."""

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from client.commands.acting import acting
from client.commands.cases import paper_app
from client.console import Console
from client.desk.issuing import Issuing, Offer
from client.desk.lettering import texts_of, told
from client.desk.looks import Looks, look_of
from client.errors import CaseError, DeskError, Fault
from client.house import Door, House
from client.options import ActingAs, Json, Profile
from client.places import DEFAULT_PROFILE
from client.ports.papers import OwnLook, PaperKind
from client.rules.numbering import CaseNumber
from client.text import labelled, tr

app = typer.Typer()  # the commands stand among those of papers

LARGEST = 1 << 20  # bytes of a file of entries
NO_ENTRIES = Fault(
    "PAPER-343",
    tr("填写内容的文件{file}不能使用"),
    tr("应为 UTF-8 的 JSON，项名用 paper offers --json 查看；没有出具任何文书"),
)


class Large(StrEnum):
    """What of the size is wanted."""

    YES = "yes"
    NO = "no"
    USUAL = "usual"


_LARGE: Mapping[Large, bool | None] = {Large.YES: True, Large.NO: False, Large.USUAL: None}


@paper_app.command("offers")
def paper_offers(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="CASE", help="办件编号, with or without hyphens.")],
    *,
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """Which papers may be made for a case now, and what is asked for each (a JSON Schema)."""
    door: Door = ctx.obj
    with door.read(profile) as house:
        record = house.counter.numbered_case(str(CaseNumber.parse(number)))
        offers = Issuing(house.counter).offers(record.case_id)
    document = [{"kind": offer.kind, "title": offer.title, "entries": offer.schema} for offer in offers]
    Console(as_json=as_json).show(document, [line for offer in offers for line in _lines(offer)])


@paper_app.command("look")
def paper_look(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="CASE", help="办件编号, with or without hyphens.")],
    *,
    large: Annotated[Large | None, typer.Option(help="Large type; `usual` as the settings have it.")] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Second language: en; `none`, or `usual` as the settings.")
    ] = None,
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """How further papers of a case will look, and what its citizen wants of it; what is issued stays as it is."""
    door: Door = ctx.obj
    wanted = str(CaseNumber.parse(number))
    known = {"none": "", "usual": None, **{code: code for code in door.templates(profile).in_force().languages}}
    if language is not None and language not in known:
        raise typer.BadParameter(", ".join(known), param_hint="--language")
    if large is None and language is None:
        with door.read(profile) as house:
            counter = house.counter
            look = look_of(counter.numbered_case(wanted), counter.settings, counter.today())
    else:
        with door.write(profile) as house:
            by = acting(door, house, profile, staff)
            record = house.counter.numbered_case(wanted)
            size = record.own_look.large if large is None else _LARGE[large]
            second = record.own_look.second if language is None else known[language]
            look = Looks(house.counter).want(record.case_id, by, OwnLook(large=size, second=second))
    lines = [
        labelled(tr("大字"), tr("是") if look.large else tr("否")),
        labelled(tr("第二语言"), look.second or tr("无")),
    ]
    Console(as_json=as_json).show(look.model_dump(), lines)


@paper_app.command("issue")
def paper_issue(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="CASE", help="办件编号, with or without hyphens.")],
    kind: Annotated[PaperKind, typer.Argument(metavar="KIND", help="One that `paper offers` names.")],
    *,
    entries: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=WORDS", help="What is asked for it; again.")
    ] = None,
    file: Annotated[Path | None, typer.Option(metavar="FILE.json", help="The same, all of it, in a file.")] = None,
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """Make a paper for a case: numbered where it is the organ's, drawn, and printed as soon as it may be."""
    door: Door = ctx.obj
    given = {**_in_file(file), **_set(entries or ())}
    wanted = str(CaseNumber.parse(number))
    with door.write(profile) as house:
        by = acting(door, house, profile, staff)
        record = house.counter.numbered_case(wanted)
        issuing = Issuing(house.counter)
        paper_id = issuing.issue(record.case_id, by, kind, given)
        warnings = [*told(house.counter.lettering, texts_of(given)), *_undrawn(house, paper_id)]
        paper = issuing.paper(paper_id)
    document: dict[str, object] = {"kind": paper.kind, "number": paper.number, "state": paper.state}
    if warnings:
        document["warnings"] = warnings
    lines = [paper.number or str(paper.paper_id), *(f"! {warning}" for warning in warnings)]
    Console(as_json=as_json).show(document, lines)


def _undrawn(house: House, paper_id: int) -> list[str]:
    """Why the paper has no page yet; it is numbered and on the books all the same."""
    try:
        house.draw([paper_id])
    except DeskError as error:
        return [error.title]
    return []


def _lines(offer: Offer) -> list[str]:
    owed = offer.schema.get("required", ())
    fields = offer.schema.get("properties", {}).items()
    optional = tr("（可不填）")
    return [
        f"{offer.kind:<26} {offer.title}",
        *(f"    {name:<22} {field.get('title', name)}{'' if name in owed else optional}" for name, field in fields),
    ]


def _set(pairs: Sequence[str]) -> dict[str, str]:
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        raise typer.BadParameter(wrong[0], param_hint="--set")
    return dict(pair.split("=", 1) for pair in pairs)


def _in_file(file: Path | None) -> Mapping[str, Any]:
    if file is None:
        return {}
    try:
        with file.open("rb") as opened:
            content = json.loads(opened.read(LARGEST).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise CaseError(NO_ENTRIES, file=file.name) from error
    if not isinstance(content, dict):
        raise CaseError(NO_ENTRIES, file=file.name)
    return content
