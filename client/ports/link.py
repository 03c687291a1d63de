"""How the link to the platform stands, in the truth's own words: what was heard last, and since when."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pass is: of its `total` events `sent` have their answer, and so for the files that go up first.

    Files are counted a batch at a time, as the platform says what it lacks. Without events there is no pass.
    """

    sent: int = 0
    total: int = 0
    files: int = 0
    files_total: int = 0


@dataclass(frozen=True, slots=True)
class LinkState:
    """`up` None: not asked yet. `since` is when it became so; `error` (zh_CN) why it is down.

    `sending`: a pass is under way; of its `total` events `sent` have their answer, of `files_total` files `files` are
    up. `paused`: nothing is sent for a while: a person asked for it, or the platform does not listen to this window
    (then `error` says what to do).
    """

    up: bool | None
    since: datetime | None = None
    error: str | None = None
    sending: bool = False
    sent: int = 0
    total: int = 0
    files: int = 0
    files_total: int = 0
    paused: bool = False
