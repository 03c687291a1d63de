"""A list that grows as one scrolls, by keys and never by counting, and that is read again while it is in sight."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from client.errors import DeskError
from ui.seat import Seat
from ui.widgets.table import Line, Table, line_of

Row = TypeVar("Row")

PAGE = 50  # rows of a page
MOST_AGAIN = 150  # rows that are read again; those below change only when one scrolls to them anew


@dataclass(frozen=True, slots=True)
class Found(Generic[Row]):
    """Some rows; `more` asks for those after them, None when there are none."""

    rows: Sequence[Row]
    more: object | None


Ask = Callable[[object | None, int], Found[Row]]
"""Reads at most so many rows after a key, None from the beginning; away from the screen's thread."""


class Paging(QObject, Generic[Row]):
    """Fills `table`. `question` is asked here for what is looked for now, and what it returns is called elsewhere."""

    def __init__(
        self,
        seat: Seat,
        table: Table[Row],
        key: Callable[[Row], Hashable],
        question: Callable[[], Ask[Row]],
        shown: Callable[[], object],
    ) -> None:
        super().__init__(table)
        self._seat = seat
        self._table = table
        self._key = key
        self._question = question
        self._shown = shown
        self._asked = 0  # what is looked for changed so often: an answer to an older question is dropped
        self._reading = False
        self._growing = False
        self._again = False
        self._more: object | None = None
        self._failed = ""  # code of the error that was told last
        table.near_end.connect(self._grow)

    @property
    def all_here(self) -> bool:
        """Whether the table has every row there is."""
        return self._more is None

    def begin(self) -> None:
        """What is looked for changed: from the beginning."""
        self._asked += 1
        self._growing = False
        self._reading = False
        self.again(PAGE)

    def again(self, limit: int | None = None) -> None:
        """Read what is in sight again; what is chosen stays chosen."""
        if self._reading:
            self._again = True
            return
        self._reading = True
        count = limit or min(max(PAGE, len(self._table.lines.lines)), MOST_AGAIN)
        fresh = limit is not None
        self._read(None, count, lambda lines, more: self._refreshed(lines, more, fresh=fresh))

    def _grow(self) -> None:
        if self._more is None or self._growing or self._reading:
            return
        self._growing = True
        after = self._more
        self._read(after, PAGE, lambda lines, more: self._grown(after, lines, more))

    def _read(
        self, after: object | None, count: int, then: Callable[[Sequence[Line[Row]], object | None], object]
    ) -> None:
        ask, columns, key, asked = self._question(), self._table.lines.columns, self._key, self._asked

        def work() -> tuple[Sequence[Line[Row]], object | None]:
            found = ask(after, count)
            return [line_of(row, key(row), columns) for row in found.rows], found.more

        def done(found: tuple[Sequence[Line[Row]], object | None]) -> None:
            if asked == self._asked:
                self._failed = ""
                then(*found)

        def failed(error: DeskError) -> None:
            if asked == self._asked:
                self._reading = self._growing = False
                if error.code != self._failed:  # once, not every two seconds
                    self._failed = error.code
                    self._seat.notices.error(error)

        self._seat.tasks.run(self._seat.lanes.looks, work, done, failed, owner=self)

    def _refreshed(self, lines: Sequence[Line[Row]], more: object | None, *, fresh: bool) -> None:
        self._reading = False
        rest = [] if fresh or more is None else self._rest(lines)
        if not rest:
            self._more = more
        self._table.show_lines([*lines, *rest])
        self._shown()
        if self._again:
            self._again = False
            self.again()

    def _grown(self, after: object, lines: Sequence[Line[Row]], more: object | None) -> None:
        self._growing = False
        if after != self._more:  # meanwhile so much is new that they would not follow the last row
            return
        self._more = more
        self._table.add_lines(lines)
        self._shown()

    def _rest(self, lines: Sequence[Line[Row]]) -> Sequence[Line[Row]]:
        """The rows below those that were read again; none where there may be others between."""
        last = self._table.lines.place(lines[-1].key)
        if last is None:
            return []
        known = {line.key for line in lines}
        return [line for line in self._table.lines.lines[last + 1 :] if line.key not in known]
