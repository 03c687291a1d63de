"""Drives a network scanner that needs no driver: eSCL (AirScan, Mopria) over HTTP.

Each request runs on a lane, so that whoever waits for a page can say that he does not want it any more. A page is a
JPEG as the scanner made it; nothing is drawn anew but what is to be black and white.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from io import BytesIO
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import requests
from PIL import Image, UnidentifiedImageError
from urllib3.exceptions import HTTPError, ReadTimeoutError

from client.errors import Cancelled, DeviceError
from client.lanes import Lane
from client.ports.readiness import Condition, Readiness
from client.ports.scanner import ScanMode, ScannedPage, ScanOrder, ScanProgress, ScanSource
from devices.children.answers import GarbledError
from devices.scanner.escl_messages import (
    COLOUR_MODES,
    AdfState,
    Capabilities,
    Status,
    capabilities_in,
    settings_for,
    status_in,
)
from devices.scanner.faults import Trouble, garbled, trouble_error
from devices.scanner.pictures import bilevel_file, with_density
from devices.scanner.sane_scanner import READY, SCANNER_NAME, SCANNING

LIBRARY = f"requests {requests.__version__}"
LARGEST_PAGE = 64 << 20  # bytes; A3 at 600 dpi in colour is a tenth of it
LARGEST_WORDS = 1 << 20
WIDEST = 30_000  # pixels either way
_PIECE = 1 << 16
_OVER = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_FEEDER_TROUBLES = {
    AdfState.JAM: Trouble.JAMMED,
    AdfState.MISPICK: Trouble.JAMMED,
    AdfState.MULTIPICK: Trouble.JAMMED,
    AdfState.HATCH_OPEN: Trouble.COVER_OPEN,
}

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds: for a connection, for the next byte of a page, for a look, between two words of progress."""

    connecting: float = 3.0
    reading: float = 60.0
    checking: float = 0.45
    busy: float = 30.0  # a scanner that warms up, or draws in a sheet, says 503 meanwhile
    again: float = 0.5
    poll: float = 0.1


USUAL = Timing()


class EsclScanner:
    """The scanner at `url`, as its makers or mDNS name it: http://HOST[:PORT]/eSCL.

    Scan and check may come from different threads: one scan at a time, and a check that meets a scan says so.
    """

    def __init__(self, url: str, *, name: str = SCANNER_NAME, timing: Timing = USUAL) -> None:
        self.name = name
        self._url = url.rstrip("/") + "/"
        self._timing = timing
        self._turn = threading.Lock()

    def scan(
        self, order: ScanOrder, progress: Callable[[ScanProgress], None], cancelled: Callable[[], bool]
    ) -> Iterator[ScannedPage]:
        """See the port."""
        if not self._turn.acquire(blocking=False):
            raise trouble_error(Trouble.BUSY, self.name)
        try:
            with closing(_Job(self._url, self.name, self._timing, progress, cancelled)) as job:
                yield from job.pages(order)
        finally:
            self._turn.release()

    def check(self) -> Readiness:
        """Asks how it stands, unless a scan is on its way."""
        if self._turn.locked():
            return Readiness(Condition.READY, SCANNING)
        timing = self._timing
        try:
            with _door() as door:
                status = _status(door, self._url, self.name, (timing.checking, timing.checking))
        except DeviceError as error:
            return Readiness(Condition.FAILED, error.title, error.advice)
        trouble = _trouble_of(status)
        if trouble is None:
            return Readiness(Condition.READY, READY)
        met = trouble_error(trouble, self.name)
        return Readiness(Condition.ATTENTION, met.title, met.advice)

    def has_paper(self) -> bool:
        """See SeesPaper."""
        if self._turn.locked():
            return False
        timing = self._timing
        try:
            with _door() as door:
                return _status(door, self._url, self.name, (timing.checking, timing.checking)).adf is AdfState.LOADED
        except DeviceError:
            return False

    def close(self) -> None:
        """Nothing is held between two scans."""


class _Job:
    """One scan: made, its pages fetched one by one, and taken back when it is not wanted to its end."""

    def __init__(
        self,
        url: str,
        name: str,
        timing: Timing,
        progress: Callable[[ScanProgress], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._url = url
        self._name = name
        self._timing = timing
        self._patience = (timing.connecting, timing.reading)
        self._progress = progress
        self._cancelled = cancelled
        self._door = _door()
        self._lane = Lane("escl")
        self._at = ""  # where the job is, while there is one
        self._is_given_up = False

    def pages(self, order: ScanOrder) -> Iterator[ScannedPage]:
        caps = self._wait(1, self._capabilities)
        dpi = self._judge(order, caps)
        self._wait(1, lambda: self._make(settings_for(order, caps, dpi)))
        number = 1
        while page := self._wait(number, partial(self._next, number, order, dpi)):
            self._progress(ScanProgress(number, 1.0))
            yield page
            number += 1
            if order.source is ScanSource.FLATBED or number - 1 == order.limit:
                return
        self._at = ""
        if number == 1:
            raise trouble_error(Trouble.OUT_OF_PAPER, self._name)

    def close(self) -> None:
        """Tell the scanner that no more is wanted; it comes to rest by itself if it does not listen."""
        self._is_given_up = True
        self._end()
        self._lane.close(timeout=0.0)  # a request that is given up ends by itself
        self._door.close()

    def _wait(self, number: int, work: Callable[[], Result]) -> Result:
        """What a request on the lane comes to, telling and asking the caller in between. Raises Cancelled."""
        asked = self._lane.do(work)
        while True:
            if self._cancelled():
                raise Cancelled
            with suppress(TimeoutError):
                return asked.result(self._timing.poll)
            self._progress(ScanProgress(number, 0.0))

    def _capabilities(self) -> Capabilities:
        status, body = _asked(self._door, self._url + "ScannerCapabilities", self._name, self._patience, LARGEST_WORDS)
        if status != HTTPStatus.OK:
            raise trouble_error(Trouble.NO_CONTACT, self._name)
        return _read(capabilities_in, body, self._name)

    def _judge(self, order: ScanOrder, caps: Capabilities) -> int:
        """The resolution to ask for. Raises DeviceError for what it cannot do."""
        has = caps.inputs.get(order.source)
        if has is None:
            raise trouble_error(_lacking(order.source, caps), self._name)
        dpi = has.resolution(order.dpi)
        if dpi is None or COLOUR_MODES[order.mode] not in has.modes:
            raise trouble_error(Trouble.CANNOT, self._name)
        return dpi

    def _end(self) -> None:
        if self._at:
            patience = (self._timing.checking, self._timing.checking)
            with suppress(requests.RequestException), _door() as door:
                door.delete(self._at, timeout=patience, stream=True).close()  # whatever it says to that

    def _make(self, settings: bytes) -> None:
        """A new job, ended at once where nobody waits for it any more.

        Raises DeviceError: what keeps the scanner from it, or that it is busy.
        """
        until = time.monotonic() + self._timing.busy
        while True:
            with _translated(self._name, 1), self._posted(settings) as answer:
                if answer.status_code == HTTPStatus.CREATED and (place := answer.headers.get("Location")):
                    self._at = self._own(place)
                    if self._is_given_up:
                        self._end()
                    return
                again = answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
            if trouble := _trouble_of(self._status()):
                raise trouble_error(trouble, self._name)
            if not again:
                raise trouble_error(Trouble.CANNOT, self._name)
            if time.monotonic() > until or self._cancelled():
                raise trouble_error(Trouble.BUSY, self._name)
            time.sleep(self._timing.again)

    def _posted(self, settings: bytes) -> requests.Response:
        self._door.close()  # see _asked
        return self._door.post(
            self._url + "ScanJobs",
            data=settings,
            headers={"Content-Type": "text/xml"},
            timeout=self._patience,
            allow_redirects=False,
            stream=True,  # what stands behind the head is not asked for, however much it is
        )

    def _own(self, place: str) -> str:
        """The job's address at this very scanner: some name themselves by a host that nobody else knows."""
        return urljoin(self._url, "/" + urlsplit(place).path.strip("/")) + "/"

    def _next(self, number: int, order: ScanOrder, dpi: int) -> ScannedPage | None:
        """The next page, None when there is none any more. Raises DeviceError."""
        until = time.monotonic() + self._timing.busy
        while True:
            status, body = self._document(number)
            if status == HTTPStatus.OK:
                return self._page(body, order, dpi)
            if trouble := self._trouble(status, number, order):
                raise trouble_error(trouble, self._name, page=number)
            if status != HTTPStatus.SERVICE_UNAVAILABLE:
                return None
            if time.monotonic() > until:
                raise trouble_error(Trouble.SILENT, self._name, page=number)
            if self._cancelled():
                raise Cancelled
            time.sleep(self._timing.again)

    def _document(self, number: int) -> tuple[int, bytes]:
        """However long it takes, as long as somebody waits for it."""
        place, name = self._at + "NextDocument", self._name
        return _asked(
            self._door, place, name, self._patience, LARGEST_PAGE, page=number, is_late=lambda: self._is_given_up
        )

    def _trouble(self, status: int, number: int, order: ScanOrder) -> Trouble | None:
        """Why there is no page; None: not yet, or none any more. Some say 409 at the end of the feeder."""
        found = self._status()
        if order.source.is_feeder and found.adf in _FEEDER_TROUBLES:
            return _FEEDER_TROUBLES[found.adf]
        if status in _OVER or status == HTTPStatus.SERVICE_UNAVAILABLE:
            return None
        is_end = status == HTTPStatus.CONFLICT and order.source.is_feeder and found.adf is not AdfState.LOADED
        return None if is_end and number > 1 else Trouble.INCOMPLETE

    def _status(self) -> Status:
        return _status(self._door, self._url, self._name, self._patience)

    def _page(self, body: bytes, order: ScanOrder, dpi: int) -> ScannedPage:
        try:
            with Image.open(BytesIO(body), formats=("JPEG",)) as picture:
                width, height = picture.size
        except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
            raise garbled(self._name) from error
        if not (0 < width <= WIDEST and 0 < height <= WIDEST) or not body.rstrip(b"\0").endswith(b"\xff\xd9"):
            raise garbled(self._name)
        return ScannedPage(self._content(body, order, dpi), width, height, dpi)

    def _content(self, body: bytes, order: ScanOrder, dpi: int) -> bytes:
        if order.mode is not ScanMode.BILEVEL:
            return with_density(body, dpi)
        try:
            return bilevel_file(body, dpi)
        except (OSError, SyntaxError) as error:
            raise garbled(self._name) from error


def _door() -> requests.Session:
    """A scanner stands in the hall: no proxy leads there, and no password of the machine is for it."""
    door = requests.Session()
    door.trust_env = False
    return door


def _lacking(source: ScanSource, caps: Capabilities) -> Trouble:
    if source is ScanSource.FLATBED:
        return Trouble.NO_FLATBED
    return Trouble.NO_DUPLEX if ScanSource.FEEDER in caps.inputs else Trouble.NO_FEEDER


def _status(door: requests.Session, url: str, name: str, patience: tuple[float, float]) -> Status:
    status, body = _asked(door, url + "ScannerStatus", name, patience, LARGEST_WORDS)
    if status != HTTPStatus.OK:
        raise trouble_error(Trouble.NO_CONTACT, name)
    return _read(status_in, body, name)


def _trouble_of(status: Status) -> Trouble | None:
    """What keeps the scanner from working whatever is asked of it."""
    if status.adf in _FEEDER_TROUBLES:
        return _FEEDER_TROUBLES[status.adf]
    return Trouble.NO_CONTACT if status.state in {"Stopped", "Down"} else None


def _asked(
    door: requests.Session,
    url: str,
    name: str,
    patience: tuple[float, float],
    most: int,
    *,
    page: int = 1,
    is_late: Callable[[], bool] | None = None,
) -> tuple[int, bytes]:
    """Status and whole body of a GET. Raises DeviceError.

    On a connection of its own: what a scanner says too much is not taken for the answer to the next question. A body
    that comes drop by drop ends when `is_late` says so; of words, when they took as long as a scanner may be silent.
    """
    until = time.monotonic() + sum(patience)
    is_late = is_late or (lambda: time.monotonic() > until)
    door.close()
    with _translated(name, page), door.get(url, timeout=patience, allow_redirects=False, stream=True) as answer:
        body = bytearray()
        while piece := answer.raw.read1(_PIECE, decode_content=True):
            body += piece
            if len(body) > most:
                raise garbled(name)
            if is_late():
                raise trouble_error(Trouble.SILENT, name, page=page)
        return answer.status_code, bytes(body)


@contextmanager
def _translated(name: str, page: int) -> Iterator[None]:
    """The one border where the errors of requests, and of urllib3 beneath it, become ours."""
    try:
        yield
    except requests.ConnectTimeout as error:
        raise trouble_error(Trouble.ABSENT, name) from error
    except (requests.Timeout, ReadTimeoutError) as error:
        raise trouble_error(Trouble.SILENT, name, page=page) from error
    except HTTPError as error:
        raise trouble_error(Trouble.INCOMPLETE, name, page=page) from error
    except requests.RequestException as error:
        raise trouble_error(Trouble.ABSENT, name) from error
    except ValueError as error:  # of the standard library: an address that is none
        raise garbled(name) from error


def _read(decode: Callable[[bytes], Result], body: bytes, name: str) -> Result:
    try:
        return decode(body)
    except GarbledError as error:
        raise garbled(name) from error
