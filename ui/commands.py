"""The face's part of the command line: it opens the window."""

from pathlib import Path
from typing import Annotated, Protocol

import typer

from client.config import Settings
from client.errors import StoreError
from client.options import DEFAULT_PROFILE, Profile
from ui.door import WindowDoor
from ui.theme.tokens import Theme

app = typer.Typer()


class Doors(Protocol):
    """What the front door hands to this command in `ctx.obj`."""

    def window(self, profile: str) -> WindowDoor: ...


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
    from ui.app import Looks, open_window  # noqa: PLC0415 - Qt loads only where there is a window

    door: Doors = ctx.obj
    window = door.window(profile)
    settings = _settings(window)
    looks = Looks(
        theme or Theme(settings.theme if settings else Theme.LIGHT),
        large or bool(settings and settings.large_type),
        _size(size),
        narrate,
        settings.keys if settings else {},
    )
    raise typer.Exit(open_window(window, looks))


def _settings(window: WindowDoor) -> Settings | None:
    """None where there are none, or wrong ones: the window opens all the same, and says so."""
    try:
        return window.settings()
    except StoreError:
        return None


def _size(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    width, _, height = text.partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise typer.BadParameter("WIDTHxHEIGHT, e.g. 1366x768", param_hint="--size")
    return int(width), int(height)
