"""Three-way reconciliation by hand: files, papers and numbers here, and all of it with the platform."""

from typing import Annotated

import typer

from client.commands.acting import acting
from client.console import Console
from client.desk.reconciling import MEND_WORDS, Finding, Mend, Reconciling, Report
from client.house import Door
from client.options import ActingAs, Json, Profile
from client.places import DEFAULT_PROFILE
from client.text import sentences, tr

app = typer.Typer()


@app.command()
def reconcile(
    ctx: typer.Context,
    *,
    read: Annotated[
        bool, typer.Option("--read", help="Read every file and reckon its SHA-256; takes its time.")
    ] = False,
    mend: Annotated[
        bool, typer.Option("--mend", help="Do what mends the differences, as far as a person may.")
    ] = False,
    hub: Annotated[
        str | None, typer.Option(metavar="URL", help="Another platform than hub_url of the settings.")
    ] = None,
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """Compare cases, files and papers, and with the platform.

    Makes one pass first. Exit status 0 when all agree; with --mend, what is mended goes out with the next pass.
    """
    door: Door = ctx.obj
    console = Console(as_json=as_json)
    with door.write(profile) as house:
        by = acting(door, house, profile, staff) if mend else None
        reconciling = Reconciling(house.counter)
        comparison = door.compare(house, hub)
        report = reconciling.report(comparison, read=read, told=lambda done, of: console.progress(f"{done} / {of}"))
        mended = 0
        if by is not None:
            mended = reconciling.mend([each for each in report.findings if each.mend is not Mend.CALL_IT], by)
    done = [tr("已处理 {count} 处，请再核对一次").format(count=mended)] if mend and not report.ok else []
    console.show(_document(report, mended), [report.words, *map(_line, report.findings), *done])
    if not report.ok:
        raise typer.Exit(1)


def _document(report: Report, mended: int) -> dict[str, object]:
    return {
        "ok": report.ok,
        "agreed": report.agreed,
        "files": report.files,
        "unneeded": report.unneeded,
        "mended": mended,
        "more": report.more,
        "differences": [
            {"kind": f.kind, "subject": f.subject, "words": f.words, "mend": f.mend, "what": f.what}
            for f in report.findings
        ],
    }


def _line(finding: Finding) -> str:
    return f"{finding.subject or '—'}  {sentences([finding.words, MEND_WORDS[finding.mend]])}"
