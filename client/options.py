"""The options every command has in common, said once."""

from typing import Annotated

import typer

Profile = Annotated[
    str, typer.Option("--profile", metavar="DIR|demo", help="The window's data: a folder, or the demo hall.")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, errors as one JSON line on stderr.")]
ActingAs = Annotated[
    str | None, typer.Option("--as", metavar="STAFF", help="Who acts (工号); the PIN is in YICHUANG_PIN_FILE.")
]
DEFAULT_PROFILE = "default"
