"""What a person does with page files by command: clean them as the window does with what it scans."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from client.console import Console
from client.options import Json
from client.ports.pages import CleanedPage, Tint
from client.text import tr
from devices.reading_commands import page_read

page_app = typer.Typer(help="Page files: clean one, or read its print.")
page_app.command("read")(page_read)


@page_app.command("clean")
def page_clean(
    file: Annotated[
        Path, typer.Argument(metavar="IN", help="A picture (JPEG, PNG) or a PDF.", exists=True, dir_okay=False)
    ],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the page goes; a PDF where it ends in .pdf.")],
    *,
    give_up: Annotated[Tint, typer.Option(help="How far colour may go where a page needs none.")] = Tint.GREY,
    most: Annotated[int | None, typer.Option(metavar="KIB", min=20, help="The size a page should keep to.")] = None,
    purpose: Annotated[str | None, typer.Option(metavar="TEXT", help="The matter it is for alone.")] = None,
    keep_blank: Annotated[bool, typer.Option("--keep-blank", help="Blank pages of a PDF stay in it.")] = False,
    as_json: Json = False,
) -> None:
    """Straighten, crop and judge a page.

    IN stays as it is. Of a PDF every page is drawn at 300 dpi; blank ones are left out.
    """
    from devices.pages.clean import Wishes  # noqa: PLC0415 - OpenCV loads late: other commands start without it
    from devices.pages.use import clean_file  # noqa: PLC0415 - the same

    if out.exists() and out.samefile(file):
        raise typer.BadParameter(tr("不能写在原文件上"), param_hint="--out")
    wishes = Wishes(give_up=give_up, most_bytes=most and most * 1024, purpose=purpose)
    pages = clean_file(file, out, wishes, keep_blank=keep_blank, at=datetime.now(UTC))
    rows = [as_row(page) for page in pages]
    told = rows[0] if len(rows) == 1 else {"pages": rows, "blank_pages": sum(page.blank for page in pages)}
    lines = [f"{key}: {value}" for row in rows for key, value in row.items()]
    Console(as_json=as_json).show({"out": str(out), **told}, lines)


@page_app.command("sides")
def page_sides(
    front: Annotated[Path, typer.Argument(metavar="FRONT", help="One side of a card.", exists=True, dir_okay=False)],
    back: Annotated[Path, typer.Argument(metavar="BACK", help="The other side.", exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the page goes, a JPEG.")],
    *,
    purpose: Annotated[str | None, typer.Option(metavar="TEXT", help="The matter it is for alone.")] = None,
    as_json: Json = False,
) -> None:
    """Put both sides of a card on one A4 page.

    Each side is cut to its card where it lies on something darker, and levelled; the size is that of a card.
    """
    from devices.pages.clean import Wishes  # noqa: PLC0415 - OpenCV loads late: other commands start without it
    from devices.pages.use import sides_on_one  # noqa: PLC0415 - the same

    page = sides_on_one(front, back, out, Wishes(purpose=purpose))
    Console(as_json=as_json).show({"out": str(out), **as_row(page)}, [str(out)])


def as_row(page: CleanedPage) -> dict[str, object]:
    """One page as `page clean --json` tells of it."""
    skew = page.skew_degrees
    return {
        "width": page.width,
        "height": page.height,
        "dpi": page.dpi,
        "tint": page.tint.value,
        "rotated": page.rotated,
        "skew_degrees": None if skew is None else round(skew, 2) + 0.0,
        "cropped": page.cropped,
        "blank": page.blank,
        "sharpness": page.sharpness,
        "warnings": [warning.value for warning in page.warnings],
        "codes": [{"format": code.format, "text": code.text} for code in page.codes],
        "bytes": len(page.content),
    }
