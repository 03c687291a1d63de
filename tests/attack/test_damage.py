"""R10: bits flip, files are cut short or gone, in database, write-ahead log and sealed files: never shown as good.

After each, the profile is opened and read as the window does: it is refused in a sentence, or all of it is as it was,
but for sealed files that say of themselves that they are damaged.
"""

import hashlib
import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from client.demo import DEMO_SETTINGS
from client.errors import StoreError
from client.store import audit
from client.store.memory import Memory
from client.store.opening import open_memory
from client.store.profile import Profile
from client.store.sealed import SealedFiles
from client.store.tables import metadata, pages, papers
from tests.attack.siege import Siege
from tests.attack.soak import SEED, Tally

COMMITS = 6  # in the log
ENOUGH = 60  # damages in which a window that looks away must be caught
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=DEMO_SETTINGS.zone)
REFUSED = "refused"


@dataclass(frozen=True)
class Seen:
    """All that a window reads of its profile: rows by table, SHA-256 by sealed file or the code of the refusal."""

    rows: Mapping[str, list[tuple[object, ...]]]
    files: Mapping[str, str]
    chain: int | None  # the first audit entry that does not fit


def look(profile: Profile) -> Seen:
    """Raises StoreError when the window would not open."""
    with open_memory(profile, DEMO_SETTINGS.source_uri, passphrase=None, program="test", now=NOW) as memory:
        with memory.read() as connection:
            rows = {t.name: [tuple(row) for row in connection.execute(select(t))] for t in metadata.sorted_tables}
            chain = audit.verify(connection)
        return Seen(rows, {name: _digest(memory, name) for name in _named(memory)}, chain)


def _named(memory: Memory) -> list[str]:
    with memory.read() as connection:
        found = [name for t in (pages, papers) for name in connection.scalars(select(t.c.sealed_name))]
    return [name for name in found if name]


def _digest(memory: Memory, name: str) -> str:
    try:
        return hashlib.sha256(memory.files.get(name)).hexdigest()
    except StoreError:
        return REFUSED


def shown_as_good(before: Seen, profile: Profile) -> Iterator[str]:
    """What a window would show that is not what it kept."""
    try:
        after = look(profile)
    except StoreError:
        return
    for table, rows in before.rows.items():
        if after.rows[table] != rows:
            yield f"{table}: {len(rows)} rows before, {len(after.rows[table])} after, or others"
    for name, digest in after.files.items():
        if digest not in {REFUSED, before.files.get(name)}:
            yield f"{name}: another content"
    if after.chain is not None:
        yield f"the audit chain breaks at {after.chain}"


def flip(luck: random.Random, path: Path) -> None:
    with path.open("r+b") as file:
        place = luck.randrange(path.stat().st_size)
        file.seek(place)
        byte = file.read(1)[0] ^ (1 << luck.randrange(8))
        file.seek(place)
        file.write(bytes([byte]))


def cut_off(luck: random.Random, path: Path) -> None:
    os.truncate(path, luck.randrange(path.stat().st_size))


def take_away(_luck: random.Random, path: Path) -> None:
    path.unlink()


KINDS: tuple[Callable[[random.Random, Path], None], ...] = (flip, flip, cut_off, take_away)
TARGETS = ("database", "log", "file")


def target(luck: random.Random, profile: Profile, where: str) -> Path:
    if where == "file":
        return luck.choice(sorted(path for path in profile.files.rglob("*") if path.is_file()))
    return profile.database if where == "database" else profile.database.with_name(f"{profile.database.name}-wal")


@pytest.fixture
def broken_off(worked: Siege, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Profile:
    """A profile as a killed window leaves it: its newest commits are in the log alone, the last is an audited one.

    Commits after the last audit entry, of a draft or a page, have no witness (docs/reliability.md).
    """
    monkeypatch.setattr("client.store.opening.open_key", lambda *_: worked.key)
    shutil.copytree(worked.profile.folder, tmp_path / "open")
    open_profile, left = Profile(tmp_path / "open"), Profile(tmp_path / "left")
    with open_memory(open_profile, DEMO_SETTINGS.source_uri, passphrase=None, program="test", now=NOW) as memory:
        for entry in range(COMMITS):
            with memory.begin() as connection:
                audit.add(connection, NOW, "1001", "look", str(entry), "done", {})
        shutil.copytree(open_profile.folder, left.folder)
    assert left.database.with_name(f"{left.database.name}-wal").stat().st_size
    return left


def damages(profile: Profile, seed: int, number: int, folder: Path) -> Iterator[tuple[str, list[str]]]:
    """For each, what was done, and what would be shown as good then."""
    luck = random.Random(seed)
    untouched = folder / "untouched"
    shutil.copytree(profile.folder, untouched)
    before = look(Profile(untouched))
    for place in range(number):
        where, how = TARGETS[place % len(TARGETS)], luck.choice(KINDS)
        hurt = Profile(folder / "hurt")
        shutil.copytree(profile.folder, hurt.folder)
        how(luck, target(luck, hurt, where))
        yield f"{how.__name__} {where}", list(shown_as_good(before, hurt))
        shutil.rmtree(hurt.folder)


def test_damage_is_never_shown_as_good(broken_off: Profile, tally: Tally, tmp_path: Path) -> None:
    attack = tally.attack("R10")
    done: Counter[str] = Counter()
    for seed, number, folder in attack.sieges(tmp_path):
        before = done.total()
        for what, wrong in damages(broken_off, seed, number, folder):
            attack.faults += 1
            attack.judge(wrong, f"seed {seed}, {what}, after {done}")
            done[what] += 1
        assert done.total() == before + number
    sys.stdout.write(f"{done.total()} damages {dict(done)}\n")


def test_a_window_that_trusts_its_files_is_caught(
    broken_off: Profile, tally: Tally, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A control arm: what cannot be opened is shown all the same."""
    get = SealedFiles.get

    def trusting(files: SealedFiles, name: str, *more: Any) -> bytes:
        try:
            return get(files, name, *more)
        except StoreError:
            return b"whatever lies there"

    monkeypatch.setattr(SealedFiles, "get", trusting)
    assert any("another content" in s for _, wrong in damages(broken_off, SEED, ENOUGH, tmp_path) for s in wrong)
    tally.attack("R10").caught()


def test_a_window_that_forgets_its_last_entry_is_caught(
    broken_off: Profile, tally: Tally, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other control arm: nobody asks whether the newest commits are still there."""
    monkeypatch.setattr("client.store.opening.confirm_last", lambda _database: None)
    assert any("audit:" in s for _, wrong in damages(broken_off, SEED, ENOUGH, tmp_path) for s in wrong)
    tally.attack("R10").caught()
