"""Where the window was when it was last seen: what a killed one reopens with, half-typed text and all."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select, update

from client.store.tables import window


def keep(connection: Connection, place: Mapping[str, Any]) -> None:
    connection.execute(update(window).values(place=json.dumps(dict(place), ensure_ascii=False)))


def kept(connection: Connection) -> Mapping[str, Any]:
    """The place last kept; empty where there is none."""
    found: dict[str, Any] = json.loads(connection.scalar(select(window.c.place)) or "{}")
    return found
