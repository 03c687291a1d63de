"""A folder as a scanner: an all-in-one puts its files there, and each that is whole is a page.

The folder is looked at, not listened to: a share in the network tells nobody of a change, and whether a file has
stopped growing can only be seen by looking again.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageSequence, UnidentifiedImageError

from client.errors import Cancelled, DeviceError, DeviceState, Fault
from client.ports.readiness import Condition, Readiness
from client.ports.scanner import ScanMode, ScannedPage, ScanOrder, ScanProgress
from client.text import tr
from devices.scanner import faults
from devices.scanner.pictures import bilevel, jpeg_of, with_density

FOLDER_NAME = tr("扫描文件夹")
READY = tr("就绪（文件夹）")
TAKEN, REFUSED = "taken", "refused"  # where files go; nothing is ever deleted
LARGEST = 64 << 20  # bytes
MOST_PIXELS = 100_000_000
_UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", "~")
_FORMATS = ("JPEG", "PNG", "TIFF")
_USUAL_DPI = 300  # of a file that does not say
_BELIEVED = (30, 9600)  # dpi: a file may say anything, and what it says is written into the page
_SHORT = 40  # characters of a name that another one has already


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: a size must stand still, a file may stay half written or held, a first file may take to come."""

    still: float = 1.0
    whole: float = 10.0
    first: float = 30.0
    look: float = 0.1


USUAL = Patience()


@dataclass(frozen=True, slots=True)
class _Seen:
    """How large a file was, when it was written, and since when it has been so and there."""

    size: int
    written: int
    same_since: float
    there_since: float


@dataclass(frozen=True, slots=True)
class _Found:
    """A whole file: where it is, its SHA-256, and its pages."""

    file: Path
    digest: str
    pages: list[ScannedPage]


class _NotWholeError(Exception):
    """Not to be taken now; `fault` says why, should it stay so."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


class WatchedFolder:
    """The files of `folder`, the oldest first. From the glass one file, from the feeder all, those that grow as well.

    A file is moved away when whoever asked comes back for the next one and goes on: a page he may not have kept is
    still there.
    """

    def __init__(self, folder: Path, *, name: str = FOLDER_NAME, patience: Patience = USUAL) -> None:
        self.name = name
        self._folder = folder
        self._patience = patience
        self._given: set[str] = set()  # SHA-256 of what was taken
        self._owed: Path | None = None  # a file that was taken, while it could not be moved away

    def scan(
        self, order: ScanOrder, progress: Callable[[ScanProgress], None], cancelled: Callable[[], bool]
    ) -> Iterator[ScannedPage]:
        """See the port. Paper and resolution of an order mean nothing to files that are there already."""
        limit = order.limit if order.source.is_feeder else 1
        number = 1
        for found in self._files(order):
            if cancelled():
                raise Cancelled
            progress(ScanProgress(number, 0.0))
            if found is None:
                continue
            for page in found.pages:
                progress(ScanProgress(number, 1.0))
                yield page
                number += 1
            if cancelled():
                raise Cancelled
            self._given.add(found.digest)
            self._owed = found.file
            self._put_away(found.file, TAKEN)
            self._owed = None
            if limit is not None and number > limit:
                return

    def check(self) -> Readiness:
        """Whether the folder is there and files can be moved out of it."""
        try:
            self._listed()
        except DeviceError as error:
            return Readiness(Condition.FAILED, error.title, error.advice)
        return Readiness(Condition.READY, READY)

    def close(self) -> None:
        """Nothing is held."""

    def _files(self, order: ScanOrder) -> Iterator[_Found | None]:
        """Each file once it is whole, None at each look that found none; ends when none is left. Raises DeviceError."""
        patience, seen = self._patience, dict[Path, _Seen]()
        until: float | None = time.monotonic() + patience.first
        while True:
            seen = self._looked_at(seen)
            if not seen and until is None:
                return
            if not seen and until is not None and time.monotonic() > until:
                raise DeviceError(DeviceState.OUT_OF_PAPER, faults.NO_FILE, device=self.name)
            file = next(iter(seen), None)
            found = None if file is None else self._tried(file, seen[file], order)
            yield found
            if found is None:
                time.sleep(patience.look)
            else:
                until = None

    def _looked_at(self, before: dict[Path, _Seen]) -> dict[Path, _Seen]:
        now, seen = time.monotonic(), dict[Path, _Seen]()
        for written, size, file in sorted(self._listed()):
            was = before.get(file)
            is_same = was is not None and (was.size, was.written) == (size, written)
            there = was.there_since if was is not None else now
            seen[file] = _Seen(size, written, was.same_since if was is not None and is_same else now, there)
        return seen

    def _listed(self) -> list[tuple[int, int, Path]]:
        try:
            for each in (TAKEN, REFUSED):
                (self._folder / each).mkdir(exist_ok=True)
            files = [each for each in self._folder.iterdir() if each.is_file() and not _is_unfinished(each.name)]
            return [(found.st_mtime_ns, found.st_size, each) for each in files for found in (each.stat(),)]
        except FileNotFoundError as error:
            if self._folder.is_dir():  # a file went while we looked
                return []
            raise DeviceError(DeviceState.ABSENT, faults.NO_FOLDER, device=self.name) from error
        except OSError as error:
            raise DeviceError(DeviceState.ABSENT, faults.NO_FOLDER, device=self.name) from error

    def _tried(self, file: Path, seen: _Seen, order: ScanOrder) -> _Found | None:
        """A file and its pages; None while it may still become whole. Raises DeviceError."""
        now = time.monotonic()
        if now - seen.same_since < self._patience.still:
            return None
        try:
            content = _content(file)
            pages = pages_in(content, order.mode)
        except _NotWholeError as error:
            if now - seen.there_since < self._patience.whole:
                return None
            if error.fault is not faults.FILE_HELD:
                self._put_away(file, REFUSED)
            raise DeviceError(DeviceState.UNREADABLE, error.fault, device=self.name, file=file.name) from error
        digest = hashlib.sha256(content).hexdigest()
        if digest in self._given and file == self._owed:
            self._put_away(file, TAKEN)
            return None
        if digest in self._given:
            self._put_away(file, REFUSED)
            raise DeviceError(DeviceState.UNREADABLE, faults.FILE_TWICE, device=self.name, file=file.name)
        return _Found(file, digest, pages)

    def _put_away(self, file: Path, where: str) -> None:
        """Into the folder of that name, over nothing that lies there. Raises DeviceError."""
        place, again = self._folder / where / file.name, 1
        while place.exists():
            again += 1
            place = place.with_name(f"{file.stem[:_SHORT]}-{again}{file.suffix[:_SHORT]}")
        try:
            file.rename(place)
        except OSError as error:
            raise DeviceError(DeviceState.LOCKED, faults.FILE_HELD, device=self.name, file=file.name) from error


def pages_in(content: bytes, mode: ScanMode) -> list[ScannedPage]:
    """The pages of a JPEG, PNG or TIFF (each of its pictures), a JPEG in colour as it is. Raises _NotWholeError."""
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as image:
            return [_page(each, content, mode) for each in ImageSequence.Iterator(image)]
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _NotWholeError(faults.FILE_FOREIGN) from error


def _page(image: Image.Image, content: bytes, mode: ScanMode) -> ScannedPage:
    if image.width * image.height > MOST_PIXELS:
        raise _NotWholeError(faults.FILE_FOREIGN)
    said, (least, most) = image.info.get("dpi", (0, 0))[0], _BELIEVED
    dpi = round(said) if least <= said <= most else _USUAL_DPI
    image.load()
    if image.format == "JPEG" and mode is ScanMode.COLOUR:
        return ScannedPage(with_density(content, dpi), *image.size, dpi)
    drawn = bilevel(image) if mode is ScanMode.BILEVEL else image.convert("L" if mode is ScanMode.GREY else "RGB")
    return ScannedPage(jpeg_of(drawn, dpi), *image.size, dpi)


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise _NotWholeError(faults.FILE_FOREIGN)
        return file.read_bytes()
    except OSError as error:
        raise _NotWholeError(faults.FILE_HELD) from error


def _is_unfinished(name: str) -> bool:
    return name.startswith((".", "~")) or name.lower().endswith(_UNFINISHED)
