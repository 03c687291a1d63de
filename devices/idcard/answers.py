"""What stands in the data of a SAM's replies: the parts of a document, and the number of the module itself."""

import struct
from dataclasses import dataclass

from devices.idcard.layouts import TEXT_LENGTH

_FIELD = 2  # bytes of a length
_SAM_ID = struct.Struct("<HHIII")  # maker's type and subtype, day, and two serials


class IncompleteError(ValueError):
    """The data are shorter than they say, or than they must be."""


@dataclass(frozen=True, slots=True)
class BaseParts:
    """Text and photo (WLT) of a document. Fingerprints are dropped where the reply is taken apart."""

    text: bytes
    photo: bytes


def base_parts(data: bytes, *, tells_lengths: bool = True) -> BaseParts:
    """Slice the data of 30 01 or 30 10 by the lengths in front: two, or three where fingerprints come along.

    Nobody here may ask for fingerprints (个人信息保护法 第六条: no more than the purpose wants), and some readers
    send them all the same: they are told by the whole length, skipped and never handed on. Raises IncompleteError.
    """
    if not tells_lengths:
        return _parts(data, 0, TEXT_LENGTH, len(data) - TEXT_LENGTH)
    text, photo, prints = (int.from_bytes(data[at : at + _FIELD], "big") for at in range(0, 3 * _FIELD, _FIELD))
    has_prints = len(data) == 3 * _FIELD + text + photo + prints
    return _parts(data, (3 if has_prints else 2) * _FIELD, text, photo)


def sam_id(data: bytes) -> str:
    """The number of the security module as its label has it, 05.03-20090101-0000123456-0123456789; "" for none."""
    if len(data) < _SAM_ID.size:
        return ""
    kind, subkind, day, serial, more = _SAM_ID.unpack(data[: _SAM_ID.size])
    return f"{kind:02d}.{subkind:02d}-{day:08d}-{serial:010d}-{more:010d}"


def _parts(data: bytes, start: int, text: int, photo: int) -> BaseParts:
    if text != TEXT_LENGTH or photo < 0 or len(data) < start + text + photo:
        raise IncompleteError
    return BaseParts(data[start : start + text], data[start + text : start + text + photo])
