"""A hall node's own books, as it compares them with the platform's above: `client.ports.agreement.OwnBooks`.

They are the hub's (`sync.hub.agreement`), and hold what has not gone up yet as well: that is on its way.
"""

from collections.abc import Sequence

from sqlalchemy import func, select

from client.rules.agreement import BEHIND, DAY, Held, Range, Sum, parts
from sync.hub import agreement
from sync.hub.store import Store
from sync.hub.tables import relayed, tallies
from sync.protocol import RANGES_ASKED


class NodeBooks:
    """Those of the windows that speak to this node."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def whole(self) -> Sequence[Range]:
        windows = select(func.substr(tallies.c.head, 1, func.length(tallies.c.head) - DAY)).distinct()
        with self._store.read() as connection:
            return [Range(each, each + BEHIND) for each in sorted(connection.scalars(windows))]

    def split(self, whole: Range, most: int) -> Sequence[Range]:
        within = select(tallies.c.head).where(tallies.c.head >= whole.first, tallies.c.head < whole.end)
        with self._store.read() as connection:
            heads = connection.scalars(within.order_by(tallies.c.head)).all()
        return parts(whole, list(heads), most)

    def sums(self, ranges: Sequence[Range]) -> Sequence[Sum]:
        portions = (ranges[start : start + RANGES_ASKED] for start in range(0, len(ranges), RANGES_ASKED))
        found = (each for portion in portions for each in agreement.sums(self._store, portion).sums)
        return [Sum.of(each.cases, each.digest) for each in found]

    def cases(self, within: Range, after: str) -> Sequence[Held]:
        return [each.held for each in agreement.held(self._store, within, after).cases]

    def on_the_way(self, event_ids: Sequence[str]) -> frozenset[str]:
        """Those of these that are not taken above: they wait, or it refused them, which the window was told."""
        waiting = select(relayed.c.event_id).where(relayed.c.event_id.in_(event_ids), relayed.c.state != "stored")
        with self._store.read() as connection:
            return frozenset(connection.scalars(waiting))

    def of_another_disk(self, theirs: Held) -> bool:  # noqa: ARG002 - a node that lost its disk begins anew above
        return False
