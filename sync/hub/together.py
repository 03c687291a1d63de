"""What several requests want made durable at once is made so once: one waits for the disk, and the others for it."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

What = TypeVar("What")


class _Brought(Generic[What]):
    """What one thread brought."""

    def __init__(self, what: What) -> None:
        self.what = what
        self.written = False


class Together(Generic[What]):
    """Hands to `write` all that has come in since it was called last; whoever brought it returns when it is written."""

    def __init__(self, write: Callable[[Sequence[What]], None]) -> None:
        self._write = write
        self._waiting: list[_Brought[What]] = []
        self._lock = Lock()  # of the list
        self._turn = Lock()  # of whoever writes

    def put(self, what: What) -> None:
        """Raises what writing raised; those who waited for it then try for themselves."""
        mine = _Brought(what)
        with self._lock:
            self._waiting.append(mine)
        with self._turn:
            if not mine.written:
                self._write_all(mine)

    def _write_all(self, mine: _Brought[What]) -> None:
        with self._lock:
            brought, self._waiting = self._waiting, []
        try:
            self._write([each.what for each in brought])
        except BaseException:
            with self._lock:
                self._waiting = [each for each in brought if each is not mine] + self._waiting
            raise
        for each in brought:
            each.written = True
