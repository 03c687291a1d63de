"""What was sent down is kept a row for each thing, and the newest pack decides."""

from datetime import timedelta

from client.store import packs
from client.store.engine import Database
from client.store.packs import Part
from tests.store.conftest import NOW

LATER = NOW + timedelta(hours=1)


def test_each_thing_is_kept_once_and_the_newest_pack_decides(database: Database) -> None:
    item, gone = Part("catalogue", "A", 1, 3, "{}"), Part("catalogue", "A", 0, 5, None)
    with database.begin() as connection:
        assert packs.put(connection, item, NOW)
        assert not packs.put(connection, item, LATER)  # the same again
        assert packs.put(connection, gone, NOW)
        assert not packs.put(connection, Part("catalogue", "A", 0, 4, None), LATER)  # older, and later here
        assert packs.put(connection, Part("catalogue", "A", 1, 7, "{}"), LATER)
        assert packs.kept(connection, item) == Part("catalogue", "A", 1, 7, "{}")
        assert packs.kept(connection, Part("policy", "", 0, 1, None)) is None
        assert packs.every(connection) == [Part("catalogue", "A", 1, 7, "{}"), gone]
