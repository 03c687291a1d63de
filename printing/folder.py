"""A printer that is a folder: each print is a PDF there, whole or not at all, and none is ever written over."""

import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from client.errors import DeviceError, DeviceState, Fault
from client.ports.printer import JobReport, Printout, PrintState, Taken
from client.ports.readiness import Condition, Readiness
from client.text import tr

FOLDER_NAME = tr("文书文件夹")
READY = Readiness(Condition.READY, tr("就绪（存为PDF）"))  # no sheet comes out: nobody may take it for a printer
TAKEN_AWAY = tr("文件已不在文件夹里，请查看是谁取走的")

NO_FOLDER = Fault(
    "DEV-340",
    tr("{device}{folder}不在"),
    tr("请核对该文件夹或者网络共享是否连接，或者请大厅管理员在设置中另选打印机；文书已保存，恢复后会自动打印"),
)
FOLDER_FULL = Fault("DEV-341", tr("{device}{folder}所在的磁盘已满"), tr("请腾出空间，之后会自动继续；文书已保存"))
FOLDER_LOCKED = Fault(
    "DEV-342",
    tr("{device}{folder}不能写入"),
    tr("请联系大厅技术人员开通该文件夹的写入权限；文书已保存，恢复后会自动打印"),
)

_LONGEST = 60  # characters of a name: 255 bytes hold 80 of three bytes, the number and the ending
_ROOM = 1 << 20  # bytes: ten papers or so
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS}


class FolderPrinter:
    """Prints into `folder`, which is there already; however many copies were asked for, one file. Any thread."""

    def __init__(self, folder: Path, name: str = FOLDER_NAME) -> None:
        self.name = name
        self._folder = folder

    def submit(self, printout: Printout) -> Taken:
        """Its name is the title's, with a number where that is taken."""
        with self._errors():
            partial = self._folder / f".{secrets.token_hex(8)}.part"
            try:
                _write(partial, printout.pdf)
                name = next(name for name in _names(printout.title) if _place(partial, self._folder / name))
            finally:
                partial.unlink(missing_ok=True)
            with suppress(OSError):  # a share keeps no folder open; the file itself is on its disk
                _settle(self._folder)
        return Taken(name)

    def report(self, job: str) -> JobReport:
        with self._errors():
            if not self._folder.is_dir():
                raise FileNotFoundError(self._folder)
            there = (self._folder / job).exists()
        return JobReport(PrintState.DONE) if there else JobReport(PrintState.UNKNOWN, TAKEN_AWAY)

    def cancel(self, job: str) -> None:
        """What is written stays what it is."""

    def check(self) -> Readiness:
        try:
            with self._errors():
                self._require_room()
        except DeviceError as error:
            return Readiness(Condition.FAILED, error.title, error.advice)
        return READY

    def _require_room(self) -> None:
        """Raises OSError where a page could not be written now."""
        if shutil.disk_usage(self._folder).free < _ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if not self._folder.is_dir():
            raise NotADirectoryError(self._folder)
        if not os.access(self._folder, os.W_OK | os.X_OK):
            raise PermissionError(self._folder)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise self._translated(error) from error

    def _translated(self, error: OSError) -> DeviceError:
        state, fault = DeviceState.ABSENT, NO_FOLDER
        if error.errno in _NO_ROOM:
            state, fault = DeviceState.BUSY, FOLDER_FULL
        elif isinstance(error, PermissionError) or error.errno == errno.EROFS:
            state, fault = DeviceState.LOCKED, FOLDER_LOCKED
        return DeviceError(state, fault, device=self.name, folder=str(self._folder))


def _names(title: str) -> Iterator[str]:
    stem = re.sub(r"[^\w-]+", "-", title).strip("-")[:_LONGEST] or "paper"
    yield f"{stem}.pdf"
    number = 2
    while True:
        yield f"{stem}-{number}.pdf"
        number += 1


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _place(partial: Path, whole: Path) -> bool:
    """Give the file its name; False when there is one of that name."""
    try:
        whole.hardlink_to(partial)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        return _put_in_place(partial, whole)
    return True


def _put_in_place(partial: Path, whole: Path) -> bool:
    """On a disk without links (FAT, some shares): the name is held by an empty file until the whole one is there."""
    try:
        whole.touch(exist_ok=False)
    except FileExistsError:
        return False
    partial.replace(whole)
    return True


def _settle(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
