"""The frames of rating boxes, as data from resources and pure functions over a stream of bytes."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from client.ports.rating import Grade


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one make of box speaks; `invite` and `dismiss` are empty where it needs neither."""

    baud: int
    invite: bytes
    dismiss: bytes
    grades: Mapping[bytes, Grade]

    @property
    def longest(self) -> int:
        """Of its grades' frames, in bytes."""
        return max(map(len, self.grades))


def dialect_of(found: Mapping[str, Any]) -> Dialect:
    """A table of `rating_boxes.toml`. Raises ValueError where a grade is missing or one frame hides another."""
    grades = {bytes.fromhex(found["grades"][grade]): grade for grade in Grade}
    if any(each != other and each in other for each in grades for other in grades):
        message = "a grade's frame stands within another's"
        raise ValueError(message)
    if set(found["grades"]) != set(Grade) or len(grades) != len(Grade) or b"" in grades:
        message = "five grades, each with a frame of its own"
        raise ValueError(message)
    invite, dismiss = bytes.fromhex(found["invite"]), bytes.fromhex(found["dismiss"])
    return Dialect(int(found["baud"]), invite, dismiss, MappingProxyType(grades))


@cache
def dialects() -> Mapping[str, Dialect]:
    """All that are known, by the name an address has after `?`."""
    text = files("resources").joinpath("devices", "rating_boxes.toml").read_text("utf-8")
    return MappingProxyType({name: dialect_of(found) for name, found in tomllib.loads(text).items()})


def first_grade(stream: bytes, dialect: Dialect) -> Grade | None:
    """The grade whose frame stands first in `stream`, whatever noise is around it."""
    starts = {frame: start for frame in dialect.grades if (start := stream.find(frame)) >= 0}
    return dialect.grades[min(starts, key=lambda frame: starts[frame])] if starts else None
