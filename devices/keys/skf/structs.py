"""The memory layouts of SKF (GM/T 0016), packed to the byte. Standard library alone.

A ULONG has 32 bits on Windows and in most libraries for Linux, 64 in those whose maker wrote `unsigned long`.
"""

import ctypes
from functools import cache
from typing import Any

WIDTHS = {32: ctypes.c_uint32, 64: ctypes.c_uint64}
Handle = ctypes.c_void_p

_ECC_ROOM = 64  # bytes of a coordinate or a number: there is room for 512 bits


class Version(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"  # what packing means, said aloud from Python 3.14 on
    _fields_ = (("major", ctypes.c_uint8), ("minor", ctypes.c_uint8))


class EccSignature(ctypes.Structure):
    """The value stands in the last 32 bytes of each."""

    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("r", ctypes.c_uint8 * _ECC_ROOM), ("s", ctypes.c_uint8 * _ECC_ROOM))


@cache
def device_info(width: int) -> Any:  # noqa: ANN401 - a class made for a width, which has no name for the checker
    """DEVINFO for a ULONG of so many bits."""
    ulong = WIDTHS[width]
    numbers = (
        "symmetric", "asymmetric", "hashes", "authentication", "total_space", "free_space", "largest_ecc", "largest",
    )  # fmt: skip
    fields = (
        ("version", Version),
        ("manufacturer", ctypes.c_char * 64),
        ("issuer", ctypes.c_char * 64),
        ("label", ctypes.c_char * 32),
        ("serial", ctypes.c_char * 32),
        ("hardware", Version),
        ("firmware", Version),
        *((name, ulong) for name in numbers),
        ("reserved", ctypes.c_uint8 * 64),
    )
    return type(f"DeviceInfo{width}", (ctypes.Structure,), {"_pack_": 1, "_layout_": "ms", "_fields_": fields})


@cache
def file_attribute(width: int) -> Any:  # noqa: ANN401 - same
    """FILEATTRIBUTE for a ULONG of so many bits."""
    ulong = WIDTHS[width]
    fields = (("name", ctypes.c_char * 32), ("size", ulong), ("read_rights", ulong), ("write_rights", ulong))
    return type(f"FileAttribute{width}", (ctypes.Structure,), {"_pack_": 1, "_layout_": "ms", "_fields_": fields})
