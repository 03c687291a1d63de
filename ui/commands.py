"""The face's part of the command line: it opens the window."""

from pathlib import Path
from typing import Annotated

import typer

from client.options import Profile
from client.places import DEFAULT_PROFILE
from ui.start import Asked, Doors, size_of, start
from ui.theme.tokens import Theme

app = typer.Typer()


@app.command()
def run(
    ctx: typer.Context,
    *,
    profile: Profile = DEFAULT_PROFILE,
    theme: Annotated[Theme | None, typer.Option(help="How it looks, whatever the settings say.")] = None,
    large: Annotated[bool, typer.Option("--large", help="Large type, whatever the settings say.")] = False,
    size: Annotated[
        str | None, typer.Option(metavar="WIDTHxHEIGHT", help="Of the window; without it the whole screen.")
    ] = None,
    narrate: Annotated[
        Path | None, typer.Option(metavar="FILE", hidden=True, help="Tell FILE what the window shows.")
    ] = None,
) -> None:
    """Open the window on the screen.

    A second start of the same profile brings the first one to the front.
    """
    doors: Doors = ctx.obj
    wanted = size_of(size) if size is not None else None
    if size is not None and wanted is None:
        raise typer.BadParameter("WIDTHxHEIGHT, e.g. 1366x768", param_hint="--size")
    raise typer.Exit(start(doors, Asked(profile, theme, large, wanted, narrate)))
