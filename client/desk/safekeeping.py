"""Carrying the window away for safekeeping: who may, noted before it is done, and how far it is."""

from collections.abc import Callable
from pathlib import Path

from client.desk.counter import Counter
from client.desk.staff import Staff
from client.errors import Fault, StoreError
from client.rules.rights import Right
from client.store import audit
from client.store.backup import Backup, backup
from client.store.profile import Profile
from client.text import tr

__all__ = ["Backup", "Safekeeping"]

NO_FOLDER = Fault(
    "STORE-171", tr("没有目录 {folder}，没有备份"), tr("请插好备份盘后再试，或者改填已有的目录；程序不会新建目录")
)


class Safekeeping:
    """A backup in two steps: the first writes to the store, the second may take minutes and writes nowhere near it."""

    def __init__(self, counter: Counter, profile: Profile) -> None:
        self._counter = counter
        self._profile = profile

    def begin(self, target: Path, by: Staff) -> None:
        """Note who carries the window away. Raises RightsError; StoreError where there is no such folder."""
        counter = self._counter
        counter.permit(by, Right.BACK_UP, target.name)
        if not target.parent.is_dir():  # never made here: it may be a disk that is not plugged in
            raise StoreError(NO_FOLDER, folder=target.parent)
        with counter.memory.begin() as connection:
            audit.add(connection, counter.clock(), by.staff_no, "back_up", target.name, "done", {})

    def carry_away(
        self,
        target: Path,
        told: Callable[[int, int], object] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Backup:
        """Write the backup, check it and read it back; beside a window at work. Raises StoreError, Cancelled."""
        memory = self._counter.memory
        return backup(memory.database, memory.key, self._profile, target, told=told, cancelled=cancelled)
