"""Where the pages of a scan go: into one material, or into those that the sheets between them name."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

from client.desk.keeping import KeptPage
from client.ports.pages import PageHand
from client.rules.batches import Sorting

Clean = Callable[[str, bytes], KeptPage]
"""Cleans and seals a page, by its name and content. Raises DeskError."""
Taken = Callable[[], Callable[[], bool]]
"""What is to be done with a sheet: cleaning, which may go on beside that of others; what comes of it puts the sheet
there, and says whether it was a page or only parted. Both raise DeskError, and nothing is kept then.
"""


class Into(Protocol):
    """`slot`: the material the next page goes to, as far as anybody knows; `number`: how many pages that one has."""

    @property
    def slot(self) -> str: ...

    @property
    def number(self) -> int: ...

    def take(self, content: bytes) -> Taken:
        """A sheet as it comes. Sheets are taken in the order they come, and put there in the same. Raises DeskError."""
        ...


class OneMaterial:
    """All into `slot`, which has `number` pages; `clean` cleans and seals one, `put` puts it there."""

    def __init__(self, slot: str, number: int, clean: Clean, put: Callable[[KeptPage], object]) -> None:
        self.slot = slot
        self.number = number
        self._taken = number
        self._clean = clean
        self._put = put

    def take(self, content: bytes) -> Taken:
        """See Into."""
        name = name_of(self.slot, self._taken)
        self._taken += 1
        return lambda: partial(self._count, self._clean(name, content))

    def _count(self, page: KeptPage) -> bool:
        self._put(page)
        self.number += 1
        return True


class Batch:
    """Into the material that is at hand by `sorting`; `numbers`: how many pages each has.

    `clean` as `OneMaterial` has it; `put` puts a page in a material (its key). `sorted` counts what each was given.
    """

    def __init__(
        self,
        sorting: Sorting,
        numbers: Mapping[str, int],
        pages: PageHand,
        clean: Clean,
        put: Callable[[str, KeptPage], object],
    ) -> None:
        self.sorting = sorting
        self._numbers = dict(numbers)
        self._ahead, self._numbers_ahead = sorting, dict(numbers)  # behind the sheets that were taken
        self._pages = pages
        self._clean = clean
        self._put = put
        self.sorted: dict[str, int] = {}

    @property
    def slot(self) -> str:
        """See Into."""
        return self.sorting.at

    @property
    def number(self) -> int:
        """See Into."""
        return self._numbers[self.slot]

    def take(self, content: bytes) -> Taken:
        """See Into."""
        at, numbers = self._ahead, self._numbers_ahead
        name = name_of(at.at, numbers[at.at])
        self._ahead, slot = at.after(self._pages.cut(content, name, at.separator.kind))
        after = self._ahead
        if slot is None:
            return lambda: partial(self._part, after)
        name = name_of(slot, numbers[slot])
        numbers[slot] += 1
        return lambda: partial(self._count, after, slot, self._clean(name, content))

    def _part(self, after: Sorting) -> bool:
        self.sorting = after
        return False

    def _count(self, after: Sorting, slot: str, page: KeptPage) -> bool:
        """A sheet counts only when nothing went wrong: then the batch goes on behind it."""
        self._put(slot, page)
        self._numbers[slot] += 1
        self.sorted[slot] = self.sorted.get(slot, 0) + 1
        self.sorting = after
        return True


def name_of(slot: str, number: int) -> str:
    """Of the page behind so many of its material."""
    return f"{slot}-{number + 1:03}.jpg"
