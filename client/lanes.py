"""One thread for one resource: whoever wants it hands in work and gets a Future, and nothing runs beside it."""

import os
import queue
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Result = TypeVar("Result")

BEHIND = 10  # niceness of everything that is not the screen


def step_back() -> None:
    """Let the screen's thread go before this one where both want a processor (goals.md, P11).

    Linux alone gives a thread a niceness of its own, and its children inherit it; elsewhere all stay equal.
    """
    if sys.platform == "linux":
        here = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, here, max(BEHIND, os.getpriority(os.PRIO_PROCESS, here)))


def outcome(box: list[Callable[[], Result]]) -> tuple[Result | None, BaseException | None]:
    """Do the work in `box`, which is empty afterwards: its result, or what broke it.

    For a thread that goes on whatever the work comes to, and for whoever may not let go of the work on the thread that
    did it: it stays whole with him until he has the outcome.
    """
    work = box.pop()
    try:
        return work(), None
    except BaseException as error:  # noqa: BLE001 - as the lane's runner: whoever asked is told
        return None, error


class Lane:
    """Work in the order it came, on one thread of its own. An error of the work lies in its Future.

    The runner is the only place where any exception may be caught: a piece of work that breaks does not end the
    lane, and its Future carries the exception to whoever asked.
    """

    def __init__(self, name: str) -> None:
        self._work: queue.SimpleQueue[tuple[Future[object], Callable[[], object]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"lane {name}", daemon=True)
        self._thread.start()

    def do(self, work: Callable[[], Result]) -> "Future[Result]":
        """Queue `work`; its result or exception comes in the Future, on the lane's thread."""
        future: Future[Result] = Future()
        self._work.put((future, work))  # type: ignore[arg-type] # a Future of anything is one of object here
        return future

    def is_here(self) -> bool:
        """Whether the caller runs on this lane."""
        return threading.current_thread() is self._thread

    def close(self, timeout: float = 10.0) -> bool:
        """Let what is queued end, then the thread; True when it did within `timeout` seconds."""
        self._work.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        step_back()
        while (task := self._work.get()) is not None:
            future, work = task
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(work())
            except BaseException as error:  # noqa: BLE001 - the lane's runner: the Future tells whoever asked
                future.set_exception(error)
            del future, work, task  # nothing of a finished case stays alive while the lane waits
