"""How the link to the platform stands, in the truth's own words: what was heard last, and since when."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LinkState:
    """`up` None: not asked yet. `since` is when it became so; `error` (zh_CN) why it is down.

    `sending`: a pass is under way; of its `total` events `sent` have their answer.
    """

    up: bool | None
    since: datetime | None = None
    error: str | None = None
    sending: bool = False
    sent: int = 0
    total: int = 0
