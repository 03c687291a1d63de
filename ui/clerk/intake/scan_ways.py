"""The ways to scan that every counter has, where nobody wrote others down; and stacks that go through twice."""

from collections.abc import Sequence
from dataclasses import dataclass

from client.ports.scanner import ScanOrder, ScanProfile, ScanSource
from client.rules.batches import Separator, SeparatorKind
from client.text import tr

USUAL = ScanOrder(ScanSource.FEEDER)

WAYS: Sequence[ScanProfile] = (
    ScanProfile(tr("一项材料"), "scan_feeder", order=USUAL),
    ScanProfile(tr("分隔页"), "scan_sorted", order=USUAL, separator=Separator(SeparatorKind.SLOT_SHEET)),
    ScanProfile(tr("T 码分隔"), "scan_sorted", order=USUAL, separator=Separator(SeparatorKind.PATCH_T)),
    ScanProfile(tr("每页一项"), "scan_sorted", order=USUAL, separator=Separator(SeparatorKind.EVERY, every=1)),
    ScanProfile(tr("先正后反"), "scan_feeder", order=USUAL, fronts_then_backs=True),
)


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack that goes through twice, into one material that had `before` pages; `fronts` once those are in."""

    case_id: int
    slot: str
    before: int
    fronts: int | None = None
