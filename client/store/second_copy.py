"""The second copy: every case with unsent events once more in a folder on another volume, sealed to hub and hall.

    ROOT/yichuang-second-copy          says that this is the volume that was chosen, and not an empty mount point
    ROOT/WINDOW/window.sealed          whose cases they are, the window's settings, how far its numbers have come
    ROOT/WINDOW/CASE/NAME.file         a page or paper; written first, and once
    ROOT/WINDOW/CASE/SEQUENCE.case     the case as it stood after that event

The folder itself tells what it has: another volume put in its place is simply filled.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from client.config import Settings
from client.errors import FileLost, StoreError
from client.sealing.bundle import ABOUT, Part, case_name, file_name, read_json
from client.sealing.envelope import opening, sealed_to, sealing
from client.sealing.parcel import About, Parcel
from client.store import faults
from client.store.carrying import about_window, recipients
from client.store.durable import disk_errors, sync_folder, whole_file
from client.store.memory import Memory
from client.store.parcels import Unsent, pack, unsent
from client.text import listed

MARKER = "yichuang-second-copy"
# Seconds between two looks at all that is unsent: what was acknowledged goes, what came back comes. As old, at most,
# is what is told of the numbers: a rescued window leaves out many times what is given of them meanwhile.
WHOLE_LOOK = 30.0

_ABOUT = "window.sealed"
_CASE = re.compile(r"([0-9]{20})\.case")
_KEY = re.compile(r"[0-9a-f-]{36}")


def folder_of(root: Path, source: str) -> Path:
    """Where under `root` the cases of the window `source` lie."""
    return root / re.sub(r"[^0-9A-Za-z-]+", "_", source.removeprefix("urn:yichuang:window:"))


def prepare(root: Path) -> None:
    """Choose the folder `root`, which must be there, for second copies. Raises StoreError."""
    if not root.is_dir():
        raise StoreError(faults.COPY_FOLDER_MISSING, folder=root)
    with disk_errors(root.name):
        (root / MARKER).touch(mode=0o600)
        sync_folder(root)


def require(root: Path) -> None:
    """Raise StoreError unless `root` is there and is the folder that was chosen."""
    with disk_errors(root.name):
        found = (root / MARKER).is_file()
    if not found:
        raise StoreError(faults.COPY_FOLDER_MISSING, folder=root)


class SecondCopy:
    """One window's copy under `root`; used by one thread. It only reads the store."""

    def __init__(self, memory: Memory, settings: Settings, root: Path) -> None:
        """Raises StoreError where a key is owed to seal with."""
        self._memory = memory
        self._settings = settings
        self._root = root
        self._folder = folder_of(root, memory.source)
        self._recipients = recipients(settings, both=True)
        self._kept: dict[str, int] = {}  # case key → the event after which it was copied
        self._unsent: dict[str, Unsent] = {}
        self._seen = 0
        self._next_whole_look = 0.0
        self._told: About | None = None  # in this run: what lies there may be older

    @property
    def behind(self) -> int:
        """How many cases are not copied as they stand, as far as it has looked."""
        return sum(self._is_owed(case) for case in self._unsent.values())

    def look(self, stopping: Callable[[], bool] = lambda: False) -> None:
        """Copy what is new since the last look; now and then look at all of it. Raises StoreError.

        Costs as much as is new, and a whole look as much as is unsent, however many cases are stored.
        """
        try:
            self._look(stopping)
        except StoreError:
            self._next_whole_look = 0.0  # the volume may be another one next time
            raise

    def _look(self, stopping: Callable[[], bool]) -> None:
        whole = monotonic() >= self._next_whole_look
        if whole:
            self._settle_in()
            self._unsent, self._seen = {}, 0
        with self._memory.read() as connection:
            found = unsent(connection, self._seen)
        for case in found:
            before = self._unsent.get(case.case_key)
            self._unsent[case.case_key] = case._replace(
                sequences=(*(before.sequences if before else ()), *case.sequences)
            )
        self._seen = max([self._seen, *(case.sequences[-1] for case in found)])
        for case in [self._unsent[case.case_key] for case in found]:
            if stopping():
                return
            if self._is_owed(case):
                self._keep(case)
        if whole:
            for key in [key for key in self._kept if key not in self._unsent]:
                self._remove(key)
            self._next_whole_look = monotonic() + WHOLE_LOOK

    def _is_owed(self, case: Unsent) -> bool:
        return self._kept.get(case.case_key, 0) < case.sequences[-1]

    def _settle_in(self) -> None:
        """Find out what lies there; the folder chosen must be there, and be the one that was chosen."""
        require(self._root)
        with disk_errors(self._folder.name):
            if not self._is_for_recipients(self._folder / _ABOUT):  # another volume, or other keys: to be filled anew
                if self._folder.exists():
                    shutil.rmtree(self._folder)
                self._folder.mkdir(mode=0o700)
                sync_folder(self._root)
                self._told = None
            self._kept = {path.name: _newest(path) for path in self._folder.iterdir() if _KEY.fullmatch(path.name)}
        about = about_window(self._memory, self._settings)
        if about != self._told:
            self._write(self._folder / _ABOUT, about.model_dump_json().encode())
            self._told = about

    def _is_for_recipients(self, path: Path) -> bool:
        """Whether it is there and sealed to the keys of today; what lies beside none may be sealed to older ones."""
        if not path.exists():
            return False
        with path.open("rb") as file:
            return sealed_to(file) == {recipient.digest for recipient in self._recipients}

    def _keep(self, case: Unsent) -> None:
        with self._memory.read() as connection:
            parcel = pack(connection, case)
        folder = self._folder / case.case_key
        with disk_errors(folder.name):
            if not folder.exists():
                folder.mkdir(mode=0o700)
                sync_folder(self._folder)
            older = [path for path in folder.iterdir() if _CASE.fullmatch(path.name)]
            wanting = [name for name in parcel.sealed_names() if not (folder / f"{name}.file").exists()]
        for name in wanting:
            if (content := self._content(name)) is not None:
                self._write(folder / f"{name}.file", content)
        self._write(folder / f"{case.sequences[-1]:020}.case", parcel.model_dump_json().encode())
        with disk_errors(folder.name):
            for path in older:
                path.unlink()
        self._kept[case.case_key] = case.sequences[-1]

    def _content(self, name: str) -> bytes | None:
        try:
            return self._memory.files.get(name)
        except FileLost:  # told where the page is opened; the rest of the case must not wait for it
            return None

    def _write(self, path: Path, content: bytes) -> None:
        with whole_file(path) as file, sealing(file, self._recipients) as sealed:
            sealed.write(content)

    def _remove(self, key: str) -> None:
        """The case's own paper first: without it the rest is nothing, whenever the removal is broken off."""
        folder = self._folder / key
        with disk_errors(folder.name):
            for path in sorted(folder.glob("*.case")):
                path.unlink()
            shutil.rmtree(folder)
        del self._kept[key]


class CopiedParts:
    """What a copy in `folder` holds, opened with the key of the hall (or the hub)."""

    def __init__(self, folder: Path, private: X25519PrivateKey) -> None:
        self._folder = folder
        self._private = private
        self.damaged: list[str] = []  # what could not be read, by its name; the rest is given all the same

    def __iter__(self) -> Iterator[Part]:
        """The parts as a bundle has them, a case after its files. Raises StoreError when it is no copy of ours."""
        yield ABOUT, self._about()
        for folder in sorted(path for path in self._folder.iterdir() if _KEY.fullmatch(path.name)):
            if (newest := _newest(folder)) and (case := self._read(folder / f"{newest:020}.case")) is not None:
                yield from self._files(folder, case)
                yield case_name(folder.name), case

    def _about(self) -> bytes:
        path = self._folder / _ABOUT
        if not path.is_file():
            raise StoreError(faults.NOT_A_COPY, folder=self._folder, windows=listed(_windows_in(self._folder)) or "—")
        with disk_errors(path.name):
            return _opened(path, self._private)

    def _files(self, folder: Path, case: bytes) -> Iterator[Part]:
        parcel: Parcel = read_json(Parcel, case, folder.name)
        for name in parcel.sealed_names():
            if (content := self._read(folder / f"{name}.file")) is not None:
                yield file_name(name), content

    def _read(self, path: Path) -> bytes | None:
        try:
            with disk_errors(path.name):
                return _opened(path, self._private)
        except StoreError:
            self.damaged.append(f"{path.parent.name}/{path.name}")
            return None


def _windows_in(folder: Path) -> list[str]:
    """The copies of windows there, by name; of one window, which has another with each epoch, the newest first."""
    copies = sorted(folder.glob(f"*/{_ABOUT}"), key=lambda each: each.stat().st_mtime, reverse=True)
    names = [each.parent.name for each in copies]
    return sorted(names, key=lambda name: name.partition("_")[0])


def _newest(folder: Path) -> int:
    """The event after which a case was copied last; 0 where the copy was not finished."""
    return max((int(found[1]) for path in folder.iterdir() if (found := _CASE.fullmatch(path.name))), default=0)


def _opened(path: Path, private: X25519PrivateKey) -> bytes:
    with path.open("rb") as file:
        return opening(file, private, path.name).read()
