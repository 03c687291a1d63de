"""Loads a maker's library inside a child. Standard library alone: the interpreter may be one that has nothing else."""

import ctypes
import struct
import sys
from pathlib import Path

OUR_BITS = struct.calcsize("P") * 8

_HEAD = 4096  # bytes; the heads of an executable file lie within

if sys.platform == "win32":
    _LIBRARY: type[ctypes.CDLL] = ctypes.WinDLL  # stdcall
else:
    _LIBRARY = ctypes.CDLL


class LibraryError(Exception):
    """A library cannot be used: `trouble` in one word of the pipe, `detail` in the system's or of the library."""

    def __init__(self, trouble: str, detail: str = "") -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.detail = detail


def bits_of(head: bytes) -> int | None:
    """32 or 64, as the first bytes of an ELF or PE file tell; None for what is neither, or cut short."""
    if head[:4] == b"\x7fELF":
        return {1: 32, 2: 64}.get(head[4]) if len(head) > len(b"\x7fELF") else None
    if head[:2] != b"MZ":
        return None
    at = int.from_bytes(head[0x3C:0x40], "little")
    machine = head[at + 4 : at + 6] if head[at : at + 4] == b"PE\0\0" else b""
    return {b"\x4c\x01": 32, b"\x64\x86": 64, b"\x64\xaa": 64}.get(machine)


def loaded(path: str) -> ctypes.CDLL:
    """The library at `path`, or one the system finds by that name. Raises LibraryError."""
    file = Path(path)
    if file.is_file():
        with file.open("rb") as opened:
            bits = bits_of(opened.read(_HEAD))
        if bits not in (None, OUR_BITS):
            raise LibraryError("library-bits", str(bits))
    elif file.name != path:
        raise LibraryError("library-missing", path)
    try:
        return _LIBRARY(path)
    except OSError as error:
        raise LibraryError("library-foreign" if file.is_file() else "library-missing", str(error)) from error


def required(library: ctypes.CDLL, *names: str) -> None:
    """Raises LibraryError for a library that lacks one of these functions."""
    for name in names:
        if getattr(library, name, None) is None:
            raise LibraryError("library-foreign", name)
