"""What a window lets go of when it opens and when it closes (个人信息保护法 第十九条、第四十七条)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from client.desk.counter import WINDOW, Counter
from client.store import audit, cards


@contextmanager
def tidied(counter: Counter) -> Iterator[None]:
    """Around a window's work: texts of cards beyond their days go at both ends, at the end what drafts gave up too."""
    erase_card_blocks(counter)
    yield
    erase_card_blocks(counter)
    counter.memory.sweep()


def erase_card_blocks(counter: Counter) -> int:
    """Erase the raw texts of cards that are older than `card_block_days`, noted with their count; returns it.

    Raises StoreError. Writes nothing where nothing is due.
    """
    now = counter.clock()
    before = now - timedelta(days=counter.settings.card_block_days)
    with counter.memory.read() as connection:
        if not cards.has_block_before(connection, before):
            return 0
    with counter.memory.begin() as connection:
        count = cards.erase_before(connection, before)
        audit.add(connection, now, WINDOW, "erase_card_blocks", "cards", "done", {"count": count})
    return count
