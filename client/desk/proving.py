"""What the window's own records know of a paper that somebody holds: that it was voided, or that it is on the books."""

from collections.abc import Iterator
from dataclasses import replace

from client.desk.counter import Counter
from client.ports.papers import PAPER_WORDS
from client.ports.statements import PaperVerdict, Standing, Statement
from client.store import papers
from client.store.papers import PAPER_STATE_WORDS, PaperRecord, PaperState
from client.text import tr


def known_here(counter: Counter, verdict: PaperVerdict) -> PaperVerdict:
    """The verdict with what the records add. A paper that was voided stays so, whoever signed its statement."""
    paper = _paper_of(counter, verdict.statement)
    if paper is None:
        return replace(verdict, notes=(*verdict.notes, tr("本机没有这份文书的记录")))
    said = tr("本机有这份文书的记录：{state}").format(state=PAPER_STATE_WORDS[paper.state])
    notes = (*verdict.notes, said)
    if paper.state is PaperState.VOIDED and verdict.standing is not Standing.ALTERED:
        return replace(verdict, standing=Standing.VOIDED, notes=notes)
    return replace(verdict, notes=notes)


def paper_of(counter: Counter, statement: Statement) -> int | None:
    """Id of the paper that states this, where it is one of this window."""
    paper = _paper_of(counter, statement)
    return None if paper is None else paper.paper_id


def facts_told(verdict: PaperVerdict) -> Iterator[tuple[str, str]]:
    """What the QR code says, for a person to hold against the paper."""
    statement = verdict.statement
    yield tr("文书"), PAPER_WORDS[statement.kind]
    yield tr("文书编号"), statement.paper_number or "—"
    yield tr("办件编号"), statement.case_number
    yield tr("申请人"), statement.applicant
    yield tr("出具机关"), statement.organ
    yield tr("出具时间"), f"{statement.issued_at:%Y-%m-%d %H:%M}"
    if statement.until is not None:
        yield tr("期限"), f"{statement.until}"
    if verdict.signer is not None:
        yield tr("签名人"), verdict.signer.holder


def _paper_of(counter: Counter, statement: Statement) -> PaperRecord | None:
    with counter.memory.read() as connection:
        case = counter.memory.cases.find(connection, statement.case_number)
        found = papers.of_case(connection, case.case_id) if case is not None else ()
    alike = [each for each in found if each.kind is statement.kind]
    return next((each for each in alike if (each.number or "").replace(" ", "") == statement.paper_number), None)
