"""Whether rows, sealed files, papers and numbers belong together: what is kept here, held against itself.

The quick look goes by names and sizes. The thorough one reads every file, which takes time in proportion to them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Integer, Select, Text, exists, null, select, text, union_all

from client.errors import Cancelled, FileLost
from client.store import faults
from client.store.memory import Memory
from client.store.papers import NOT_IN_SPOOL
from client.store.sealed import SealedFiles
from client.store.tables import cases, originals, pages, papers, seal_ledger, slots, spool


class FlawKind(StrEnum):
    """What is wrong with one thing that is kept."""

    FILE_MISSING = "file_missing"
    FILE_DAMAGED = "file_damaged"
    PAPER_LOST = "paper_lost"  # neither rendered nor waiting for it
    NUMBER_UNUSED = "number_unused"  # given, and on no case or paper
    NUMBER_UNBOOKED = "number_unbooked"  # on a case or paper, and not in the ledger


@dataclass(frozen=True, slots=True)
class Flaw:
    """`subject`: the number of the case it is about (a draft has none), or the number itself. `file`: a sealed name."""

    kind: FlawKind
    subject: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Wholeness:
    """How many files rows speak of, how many no row does (they wait to be swept), and what is wrong."""

    files: int
    unneeded: int
    flaws: tuple[Flaw, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A file as a row tells of it; size and digest of a 补打 are not kept."""

    name: str
    size: int | None
    digest: str | None
    subject: str


def _named(name: Any, size: Any, digest: Any, *joins: Any) -> Select[Any]:  # noqa: ANN401 -- columns of several kinds
    statement = select(name.label("name"), size.label("size"), digest.label("digest"), cases.c.number.label("subject"))
    for table, on in joins:
        statement = statement.join(table, on)
    return statement.where(name.is_not(None))


_OF_SLOT = (slots, slots.c.id == pages.c.slot_id)
_OF_PAPER = (papers, papers.c.id == spool.c.paper_id)
_ROWS = union_all(
    _named(pages.c.sealed_name, pages.c.size, pages.c.sha256, _OF_SLOT, (cases, cases.c.id == slots.c.case_id)),
    _named(
        originals.c.sealed_name,
        originals.c.size,
        originals.c.sha256,
        (pages, pages.c.id == originals.c.page_id),
        _OF_SLOT,
        (cases, cases.c.id == slots.c.case_id),
    ),
    _named(papers.c.sealed_name, papers.c.size, papers.c.sha256, (cases, cases.c.id == papers.c.case_id)),
    _named(
        seal_ledger.c.sealed_name,
        seal_ledger.c.size,
        seal_ledger.c.sha256,
        (papers, papers.c.id == seal_ledger.c.paper_id),
        (cases, cases.c.id == papers.c.case_id),
    ),
    _named(
        spool.c.sealed_name,
        null().cast(Integer),
        null().cast(Text),
        _OF_PAPER,
        (cases, cases.c.id == papers.c.case_id),
    ).where(spool.c.reprint_no > 0),
)
_WAITS = exists().where(spool.c.paper_id == papers.c.id, spool.c.reprint_no == 0, spool.c.state == "waiting")
_LOST = (
    select(cases.c.number)
    .join(papers, papers.c.case_id == cases.c.id)
    .where(papers.c.sealed_name.is_(None), papers.c.state != "voided", ~_WAITS, ~NOT_IN_SPOOL)
    .order_by(papers.c.id)
)
_BOOKED = "SELECT number FROM numbers WHERE state = 'issued'"
_USED = (  # a paper may bear two: a provisional one, and the platform's that came later
    "SELECT number FROM cases WHERE number IS NOT NULL UNION SELECT number FROM papers WHERE number IS NOT NULL"
    " UNION SELECT second_number FROM cases WHERE second_number IS NOT NULL"
    " UNION SELECT central_number FROM papers WHERE central_number IS NOT NULL"
)
_UNUSED = text(f"{_BOOKED} EXCEPT SELECT number FROM ({_USED}) ORDER BY number")  # noqa: S608 -- constants
_UNBOOKED = text(f"SELECT number FROM ({_USED}) EXCEPT {_BOOKED} ORDER BY number")  # noqa: S608 -- constants


def look(
    memory: Memory,
    *,
    read: bool,
    told: Callable[[int, int], object] = lambda _done, _all: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Wholeness:
    """Look at all that is kept; `read` every file besides. `told` hears how many files were read, of how many.

    Beside a window at work: a file counts as missing only when its row was there before the folder was looked at.
    Raises StoreError (disk, corrupt), Cancelled.
    """
    with memory.read() as connection:
        kept = [_Kept(row.name, row.size, row.digest, row.subject or "") for row in connection.execute(_ROWS)]
        flaws = [*_papers(connection), *_numbers(connection)]
    sizes = dict(memory.files.sizes())
    for at, each in enumerate(kept):
        if cancelled():
            raise Cancelled
        kind = _of_size(each, sizes)
        if kind is None and read:
            kind = _of_content(each, memory.files)
            told(at + 1, len(kept))
        if kind is not None:
            flaws.append(Flaw(kind, each.subject, each.name))
    return Wholeness(len(kept), len(sizes.keys() - {each.name for each in kept}), tuple(flaws))


def _of_size(kept: _Kept, sizes: dict[str, int]) -> FlawKind | None:
    size = sizes.get(kept.name)
    if size is None:
        return FlawKind.FILE_MISSING
    return FlawKind.FILE_DAMAGED if kept.size is not None and size != kept.size else None


def _of_content(kept: _Kept, files: SealedFiles) -> FlawKind | None:
    try:
        content = files.get(kept.name)
    except FileLost as error:
        return FlawKind.FILE_MISSING if error.fault is faults.FILE_MISSING else FlawKind.FILE_DAMAGED
    is_another = kept.digest is not None and sha256(content).hexdigest() != kept.digest
    return FlawKind.FILE_DAMAGED if is_another else None


def _papers(connection: Connection) -> Iterator[Flaw]:
    return (Flaw(FlawKind.PAPER_LOST, number) for number in connection.scalars(_LOST))


def _numbers(connection: Connection) -> Iterator[Flaw]:
    for kind, statement in ((FlawKind.NUMBER_UNUSED, _UNUSED), (FlawKind.NUMBER_UNBOOKED, _UNBOOKED)):
        for number in connection.scalars(statement):
            yield Flaw(kind, number)
