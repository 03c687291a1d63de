"""What a window under attack is told to do, and what it tells back: lines of JSON, the same at both ends."""

import json
import signal
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

GO = signal.SIGUSR1
"""What a window that waits to be told is told with."""


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
    pace: float = 0.0  # seconds between two cases
    clumsy: bool = False  # its clerk tries what the desk must refuse
    clock: str = ""  # the file that says by how many seconds its clock is ahead
    deaf: bool = False  # broken on purpose: does not hear that its disk failed
    days: float = 0.0  # of an outage
    events: int = 0  # queued before it
    files: int = 0  # queued with them
    impatient: bool = False  # broken on purpose: knocks before its time
    seed: int = 0

    def line(self) -> str:
        return json.dumps(asdict(self)) + "\n"

    @classmethod
    def parse(cls, line: bytes) -> "Order":
        return cls(**json.loads(line))


@dataclass(frozen=True)
class Mark:
    """One thing a window said it begins or has done.

    `at` is the system's monotonic clock, in seconds, `window` the process.
    """

    what: str
    at: float
    facts: Mapping[str, Any] = field(default_factory=dict)
    window: int = 0

    def line(self) -> bytes:
        told = {"what": self.what, "at": self.at, "facts": dict(self.facts), "window": self.window}
        return json.dumps(told).encode() + b"\n"

    @classmethod
    def parse(cls, line: bytes) -> "Mark":
        return cls(**json.loads(line))


Tell = Callable[..., None]
"""`tell(what, **facts)`: on its way before the call returns, whatever becomes of the window then."""
