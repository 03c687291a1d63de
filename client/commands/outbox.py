"""The outbox by command: the list of the 同步 page, and what a person may do about an entry there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from client.commands.acting import acting
from client.console import Console
from client.desk.outbox_sheet import OutboxSheet
from client.desk.sending import HELD_WORDS, OUTBOX_WORDS, Sending, Show
from client.desk.staff import Staff
from client.house import Door, House
from client.options import ActingAs, Json, Profile
from client.places import DEFAULT_PROFILE
from client.retold import retold
from client.store.outbox import OutboxEntry, OutboxState
from client.text import bracketed

app = typer.Typer()

Retry = Annotated[str | None, typer.Option(metavar="ID", help="First put this refused entry back in the queue.")]
Hold = Annotated[
    str | None, typer.Option(metavar="ID", help="First hold this entry back; it waits, or was refused. With --reason.")
]
Release = Annotated[str | None, typer.Option(metavar="ID", help="First let this held entry go again.")]
Reason = Annotated[str, typer.Option(metavar="WORDS", help="Why it is held back.")]
Shown = Annotated[Show, typer.Option(metavar="WHICH", help=f"One of {', '.join(Show)}.")]
Export = Annotated[bool, typer.Option("--export", help="Write the list as a table file into the profile's `exports`.")]


@app.command()
def outbox(
    ctx: typer.Context,
    *,
    show: Shown = Show.ALL,
    retry: Retry = None,
    hold: Hold = None,
    reason: Reason = "",
    release: Release = None,
    export: Export = False,
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """List the events of this window and what became of them.

    One act on one entry comes first, by whoever may do it on the 同步 page. With --export the list is written to a file
    instead.
    """
    if sum(each is not None for each in (retry, hold, release)) > 1:
        raise typer.BadParameter("--retry, --hold, --release", param_hint="--hold")
    door: Door = ctx.obj
    console = Console(as_json=as_json)
    target: Path | None = None
    if retry or hold or release or export:
        with door.write(profile) as house:
            by = acting(door, house, profile, staff)
            _act(Sending(house.counter), by, retry=retry, hold=hold, reason=reason, release=release)
            if export:
                target = OutboxSheet(house.counter, show).begin(house.profile.folder, by)
    with door.read(profile) as house:
        if target is not None:
            rows = OutboxSheet(house.counter, show).write(target, lambda done: console.progress(f"{done}"))
            console.show({"file": target.resolve(), "entries": rows}, [f"{target}  {rows}"])
            return
        found = [each for each in _entries(house, show) if _is_wanted(each, show)]
    console.show([_told(each) for each in found], [f"{e.case}  {e.type:<24} {_state_words(e)}" for e in found])


def _act(sending: Sending, by: Staff, *, retry: str | None, hold: str | None, reason: str, release: str | None) -> None:
    if retry:
        sending.retry(retry, by)
    elif hold:
        sending.hold(hold, by, reason)
    elif release:
        sending.release(release, by)


def _entries(house: House, show: Show) -> Iterator[OutboxEntry]:
    """In their order; of those that arrived none where nobody asks for them."""
    rows, after = house.counter.memory.outbox(), 0
    settled = show in {Show.ALL, Show.STORED}
    while page := rows.entries(after=after, settled=settled):
        yield from page
        after = page[-1].sequence


def _is_wanted(entry: OutboxEntry, show: Show) -> bool:
    match show:
        case Show.ALL | Show.UNSETTLED:
            return True
        case Show.HELD:
            return entry.held is not None
        case _:
            return entry.state == show.value and entry.held is None


def _told(entry: OutboxEntry) -> dict[str, object]:
    told: dict[str, object] = {
        "id": entry.event_id,
        "case": entry.case,
        "type": entry.type,
        "state": entry.state,
        "attempts": entry.attempts,
        "last_error": entry.last_error,
    }
    return told if entry.held is None else {**told, "held": entry.held}


def _state_words(entry: OutboxEntry) -> str:
    if entry.held is not None:
        return HELD_WORDS[entry.state] + bracketed(entry.held)
    because = entry.ack if entry.state is OutboxState.STORED else entry.last_error
    return OUTBOX_WORDS[entry.state] + bracketed(retold(because or ""))
