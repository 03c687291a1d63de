"""The fonts of the papers by command: which letters of a text are drawn, and by which font."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from client.console import Console
from client.errors import Fault, StoreError
from client.options import Json
from client.ports.glyphs import CODE_POINT, DRAWN_WORDS, Letter, advice_of, not_whole
from client.text import apart, bracketed, labelled, tr
from printing.papers.glyph_report import Report, block_of

app = typer.Typer(help="Fonts of the papers: which characters they draw.")

MOST_BYTES: Final = 16 * 1024 * 1024
NOT_READ = Fault(
    "PAPER-260", tr("读不到文字文件{file}"), tr("请核对路径、大小（不超过16MB）和读取权限；文件须是UTF-8编码的纯文本")
)


@app.command("check")
def check(
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="A name, or any text.")] = None,
    *,
    file: Annotated[Path | None, typer.Option("--file", metavar="FILE", help="Of a text file in UTF-8.")] = None,
    as_json: Json = False,
) -> None:
    """Which characters the papers draw, and by which font.

    Of a file only those are told that are not drawn as they are. Exit status: 0 all are drawn, 1 one is not.
    """
    if file is not None and text is None:
        text = _content(file)
    elif file is not None or text is None:
        raise typer.BadParameter(tr("二者取一"), param_hint="TEXT / --file")
    letters = list(dict.fromkeys(Report().letters(text)))
    lost = sum(letter.drawn in CODE_POINT for letter in letters)
    told = not_whole(letters) if file is not None else letters
    document = {"ok": not lost, "characters": len(letters), "lost": lost, "letters": [*map(_document, told)]}
    Console(as_json=as_json).show(document, [*_lines(told), _sum(len(letters), lost)])
    if lost:
        raise typer.Exit(1)


@app.command("coverage")
def coverage(*, as_json: Json = False) -> None:
    """What the papers draw of GB 18030-2022 and of each block.

    Counted anew from the fonts that this program has.
    """
    from printing.papers.coverage import Covered, by_block, of_gb18030  # noqa: PLC0415 - reportlab loads with it

    def told(each: Covered) -> dict[str, object]:
        return {"name": each.name, "codes": each.codes, "characters": each.characters, "fonts": dict(each.fonts)}

    standard, listed = of_gb18030(), by_block()
    lines = [_counted(f"GB 18030-2022 {each.name}", each.drawn, each.characters) for each in standard]
    lines += [
        apart([_counted(each.name, each.drawn, each.characters), each.codes, " ".join(each.fonts)]) for each in listed
    ]
    document = {"gb18030_2022": [*map(told, standard)], "blocks": [*map(told, listed)]}
    Console(as_json=as_json).show(document, lines)


def _counted(name: str, drawn: int, characters: int) -> str:
    return labelled(name, f"{drawn}/{characters}")


def _content(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
        text = content.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        raise StoreError(NOT_READ, file=file.name) from error
    if len(content) > MOST_BYTES:
        raise StoreError(NOT_READ, file=file.name)
    return text


def _document(letter: Letter) -> dict[str, object]:
    return {
        "char": letter.char,
        "code": letter.code,
        "block": block_of(letter.char) or None,
        "drawn": letter.drawn,
        "font": letter.font or None,
        "better": letter.better or None,
        "advice": advice_of(letter) or None,
    }


def _lines(letters: Sequence[Letter]) -> Iterator[str]:
    for letter in letters:
        shown = letter.char if letter.is_whole else "〓"
        how = letter.font if letter.is_whole else labelled(DRAWN_WORDS[letter.drawn], advice_of(letter))
        yield apart([shown, letter.code + bracketed(block_of(letter.char)), how])


def _sum(characters: int, lost: int) -> str:
    if not lost:
        return tr("共{characters}个不同的字，都能打印").format(characters=characters)
    return tr("共{characters}个不同的字，其中{lost}个不能打印").format(characters=characters, lost=lost)
