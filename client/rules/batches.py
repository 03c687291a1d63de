"""How a batch through the feeder falls apart into materials, and how fronts and backs become pages in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from client.errors import CaseError, Fault
from client.text import tr

UNEVEN = Fault(
    "CASE-335",
    tr("正面扫了{fronts}页，背面扫了{backs}页，对不上"),
    tr("扫好的页都在，没有排序；请看是否有纸粘在一起或没有进完，再把这一批重新扫描"),
)
FOREIGN_SHEET = Fault(
    "CASE-336",
    tr("分隔页“{code}”不是本件的材料"),
    tr("此前扫好的页都在；请取出这张分隔页，换成本事项的，或选好材料后从它后面的一页起接着扫"),
)
_SHEET = "YICHUANG:SLOT"
_SHOWN = 60  # characters of a code that is not ours

Page = TypeVar("Page")


class SeparatorKind(StrEnum):
    """By what a batch is cut."""

    NONE = "none"
    SLOT_SHEET = "slot_sheet"  # our own sheets, which name the material that follows
    PATCH_T = "patch_t"  # sheets with the patch code T, which every shop for scanners knows
    EVERY = "every"  # so many pages a material


@dataclass(frozen=True, slots=True)
class Separator:
    """`every`: pages a material where that is how a batch is cut."""

    kind: SeparatorKind = SeparatorKind.NONE
    every: int = 1


UNCUT = Separator()


@dataclass(frozen=True, slots=True)
class Cut:
    """A sheet that separates: what follows is of the material its `code` names, or of the next one where None."""

    code: str | None = None


def slot_code(item: str, slot: str) -> str:
    """What the QR code of a slot sheet says: the item's code and the material's key."""
    return f"{_SHEET}:{item}:{slot}"


def cut_in(text: str) -> Cut | None:
    """The sheet that a QR code makes of its page; None for any other code."""
    return Cut(text) if text.startswith(f"{_SHEET}:") else None


@dataclass(frozen=True, slots=True)
class Sorting:
    """A batch on its way into the materials `slots` of `item`: `at` is where pages go, `count` how many went there.

    `begun`: a sheet of it has come.
    """

    separator: Separator
    item: str
    slots: Sequence[str]
    at: str
    count: int = 0
    begun: bool = False

    def after(self, cut: Cut | None) -> tuple["Sorting", str | None]:
        """How it stands after one more sheet, and the material that sheet is of; None for one that only separates.

        Behind the last material there is none: pages stay with it. Raises CaseError for a sheet that names a
        material this case has not.
        """
        if cut is not None:
            return replace(self, at=self._meant(cut), count=0, begun=True), None
        is_full = self.separator.kind is SeparatorKind.EVERY and self.count >= self.separator.every
        at, count = (self._next, 0) if is_full else (self.at, self.count)
        return replace(self, at=at, count=count + 1, begun=True), at

    def _meant(self, cut: Cut) -> str:
        if cut.code is None:
            return self._next if self.begun else self.at  # on top of the stack it begins the first material
        for slot in self.slots:
            if cut.code == slot_code(self.item, slot):
                return slot
        raise CaseError(FOREIGN_SHEET, code=cut.code.removeprefix(f"{_SHEET}:")[:_SHOWN])

    @property
    def _next(self) -> str:
        """Two sheets that separate with nothing between: a material was left out."""
        return self.slots[min(self.slots.index(self.at) + 1, len(self.slots) - 1)]


def sort_into(sheets: Iterable[Cut | None], sorting: Sorting) -> Sequence[str | None]:
    """The material of each sheet, see `Sorting.after`. Raises CaseError."""
    places = []
    for sheet in sheets:
        sorting, place = sorting.after(sheet)
        places.append(place)
    return places


def interleaved(fronts: Sequence[Page], backs: Sequence[Page]) -> Sequence[Page]:
    """The pages in order of a stack that went through once, was turned over and went through again.

    Turned as a whole, its last sheet comes first. Raises CaseError where the passes do not have as many pages.
    """
    if len(fronts) != len(backs):
        raise CaseError(UNEVEN, fronts=len(fronts), backs=len(backs))
    return [side for sheet in zip(fronts, reversed(backs), strict=True) for side in sheet]
