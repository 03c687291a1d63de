"""Keeps the second copy up to date beside the work: off the screen's thread, and never in its way.

What goes wrong with it is told, and tried again; accepting goes on.
"""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from time import monotonic

import structlog

from client.config import Settings
from client.desk.counter import Counter
from client.errors import StoreError
from client.lanes import outcome, step_back
from client.ports.readiness import Condition, Readiness
from client.store import faults
from client.store.memory import Memory
from client.store.second_copy import SecondCopy
from client.text import clauses, labelled, sentences, tr

PAUSE = 1.0  # seconds between two looks for new cases: a copy is there a few seconds after the acceptance
AFTER_TROUBLE = 15.0  # seconds: a volume that is missing or full is asked again
CALM = 5.0  # seconds a look may take before what it has left to copy is told
SLOW = 60.0  # seconds a look may take before it is told: a volume may have gone to sleep, or be gone without a word

NOT_KEPT = tr("第二份没有写成")
BEHIND = tr("第二份还差 {count} 件")
STUCK = tr("第二份的磁盘没有回应")
VOLUME_ADVICE = tr("受理不受影响；请检查存放第二份的磁盘，一直这样请联系系统管理员")
# What a disk does: the store's own words about it would have the clerk stop accepting.
_OF_THE_VOLUME = frozenset({faults.FULL, faults.UNWRITABLE, faults.DISK_FAILED})

_log = structlog.get_logger(__name__)


class Copyist:
    """One thread that looks, copies and waits, from `start` to `stop`."""

    def __init__(self, memory: Memory, settings: Settings, root: Path) -> None:
        self._memory = memory
        self._settings = settings
        self._root = root
        self._copy: SecondCopy | None = None
        self._error: StoreError | None = None
        self._broke_off = False  # the last look, by a bug
        self._since: float | None = None  # when the look under way began
        self._stopping = Flag()
        self._thread = Thread(target=self._run, name="second copy", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> bool:
        """End after the case under way; True when it did within `timeout` seconds."""
        self._stopping.set()
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def look(self) -> Readiness:
        """How the copy stands, for the device strip; at once, on any thread."""
        since, error, behind = self._since, self._error, self._copy.behind if self._copy else 0
        lasting = 0.0 if since is None else monotonic() - since
        if lasting > SLOW:
            return Readiness(Condition.ATTENTION, STUCK, VOLUME_ADVICE)
        if self._broke_off:
            return Readiness(Condition.ATTENTION, NOT_KEPT, VOLUME_ADVICE)
        if error is not None:
            advice = VOLUME_ADVICE if error.fault in _OF_THE_VOLUME else error.advice
            return Readiness(Condition.ATTENTION, labelled(NOT_KEPT, error.title), advice)
        if behind and (since is None or lasting > CALM):  # a case just accepted is no trouble
            return Readiness(Condition.ATTENTION, BEHIND.format(count=behind))
        return Readiness(Condition.READY, "")

    def step(self) -> float:
        """One look; returns the seconds until the next."""
        self._since = monotonic()
        _, error = outcome([lambda: self._opened().look(self._stopping.is_set)])
        self._since = None
        if isinstance(error, StoreError):
            if self._error is None or self._error.code != error.code:
                _log.info("second copy not kept", code=error.code)
            self._error, self._broke_off = error, False
            return AFTER_TROUBLE
        if error is not None:  # a thread that died of a bug would keep no copy any more, and say that all is well
            _log.error("second copy broke off", exc_info=error)
            self._copy, self._error, self._broke_off = None, None, True
            return AFTER_TROUBLE
        self._error, self._broke_off = None, False
        return PAUSE

    def _opened(self) -> SecondCopy:
        if self._copy is None:
            self._copy = SecondCopy(self._memory, self._settings, self._root)
        return self._copy

    def _run(self) -> None:
        step_back()
        rest = 0.0
        while not self._stopping.wait(rest):
            rest = self.step()


_WORST_LAST = (Condition.UNSET, Condition.READY, Condition.ATTENTION, Condition.FAILED)


def worse_of(*looks: Callable[[], Readiness]) -> Readiness:
    """One lamp for several things: the worst of them, with the words of all that say anything."""
    found = sorted((look() for look in looks), key=lambda each: _WORST_LAST.index(each.condition))
    words = clauses(each.words for each in reversed(found) if each.words)
    return Readiness(found[-1].condition, words, found[-1].advice)


def copied_now(counter: Counter) -> str | None:
    """Copy what is unsent at once, for a command: no window is open to do it. Returns why that failed, in words."""
    if counter.settings.second_copy is None:
        return None
    copyist = Copyist(counter.memory, counter.settings, Path(counter.settings.second_copy))
    copyist.step()
    found = copyist.look()
    return None if found.condition is Condition.READY else sentences([found.words, found.advice])


def keeping_second_copy(counter: Counter, stack: ExitStack, look: Callable[[], Readiness]) -> Callable[[], Readiness]:
    """Keep the copy in the folder the settings name, until `stack` ends; returns `look` with how the copy stands."""
    copyist = Copyist(counter.memory, counter.settings, Path(str(counter.settings.second_copy)))
    copyist.start()
    stack.callback(copyist.stop)
    return lambda: worse_of(look, copyist.look)
