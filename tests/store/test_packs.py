"""What was sent down is kept a row for each thing, and the newest pack decides."""

from datetime import timedelta

from client.store import packs
from client.store.engine import Database
from client.store.packs import Part
from tests.store.conftest import NOW

LATER = NOW + timedelta(hours=1)


def part(version: int, issued_at: str, body: str | None = "{}", number: int = 1) -> Part:
    return Part("catalogue", "A", version, number, issued_at, body)


def test_each_thing_is_kept_once_and_the_pack_issued_last_decides(database: Database) -> None:
    item, gone = part(1, "2026-03"), part(0, "2026-05", None)
    with database.begin() as connection:
        assert packs.put(connection, item, NOW)
        assert not packs.put(connection, item, LATER)  # the same again
        assert packs.put(connection, gone, NOW)
        assert not packs.put(connection, part(0, "2026-04", None, number=9), LATER)  # older, and later here
        assert packs.put(connection, part(1, "2026-07"), LATER)
        assert packs.kept(connection, item) == part(1, "2026-07")
        assert packs.kept(connection, Part("policy", "", 0, 1, "2026-01", None)) is None
        assert packs.every(connection) == [part(1, "2026-07"), gone]
        assert packs.forget(connection) == 2
        assert packs.every(connection) == []
