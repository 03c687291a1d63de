"""A hall node's books, held against those of the platform above, on each database."""

from contextlib import closing
from pathlib import Path

import pytest

from client.ports.agreement import Comparison, Difference, Gap
from client.ports.platform import EventAnswer, Verdict
from sync.hub import agreement
from sync.hub.node_books import NodeBooks
from sync.hub.relayed import RelayOutbox
from sync.hub.shelf import Shelf
from sync.hub.store import Store
from sync.platform import HttpPlatform
from sync.protocol import RANGES_ASKED
from sync.reconcile import compare
from tests.hub.test_relay import take
from tests.hubs import LocalHub
from tests.sync.sample import NOW, Window


def test_a_node_of_very_many_windows_and_days_compares_them_a_portion_at_a_time(
    store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hub refuses to add up more for one question: a node that asked all at once broke off, pass after pass."""
    monkeypatch.setattr(agreement, "MOST_DAYS", 2 * RANGES_ASKED)
    windows, sender = RANGES_ASKED + 1, Window()
    taken = [sender.event(f"110101-01-{window:02}-2026010{day}-0001-0") for window in range(windows) for day in (1, 2)]
    late, later = (sender.event(f"110101-01-00-20260101-000{serial}-0") for serial in (2, 3))
    (tmp_path / "above").mkdir()
    with closing(Store(store_url)) as store, LocalHub(tmp_path / "above") as platform:
        store.prepare()
        store.pass_on_to(platform.url)
        take(store, taken)
        with closing(HttpPlatform(platform.url)) as above:
            above.send(taken)
            books = NodeBooks(store)
            assert compare(books, above) == Comparison(agreed=2 * windows)
            take(store, [late, later])
            assert compare(books, above).differences == ()  # they have still to go up
            outbox = RelayOutbox(store, Shelf(tmp_path / "files"))
            outbox.answered([EventAnswer(late.event_id, Verdict.ACCEPTED, ack="R1")], NOW)
            found = compare(books, above)
    assert found.differences == (Difference(late.subject, Gap.NOT_HELD, (late.event_id,)),)
    assert found.agreed == 2 * windows
