"""The seals' part of the command line: what a seal says, and whether it or what it was put on is genuine."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Final

import typer

from client.console import Console
from client.errors import Fault, StoreError
from client.options import Json
from client.places import DEFAULT_PROFILE, trust_folders
from client.ports.seals import CHECK_WORDS, CheckName, SealForm, Verdict
from client.text import labelled, tr

app = typer.Typer()
seal_app = typer.Typer(help="Electronic seals: what one says, whether it is genuine.")
app.add_typer(seal_app, name="seal")

_ROOM: Final = timedelta(days=1)
MOST_BYTES: Final = 256 * 1024 * 1024  # of a sealed document
NOT_READ = Fault("SEAL-110", tr("读不到文件{file}"), tr("请核对路径、大小（不超过256MB）和读取权限"))
NOT_WRITTEN = Fault("SEAL-111", tr("印模图片没有写成文件{file}"), tr("请核对目录和磁盘空间后再试"))
FORM_WORDS = {
    SealForm.SEAL: tr("电子印章"),
    SealForm.SIGNATURE: tr("电子签章"),
    SealForm.PDF: tr("PDF文件"),
    SealForm.OFD: tr("OFD文件"),
}

File = Annotated[Path, typer.Argument(metavar="FILE", help="A seal (.esl), a signature, a PDF or an OFD.")]
At = Annotated[str | None, typer.Option("--at", metavar="TIME", help="Judge for this moment, ISO 8601; now otherwise.")]
TrustFiles = Annotated[
    list[Path] | None,
    typer.Option("--trust", metavar="FILE", help="Roots and revocation lists besides the hall's, DER or PEM; again."),
]
Hall = Annotated[str, typer.Option("--profile", metavar="DIR|demo", help="The window whose folder `trust` counts too.")]


@seal_app.command("inspect")
def inspect(
    file: File,
    *,
    at: At = None,
    trust: TrustFiles = None,
    picture: Annotated[
        Path | None, typer.Option("--picture", metavar="OUT", help="Write the seal's picture there.")
    ] = None,
    profile: Hall = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """What a seal says of itself, and how it stands."""
    form, verdicts = _judged(file, None, at, trust, profile)
    if picture is not None and verdicts and (seal := verdicts[0].seal) is not None:
        try:
            picture.write_bytes(seal.picture.content)
        except OSError as error:
            raise StoreError(NOT_WRITTEN, file=picture) from error
    _show(form, verdicts, as_json=as_json)


@seal_app.command("verify")
def verify(
    file: File,
    *,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DATA", help="What a detached signature was put on.")
    ] = None,
    at: At = None,
    trust: TrustFiles = None,
    profile: Hall = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """Whether a seal, or what it was put on, is genuine: each check by itself.

    Exit status 1 where one of them fails, or where nobody sealed the document.
    """
    form, verdicts = _judged(file, data, at, trust, profile)
    _show(form, verdicts, as_json=as_json)
    if not _ok(verdicts):
        raise typer.Exit(1)


def _judged(
    file: Path, data: Path | None, at: str | None, trust: Sequence[Path] | None, profile: str
) -> tuple[SealForm, Sequence[Verdict]]:
    from printing.seals.trusted import trust_in  # noqa: PLC0415 - seals load late: other commands start without them
    from printing.seals.use import form_of, judge  # noqa: PLC0415 - same

    moment, content = _moment(at), _content(file)
    protected = None if data is None else _content(data)
    trusted = trust_in(trust_folders(profile), trust or ())
    return form_of(content), judge(content, moment, trusted, protected)


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise StoreError(NOT_READ, file=file) from error
    if len(content) > MOST_BYTES:
        raise StoreError(NOT_READ, file=file)
    return content


def _moment(at: str | None) -> datetime:
    try:
        moment = datetime.now(UTC) if at is None else datetime.fromisoformat(at)
        told = moment.astimezone()
        _ = told - _ROOM, told + _ROOM  # at the ends of time no zone and no slack is reckoned with
    except (ValueError, OverflowError) as error:
        raise typer.BadParameter("2026-11-28T09:00", param_hint="--at") from error
    return told


def _ok(verdicts: Sequence[Verdict]) -> bool:
    return bool(verdicts) and all(verdict.ok for verdict in verdicts)


def _show(form: SealForm, verdicts: Sequence[Verdict], *, as_json: bool) -> None:
    """One object; of a document with several seals the first that is wrong, and all of them in `verdicts`."""
    worst = next((each for each in verdicts if not each.ok), verdicts[0] if verdicts else None)
    told = _as_json(worst or Verdict(form, None, None, None, None, ()))
    if len(verdicts) > 1:
        told["verdicts"] = [_as_json(verdict) for verdict in verdicts]
    lines = [line for verdict in verdicts for line in _lines(verdict)]
    Console(as_json=as_json).show(told, lines or [tr("{form}，没有电子签章").format(form=FORM_WORDS[form])])


def _as_json(verdict: Verdict) -> dict[str, object]:
    seal, signer = verdict.seal, verdict.signer
    return {
        "form": verdict.form,
        "version": verdict.version,
        "seal": seal
        and {
            "name": seal.name,
            "esID": seal.es_id,
            "type": seal.type,
            "vendor": seal.vendor,
            "created_at": seal.created_at,
            "valid_from": seal.valid_from,
            "valid_to": seal.valid_to,
            "picture": {
                "type": seal.picture.type,
                "width_mm": seal.picture.width_mm,
                "height_mm": seal.picture.height_mm,
                "bytes": len(seal.picture.content),
            },
        },
        "signer": signer and {"subject": signer.subject, "serial": signer.serial},
        "signed_at": verdict.signed_at,
        "checks": [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in verdict.checks],
        "ok": verdict.ok,
    }


def _lines(verdict: Verdict) -> Iterator[str]:
    seal = verdict.seal
    result = tr("全部相符") if verdict.ok else tr("有不符之处")
    yield labelled(FORM_WORDS[verdict.form], result)
    if seal is not None:
        yield tr("印章{name}（{es_id}），制章系统{vendor}").format(name=seal.name, es_id=seal.es_id, vendor=seal.vendor)
    for check in verdict.checks:
        yield f"  {'✓' if check.ok else '✗'} " + labelled(CHECK_WORDS[check.name], check.detail)
    if verdict.form is SealForm.SIGNATURE and all(
        check.name is not CheckName.DOCUMENT_DIGEST for check in verdict.checks
    ):
        yield tr("  没有给出被签章的文件（--data），未核对其内容")
