"""Where the window was: page, case, field and its half-typed text, so that a killed window reopens on the same step."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from client.desk.counter import Counter
from client.store import place as places


def keep(counter: Counter, place: Mapping[str, Any]) -> None:
    """Remember it, on disk when this returns. `place` is what JSON can hold; whoever types pays one commit a time."""
    with counter.memory.begin() as connection:
        places.keep(connection, place)


def kept(counter: Counter) -> Mapping[str, Any]:
    """The place last kept; empty where there is none."""
    with counter.memory.read() as connection:
        return places.kept(connection)


def lay(connection: Connection, case_id: int) -> None:
    """A new draft comes on the table that was kept, in the transaction that opens it; another page stays as it was.

    Who was gathered on a clear table belongs to it; what was half done about another case does not.
    """
    found = places.kept(connection)
    table = found.get("place", {})
    if "case_id" not in table:
        return
    gathered = table if table["case_id"] is None else {}
    if people := gathered.get("people"):
        gathered = {**gathered, "people": {**people, "case": case_id}}
    places.keep(connection, {**found, "place": {**gathered, "case_id": case_id}})
