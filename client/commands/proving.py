"""`yichuang paper verify`: whether a paper is genuine, asked of its QR code without a network or a store."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final

import typer

from client.commands.cases import paper_app
from client.console import Console
from client.desk.proving import facts_told, known_here
from client.errors import Fault, StoreError
from client.house import Door
from client.options import Json
from client.places import DEFAULT_PROFILE
from client.ports.statements import CODE_BEGINS, PART_WORDS, STANDING_WORDS, PaperVerdict, Standing
from client.text import labelled, listed, tr

app = typer.Typer()  # the command stands among those of papers

MOST_BYTES: Final = 64 * 1024 * 1024
STATUS: Final[Mapping[Standing, int]] = MappingProxyType(
    {
        Standing.GENUINE: 0,
        Standing.KEPT: 0,
        Standing.ALTERED: 3,
        Standing.VOIDED: 4,
        Standing.REVOKED: 5,
        Standing.UNKNOWN_KEY: 6,
        Standing.UNSIGNED: 7,
    }
)
NOT_READ = Fault(
    "PAPER-285",
    tr("读不到文件{file}"),
    tr("请核对路径、大小（不超过64MB）和读取权限；二维码的文字要连同开头的YC"),
)


@paper_app.command("verify")
def paper_verify(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="FILE|TEXT", help="A PDF, a picture, or the text of the QR code.")],
    *,
    trust: Annotated[
        list[Path] | None,
        typer.Option("--trust", metavar="FILE", help="Certificates and revocation lists besides the hall's; again."),
    ] = None,
    profile: Annotated[
        str, typer.Option("--profile", metavar="DIR|demo", help="The window whose `trust` and papers count too.")
    ] = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """Whether a paper is genuine, by its QR code.

    Exit status: 0 genuine, 3 altered, 4 voided, 5 key revoked, 6 unknown key, 7 unsigned; 1 where no QR code of ours
    was read.
    """
    door: Door = ctx.obj
    prover, now = door.prover(profile, trust or ()), datetime.now().astimezone()
    if what.startswith(CODE_BEGINS):
        verdict, content = prover.prove_text(what, now), b""
    else:
        content = _content(Path(what))
        verdict = prover.prove_file(content, now)
    verdict = _with_records(door, profile, verdict, content)
    Console(as_json=as_json).show(_document(verdict), list(_lines(verdict)))
    if status := STATUS[verdict.standing]:
        raise typer.Exit(status)


def _with_records(door: Door, profile: str, verdict: PaperVerdict, content: bytes) -> PaperVerdict:
    """What the window's own records add; a window that cannot be opened here adds that it was not asked."""
    if not door.place(profile).holds_data():
        return verdict
    try:
        with door.read(profile) as house:
            return known_here(house.counter, verdict, content)
    except StoreError as error:
        return replace(verdict, notes=(*verdict.notes, tr("没有核对本机记录：{why}").format(why=error.title)))


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # a name that is none for this system
        raise StoreError(NOT_READ, file=file.name) from error
    if len(content) > MOST_BYTES:
        raise StoreError(NOT_READ, file=file.name)
    return content


def _document(verdict: PaperVerdict) -> dict[str, object]:
    statement, signer = verdict.statement, verdict.signer
    return {
        "standing": verdict.standing,
        "altered": list(verdict.altered),
        "paper": {
            "kind": statement.kind,
            "number": statement.paper_number or None,
            "case_number": statement.case_number,
            "query_code": statement.query_code,
            "issued_at": statement.issued_at,
            "until": statement.until,
            "organ": statement.organ,
            "applicant": statement.applicant,
            "sm3": statement.digest.hex(),
        },
        "key": statement.key.hex() or None,
        "signed_at": statement.signed_at,
        "signer": signer and {"subject": signer.subject, "serial": signer.serial},
        "notes": list(verdict.notes),
    }


def _lines(verdict: PaperVerdict) -> Iterator[str]:
    yield STANDING_WORDS[verdict.standing]
    if verdict.altered:
        yield "  " + labelled(tr("不一致"), listed(PART_WORDS[part] for part in verdict.altered))
    for name, value in facts_told(verdict):
        yield "  " + labelled(name, value)
    yield from (f"  {note}" for note in verdict.notes)
