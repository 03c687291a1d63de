"""The sums of what the platform is believed to hold, by window and day (rules.agreement)."""

from collections.abc import Mapping

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from client.rules.agreement import NOTHING, Sum
from client.store.tables import tallies


def add(connection: Connection, changes: Mapping[str, Sum]) -> None:
    """Add what changed of each head, in the caller's transaction."""
    if not changes:
        return
    statement = select(tallies).where(tallies.c.head.in_(list(changes)))
    before = {row.head: Sum.of(row.cases, row.digest) for row in connection.execute(statement)}
    rows = []
    for head, change in changes.items():
        after = before.get(head, NOTHING) + change
        rows.append({"head": head, "cases": after.cases, "digest": after.hex})
    new = upsert(tallies)
    put = new.on_conflict_do_update(
        index_elements=["head"], set_={"cases": new.excluded.cases, "digest": new.excluded.digest}
    )
    connection.execute(put, rows)
