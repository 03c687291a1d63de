"""A hall's own words for its papers, by command: what counts, whether a pack is right, how papers look by it."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Protocol

import typer

from client.console import Console
from client.options import Json, Profile
from client.places import DEFAULT_PROFILE
from client.ports.papers import PAPER_WORDS, PaperKind, PaperLook
from client.ports.templates import InForce, Templates, Trouble
from client.text import labelled, listed, source_of, tr

app = typer.Typer(help="A hall's own words for its papers.")
_SUFFIXES = (".pdf", ".png")
_DPI = 96


class TemplateDoor(Protocol):
    """What the front door hands to these commands in `ctx.obj`, as far as they need it."""

    def templates(self, profile: str) -> Templates: ...


File = Annotated[Path, typer.Argument(metavar="FILE", help="A template pack (TOML).")]


@app.command("list")
def list_(ctx: typer.Context, *, profile: Profile = DEFAULT_PROFILE, as_json: Json = False) -> None:
    """By which words the papers of this window are drawn."""
    door: TemplateDoor = ctx.obj
    told = door.templates(profile).in_force()
    Console(as_json=as_json).show(asdict(told), list(_lines(told)))


@app.command("words")
def words(*, language: Annotated[str, typer.Option(metavar="CODE", help="Of a second language: en.")] = "") -> None:
    """The shipped words, to write a pack over: TOML."""
    from printing.papers.template import BASE, shipped_languages  # noqa: PLC0415 - only this command reads them here

    if language and language not in shipped_languages():
        raise typer.BadParameter(", ".join(shipped_languages()), param_hint="--language")
    name = f"{BASE}.{language}.toml" if language else f"{BASE}.toml"
    text = (files("resources") / "papers" / name).read_text(encoding="utf-8")
    Console(as_json=False).show(None, text.splitlines())


@app.command("check")
def check(ctx: typer.Context, file: File, *, profile: Profile = DEFAULT_PROFILE, as_json: Json = False) -> None:
    """Whether a pack may be taken; all that is wrong with it.

    Its words are drawn on a sample of every kind of paper. Exit status: 0 right, 1 wrong.
    """
    door: TemplateDoor = ctx.obj
    shelf = door.templates(profile)
    told, troubles = shelf.check(shelf.read(file))
    document = {"ok": not troubles, "name": told.name, "troubles": [asdict(each) for each in troubles]}
    lines = [each.told for each in troubles] or [tr("可以采用：{name}").format(name=told.name)]
    Console(as_json=as_json).show(document, lines)
    if troubles:
        raise typer.Exit(1)


@app.command("take")
def take(ctx: typer.Context, file: File, *, profile: Profile = DEFAULT_PROFILE, as_json: Json = False) -> None:
    """Take a pack for this window: the next paper is drawn by it.

    A wrong one is refused and the old one stays. Papers that were issued stay as they are.
    """
    door: TemplateDoor = ctx.obj
    shelf = door.templates(profile)
    told, taken = shelf.take(shelf.read(file))
    lines = list(_lines(told))
    if told.name != taken:
        lines.append(tr("{taken} 已存好，但是另一个位置的模板优先").format(taken=taken))
    Console(as_json=as_json).show({**asdict(told), "taken": taken}, lines)


@app.command("preview")
def preview(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="A pack; without one what counts now.")] = None,
    *,
    kind: Annotated[str, typer.Option(metavar="KIND", help="Of paper: its name, or acceptance_notice etc.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where it goes: .pdf, or .png for its first page.")],
    large: Annotated[bool, typer.Option("--large", help="In large type.")] = False,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="With a second language: en.")] = None,
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """Draw a sample paper by a pack."""
    if out.suffix.lower() not in _SUFFIXES:
        raise typer.BadParameter(", ".join(_SUFFIXES), param_hint="--out")
    door: TemplateDoor = ctx.obj
    shelf = door.templates(profile)
    content = None if file is None else shelf.read(file)
    languages = (shelf.in_force() if content is None else shelf.check(content)[0]).languages
    if language is not None and language not in languages:
        raise typer.BadParameter(", ".join(languages), param_hint="--language")
    pdf = shelf.sample(_kind(kind), PaperLook(large=large, second=language), content)
    out.write_bytes(pdf if out.suffix.lower() == ".pdf" else first_page(pdf))
    Console(as_json=as_json).show({"out": out}, [str(out)])


def _kind(named: str) -> PaperKind:
    for kind in PaperKind:
        if named in {kind.value, source_of(PAPER_WORDS[kind])}:
            return kind
    raise typer.BadParameter(", ".join(PaperKind), param_hint="--kind")


def first_page(pdf: bytes) -> bytes:
    """PNG of the first page, as large as on a screen."""
    from io import BytesIO  # noqa: PLC0415 - with what it is for

    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415 - it has no types; only a picture needs it

    into = BytesIO()
    with pypdfium2.PdfDocument(pdf) as document:
        document[0].render(scale=_DPI / 72).to_pil().save(into, "PNG")
    return into.getvalue()


def _lines(told: InForce) -> Iterator[str]:
    yield labelled(tr("生效的模板"), told.name)
    if told.pack is not None:
        yield labelled(tr("文件"), told.pack)
        yield labelled(tr("制作日期"), told.made_on)
    yield labelled(tr("第二语言"), listed(told.languages))
    if told.refused is not None:
        yield tr("没有采用 {path}：").format(path=told.refused)
        yield from _troubles(told.troubles)


def _troubles(troubles: Sequence[Trouble]) -> Iterator[str]:
    return (f"  {each.told}" for each in troubles)
