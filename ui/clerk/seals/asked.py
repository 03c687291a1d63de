"""What is asked of a file or of a scanned QR code on the page 用印, away from the window's own thread."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from client.desk.counter import Counter
from client.desk.proving import facts_told, known_here, paper_of
from client.errors import CaseError, DeskError, Fault
from client.ports.seals import SealForm, SealHand, Verdict
from client.ports.statements import PART_WORDS, PaperVerdict, Standing
from client.text import listed, tr

MOST_BYTES = 50 * 1024 * 1024
NOT_READ = Fault("PAPER-252", tr("读不到文件“{name}”"), tr("请核对路径和文件名；文件不超过50MB，且没有被其他程序占用"))
PROVED: Final = frozenset({Standing.GENUINE, Standing.KEPT})
DISPROVED: Final = frozenset({Standing.ALTERED, Standing.VOIDED, Standing.REVOKED})
"""Weighs more than a seal that is right: the seal was put before."""

_DOCUMENTS = frozenset({SealForm.PDF, SealForm.OFD})
_PICTURES: Final = (b"\x89PNG", b"\xff\xd8", b"II*\0", b"MM\0*", b"BM")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was found: of a file the verdicts of its seals, and what its QR code is worth where it has one."""

    content: bytes
    verdicts: Sequence[Verdict]
    paper: PaperVerdict | None
    is_document: bool = False
    paper_id: int | None = None  # where the paper of the code is one of this window


def asked_of_code(text: str, counter: Counter, seals: SealHand) -> Asked:
    """Of the text of a QR code. Raises PaperError."""
    verdict = seals.papers.prove_text(text, counter.clock())
    return _with_paper(Asked(b"", (), known_here(counter, verdict)), counter)


def asked_of_file(path: Path, counter: Counter, seals: SealHand) -> Asked:
    """Of a file. Raises CaseError where it cannot be read, ProofError and PaperError for what is none of these."""
    return asked_of_content(_content(path), path.name, counter, seals)


def asked_of_content(content: bytes, name: str, counter: Counter, seals: SealHand) -> Asked:
    """The same of what is read already."""
    now = counter.clock()
    if content.startswith(_PICTURES):
        return _with_paper(
            Asked(content, (), known_here(counter, seals.papers.prove_file(content, now), content)), counter
        )
    verdicts = seals.judge(content, name, now)
    is_document = not verdicts or verdicts[0].form in _DOCUMENTS
    paper = None
    if is_document and not content.startswith(b"PK"):
        try:
            paper = known_here(counter, seals.papers.prove_file(content, now), content)
        except DeskError:
            paper = None  # a document of others: its seals alone count
    return _with_paper(Asked(content, verdicts, paper, is_document), counter)


def _with_paper(found: Asked, counter: Counter) -> Asked:
    """Which paper of this window it is, if it is one."""
    return found if found.paper is None else replace(found, paper_id=paper_of(counter, found.paper.statement))


def paper_lines(paper: PaperVerdict) -> list[tuple[str, str]]:
    """What was found, then what the QR code states, for a person to hold against the paper."""
    altered = [(tr("▲ 不一致"), listed(PART_WORDS[part] for part in paper.altered))] if paper.altered else []
    return [*altered, *((tr("说明"), note) for note in paper.notes), *facts_told(paper)]


def path_in(told: str) -> Path:
    """The path that was typed, pasted with its quotes, or dropped."""
    return Path(told.strip().strip('"'))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise CaseError(NOT_READ, name=path.name) from error
    if len(content) > MOST_BYTES:
        raise CaseError(NOT_READ, name=path.name)
    return content
