"""The rating box's part of the command line: a trial of its keys."""

from contextlib import closing
from typing import Annotated

import typer

from client.console import Console
from client.options import Json
from client.ports.rating import GRADE_WORDS
from client.text import tr

rating_app = typer.Typer(help="The rating box: try its keys.")


@rating_app.callback()
def _group() -> None:
    """One command alone would lose its name."""


@rating_app.command("ask")
def rating_ask(
    box: Annotated[
        str, typer.Option(metavar="ADDRESS", help="As the setting `rating_port` has it: COM5?digit-from-best.")
    ],
    *,
    as_json: Json = False,
) -> None:
    """Wait for one key of the rating box.

    Nothing is kept or sent: whoever sets up a box sees which grade a key is. No key within half a minute is no grade.
    """
    from devices.rating.use import box_of  # noqa: PLC0415 - pyserial loads late: other commands start without it

    with closing(box_of(box)) as found:
        grade = found.ask(lambda: False)
    Console(as_json=as_json).show({"grade": grade}, [GRADE_WORDS[grade] if grade else tr("没有人按键")])
