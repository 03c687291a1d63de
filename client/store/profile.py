"""The folder of one window: where each thing lies, and the lock that lets only one program write to it."""

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from client.errors import StoreError
from client.store import faults
from client.store.durable import disk_errors
from client.store.keys import DATABASE_FILE, KEY_FILE
from client.text import tr


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a profile, for people to read; the lock itself is the operating system's and ends with its process."""

    program: str
    pid: int
    host: str
    since: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The places inside `folder`; nothing is made before `make`."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / DATABASE_FILE

    @property
    def key(self) -> Path:
        return self.folder / KEY_FILE

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def settings(self) -> Path:
        return self.folder / "settings.toml"

    def make(self) -> None:
        """Make the folder, for its owner only, unless it is there. Raises StoreError."""
        with disk_errors(self.folder.name):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def holds_data(self) -> bool:
        """Whether anything of a window is in it. Lock, logs and settings are not: they lie there before its first case.

        So a first start that failed, e.g. for want of a key, leaves room for a backup; that brings its own settings.
        """
        return any(path.exists() for path in (self.key, self.database, self.files))

    @contextmanager
    def lock(self, program: str, now: datetime) -> Iterator[None]:
        """Hold this profile for writing; `program` and `now` are told to those who find it held.

        Only one process holds it; readers need not. It ends with the process, however that ends. Raises
        StoreError `store-busy`, naming the holder.
        """
        self.make()
        # thread_local off: one lane may take it and another let go. No soft lock: that would outlive a crash.
        lock = FileLock(self.folder / "lock", timeout=0, thread_local=False, fallback_to_soft=False)
        with disk_errors(self.folder.name):
            try:
                lock.acquire()
            except Timeout:
                raise _busy(self.holder()) from None
            except NotImplementedError as error:  # a network folder without locks
                raise StoreError(faults.UNWRITABLE, what=self.folder.name) from error
        try:
            self._tell(Holder(program, os.getpid(), platform.node(), now.isoformat(timespec="seconds")))
            yield
        finally:
            self._note.unlink(missing_ok=True)
            lock.release()

    def holder(self) -> Holder | None:
        """Who says to hold it; None when nobody does, or the note cannot be read. Not proof: see `lock`."""
        try:
            return Holder(**json.loads(self._note.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    @property
    def _note(self) -> Path:
        return self.folder / "lock.holder"

    def _tell(self, holder: Holder) -> None:
        words = {"program": holder.program, "pid": holder.pid, "host": holder.host, "since": holder.since}
        with disk_errors(self.folder.name):
            self._note.write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")


def _busy(holder: Holder | None) -> StoreError:
    known = holder or Holder(program=tr("一窗"), pid=0, host=platform.node(), since="…")
    return StoreError(faults.PROFILE_BUSY, program=known.program, pid=known.pid, host=known.host, since=known.since)
