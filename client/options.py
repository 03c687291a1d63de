"""The options every command has in common, said once."""

from typing import Annotated

import typer

Profile = Annotated[str, typer.Option("--profile", metavar="DIR|demo", help="Data of one window: a folder, or `demo`.")]
Json = Annotated[bool, typer.Option("--json", help="JSON on stdout; an error as one JSON line on stderr.")]
ActingAs = Annotated[
    str | None, typer.Option("--as", metavar="STAFF", help="Who acts (工号); the PIN is in YICHUANG_PIN_FILE.")
]
