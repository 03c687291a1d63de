"""Where the window was: page, case, field and its half-typed text, so that a killed window reopens on the same step."""

from collections.abc import Mapping
from typing import Any

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
