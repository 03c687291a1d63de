"""Drafts made once and laid into the empty stores of other tests: the same rows and files, each with a key of its own.

Making one takes a dozen transactions; most tests only want it to be there.
"""

import json
import uuid
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select

from client.store import audit as chain
from client.store.memory import Memory
from client.store.tables import audit, cases, items, metadata
from client.store.times import moment

_KEPT = [table for table in metadata.sorted_tables if table is not audit]


@dataclass(frozen=True)
class _Draft:
    case_id: int
    rows: Mapping[str, list[dict[str, Any]]]
    entries: list[dict[str, Any]]  # of the audit
    files: Mapping[str, bytes]


_made: dict[Hashable, _Draft] = {}


def laid(memory: Memory, folder: Path, wanted: Hashable, make: Callable[[], int]) -> int:
    """The id of a draft that is `wanted`, made by `make` the first time. The store must have no case yet.

    `folder` is where its sealed files lie.
    """
    draft = _made.get(wanted)
    if draft is not None:
        _lay(memory, folder, draft)
        return draft.case_id
    before, files = _everything(memory), _files(folder)
    case_id = make()
    after = _everything(memory)
    new = {name: [row for row in rows if row not in before[name]] for name, rows in after.items()}
    _made[wanted] = _Draft(case_id, new, new.pop(audit.name), _files(folder, files))
    return case_id


def is_empty(memory: Memory) -> bool:
    """Whether the store has neither a case nor an item of one."""
    with memory.read() as connection:
        return not any(connection.scalar(select(func.count()).select_from(table)) for table in (cases, items))


def _lay(memory: Memory, folder: Path, draft: _Draft) -> None:
    for name, content in draft.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    with memory.begin() as connection:
        for table in _KEPT:
            if rows := draft.rows[table.name]:
                own = {"key": str(uuid.uuid4())} if table is cases else {}
                connection.execute(insert(table), [row | own for row in rows])
        for entry in draft.entries:
            _add(connection, **entry)


def _add(
    connection: Connection, at: str, staff: str, act: str, subject: str, outcome: str, detail: str, **_: object
) -> None:
    chain.add(connection, moment(at), staff, act, subject, outcome, json.loads(detail))


def _everything(memory: Memory) -> dict[str, list[dict[str, Any]]]:
    with memory.read() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in metadata.sorted_tables
        }


def _files(folder: Path, without: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if name not in (without or {})}
