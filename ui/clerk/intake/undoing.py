"""What was done with the pages of the case on the table, to be undone, the last first."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from client.desk.paging import Paging
from client.desk.staff import Staff

UNDOABLE = 20  # acts; nothing is kept for one but names of files


@dataclass(frozen=True, slots=True)
class Undo:
    """How to undo an act with the page that is `page_id` now; afterwards they are the ones `act` returns.

    `was_ids`: ids of the pages before the act, in that order; `slot` and `place` (from 0): where to look then.
    """

    case_id: int
    page_id: int
    was_ids: tuple[int, ...]
    slot: str
    place: int
    act: Callable[[Paging, int, Staff, int], tuple[int, ...]]


class Undoing:
    """A page that is put back is another row: what was done with it before knows it under its new id."""

    def __init__(self) -> None:
        self._acts: deque[Undo] = deque(maxlen=UNDOABLE)

    def __len__(self) -> int:
        return len(self._acts)

    def keep_to(self, case_id: int | None) -> None:
        """Forget what was done in other cases: it could be undone in the wrong one."""
        self._acts = deque((act for act in self._acts if act.case_id == case_id), UNDOABLE)

    def push(self, act: Undo) -> None:
        self._acts.append(act)

    def pop(self) -> Undo | None:
        return self._acts.pop() if self._acts else None

    def undone(self, act: Undo, page_ids: tuple[int, ...]) -> None:
        """It was undone, and its pages are these now."""
        now = dict(zip(act.was_ids, page_ids, strict=True))
        renamed = (replace(each, page_id=now.get(each.page_id, each.page_id)) for each in self._acts)
        self._acts = deque(renamed, UNDOABLE)
