"""The command that reads a page: its lines, and what of them could be offered for a form."""

from pathlib import Path
from typing import Annotated, Protocol

import typer

from client.console import Console
from client.options import Json
from client.ports.clock import Clock
from client.text import tr


class ReadingDoor(Protocol):
    """What the front door hands to these commands in `ctx.obj`."""

    @property
    def clock(self) -> Clock: ...


def page_read(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="IN", help="A page: JPEG, PNG or PDF.")],
    *,
    sheet: Annotated[int, typer.Option("--sheet", metavar="N", min=1, help="Which sheet of a PDF.")] = 1,
    as_json: Json = False,
) -> None:
    """Read a page into suggestions.

    By the optional component (extra `ocr`), without any network. Only what checks is offered; boxes are pixels of the
    upright page as it was read, whose size is told.
    """
    from client.rules.suggestions import SUGGESTION_WORDS, suggestions  # noqa: PLC0415 - card and scan do without
    from devices.pages.inspect import inspect_page  # noqa: PLC0415 - Pillow loads late
    from devices.pages.painter import Painter  # noqa: PLC0415 - same
    from devices.pages.reading import Reader  # noqa: PLC0415 - same

    if not file.is_file():
        raise typer.BadParameter(tr("没有文件") + f" {file}", param_hint="IN")
    door: ReadingDoor = ctx.obj
    content = file.read_bytes()
    facts = inspect_page(content, file.name)
    reading = Reader(Painter()).read(content, facts.media_type, sheet - 1)
    offered = suggestions(reading.lines, door.clock().date())
    document = {"width": reading.width, "height": reading.height, "lines": reading.lines, "suggestions": offered}
    told = [f"{SUGGESTION_WORDS[each.kind]}: {each.text} ({each.confidence:.0%})" for each in offered]
    Console(as_json=as_json).show(document, told)
