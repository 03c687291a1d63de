"""Nobody can be read out of the profile's files, in whatever state the window was left."""

import sqlite3
from pathlib import Path

from sqlalchemy import text

from client.store import audit, tables
from client.store.engine import Database
from client.store.profile import Profile
from client.store.sealed import SealedFiles
from tests.data import resident_id
from tests.store.conftest import NOW, fill

NAMES = ("张三", "李四𠮷", "王\U0002ce97")
NUMBERS = tuple(resident_id(serial) for serial in range(1, 4))
WORDS = (*NAMES, *NUMBERS, "示例路1号", "Kitchen plan")


def _found_in(folder: Path) -> set[str]:
    """Those of WORDS that stand readable in any file of `folder`, in any usual encoding."""
    found = set()
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for word in WORDS:
            if any(word.encode(encoding) in content for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")):
                found.add(word)
    return found


def _take_in_three(database: Database, files: SealedFiles) -> None:
    for serial, (name, number) in enumerate(zip(NAMES, NUMBERS, strict=True), start=1):
        files.put(f"{WORDS[-1]} of {name} {number}".encode() * 100)
        with database.begin() as connection:
            if serial == 1:
                fill(connection, tables.items, id=1)
            fill(connection, tables.cases, id=serial, item_id=1, ground=WORDS[-2])
            fill(connection, tables.applicants, case_id=serial, name=name, identifier=number, body=name * 3000)
            fill(connection, tables.outbox, case_id=serial, event_id=str(serial), data=f"{name}{number}".encode())
            audit.add(connection, NOW, "1001", "accept", str(serial), "done", {})


def test_no_file_shows_an_applicant(database: Database, files: SealedFiles, profile: Profile, tmp_path: Path) -> None:
    _take_in_three(database, files)
    with database.read() as connection:
        # A sort too large for the cache would spill into a temporary file.
        connection.execute(text("SELECT body FROM applicants ORDER BY body, name")).all()
        assert _found_in(tmp_path) == set()  # open, with its log
    database.copy_to(profile.folder / "store.db.before-0004")
    database.close()
    assert _found_in(tmp_path) == set()


def test_the_search_would_find_them(tmp_path: Path) -> None:
    """The control: the same words in a plain database."""
    connection = sqlite3.connect(tmp_path / "plain.db")
    connection.execute("CREATE TABLE words (word TEXT)")
    connection.executemany("INSERT INTO words VALUES (?)", [(word,) for word in WORDS])
    connection.commit()
    connection.close()
    assert _found_in(tmp_path) == set(WORDS)
