"""Sealed files that no row speaks of are deleted, and none that may still be needed."""

from pathlib import Path

import pytest
from sqlalchemy import delete

from client.store.engine import Database
from client.store.keys import StoreKey
from client.store.profile import Profile
from client.store.sealed import SealedFiles
from client.store.sweep import sweep
from client.store.tables import cases, items, pages, papers, slots, spool
from tests.store.conftest import fill


@pytest.fixture
def used(database: Database, files: SealedFiles) -> dict[str, str]:
    """A file for each kind of row that speaks of one; their names."""
    names = {kind: files.put(kind.encode()).name for kind in ("page", "paper", "print")}
    with database.begin() as connection:
        fill(connection, items, id=1)
        fill(connection, cases, id=1, item_id=1)
        fill(connection, slots, id=1, case_id=1)
        fill(connection, pages, id=1, slot_id=1, sealed_name=names["page"])
        fill(connection, papers, id=1, case_id=1, sealed_name=names["paper"])
        fill(connection, spool, paper_id=1, reprint_no=0, sealed_name=names["print"])
    return names


def next_run(profile: Profile, key: StoreKey) -> SealedFiles:
    return SealedFiles(profile.files, key)


def test_what_a_row_speaks_of_stays(database: Database, used: dict[str, str], profile: Profile, key: StoreKey) -> None:
    later = next_run(profile, key)
    assert sweep(database, later) == 0
    assert {later.get(name) for name in used.values()} == {b"page", b"paper", b"print"}


def test_a_page_taken_out_goes_with_the_next_run(
    database: Database, files: SealedFiles, used: dict[str, str], profile: Profile, key: StoreKey
) -> None:
    left = files.put(b"left by a death before its row").name
    with database.begin() as connection:
        connection.execute(delete(pages))
    assert sweep(database, files) == 0  # sealed in this run: a row may still come
    later = next_run(profile, key)
    assert sweep(database, later) == 2
    assert set(later.names()) == set(used.values()) - {used["page"]}
    assert left not in set(later.names())
    assert sweep(database, later) == 0


def test_a_page_sealed_again_before_its_row_is_kept(database: Database, profile: Profile, key: StoreKey) -> None:
    name = next_run(profile, key).put(b"page").name
    later = next_run(profile, key)
    assert later.put(b"page").name == name  # found whole, so that it is not written again
    assert sweep(database, later) == 0
    assert later.get(name) == b"page"


def test_a_page_sealed_again_after_the_sweep_is_written_anew(
    database: Database, profile: Profile, key: StoreKey
) -> None:
    name = next_run(profile, key).put(b"page").name
    later = next_run(profile, key)
    assert sweep(database, later) == 1
    assert later.put(b"page").name == name
    assert later.get(name) == b"page"


def test_what_is_no_sealed_file_is_left_alone(database: Database, profile: Profile, key: StoreKey) -> None:
    next_run(profile, key).put(b"page")
    (sealed,) = (path for path in profile.files.rglob("*") if path.is_file())
    stranger: Path = sealed.with_name("notes.txt")
    stranger.write_text("somebody's")
    assert sweep(database, next_run(profile, key)) == 1
    assert stranger.exists()
