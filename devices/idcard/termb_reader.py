"""A reader behind `Termb`, as the window holds it: the raw text of the chip where it is to be had, else its getters."""

import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from client.errors import DeviceError, DeviceState, Fault
from client.ports.clock import Clock
from client.ports.id_card import LONG_TERM, DocumentKind, IdentityDocument
from client.ports.readiness import Readiness
from client.text import chinese, tr
from devices.idcard import faults
from devices.idcard.card_child import CardChild, Terms
from devices.idcard.codes import CodeTables, code_tables
from devices.idcard.conversation import Timing
from devices.idcard.layouts import TEXT_LENGTH, UnknownLayoutError, document_of, parse_text
from devices.idcard.libraries import INITIALISED, content_of
from devices.idcard.library_reader import look
from devices.idcard.photo import picture_of
from devices.idcard.sam import READER_NAME

NAME_WANTS_A_LOOK = tr("姓名来自驱动程序的转换，生僻字可能有误，请对照证件核对")

_NOT_OPENED, _NOT_FOUND = 0, 2
_FOLDER = "yichuang-card-"
_NUMBER = 18  # characters of a number by GB 11643
_BETWEEN = str.maketrans("", "", chinese("年月日-./ "))  # what makers put between the parts of a day


class TermbReader:
    """A reader behind `Termb`. What the library writes lies in a folder of ours and is erased after each reading."""

    def __init__(
        self,
        library: str,
        port: int,
        *,
        clock: Clock,
        name: str = READER_NAME,
        timing: Timing | None = None,
        terms: Terms | None = None,
    ) -> None:
        self.name = name
        self._clock = clock
        self._timing = timing or Timing()
        self._folder: Path | None = None
        driver = {"driver": "termb", "library": library, "port": port}
        self._child = CardChild(name, driver, opened=INITIALISED, terms=terms)
        self._has_read = False

    def read(self) -> IdentityDocument:
        """The document on the reader. Raises DeviceError; the next call begins anew."""
        with self._child.turn():
            try:
                self._ready()
                self._find()
                status, data = self._child.ask(self._timing.reading, command="read")
            finally:
                self._erase()  # the child does; not where the library took it down
            if status != INITIALISED:
                self._child.release()  # it says no more: the reader may be gone, or plugged in again
                raise self._error(DeviceState.UNREADABLE, faults.INCOMPLETE)
            document = self._document(data)
            self._has_read = True
            return document

    def check(self) -> Readiness:
        """Whether library and port can be opened; the interface has no question for a reader that is open."""
        return look(self._child, self._ready)

    def close(self) -> None:
        self._has_read = False
        self._child.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _ready(self) -> None:
        if self._child.is_open:
            return
        self._folder = self._folder or _own_folder()
        if self._child.open(folder=str(self._folder)) != INITIALISED:
            raise self._error(DeviceState.ABSENT, faults.NO_READER)

    def _find(self) -> None:
        """CVR_Authenticate: 1 found and selected, 2 none found, 3 not selected, 0 not opened."""
        give_up = time.monotonic() + self._timing.patience
        while (status := self._child.ask(self._timing.short, command="find")[0]) != INITIALISED:
            if status == _NOT_OPENED:
                self._child.leave()
                raise self._error(DeviceState.ABSENT, faults.NO_READER)
            if status != _NOT_FOUND:
                raise self._error(DeviceState.UNREADABLE, faults.INCOMPLETE)
            if time.monotonic() + self._timing.poll > give_up:
                raise self._error(DeviceState.TIMED_OUT, faults.SAME_CARD if self._has_read else faults.NO_CARD)
            time.sleep(self._timing.poll)
        self._has_read = False

    def _document(self, data: bytes) -> IdentityDocument:
        """By the raw text where the library leaves it; else by its getters, whose text went through GBK."""
        today, tables = self._clock().date(), code_tables()
        try:
            text, photo, bmp, words = content_of(data)
            document = parse_text(text, tables, today) if len(text) == TEXT_LENGTH else None
        except UnknownLayoutError:
            document = None
        except ValueError as error:
            raise self._error(DeviceState.UNREADABLE, faults.INCOMPLETE) from error
        if document is None:
            fields = fields_of(words, tables)
            kind = kind_of(fields["number"])
            if kind is None:
                raise self._error(DeviceState.UNSUPPORTED, faults.WRONG_CARD)
            document = document_of(kind, fields, tables, today)
            document = replace(document, warnings=(*document.warnings, NAME_WANTS_A_LOOK))
        return replace(document, photo=photo, photo_picture=picture_of(bmp))

    def _erase(self) -> None:
        folder = self._folder
        for left in folder.glob("*") if folder is not None else ():
            with suppress(OSError):
                left.unlink()

    def _error(self, state: DeviceState, fault: Fault) -> DeviceError:
        return DeviceError(state, fault, device=self.name)


def _own_folder() -> Path:
    """A folder for this user alone; what a window that was killed left in one of its own is erased."""
    import psutil  # noqa: PLC0415 - asked once, when the port is opened

    for left in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        process = left.name.removeprefix(_FOLDER).partition("-")[0]
        if process.isdecimal() and not psutil.pid_exists(int(process)):
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-"))


def fields_of(words: Mapping[str, bytes], tables: CodeTables) -> Mapping[str, str]:
    """The getters' words as a chip would tell them: codes for sex and nation, days without what stands between."""
    said = {name: word.decode("gb18030", errors="replace").strip(" \0") for name, word in words.items()}
    sexes = {word: code for code, word in tables.sexes.items()}
    nations = {word: code for code, word in tables.nations.items()}
    days = {name: said[name].translate(_BETWEEN) for name in ("birth", "valid_from", "valid_to")}
    return {
        **said,
        **days,
        "valid_to": LONG_TERM if said["valid_to"] == LONG_TERM else days["valid_to"],
        "sex": sexes.get(said["sex"], said["sex"]),
        "nation": nations.get(said["nation"].removesuffix(chinese("族")), said["nation"]),
    }


def kind_of(number: str) -> DocumentKind | None:
    """By its number; None for a card whose getters have no documented meaning."""
    if len(number) != _NUMBER or number.startswith("9"):
        return None
    return DocumentKind.HMT_PERMIT if number[:2] in {"81", "82", "83"} else DocumentKind.RESIDENT
