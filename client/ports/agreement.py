"""Either end's books about the cases of a window: sums of ranges, cases one by one, and in what the two differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from client.rules.agreement import Held, Range, Sum


class Books(Protocol):
    """What one end holds. The platform's raise PlatformError, the window's StoreError."""

    def sums(self, ranges: Sequence[Range]) -> Sequence[Sum]:
        """One for each range, in their order."""
        ...

    def cases(self, within: Range, after: str) -> Sequence[Held]:
        """Those of a range behind the number `after` ("": from the first): a page, and none when none are left."""
        ...


class OwnBooks(Books, Protocol):
    """The window's, which alone knows where its numbers lie."""

    def whole(self) -> Sequence[Range]:
        """Everything that was ever acknowledged here, and whatever else bears this window's number."""
        ...

    def split(self, whole: Range, most: int) -> Sequence[Range]:
        """The parts of a range, at most `most` and a little; the range alone when it cannot be cut."""
        ...

    def on_the_way(self, event_ids: Sequence[str]) -> frozenset[str]:
        """Those of these events that are this window's own and wait for their answer: the platform may have them."""
        ...

    def of_another_disk(self, theirs: Held) -> bool:
        """Whether no case here bears that number and none of its events comes from this store.

        So it is after a disk was lost, or a backup restored: the case went up from the store of before.
        """
        ...


class Gap(StrEnum):
    """In what the two ends differ about a case."""

    NOT_HELD = "not_held"  # acknowledged once, and the platform has it no more
    UNKNOWN_HERE = "unknown_here"  # the platform has it, and this window does not know it
    OTHER_KEY = "other_key"  # one number, two cases
    OTHER_STATE = "other_state"  # what the platform told of, and what was taken of it
    DISK_BEFORE = "disk_before"  # what the store of before sent under this window's number
    FILE_NOT_HELD = "file_not_held"  # the event is there, a file it names is not


@dataclass(frozen=True, slots=True)
class Difference:
    """One gap of one case. `what`: ids of the events, digests of the files, or the two states, ours first."""

    number: str
    gap: Gap
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """`agreed` cases are the same at both ends; `more`: there are other differences than those that are told.

    `before` are cases under this window's number that the store of before sent, and this one knows nothing of.
    """

    agreed: int
    differences: tuple[Difference, ...] = ()
    before: tuple[Held, ...] = ()
    more: bool = False
    at: datetime | None = None  # when it was made, by the window's clock
