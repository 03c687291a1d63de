"""The only way off the GUI thread and back: work goes to a lane, its answer comes as a call on the GUI thread."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from client.errors import Cancelled, DeskError, StoreError
from client.lanes import Lane
from ui.notices import BUG

Result = TypeVar("Result")

SLOW = 300  # milliseconds before a person is told that something is going on
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
    _landed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._underway = 0
        self._arrived: deque[Callable[[], None]] = deque()
        self._turn = QTimer(self, interval=0, singleShot=True)
        self._turn.timeout.connect(self._take_next)
        self._landed.connect(self._arrive, Qt.ConnectionType.QueuedConnection)

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
        landing = _Landing(task, done, failed, owner, owner is not None)
        if words:
            QTimer.singleShot(SLOW, lambda: self._tell(task, landing, self.slow))
            QTimer.singleShot(CANCELLABLE, lambda: self._tell(task, landing, self.stubborn))

        def back(future: "Future[Result]") -> None:
            landing.future = future
            self._landed.emit(landing)

        lane.do(work).add_done_callback(back)

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
        if landing.future is None:
            how.emit(task)

    @Slot(object)
    def _arrive(self, landing: "_Landing") -> None:
        self._arrived.append(lambda: self._land(landing))
        self._turn.start()

    def _take_next(self) -> None:
        act = self._arrived.popleft()
        if self._arrived:
            self._turn.start()
        act()

    def _land(self, landing: "_Landing") -> None:
        self._underway -= 1
        self.ended.emit(landing.task)
        future = landing.future
        if future is None:
            return
        gone = landing.owned and not (landing.owner and isValid(landing.owner))
        error = future.exception()
        if error is None:
            if landing.done is not None and not gone:
                landing.done(future.result())
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


def tell_log(error: BaseException) -> None:
    """An error of a lane's work that nobody else hears of."""
    import structlog  # noqa: PLC0415 - slow to load, and seldom needed

    structlog.get_logger(__name__).error("work broke off", exc_info=error)


class _Landing:
    """What comes back, and to whom."""

    def __init__(
        self,
        task: Task,
        done: Callable[[Any], object] | None,
        failed: Callable[[DeskError], object] | None,
        owner: QObject | None,
        owned: bool,  # noqa: FBT001 - private, named at its only call
    ) -> None:
        self.task = task
        self.done = done
        self.failed = failed
        self.owner = owner
        self.owned = owned
        self.future: Future[Any] | None = None
