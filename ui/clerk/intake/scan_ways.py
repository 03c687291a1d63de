"""The ways to scan that every counter has, where nobody wrote others down; and stacks that go through twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from client.ports.scanner import ScanOrder, ScanProfile, ScanSource
from client.rules.batches import Separator, SeparatorKind
from client.text import tr

if TYPE_CHECKING:
    from ui.seat import Hands

USUAL = ScanOrder(ScanSource.FEEDER)

WAYS: Sequence[ScanProfile] = (
    ScanProfile(tr("一项材料"), "scan_feeder", order=USUAL),
    ScanProfile(tr("分隔页"), "scan_sorted", order=USUAL, separator=Separator(SeparatorKind.SLOT_SHEET)),
    ScanProfile(tr("T 码分隔"), "scan_sorted", order=USUAL, separator=Separator(SeparatorKind.PATCH_T)),
    ScanProfile(tr("每页一项"), "scan_sorted", order=USUAL, separator=Separator(SeparatorKind.EVERY, every=1)),
    ScanProfile(tr("先正后反"), "scan_feeder", order=USUAL, fronts_then_backs=True),
)


BY_CAMERA = ScanProfile(tr("高拍"), "scan_camera", order=USUAL, by_camera=True)


def ways_of(hands: "Hands") -> Sequence[ScanProfile]:
    """The hall's own ways, or the program's; those whose device does not stand at the counter are left out."""
    ways = tuple(hands.ways_to_scan) or (*WAYS, *([BY_CAMERA] if hands.camera is not None else []))
    if hands.scanner is None and hands.camera is not None:
        return [way for way in ways if way.by_camera] or [BY_CAMERA]
    return [way for way in ways if not way.by_camera or hands.camera is not None] or WAYS


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack that goes through twice, into one material that had `before` pages; `fronts` once those are in."""

    case_id: int
    slot: str
    before: int
    fronts: int | None = None

    def is_untouched(self, pages: int) -> bool:
        """Whether none of it is in yet, by how many pages the material has: a jam among the fronts begins no stack."""
        return self.fronts is None and pages == self.before
