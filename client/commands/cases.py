"""Commands over cases: back-entry, lists, papers. Shapes of their JSON: see each function."""

import json
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from client.commands.acting import acting
from client.console import Console
from client.desk import case_file
from client.desk.case_file import CaseFile
from client.desk.completeness import state_of
from client.desk.paperwork import Paperwork
from client.desk.staff import Staff
from client.errors import CaseError, DeskError, Fault
from client.house import Door, House
from client.options import ActingAs, Json, Profile
from client.places import DEFAULT_PROFILE
from client.ports.papers import PAPER_WORDS, PaperKind
from client.rules.case import STATE_WORDS, State
from client.rules.identity import Applicant, Attendee
from client.rules.items import Item, slots_needed
from client.rules.masking import masked_identifier, masked_name, masked_phone
from client.rules.numbering import CaseNumber, paper_number_of
from client.store.cases import CaseLine, CaseRecord
from client.store.durable import disk_errors, write_whole
from client.store.papers import PAPER_STATE_WORDS, PaperRecord
from client.text import chinese, labelled, tr

app = typer.Typer()
paper_app = typer.Typer(help="Papers of a case: the PDF, a wet seal, a reprint.")
app.add_typer(paper_app, name="paper")

PAGE = 500
STATES = ", ".join(State)
OF_PAPER = "文书编号 of a paper, or 办件编号 for the newest paper of a case."
NO_SUCH_PAPER = Fault("PAPER-206", tr("办件 {case} 没有该种文书"), tr("请用 yichuang case 查看它有哪些文书"))


@app.command()
def intake(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="CASE.json", help="The case, with its page files.")] = None,
    *,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of CASE.json.")] = False,
    example: Annotated[
        str | None, typer.Option(metavar="ITEM", help="Write a complete example of this item (code or name).")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Where its papers are written (papers/ beside CASE.json), or the example (example/)."
        ),
    ] = None,
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """Enter a case from a file (补录), with its material files.

    It goes through the same desk as at the window, and returns after the durable commit. Begin with
    `--example 食品经营许可`, which writes a complete CASE.json to look at.
    """
    console, door = Console(as_json=as_json), _door(ctx)
    if schema:
        described = case_file.case_file_schema()
        console.show(described, [json.dumps(described, ensure_ascii=False, indent=2)])
        return
    if example is not None:
        written = _write_example(example, out or Path("example"))
        console.show({"case": written}, [str(written)])
        return
    if file is None:
        raise typer.BadParameter(tr("请给出办件文件，或者用 --schema、--example"), param_hint="CASE.json")
    with door.write(profile) as house:
        by = acting(door, house, profile, staff)
        told, lines = _enter(house, file, by, out or file.parent / "papers")
    console.show(told, lines)


@app.command()
def cases(
    ctx: typer.Context,
    *,
    state: Annotated[State | None, typer.Option(metavar="STATE", help=f"Only cases in one state: {STATES}.")] = None,
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """List the cases of this window, oldest first."""
    found: list[CaseLine] = []
    with _door(ctx).read(profile) as house, house.counter.memory.read() as connection:
        while page := house.counter.memory.cases.lines(
            connection, after=found[-1].case_id if found else 0, limit=PAGE, state=state
        ):
            found += page
        words = [house.counter.state_words(line) for line in found]
    none = tr("（草稿）")
    lines = [f"{line.number or none:<27} {word}  {line.item_name}" for line, word in zip(found, words, strict=True)]
    Console(as_json=as_json).show([_line_document(line) for line in found], lines)


@app.command()
def case(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="办件编号, with or without hyphens.")],
    *,
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """Show one case, masked: state, people, materials, papers."""
    with _door(ctx).read(profile) as house:
        record = house.counter.numbered_case(str(CaseNumber.parse(number)))
        papers = Paperwork(house.counter).of_case(record)
        word = house.counter.state_words(record)
    document = _case_document(record, papers)
    Console(as_json=as_json).show(document, _case_lines(record, word, papers))


@paper_app.command("render")
def paper_render(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=OF_PAPER)],
    out: Annotated[Path, typer.Option(metavar="FILE.pdf", help="The PDF to write.")],
    *,
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """Write a paper as PDF: the very page it was issued as."""
    with _door(ctx).read(profile) as house:
        _, paper = _find_paper(house, number)
        _write(out, Paperwork(house.counter).page(paper.paper_id))
    Console(as_json=as_json).show({"kind": paper.kind, "number": paper.number, "path": out.resolve()}, [str(out)])


@paper_app.command("seal")
def paper_seal(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=OF_PAPER)],
    *,
    seal: Annotated[str, typer.Option(metavar="SEAL", help="Name of the wet seal, as the ledger has it.")] = chinese(
        "行政许可专用章"
    ),
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """Enter a wet seal in the ledger (用印登记簿).

    The paper may then be handed out.
    """
    door = _door(ctx)
    with door.write(profile) as house:
        by = acting(door, house, profile, staff)
        _, paper = _find_paper(house, number)
        Paperwork(house.counter).apply_wet_seal(paper.paper_id, by, seal)
    Console(as_json=as_json).show({"kind": paper.kind, "number": paper.number, "seal": seal}, [tr("已登记用印")])


@paper_app.command("reprint")
def paper_reprint(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=OF_PAPER)],
    out: Annotated[Path, typer.Option(metavar="FILE.pdf", help="The PDF to write.")],
    reason: Annotated[str, typer.Option(metavar="WORDS", help="Why it is printed again, for the record.")],
    *,
    profile: Profile = DEFAULT_PROFILE,
    staff: ActingAs = None,
    as_json: Json = False,
) -> None:
    """Print again (补打): same number, marked with its count."""
    door = _door(ctx)
    with door.write(profile) as house:
        by: Staff = acting(door, house, profile, staff)
        _, paper = _find_paper(house, number)
        paperwork = Paperwork(house.counter)
        count = paperwork.reprint(paper.paper_id, by, reason)
        house.draw([paper.paper_id])
        _write(out, paperwork.page(paper.paper_id, count))
    document = {"kind": paper.kind, "number": paper.number, "reprint": count, "path": out.resolve()}
    Console(as_json=as_json).show(document, [str(out)])


def _door(ctx: typer.Context) -> Door:
    door: Door = ctx.obj
    return door


def _by_id(house: House, case_id: int) -> CaseRecord:
    with house.counter.memory.read() as connection:
        return house.counter.case(connection, case_id)


def _find_paper(house: House, number: str) -> tuple[CaseRecord, PaperRecord]:
    """A paper by its own number, as printed or typed with other brackets; or the newest one of a case."""
    try:
        paper_number = str(paper_number_of(number))
    except CaseError:  # then it is the number of a case, or none
        paper_number = number
    with house.counter.memory.read() as connection:
        case_id = house.counter.memory.cases.case_of_paper(connection, paper_number)
    if case_id is not None:
        record = _by_id(house, case_id)
        return record, next(
            p for p in Paperwork(house.counter).of_case(record) if paper_number in {p.number, p.central_number}
        )
    record = house.counter.numbered_case(str(CaseNumber.parse(number)))
    papers = Paperwork(house.counter).of_case(record)
    if not papers:
        raise CaseError(NO_SUCH_PAPER, case=record.number)
    return record, papers[-1]


def _enter(house: House, file: Path, by: Staff, folder: Path) -> tuple[dict[str, object], list[str]]:
    """Take a case file through the desk; returns what is told to programs and to people."""
    outcome, notices = case_file.enter(house.counter, file, by)
    # From here the case is in the store for good: whatever fails now, its number must reach whoever asked.
    reasons = [_unwritten(lambda: house.draw(outcome.paper_ids))]
    record = _by_id(house, outcome.case_id)
    papers = [paper for paper in Paperwork(house.counter).of_case(record) if paper.paper_id in outcome.paper_ids]
    documents = []
    for paper in papers:
        document, reason = _list_paper(house, record, paper, folder)
        documents.append(document)
        reasons.append(reason)
    warnings = [*notices, *(_late_papers(record, reasons) if papers else []), *filter(None, [_copied(house)])]
    told: dict[str, object] = {
        "case": {"number": record.number, "state": record.state, "item": record.item.name},
        "papers": documents,
        "outbox": house.counter.memory.outbox().counts().waiting,
    }
    if warnings:
        told["warnings"] = warnings
    return told, [
        *_intake_lines(record, house.counter.state_words(record), documents),
        *(f"! {warning}" for warning in warnings),
    ]


def _copied(house: House) -> str | None:
    from client.desk.second_copy import copied_now  # noqa: PLC0415 - a window without a copy works without it

    return copied_now(house.counter)


def _late_papers(record: CaseRecord, reasons: Sequence[str | None]) -> list[str]:
    """One sentence when a paper was not written, with the first reason; none when all are where they belong."""
    reason = next((reason for reason in reasons if reason), None)
    if reason is None:
        return []
    done = (
        tr("已受理")
        if record.state is State.ACCEPTED
        else tr("已保存（{state}）").format(state=STATE_WORDS[record.state])
    )
    words = tr("办件 {case} {done}，文书没有写出（{reason}）；排除原因后可用 yichuang paper render 另行写出")
    return [words.format(case=record.number, done=done, reason=reason)]


def _unwritten(step: Callable[[], object]) -> str | None:
    """Why `step` failed, as a sentence; None when it did not."""
    try:
        step()
    except DeskError as error:
        return error.title
    return None


def _write_example(wanted: str, out: Path) -> Path:
    """A complete CASE.json of an item, with sample pages beside it; returns its path."""
    from client.catalogue import load_catalogue  # noqa: PLC0415 - only this option needs it

    catalogue = load_catalogue()
    item = catalogue.find(wanted)
    example = catalogue.example(item)
    pages = _sample_pages(item, example.situations)
    for names in pages.values():
        for name in names:
            source = resources.files("resources") / "samples" / "pages" / name.partition("-")[2]
            _write(out / name, source.read_bytes())
    path = out / "CASE.json"
    written: CaseFile = case_file.example_file(item, example, pages)
    body = written.model_dump(mode="json", exclude_defaults=True)
    _write(path, json.dumps(body, ensure_ascii=False, indent=2).encode())
    return path.resolve()


def _sample_pages(item: Item, situations: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """A page file for every needed material: `SLOT-SAMPLE.jpg`, from the samples that ship with the program."""
    folder = resources.files("resources") / "samples" / "pages"
    samples = sorted(file.name for file in folder.iterdir() if file.name.endswith((".jpg", ".png", ".pdf")))
    needed = slots_needed(item, situations)
    return {m.key: (f"{m.key}-{samples[place % len(samples)]}",) for place, m in enumerate(needed)}


def _list_paper(
    house: House, record: CaseRecord, paper: PaperRecord, folder: Path
) -> tuple[dict[str, object], str | None]:
    """`{"kind", "number", "path"}` of a readable copy outside the store, and why there is none (path null)."""
    document: dict[str, object] = {"kind": paper.kind, "number": paper.number, "path": None}
    if paper.sealed_name is None:
        return document, tr("还没有生成，下次打开窗口时自动再试")
    path = folder / f"{record.number}-{paper.kind}.pdf"
    reason = _unwritten(lambda: _write(path, Paperwork(house.counter).page(paper.paper_id)))
    if reason is None:
        document["path"] = path.resolve()
    return document, reason


def _write(path: Path, content: bytes) -> None:
    """Write a file for whoever asked, in a folder that is made where it is missing. Raises StoreError."""
    with disk_errors(path.name):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)


def _intake_lines(record: CaseRecord, word: str, papers: list[dict[str, object]]) -> list[str]:
    none, nowhere = tr("（草稿）"), tr("没有写出")
    lines = [f"{record.number or none}  {word}  {record.item.name}"]
    return lines + [f"  {PAPER_WORDS[PaperKind(str(paper['kind']))]}  {paper['path'] or nowhere}" for paper in papers]


def _line_document(line: CaseLine) -> dict[str, object]:
    return {
        "number": line.number,
        "state": line.state,
        "item": line.item_name,
        "opened_at": line.opened_at,
        "received_at": line.received_at,
        "promised_date": line.promised_date,
        "late_entry": line.late_entry,
    }


def _case_document(record: CaseRecord, papers: Sequence[PaperRecord]) -> dict[str, object]:
    applicant, attendee = record.applicant, record.attendee
    return {
        "number": record.number,
        "state": record.state,
        "item": record.item.name,
        "task_code": record.item.task_code,
        "version": record.item.version,
        "received_at": record.received_at,
        "accepted_on": record.accepted_on,
        "promised_date": record.promised_date,
        "late_entry": record.late_entry,
        "second_number": record.second_number,
        "pad_number": record.pad_number,
        "applicant": applicant and _masked(applicant),
        "attendee": attendee and {**_masked(attendee), "capacity": attendee.capacity},
        "materials": [
            {
                "slot": material.key,
                "name": material.name,
                "state": state_of(record, material.key),
                "pages": record.slots[material.key].sheets if material.key in record.slots else 0,
            }
            for material in slots_needed(record.item, record.situations)
        ],
        "papers": [
            {
                "kind": p.kind,
                "number": p.number,
                "central_number": p.central_number,
                "state": p.state,
                "reprints": p.reprints,
            }
            for p in papers
        ],
    }


def _masked(person: Applicant | Attendee) -> dict[str, str]:
    is_person = person.identifier_kind != "uscc"
    return {
        "name": masked_name(person.name) if is_person else person.name,
        "identifier": masked_identifier(person.identifier_kind, person.identifier),
        "phone": masked_phone(person.phone),
    }


def _case_lines(record: CaseRecord, word: str, papers: Sequence[PaperRecord]) -> list[str]:
    lines = [
        f"{record.number}  {word}",
        tr("{item}（{code}，第{version}版）").format(
            item=record.item.name, code=record.item.task_code, version=record.item.version
        ),
    ]
    if record.promised_date:
        lines.append(labelled(tr("承诺办结日期"), record.promised_date))
    return lines + [f"  {_paper_name(paper)}  {PAPER_STATE_WORDS[paper.state]}" for paper in papers]


def _paper_name(paper: PaperRecord) -> str:
    """As it is printed; a provisional number with the platform's."""
    central = tr("（正式编号{number}）").format(number=paper.central_number) if paper.central_number else ""
    return (paper.number or PAPER_WORDS[paper.kind]) + central
