"""How the link to the platform stands, in the truth's own words: what was heard last, and since when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from client.text import tr


class Trouble(StrEnum):
    """Whose trouble it is that nothing goes up."""

    CABLE = "cable"  # no cable and no radio leads out of this machine
    NETWORK = "network"  # no way to the platform's machine
    PLATFORM = "platform"  # its machine is there, and does not answer as the platform does
    SIGN_IN = "sign_in"  # it knows this window no more
    THIS_MACHINE = "this_machine"  # our own store or disk


TROUBLE_WORDS: Mapping[Trouble, str] = MappingProxyType(
    {
        Trouble.CABLE: tr("网线未通"),
        Trouble.NETWORK: tr("断网"),
        Trouble.PLATFORM: tr("平台无应答"),
        Trouble.SIGN_IN: tr("平台不认可本窗口"),
        Trouble.THIS_MACHINE: tr("本机故障"),
    }
)


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
    """`up` None: not asked yet. `since` is when it became so; `error` (zh_CN) why it is down, `trouble` whose it is.

    `sending`: a pass is under way; of its `total` events `sent` have their answer, of `files_total` files `files` are
    up. `paused`: nothing is sent for a while: a person asked for it, or the platform does not listen to this window
    (then `error` says what to do). `drift`: how far this clock is before the platform's, None: never compared.
    `cut_above`: since when the hall's node, which takes everything, has not reached the platform; None: it does.
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
    trouble: Trouble | None = None
    drift: timedelta | None = None
    cut_above: datetime | None = None
