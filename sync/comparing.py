"""Whether both ends still hold the same, compared by their sums after the other may have been away.

`sync.recall` asks event by event, and ends where a page of them is known: what was taken long after its neighbours may
lie behind that. Sums overlook nothing, and agreed cases cost one question.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from threading import Lock
from typing import TypeVar

import structlog

from client.errors import PlatformError
from client.ports.agreement import Books, Comparison, Gap, OwnBooks
from client.ports.clock import Clock
from client.ports.outbox import Outbox
from client.rules.agreement import Held, Range, Sum
from sync.faults import Unsure
from sync.recall import FORGOTTEN
from sync.reconcile import compare

TIMES = 3  # that a question is asked

Answer = TypeVar("Answer")

_log = structlog.get_logger(__name__)


class Comparing:
    """Owed from the start. Made by whoever makes the passes, behind one that went through; the rest is for any thread.

    What the platform acknowledged and has no more waits again, once: what it takes and still does not hold then is for
    people. `given` hears of the cases the store of before sent (`sync.reconcile.compare`).
    """

    def __init__(
        self,
        outbox: Outbox,
        books: OwnBooks,
        platform: Books,
        clock: Clock,
        given: Callable[[Sequence[Held]], object] = lambda _before: None,
    ) -> None:
        self._outbox = outbox
        self._books = books
        self._platform = _Patient(platform)
        self._clock = clock
        self._given = given
        self._wished, self._made = 1, 0  # a wish that comes while one is made is another
        self._wishing = Lock()
        self._comparison: Comparison | None = None
        self._again: set[str] = set()

    def owe(self) -> None:
        """The other end may have been another one meanwhile, or a person wants to know."""
        with self._wishing:
            self._wished += 1

    @property
    def owed(self) -> bool:
        return self._made != self._wished

    @property
    def comparison(self) -> Comparison | None:
        """What was found last; None while a comparison is owed."""
        return None if self.owed else self._comparison

    def ahead(self) -> int:
        """Before anything goes up to a platform that may have been away: returns how many events wait again.

        What it lacks of a case goes before what is new of it: behind that it would be refused. The comparison that is
        shown is made when the pass is over, and is owed.
        """
        self.owe()
        if not self._outbox.taken(None, 1):
            return 0  # there is nothing it could have forgotten
        found = self._compared()
        return 0 if found is None else self._reopen(found)

    def make(self) -> int:
        """Compare, where that is owed; returns how many events wait again. Raises StoreError.

        It stays owed where the platform broke it off, and until what waits again has gone.
        """
        if not self.owed:
            return 0
        wish = self._wished
        found = self._compared()
        if found is None:
            return 0
        lacking = self._reopen(found)
        if not lacking:
            self._comparison = replace(found, at=self._clock())
            self._made = wish
        return lacking

    def _compared(self) -> Comparison | None:
        try:
            found = compare(self._books, self._platform, self._given)
        except PlatformError as error:  # the next pass is soon
            _log.info("comparison broke off", code=error.code)
            return None
        _log.info("compared", agreed=found.agreed, differences=len(found.differences))
        return found

    def _reopen(self, found: Comparison) -> int:
        gone = {event_id for each in found.differences if each.gap is Gap.NOT_HELD for event_id in each.what}
        lacking = sorted(gone - self._again)
        self._again = gone
        self._outbox.reopen(lacking, FORGOTTEN)
        return len(lacking)


class _Patient(Books):
    """A platform that is asked again when an answer is lost: a comparison is many questions, and none does harm."""

    def __init__(self, platform: Books) -> None:
        self._platform = platform

    def sums(self, ranges: Sequence[Range]) -> Sequence[Sum]:
        return _answer(partial(self._platform.sums, ranges))

    def cases(self, within: Range, after: str) -> Sequence[Held]:
        return _answer(partial(self._platform.cases, within, after))


def _answer(question: Callable[[], Answer]) -> Answer:
    for _ in range(TIMES - 1):
        with suppress(Unsure):
            return question()
    return question()
