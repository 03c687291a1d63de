"""The only way off the GUI thread and back: work goes to a lane, its answer comes as a call on the GUI thread.

A lane touches nothing of Qt, not even a signal: its answer is put where the GUI thread finds it, and a byte on a
socket wakes that. PySide keeps no two threads apart in its own books.
"""

import socket
import weakref
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal
from shiboken6 import isValid

from client.errors import Cancelled, DeskError, StoreError
from client.lanes import Lane, outcome
from ui.notices import BUG

Result = TypeVar("Result")
_Outcome = tuple[int, object, BaseException | None]  # of which piece of work

SLOW = 300  # milliseconds before a person is told that something is going on
_RINGS = 4_096  # heard at once
CANCELLABLE = 2_000  # milliseconds before they are offered to take it back


@dataclass(frozen=True, eq=False)
class Task:
    """Work on its way. `words` say what is going on; "" for what nobody needs to hear of."""

    words: str
    cancel: Callable[[], None] | None


class Tasks(QObject):
    """Hands work to lanes. `done` and `failed` are called on the GUI thread, unless `owner` is gone by then.

    One answer comes a turn of the event loop, and what it changed is painted before the next: keys pressed meanwhile
    are heard in between. A bug goes to `failed` as BUG. It, and a store that failed, are told even when `owner` is
    gone: what was to be written is not written.
    """

    slow = Signal(Task)  # it takes longer than a moment
    stubborn = Signal(Task)  # so long that it can be taken back, if it has a cancel
    ended = Signal(Task)
    failed = Signal(DeskError)  # nobody asked to hear of this error himself
    broke = Signal()  # a bug: the log has its traceback

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._underway = 0
        self._arrived: deque[Callable[[], None]] = deque()
        self._turn = QTimer(self, interval=0, singleShot=True)
        self._turn.timeout.connect(self._take_next)
        self._numbers = count()
        self._out: dict[int, _Landing] = {}
        self._back: deque[_Outcome] = deque()
        self._doorbell = _Doorbell()
        weakref.finalize(self, self._doorbell.close)
        self._heard = QSocketNotifier(self._doorbell.descriptor, QSocketNotifier.Type.Read, self)
        self._heard.activated.connect(self._arrive)

    @property
    def underway(self) -> int:
        """How many pieces of work have not come back yet."""
        return self._underway

    def run(
        self,
        lane: Lane,
        work: Callable[[], Result],
        done: Callable[[Result], object] | None = None,
        failed: Callable[[DeskError], object] | None = None,
        *,
        owner: QObject | None = None,
        words: str = "",
        cancel: Callable[[], None] | None = None,
    ) -> None:
        """Do `work` on `lane`, then `done(result)` here; or `failed(error)`, or else the error goes to `notices`."""
        task = Task(words, cancel)
        self._underway += 1
        number = next(self._numbers)
        self._out[number] = landing = _Landing(task, work, done, failed, owner, owner is not None)
        if words:
            QTimer.singleShot(SLOW, lambda: self._tell(task, landing, self.slow))
            QTimer.singleShot(CANCELLABLE, lambda: self._tell(task, landing, self.stubborn))
        lane.do(_Carrier(number, work, self._back, self._doorbell))

    def go_on(self, act: Callable[[], object], *, owner: QObject) -> None:
        """The rest of what an answer changes, in the next turn and before any other answer."""
        self._arrived.appendleft(self._own(act, owner))
        self._turn.start()

    def in_turn(self, act: Callable[[], object], *, owner: QObject) -> None:
        """Something that can wait, in a turn of its own behind the answers that are here."""
        self._arrived.append(self._own(act, owner))
        self._turn.start()

    def paint(self, act: Callable[[], object], *, owner: QObject) -> None:
        """What is to be painted, in a turn of its own before all others: keys are heard before it and behind it."""

        def do() -> None:
            if isValid(owner):
                act()

        self._arrived.appendleft(do)
        self._turn.start()

    def _own(self, act: Callable[[], object], owner: QObject) -> Callable[[], None]:
        self._underway += 1

        def do() -> None:
            self._underway -= 1
            if isValid(owner):
                act()

        return do

    def _tell(self, task: Task, landing: "_Landing", how: Any) -> None:  # noqa: ANN401 - a bound signal has no type
        if not landing.is_over:
            how.emit(task)

    def _arrive(self) -> None:
        self._doorbell.hear()
        while self._back:
            number, result, error = self._back.popleft()
            self._arrived.append(partial(self._land, self._out.pop(number), result, error))
            self._turn.start()

    def _take_next(self) -> None:
        act = self._arrived.popleft()
        if self._arrived:
            self._turn.start()
        act()

    def _land(self, landing: "_Landing", result: object, error: BaseException | None) -> None:
        landing.is_over = True
        self._underway -= 1
        self.ended.emit(landing.task)
        gone = landing.owned and not (landing.owner and isValid(landing.owner))
        if error is None:
            if landing.done is not None and not gone:
                landing.done(result)
        elif isinstance(error, Cancelled):
            return
        elif isinstance(error, DeskError):
            if not gone:
                (landing.failed or self.failed.emit)(error)
            elif isinstance(error, StoreError):
                self.failed.emit(error)
        else:
            tell_log(error)
            if landing.failed is not None and not gone:
                landing.failed(DeskError(BUG))  # so that its keys do not stay dead
            self.broke.emit()


class _Doorbell:
    """Rung on any thread, heard on one: a pair of sockets, which every system lets Qt watch."""

    def __init__(self) -> None:
        self._inside, self._outside = socket.socketpair()
        for end in (self._inside, self._outside):
            end.setblocking(False)
        self.descriptor = self._inside.fileno()

    def ring(self) -> None:
        """It may have been rung already, or be gone."""
        with suppress(OSError):
            self._outside.send(b"!")

    def hear(self) -> None:
        with suppress(BlockingIOError):
            self._inside.recv(_RINGS)

    def close(self) -> None:
        for end in (self._inside, self._outside):
            end.close()


def tell_log(error: BaseException) -> None:
    """An error of a lane's work that nobody else hears of."""
    import structlog  # noqa: PLC0415 - slow to load, and seldom needed

    structlog.get_logger(__name__).error("work broke off", exc_info=error)


class _Carrier:
    """A piece of work on its lane, and nothing else of whoever asked for it.

    Who asked, and the work itself, stay with the screen's thread until the outcome is there: the lane is never the last
    to let go of something of Qt's, for it would be taken apart there.
    """

    def __init__(self, number: int, work: Callable[[], object], back: "deque[_Outcome]", doorbell: _Doorbell) -> None:
        self._number = number
        self._box = [work]
        self._back = back
        self._doorbell = doorbell

    def __call__(self) -> None:
        self._back.append((self._number, *outcome(self._box)))
        self._doorbell.ring()


@dataclass(eq=False, slots=True)
class _Landing:
    """What is done with an outcome, and by whom. `work` is kept until then."""

    task: Task
    work: Callable[[], object]
    done: Callable[[Any], object] | None
    failed: Callable[[DeskError], object] | None
    owner: QObject | None
    owned: bool
    is_over: bool = False
