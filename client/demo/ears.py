"""Hears what a window tells (`yichuang run --narrate`): whoever presses keys waits for it as a person would."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from client.errors import CaseError, Fault
from client.text import tr

LOOK = 0.004  # seconds between two looks
PATIENCE = 30.0  # seconds

NOT_HEARD = Fault("CASE-404", tr("演示窗口没有出现“{event}”"), tr("请查看 {log}；已受理的办件都在本机，可重新运行演示"))

Told = dict[str, Any]


class Ears:
    """Reads the narration from where it stands. `alive` says whether the window still runs."""

    def __init__(self, path: Path, alive: Callable[[], bool], log: Path) -> None:
        self._path = path
        self._alive = alive
        self.log = log
        self._read = 0  # bytes
        self._heard: list[Told] = []
        self.all: list[Told] = []

    def wait(
        self, *events: str, where: Callable[[Told], bool] = lambda _told: True, patience: float = PATIENCE
    ) -> Told:
        """The next of `events` for which `where` holds; what came before it is past. Raises CaseError."""
        until = time.monotonic() + patience
        while True:
            while self._heard:
                told = self._heard.pop(0)
                if told["event"] in events and where(told):
                    return told
            if time.monotonic() > until or not self._alive():
                raise CaseError(NOT_HEARD, event="/".join(events), log=self.log)
            if not self._listen():
                time.sleep(LOOK)

    def put_back(self, told: Told) -> None:
        """Hear it once more: it was somebody else's to act upon."""
        self._heard.insert(0, told)

    def forget(self) -> None:
        """What was told until now is past."""
        self._listen()
        self._heard.clear()

    def _listen(self) -> bool:
        """Whole lines alone; the file is held open by whoever writes it, by nobody else."""
        with self._path.open("rb") as file:
            file.seek(self._read)
            whole, end, _ = file.read().rpartition(b"\n")
        self._read += len(whole + end)
        told = [json.loads(line) for line in whole.splitlines()]
        self._heard += told
        self.all += told
        return bool(told)
