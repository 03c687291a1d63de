"""What the window's own records know of a paper that somebody holds: that it was voided, or that it is on the books."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from client.desk.counter import Counter
from client.ports.papers import PAPER_WORDS, PaperFacts
from client.ports.statements import PaperVerdict, Part, Standing, Statement
from client.rules.characters import compact
from client.store import papers
from client.store.cases import CaseRecord
from client.store.papers import PAPER_STATE_WORDS, PaperRecord, PaperState
from client.text import tr

_FIRST, _LAST = 0x4E00, 0x9FA5  # of the characters that stood in Unicode from the beginning
_CUT: Final = 40  # characters from which on a code may have cut a name


def known_here(counter: Counter, verdict: PaperVerdict, content: bytes = b"") -> PaperVerdict:
    """The verdict with what the records add; `content` is the file that was judged, where it was one.

    A paper that was voided stays so, whoever signed its statement; and who signed nothing may state what never was:
    what differs from the records is altered. The very file that is kept here needs no key to vouch for it.
    """
    kept = _kept(counter, verdict.statement)
    if kept is None:
        return replace(verdict, notes=(*verdict.notes, tr("本机没有这份文书的记录")))
    notes = (*verdict.notes, *_told(counter, kept, content))
    differing = [part for part in _differing(verdict.statement, kept.facts) if part not in verdict.altered]
    if differing:
        altered = (*verdict.altered, *differing)
        return replace(verdict, standing=Standing.ALTERED, altered=altered, notes=(*notes, tr("与本机记录不一致")))
    if kept.paper.state is PaperState.VOIDED and verdict.standing is not Standing.ALTERED:
        return replace(verdict, standing=Standing.VOIDED, notes=notes)
    if verdict.standing in {Standing.UNSIGNED, Standing.UNKNOWN_KEY} and _is_kept(kept, content):
        return replace(verdict, standing=Standing.KEPT, notes=notes)
    return replace(verdict, notes=notes)


def paper_of(counter: Counter, statement: Statement) -> int | None:
    """Id of the paper that states this, where it is one of this window."""
    kept = _kept(counter, statement)
    return None if kept is None else kept.paper.paper_id


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


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is on the books of a paper. `instead`: the number of the one that was issued for it when it was voided."""

    paper: PaperRecord
    case: CaseRecord
    facts: PaperFacts
    void_reason: str
    instead: str
    digests: frozenset[str]


def _kept(counter: Counter, statement: Statement) -> _Kept | None:
    with counter.memory.read() as connection:
        case = counter.memory.cases.find(connection, statement.case_number)
        found = papers.of_case(connection, case.case_id) if case is not None else ()
        alike = [each for each in found if each.kind is statement.kind]
        paper = next((each for each in alike if _number(each.number) == statement.paper_number), None)
        if case is None or paper is None:
            return None
        later = [each.number for each in alike if each.paper_id > paper.paper_id]
        return _Kept(
            paper,
            case,
            papers.facts(connection, paper.paper_id),
            papers.void_reason(connection, paper.paper_id),
            (later[0] or "") if later and paper.state is PaperState.VOIDED else "",
            papers.digests(connection, paper.paper_id),
        )


def _told(counter: Counter, kept: _Kept, content: bytes) -> Iterator[str]:
    paper = kept.paper
    yield tr("本机有这份文书的记录：{state}").format(state=PAPER_STATE_WORDS[paper.state])
    if kept.void_reason:
        yield tr("作废原因：{reason}").format(reason=kept.void_reason)
    if kept.instead:
        yield tr("已由{number}代替").format(number=kept.instead)
    yield tr("办件{number}：{state}").format(number=kept.case.number, state=counter.state_words(kept.case))
    if paper.reprints:
        yield tr("已补打{count}次").format(count=paper.reprints)
    if _is_kept(kept, content):
        yield tr("文件与本机保存的一字不差")


def _is_kept(kept: _Kept, content: bytes) -> bool:
    return sha256(content).hexdigest() in kept.digests


def _differing(statement: Statement, facts: PaperFacts) -> Iterator[Part]:
    """What the code states otherwise than the records. Of names with rare letters the page may draw others: no word."""
    if statement.query_code != facts.query_code:
        yield Part.QUERY
    if int(statement.issued_at.timestamp()) // 60 != int(facts.issued_at.timestamp()) // 60:
        yield Part.DATE
    if statement.until != facts.until:
        yield Part.UNTIL
    if not _same_words(statement.organ, facts.organ.name):
        yield Part.ORGAN
    if not _same_words(statement.applicant, facts.applicant_name):
        yield Part.NAME


def _same_words(stated: str, ours: str) -> bool:
    told, kept = compact(stated), compact(ours)
    return told == kept or not all(map(_is_plain, kept)) or (len(stated) >= _CUT and kept.startswith(told))


def _is_plain(character: str) -> bool:
    """Whether every font draws it as it is."""
    return character.isascii() or _FIRST <= ord(character) <= _LAST


def _number(number: str | None) -> str:
    return "".join((number or "").split())
