"""What was typed and the store has not taken yet: in memory, for whoever typed it, until they are here to keep it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from client.errors import DeskError, StoreError
from client.text import tr

if TYPE_CHECKING:
    from ui.seat import Seat

Result = TypeVar("Result")


@dataclass(frozen=True, eq=False)
class Held:
    """Answers of one case that differ from those in the store; None is an answer that was emptied."""

    staff_no: str
    case_id: int
    changes: Mapping[str, Any]


class Unkept:
    """One for each person and case. It outlives the pages: a window that locks loses nothing and shows nobody else's.

    Put in on the GUI thread, let go of on the store lane.
    """

    def __init__(self) -> None:
        self._held: dict[tuple[str, int], Held] = {}
        self._lock = Lock()

    def put(self, held: Held) -> None:
        with self._lock:
            self._held[held.staff_no, held.case_id] = held

    def of(self, staff_no: str) -> Sequence[Held]:
        with self._lock:
            return [held for held in self._held.values() if held.staff_no == staff_no]

    def owners(self) -> Sequence[str]:
        """Whose text waits, by 工号."""
        with self._lock:
            return sorted({staff_no for staff_no, _case in self._held})

    def changes(self, staff_no: str, case_id: int) -> Mapping[str, Any]:
        """What that person's text changes in that case."""
        with self._lock:
            held = self._held.get((staff_no, case_id))
        return held.changes if held is not None else {}

    def drop(self, staff_no: str, case_id: int) -> None:
        """Whoever typed it wants it no longer."""
        with self._lock:
            self._held.pop((staff_no, case_id), None)

    def keep(self, held: Held, write: Callable[[], Result]) -> Result:
        """Have it written; only where the store fails does it go on waiting. On the store lane."""
        try:
            result = write()
        except StoreError:
            raise
        except DeskError:  # the desk will never take it
            self._let_go(held)
            raise
        self._let_go(held)
        return result

    def try_again(self, seat: "Seat") -> None:
        """Whoever typed it signed in: before their pages read the cases, for the lane keeps the order."""
        from client.desk.drafting import Drafting  # noqa: PLC0415 - the desk loads behind the first paint

        staff, drafting = seat.session.present(), Drafting(seat.house.counter)

        def kept(_sentences: Sequence[str]) -> None:
            seat.notices.good(tr("锁定前没有存上的内容已经保存"))

        for held in self.of(staff.staff_no):
            amend = partial(drafting.amend, held.case_id, staff, held.changes)
            seat.tasks.run(seat.lanes.store, partial(self.keep, held, amend), kept)

    def _let_go(self, held: Held) -> None:
        """Unless more was typed meanwhile."""
        with self._lock:
            if self._held.get((held.staff_no, held.case_id)) is held:
                del self._held[held.staff_no, held.case_id]


def changed(answers: Mapping[str, Any], stored: Mapping[str, Any]) -> Mapping[str, Any]:
    """What `answers` say otherwise than `stored`."""
    return {key: answers.get(key) for key in {**stored, **answers} if answers.get(key) != stored.get(key)}
