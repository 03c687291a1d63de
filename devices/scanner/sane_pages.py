"""Pages from an open SANE device, one after another, each read whole before it is given on."""

import ctypes
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from client.ports.scanner import ScanMode, ScannedPage, ScanOrder, ScanProgress
from devices.scanner.faults import Trouble
from devices.scanner.pictures import bilevel, jpeg_of, picture_of
from devices.scanner.sane import Device, Frame, FrameFormat, SaneError, Status
from devices.scanner.sane_options import MM_PER_INCH

_PIECE = 64 * 1024  # bytes of one read: small enough to hear a cancel between two
_UNKNOWN_HEIGHT = 297.0  # mm: what progress reckons with where a device does not know its length
_MOST_BYTES = 512 * 1024 * 1024  # of one page: A4 in colour at 1,200 dpi has 420 MB
_TELL_EVERY = 0.1  # seconds
_DEPTHS = {(FrameFormat.GRAY, 1), (FrameFormat.GRAY, 8), (FrameFormat.RGB, 8)}

_TROUBLES: Mapping[int, Trouble] = MappingProxyType(
    {
        Status.UNSUPPORTED: Trouble.CANNOT,
        Status.CANCELLED: Trouble.STOPPED_THERE,
        Status.DEVICE_BUSY: Trouble.BUSY,
        Status.INVAL: Trouble.CANNOT,
        Status.EOF: Trouble.INCOMPLETE,
        Status.JAMMED: Trouble.JAMMED,
        Status.NO_DOCS: Trouble.OUT_OF_PAPER,
        Status.COVER_OPEN: Trouble.COVER_OPEN,
        Status.IO_ERROR: Trouble.NO_CONTACT,
        Status.NO_MEM: Trouble.NO_MEMORY,
        Status.ACCESS_DENIED: Trouble.FORBIDDEN,
    }
)
# An open fails in these ways when there is no such device, or none any more.
_NOT_THERE = {Status.INVAL, Status.IO_ERROR, Status.UNSUPPORTED}


class PageError(Exception):
    """Page `page` did not come whole; those before it did."""

    def __init__(self, trouble: Trouble, page: int) -> None:
        super().__init__(f"{trouble}, page {page}")
        self.trouble = trouble
        self.page = page


class StoppedError(Exception):
    """`is_cancelled` said so."""


@dataclass(frozen=True, slots=True)
class Hearer:
    """Whom the reading of pages tells, and asks."""

    starting: Callable[[int], None]
    progress: Callable[[ScanProgress], None]
    is_cancelled: Callable[[], bool]


def trouble_of(error: SaneError) -> Trouble:
    """What a status stands for."""
    if error.call == "open" and error.status in _NOT_THERE:
        return Trouble.ABSENT
    return _TROUBLES.get(error.status, Trouble.NO_CONTACT)


def pages(device: Device, order: ScanOrder, dpi: int, hearer: Hearer) -> Iterator[ScannedPage]:
    """Read one page of a flatbed, or those of a feeder until it is empty.

    Raises PageError, and StoppedError when the hearer cancelled. Closing the device is the caller's, and so is
    the `cancel` that SANE wants after the last page.
    """
    last = order.limit if order.source.is_feeder else 1
    number = 1
    while last is None or number <= last:
        hearer.starting(number)
        try:
            page = _page(device, order, dpi, number, hearer)
        except _NoMoreError:
            if number == 1:
                raise PageError(Trouble.OUT_OF_PAPER, number) from None
            return
        yield page
        number += 1


class _NoMoreError(Exception):
    """The feeder is empty."""


def _page(device: Device, order: ScanOrder, dpi: int, number: int, hearer: Hearer) -> ScannedPage:
    lines = bytearray()
    try:
        frame = device.start()
        _check(frame, number)
        _read(device, frame, lines, dpi, number, hearer)
    except SaneError as error:
        if hearer.is_cancelled():
            raise StoppedError from None
        if error.status == Status.NO_DOCS and not lines:
            raise _NoMoreError from error
        trouble = trouble_of(error)
        if lines and trouble in {Trouble.NO_CONTACT, Trouble.OUT_OF_PAPER}:
            trouble = Trouble.INCOMPLETE
        raise PageError(trouble, number) from error
    return _encoded(frame, lines, order, dpi, number)


def _check(frame: Frame, number: int) -> None:
    """One frame holds the whole page, in a form we know; three-pass scanners are history."""
    if not frame.is_last or (frame.format, frame.depth) not in _DEPTHS:
        raise PageError(Trouble.CANNOT, number)


def _read(device: Device, frame: Frame, lines: bytearray, dpi: int, number: int, hearer: Hearer) -> None:
    expected = frame.bytes_per_line * (frame.lines if frame.lines > 0 else round(_UNKNOWN_HEIGHT / MM_PER_INCH * dpi))
    buffer = ctypes.create_string_buffer(_PIECE)
    piece = memoryview(buffer).cast("B")
    told = 0.0
    while not hearer.is_cancelled():
        try:
            lines += piece[: device.read(buffer)]
        except SaneError as error:
            if error.status == Status.EOF:
                return
            raise
        if len(lines) > _MOST_BYTES:
            raise PageError(Trouble.CANNOT, number)
        if time.monotonic() - told >= _TELL_EVERY:
            told = time.monotonic()
            hearer.progress(ScanProgress(number, min(len(lines) / max(expected, 1), 1.0)))
    raise StoppedError


def _encoded(frame: Frame, lines: bytearray, order: ScanOrder, dpi: int, number: int) -> ScannedPage:
    stride, width = frame.bytes_per_line, frame.pixels_per_line
    whole = len(lines) // max(stride, 1)
    height = frame.lines if frame.lines > 0 else whole
    if height < 1 or width < 1 or whole < height:
        raise PageError(Trouble.INCOMPLETE, number)
    is_colour = frame.format == FrameFormat.RGB
    image = picture_of(lines, width, height, stride, depth=frame.depth, is_colour=is_colour)
    if is_colour and order.mode is ScanMode.GREY:
        image = image.convert("L")
    if order.mode is ScanMode.BILEVEL and frame.depth > 1:
        image = bilevel(image)
    return ScannedPage(jpeg_of(image, dpi), width, height, dpi)
