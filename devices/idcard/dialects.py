"""The ways readers frame the SAM's payloads: the standard's, and those of makers as resources have them."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from devices.idcard.frames import SAM, Dialect


@cache
def dialects() -> Sequence[Dialect]:
    """All that are known, the standard's first: what answers in one of them is understood."""
    rows = json.loads(files("resources").joinpath("codes", "card_dialects.json").read_text("utf-8"))["dialects"]
    return (SAM, *map(_dialect, rows))


def dialect_named(name: str) -> Dialect:
    """Raises ValueError for a name no row has."""
    for dialect in dialects():
        if dialect.name == name:
            return dialect
    message = f"{name!r} is none of {', '.join(dialect.name for dialect in dialects())}"
    raise ValueError(message)


def _dialect(row: Mapping[str, Any]) -> Dialect:
    statuses = {int(own, 16): int(standard, 16) for own, standard in row["statuses"].items()}
    begins = {end: bytes.fromhex(row[end]) for end in ("request", "reply")}
    return Dialect(**{**row, **begins, "statuses": MappingProxyType(statuses)})
