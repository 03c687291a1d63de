"""The C library of SANE (standard 1.06) by ctypes; runs only in the process that scans, where it may crash.

Struct fields, numbers of statuses, types and units, and the order of calls are those of the standard's chapter 4.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, byref, c_char_p, c_int, c_void_p
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

LIBRARY = "libsane.so.1"
FIXED_ONE = 1 << 16  # SANE_Fixed: sixteen bits behind the point

_GET, _SET = 0, 1
_SOFT_SELECT, _INACTIVE = 1, 32
_RANGE, _WORD_LIST, _STRING_LIST = 1, 2, 3
_MOST_CHOICES = 10_000  # a string list ends with NULL; one that never does is a broken backend


class Status(IntEnum):
    GOOD = 0
    UNSUPPORTED = 1
    CANCELLED = 2
    DEVICE_BUSY = 3
    INVAL = 4
    EOF = 5
    JAMMED = 6
    NO_DOCS = 7
    COVER_OPEN = 8
    IO_ERROR = 9
    NO_MEM = 10
    ACCESS_DENIED = 11


class Kind(IntEnum):
    BOOL = 0
    INT = 1
    FIXED = 2
    STRING = 3
    BUTTON = 4
    GROUP = 5


class Unit(IntEnum):
    NONE = 0
    PIXEL = 1
    BIT = 2
    MM = 3
    DPI = 4
    PERCENT = 5
    MICROSECOND = 6


class FrameFormat(IntEnum):
    GRAY = 0
    RGB = 1
    RED = 2
    GREEN = 3
    BLUE = 4


class SaneError(Exception):
    """A call answered with another status than GOOD. `call` is its name, e.g. "open"."""

    def __init__(self, status: int, call: str) -> None:
        super().__init__(f"sane_{call}: {status}")
        self.status = status
        self.call = call


@dataclass(frozen=True, slots=True)
class Option:
    """An option as it stands now. Numbers are in `unit`; `choices` are its strings, `words` its only numbers."""

    index: int
    name: str
    kind: Kind
    unit: Unit
    size: int
    is_settable: bool
    choices: tuple[str, ...] = ()
    words: tuple[float, ...] = ()
    bounds: tuple[float, float, float] | None = None  # least, most, step (0: any)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the next bytes are. `lines` is -1 where the device does not know the length yet."""

    format: int
    is_last: bool
    bytes_per_line: int
    pixels_per_line: int
    lines: int
    depth: int


class _Device(ctypes.Structure):
    _fields_ = [("name", c_char_p), ("vendor", c_char_p), ("model", c_char_p), ("type", c_char_p)]


class _Descriptor(ctypes.Structure):
    _fields_ = [
        ("name", c_char_p),
        ("title", c_char_p),
        ("desc", c_char_p),
        ("type", c_int),
        ("unit", c_int),
        ("size", c_int),
        ("cap", c_int),
        ("constraint_type", c_int),
        ("constraint", c_void_p),
    ]


class _Parameters(ctypes.Structure):
    _fields_ = [
        ("format", c_int),
        ("last_frame", c_int),
        ("bytes_per_line", c_int),
        ("pixels_per_line", c_int),
        ("lines", c_int),
        ("depth", c_int),
    ]


class Library:
    """libsane, between sane_init and sane_exit. Raises OSError where this machine has none."""

    def __init__(self) -> None:
        self.calls = ctypes.CDLL(LIBRARY)
        for name, takes in _SIGNATURES.items():
            function = getattr(self.calls, f"sane_{name}")
            function.argtypes = takes
            function.restype = None if name in _VOID else c_int
        self.calls.sane_get_option_descriptor.restype = POINTER(_Descriptor)
        self.call("init", byref(c_int()), None)

    def call(self, name: str, *arguments: object) -> None:
        """Call sane_`name`. Raises SaneError with any status that is not GOOD."""
        status = getattr(self.calls, f"sane_{name}")(*arguments)
        if status != Status.GOOD:
            raise SaneError(status, name)

    def devices(self) -> list[tuple[str, str]]:
        """Name and label (maker and model) of each device found, those in the network too; may take seconds."""
        found = POINTER(POINTER(_Device))()
        self.call("get_devices", byref(found), 0)
        entries = (each.contents for each in _until_null(found))
        return [(_text(each.name), f"{_text(each.vendor)} {_text(each.model)}".strip()) for each in entries]

    @contextmanager
    def opened(self, name: str) -> "Iterator[Device]":
        """The device, until it is closed again. Raises SaneError."""
        handle = c_void_p()
        self.call("open", _bytes(name), byref(handle))
        try:
            yield Device(self, handle)
        finally:
            self.calls.sane_close(handle)

    def close(self) -> None:
        self.calls.sane_exit()


class Device:
    """An open device. Only `cancel` may be called from another thread, while the device is open."""

    def __init__(self, library: Library, handle: c_void_p) -> None:
        self._library = library
        self._handle = handle

    def options(self) -> dict[str, Option]:
        """Its options by name. Asked anew after every change: one option changes what others may be."""
        count = c_int()
        self._library.call("control_option", self._handle, 0, _GET, byref(count), None)
        described = (
            (index, self._library.calls.sane_get_option_descriptor(self._handle, index))
            for index in range(1, count.value)
        )
        found = (_option(index, descriptor.contents) for index, descriptor in described if descriptor)
        return {option.name: option for option in found if option.name}

    def set(self, option: Option, value: float | str) -> None:
        """Set an option: a number in its unit (a truth value as 0 or 1), or text. Raises SaneError."""
        if isinstance(value, str):
            text = _bytes(value)
            place: object = ctypes.create_string_buffer(text, max(option.size, len(text) + 1))
        else:
            place = byref(c_int(round(value * FIXED_ONE) if option.kind is Kind.FIXED else round(value)))
        self._library.call("control_option", self._handle, option.index, _SET, place, byref(c_int()))

    def number(self, option: Option) -> float:
        """The value an option of one number has now. Raises SaneError."""
        word = c_int()
        self._library.call("control_option", self._handle, option.index, _GET, byref(word), None)
        return word.value / FIXED_ONE if option.kind is Kind.FIXED else word.value

    def start(self) -> Frame:
        """Begin the next page and say what will come. Raises SaneError."""
        self._library.call("start", self._handle)
        known = _Parameters()
        self._library.call("get_parameters", self._handle, byref(known))
        return Frame(
            known.format,
            bool(known.last_frame),
            known.bytes_per_line,
            known.pixels_per_line,
            known.lines,
            known.depth,
        )

    def read(self, buffer: "ctypes.Array[ctypes.c_char]") -> int:
        """Fill `buffer`, return how many bytes came; waits for the device. Raises SaneError, EOF at a page's end."""
        count = c_int()
        self._library.call("read", self._handle, buffer, len(buffer), byref(count))
        return count.value

    def cancel(self) -> None:
        """End the scan; also owed after its last page."""
        self._library.calls.sane_cancel(self._handle)


_SIGNATURES: dict[str, list[type]] = {
    "init": [POINTER(c_int), c_void_p],
    "exit": [],
    "get_devices": [POINTER(POINTER(POINTER(_Device))), c_int],
    "open": [c_char_p, POINTER(c_void_p)],
    "close": [c_void_p],
    "get_option_descriptor": [c_void_p, c_int],
    "control_option": [c_void_p, c_int, c_int, c_void_p, POINTER(c_int)],
    "get_parameters": [c_void_p, POINTER(_Parameters)],
    "start": [c_void_p],
    "read": [c_void_p, c_char_p, c_int, POINTER(c_int)],
    "cancel": [c_void_p],
}
_VOID = {"exit", "close", "cancel"}


def _option(index: int, told: _Descriptor) -> Option:
    kind = Kind(told.type)
    scale = FIXED_ONE if kind is Kind.FIXED else 1
    choices: tuple[str, ...] = ()
    words: tuple[float, ...] = ()
    bounds = None
    if told.constraint_type == _STRING_LIST and told.constraint:
        choices = tuple(_text(each) for each in _until_null(ctypes.cast(told.constraint, POINTER(c_char_p))))
    elif told.constraint_type == _WORD_LIST and told.constraint:
        listed = ctypes.cast(told.constraint, POINTER(c_int))
        words = tuple(listed[1 + each] / scale for each in range(listed[0]))
    elif told.constraint_type == _RANGE and told.constraint:
        least, most, step = ctypes.cast(told.constraint, POINTER(c_int))[:3]
        bounds = (least / scale, most / scale, step / scale)
    is_settable = bool(told.cap & _SOFT_SELECT) and not told.cap & _INACTIVE
    return Option(index, _text(told.name), kind, Unit(told.unit), told.size, is_settable, choices, words, bounds)


def _until_null(listed: Any) -> Iterator[Any]:  # noqa: ANN401 - ctypes has no name for a pointer to pointers
    for index in range(_MOST_CHOICES):
        if not listed[index]:
            return
        yield listed[index]


def _text(told: bytes | None) -> str:
    return (told or b"").decode("utf-8", "replace")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
