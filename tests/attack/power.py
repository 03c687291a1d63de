"""A disk whose power goes: what was synced is there, of the rest each write may be there, missing or torn.

Names as a journal keeps them: those of a synced folder are there, of the others any number of the oldest. A file in
a folder whose own name is lost is lost with it.
"""

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from tests.attack.recording import Call

SECTOR = 512  # bytes that are written whole or not at all
REBUILT = "-shm"  # SQLite's index of its log: mapped into memory, made anew at each start


@dataclass(eq=False)
class _File:
    """Bytes that are synced, and what was asked for since: data and its place, or None and the new length."""

    synced: bytearray = field(default_factory=bytearray)
    asked: list[tuple[bytes | None, int]] = field(default_factory=list)

    def sync(self) -> None:
        for what in self.asked:
            _do(self.synced, *what)
        self.asked.clear()

    def after_the_cut(self, luck: random.Random) -> bytes:
        content = bytearray(self.synced)
        for data, at in self.asked:
            fate = luck.choice(("kept", "dropped", "torn"))
            if fate == "torn" and data is not None:
                _do(content, data[: luck.randrange(0, len(data) + 1, SECTOR)], at)
            elif fate == "kept":
                _do(content, data, at)
        return bytes(content)


@dataclass(frozen=True)
class _Naming:
    """One change of names, whole or not at all: a file or folder (None) gets a name, or loses it."""

    folders: frozenset[str]
    gains: dict[str, _File | None]
    losses: frozenset[str]


class Disk:
    """`folder` as it is now is taken as synced."""

    def __init__(self, folder: Path) -> None:
        self._names: dict[str, _File | None] = {}
        for path in folder.rglob("*"):
            name = str(path.relative_to(folder))
            self._names[name] = _File(bytearray(path.read_bytes())) if path.is_file() else None
        self._synced = dict(self._names)
        self._namings: deque[_Naming] = deque()

    def do(self, call: Call) -> None:
        if call.name == "open":
            self._open(call)
        elif call.name == "sync":
            self._sync(call.path)
        elif call.name == "write":
            self._file(call.path).asked.append((call.data, call.at))
        elif call.name == "cut":
            self._file(call.path).asked.append((None, call.at))
        elif call.name == "mkdir":
            self._name({call.path: None})
        elif call.name in {"unlink", "rmdir"}:
            self._name({}, call.path)
        else:
            self._name({call.to: self._names[call.path]}, *((call.path,) if call.name == "rename" else ()))

    def cut(self, luck: random.Random, into: Path) -> None:
        """Lay into the new folder `into` what the disk may hold if its power goes now."""
        names = dict(self._synced)
        for naming in list(self._namings)[: luck.randint(0, len(self._namings))]:
            _apply(names, naming)
        into.mkdir()
        for name, file in sorted(names.items()):
            path = into / name
            if name.endswith(REBUILT) or not path.parent.exists():
                continue
            if file is None:
                path.mkdir()
            else:
                path.write_bytes(file.after_the_cut(luck))

    def _open(self, call: Call) -> None:
        if call.path not in self._names:
            assert call.creates, call
            self._name({call.path: _File()})
        elif call.empties:
            self._file(call.path).asked.append((None, 0))

    def _file(self, path: str) -> _File:
        file = self._names[path]
        assert file is not None, path
        return file

    def _sync(self, path: str) -> None:
        file = self._names.get(path)
        if file is not None:
            file.sync()
            return
        held = [naming for naming in self._namings if path in naming.folders]
        for naming in held:
            _apply(self._synced, naming)
            self._namings.remove(naming)

    def _name(self, gains: dict[str, _File | None], *losses: str) -> None:
        folders = frozenset(str(PurePosixPath(name).parent) for name in (*gains, *losses))
        naming = _Naming(folders, gains, frozenset(losses))
        _apply(self._names, naming)
        self._namings.append(naming)


def _apply(names: dict[str, _File | None], naming: _Naming) -> None:
    for name in naming.losses:
        names.pop(name, None)
    names.update(naming.gains)


def _do(content: bytearray, data: bytes | None, at: int) -> None:
    if data is None:
        del content[at:]
        content.extend(bytes(at - len(content)))
        return
    content.extend(bytes(max(0, at - len(content))))
    content[at : at + len(data)] = data


def instants(luck: random.Random, calls: int, wanted: int) -> Iterator[int]:
    """After which of so many calls the power goes, in order; a call may be met more than once."""
    return iter(sorted(luck.randrange(calls) for _ in range(wanted)))
