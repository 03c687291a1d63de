"""A window's own name on the wire: kept, and never shared with a copy of it."""

from client.store.engine import Database
from client.store.memory import begin_new_epoch, window_source

URI = "urn:yichuang:window:110101-01-07"


def test_the_epoch_is_made_once(database: Database) -> None:
    assert window_source(database, URI) == window_source(database, URI)


def test_a_restored_window_is_another_source(database: Database) -> None:
    before = window_source(database, URI)
    with database.begin() as connection:
        begin_new_epoch(connection)
    after = window_source(database, URI)
    assert after != before
    assert after.startswith(f"{URI}:")
