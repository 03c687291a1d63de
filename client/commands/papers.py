"""`yichuang paper list`: the papers of this window, found as on the page 文书."""

from typing import Annotated

import typer

from client.commands.cases import paper_app
from client.console import Console
from client.desk.paper_finding import PaperFound, PaperWish, Show, find
from client.house import Door
from client.options import Json, Profile
from client.places import DEFAULT_PROFILE
from client.ports.papers import PaperKind
from client.rules.numbering import CaseNumber, paper_number_of
from client.text import tr

app = typer.Typer()  # the command stands among those of papers

PAGE = 200


@paper_app.command("list")
def paper_list(
    ctx: typer.Context,
    words: Annotated[
        str, typer.Argument(metavar="WORDS", help="文书编号 or its serial, 办件编号 or its end, or a name.")
    ] = "",
    *,
    number: Annotated[str | None, typer.Option(metavar="NUMBER", help="Of this 文书编号 alone.")] = None,
    case: Annotated[str | None, typer.Option(metavar="CASE", help="Of this 办件编号 alone.")] = None,
    kind: Annotated[PaperKind | None, typer.Option(metavar="KIND", help=f"One of {', '.join(PaperKind)}.")] = None,
    state: Annotated[Show | None, typer.Option(metavar="STATE", help=f"One of {', '.join(Show)}.")] = None,
    on: Annotated[
        str, typer.Option(metavar="DAYS", help="A day, month or year, or from one to another: 11-01..11-15.")
    ] = "",
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the newest.")] = PAGE,
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """List the papers of this window, masked, the newest first.

    JSON: `papers`, each with number, kind, case, applicant, state and print; `more` tells whether others fit.
    """
    door: Door = ctx.obj
    if number is not None:
        words = str(paper_number_of(number))
    elif case is not None:
        words = str(CaseNumber.parse(case))
    with door.read(profile) as house:
        page = find(house.counter, PaperWish(words, kind, state, on), limit=limit)
    lines = [_line(paper) for paper in page.papers] or [tr("没有符合条件的文书")]
    if page.more is not None:
        lines.append(tr("还有更早的，请用 --limit 或 --on 查看"))
    Console(as_json=as_json).show(
        {"papers": [_document(paper) for paper in page.papers], "more": page.more is not None}, lines
    )


def _line(paper: PaperFound) -> str:
    parts = (
        f"{paper.issued_at:%Y-%m-%d %H:%M}",
        paper.words,
        paper.number or "—",
        paper.case_number,
        paper.applicant_name,
        paper.state_words,
        paper.print_said,
    )
    return "  ".join(parts)


def _document(paper: PaperFound) -> dict[str, object]:
    return {
        "number": paper.number,
        "central_number": paper.central_number,
        "kind": paper.kind,
        "case_number": paper.case_number,
        "applicant": paper.applicant_name,
        "issued_at": paper.issued_at,
        "state": paper.state,
        "void_reason": paper.void_reason or None,
        "reprints": paper.reprints,
        "print": paper.print_state,
        "print_reason": paper.print_reason or None,
    }
