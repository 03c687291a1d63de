"""What a window under attack is told to do, and what it tells back: lines of JSON, the same at both ends."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Order:
    """One life of a window. `job` is a name of `tests.attack.worker.JOBS`; the rest is what that job needs."""

    job: str
    profile: str
    key_file: str
    hub: str = ""
    early: bool = False  # broken on purpose: promises before the commit
    unlocked: bool = False  # broken on purpose: does not care who holds the profile
    stop_at: str = ""  # where in the making of a paper it stands still
    careless: bool = False  # broken on purpose: its commits are not synced
    reprint: int = 0  # the paper it prints again before it takes the next case; 0 is none

    def line(self) -> str:
        return json.dumps(asdict(self)) + "\n"

    @classmethod
    def parse(cls, line: str) -> "Order":
        return cls(**json.loads(line))


@dataclass(frozen=True)
class Mark:
    """One thing a window said it begins or has done. `at` is the system's monotonic clock, in seconds."""

    what: str
    at: float
    facts: Mapping[str, Any] = field(default_factory=dict)

    def line(self) -> bytes:
        return json.dumps({"what": self.what, "at": self.at, "facts": dict(self.facts)}).encode() + b"\n"

    @classmethod
    def parse(cls, line: bytes) -> "Mark":
        return cls(**json.loads(line))


Tell = Callable[..., None]
"""`tell(what, **facts)`: on its way before the call returns, whatever becomes of the window then."""
