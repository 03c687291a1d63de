"""A few requests under way at once: each on a thread that does only HTTP, all heard on the thread that asked.

So nobody but the pass touches the outbox, and no transaction spans a request.
"""

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeVar

from client.errors import PlatformError
from client.lanes import Lane

SENDERS = 4  # requests under way at once; more would only crowd the platform

Result = TypeVar("Result")
Heard = Callable[[Callable[[], Result]], None]
"""What is done about an answer: it calls what it is given, which returns it or raises what came instead."""


class Senders:
    """At most `most` requests under way; only one until the first was answered: a dead platform is asked once.

    Used by one thread; `with` ends its helpers.
    """

    def __init__(self, most: int = SENDERS) -> None:
        self._most = most
        self._somebody_there = False
        self._idle: list[Lane] = []
        self._under_way: dict[Future[Any], tuple[Lane, Callable[[], None]]] = {}

    @property
    def busy(self) -> bool:
        return bool(self._under_way)

    def make_room(self) -> None:
        """Hear others until one more request may be made; what hearing them raises comes from here."""
        while len(self._under_way) >= (self._most if self._somebody_there else 1):
            self.hear()

    def ask(self, request: Callable[[], Result], heard: Heard[Result]) -> None:
        """Make a request as soon as there is room."""
        self.make_room()
        lane = self._idle.pop() if self._idle else Lane("sender")
        future = lane.do(request)
        self._under_way[future] = lane, partial(heard, future.result)

    def hear(self) -> None:
        """Wait for an answer, and hear all that are there by now."""
        done, _ = wait(self._under_way, return_when=FIRST_COMPLETED)
        for future in [each for each in self._under_way if each in done]:
            lane, heard = self._under_way.pop(future)
            self._idle.append(lane)
            self._somebody_there = self._somebody_there or future.exception() is None
            heard()

    def hear_all(self) -> None:
        while self._under_way:
            self.hear()

    def hear_out(self) -> None:
        """Hear what is still under way of a pass that has failed: its error is told already."""
        while self._under_way:
            try:
                self.hear()
            except PlatformError:
                continue

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for lane in [*self._idle, *(lane for lane, _ in self._under_way.values())]:
            lane.close()
