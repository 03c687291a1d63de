"""What sending needs of the desk, in one value: for the window's loop and for the command alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from client.ports.agreement import OwnBooks
from client.ports.clock import Clock
from client.ports.identity import Identity
from client.ports.numbers import NumberBooks
from client.ports.outbox import Inbox, Outbox
from client.rules.agreement import Held


@dataclass(frozen=True, slots=True)
class Wires:
    """The desk's side of the line. `hurry` forgets all delays: a person wants everything tried now.

    `compared` is told how far this clock is before the platform's, whenever a pass went through; `cut_above` says since
    when the hall's node does not reach the platform, as far as the window was told. `given` hears of cases the store of
    before sent: their numbers are given.
    """

    outbox: Outbox
    inbox: Inbox
    books: OwnBooks
    numbers: NumberBooks
    identity: Identity
    clock: Clock
    hub_url: str | None
    hall: str  # region and hall, e.g. 110101-01: whose changes are read
    upload_rate: int | None  # bytes a second
    hurry: Callable[[], None]
    compared: Callable[[timedelta], None]
    cut_above: Callable[[], datetime | None]
    given: Callable[[Sequence[Held]], None]
