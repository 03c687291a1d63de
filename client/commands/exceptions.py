"""The exceptions list on the command line: what the platform refused and why, and a person's decision about it."""

from typing import Annotated

import typer

from client.commands.acting import acting
from client.console import Console
from client.desk.exceptions import CHOICE_WORDS, CaseIssue, Choice, Exceptions
from client.house import Door
from client.options import ActingAs, Json, Profile
from client.places import DEFAULT_PROFILE
from client.text import bracketed, labelled

app = typer.Typer()
exceptions_app = typer.Typer(help="What the platform refused: list it, decide about it.")
app.add_typer(exceptions_app, name="exceptions")


@exceptions_app.command("list")
def exceptions_list(ctx: typer.Context, *, profile: Profile = DEFAULT_PROFILE, as_json: Json = False) -> None:
    """What wants a decision, with the differences and the lawful choices."""
    door: Door = ctx.obj
    with door.read(profile) as house:
        found = Exceptions(house.counter).all()
    document = [
        {
            "id": issue.event_id,
            "case": issue.case_number,
            "what": issue.words,
            "kind": issue.kind,
            "reason": issue.reason,
            "differences": [each._asdict() for each in issue.differences],
            "choices": {choice: CHOICE_WORDS[choice] for choice in issue.choices},
        }
        for issue in found
    ]
    Console(as_json=as_json).show(document, [line for issue in found for line in _lines(issue)])


@exceptions_app.command("choose")
def exceptions_choose(
    ctx: typer.Context,
    event_id: Annotated[str, typer.Argument(metavar="ID", help="Of the entry, as `exceptions list` names it.")],
    choice: Annotated[Choice, typer.Argument(metavar="CHOICE", help="One of those it offers.")],
    *,
    reason: Annotated[
        str,
        typer.Option(metavar="WORDS", help="The paper: by which an application is withdrawn, or where a file's lies."),
    ] = "",
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """Decide about one entry; it goes up again with the next pass."""
    door: Door = ctx.obj
    with door.write(profile) as house:
        by = acting(door, house, profile, staff)
        number = Exceptions(house.counter).choose(event_id, choice, by, reason)
    Console(as_json=as_json).show({"case": number, "choice": choice}, [f"{number}  {CHOICE_WORDS[choice]}"])


def _lines(issue: CaseIssue) -> list[str]:
    differing = [
        "    " + labelled(field, f"{ours or '—'} → {theirs or '—'}") for field, ours, theirs in issue.differences
    ]
    choices = [f"    {choice.value}  {CHOICE_WORDS[choice]}" for choice in issue.choices]
    return [
        f"{issue.event_id}  {issue.case_number}  {issue.words}  {issue.kind}{bracketed(issue.reason)}",
        *differing,
        *choices,
    ]
