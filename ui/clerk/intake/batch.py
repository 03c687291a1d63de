"""Where the pages of a scan go: into one material, or into those that the sheets between them name."""

from collections.abc import Callable, Mapping
from typing import Protocol

from client.ports.pages import PageHand
from client.rules.batches import Sorting


class Into(Protocol):
    """`slot`: the material the next page goes to, as far as anybody knows; `number`: how many pages that one has."""

    @property
    def slot(self) -> str: ...

    @property
    def number(self) -> int: ...

    def keep(self, content: bytes) -> bool:
        """Seal a page there; False for a sheet that only parts. Raises DeskError, and nothing is kept then."""
        ...


class OneMaterial:
    """All into `slot`, which has `number` pages; `put` seals a page (its name, its content)."""

    def __init__(self, slot: str, number: int, put: Callable[[str, bytes], object]) -> None:
        self.slot = slot
        self.number = number
        self._put = put

    def keep(self, content: bytes) -> bool:
        """See Into."""
        self._put(name_of(self.slot, self.number), content)
        self.number += 1
        return True


class Batch:
    """Into the material that is at hand by `sorting`; `numbers`: how many pages each has.

    `put` seals a page in a material (its key, the page's name, its content). `sorted` counts what each was given.
    """

    def __init__(
        self, sorting: Sorting, numbers: Mapping[str, int], pages: PageHand, put: Callable[[str, str, bytes], object]
    ) -> None:
        self.sorting = sorting
        self._numbers = dict(numbers)
        self._pages = pages
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

    def keep(self, content: bytes) -> bool:
        """See Into. A sheet that parts counts only when nothing went wrong: then the batch goes on behind it."""
        name = name_of(self.slot, self.number)
        after, slot = self.sorting.after(self._pages.cut(content, name, self.sorting.separator.kind))
        if slot is not None:
            self._put(slot, name_of(slot, self._numbers[slot]), content)
            self._numbers[slot] += 1
            self.sorted[slot] = self.sorted.get(slot, 0) + 1
        self.sorting = after
        return slot is not None


def name_of(slot: str, number: int) -> str:
    """Of the page behind so many of its material."""
    return f"{slot}-{number + 1:03}.jpg"
