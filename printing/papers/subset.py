"""Cuts the letters a paper uses out of a TrueType file: whole fonts are too large to put into every paper."""

import struct
from collections.abc import Sequence
from itertools import accumulate

from reportlab.pdfbase.ttfonts import TTFontFace

_MAGIC = 0xB1B0AFBA  # OpenType, table head: checksumAdjustment = this minus the sum of the file
_WORD = 0xFFFFFFFF


def subset(face: TTFontFace, indices: Sequence[int]) -> bytes:
    """A TrueType program with the glyphs `indices` of `face`, renumbered from 0; the first must be 0 (.notdef).

    Only the tables a PDF CIDFontType2 needs (ISO 32000-1, 9.9) are written. The glyphs must be simple ones, as
    all glyphs of the vendored fonts are.
    """
    outlines = [_outline(face, index) for index in indices]
    places = list(accumulate(map(len, outlines), initial=0))
    metrics = [int(value) for index in indices for value in face.hmetrics[index]]
    head = bytearray(face.get_table("head"))
    head[8:12] = bytes(4)
    head[50:52] = b"\x00\x01"  # long offsets in loca
    tables = {
        "glyf": b"".join(outlines),
        "head": bytes(head),
        "hhea": face.get_table("hhea")[:34] + struct.pack(">H", len(indices)),
        "hmtx": struct.pack(f">{len(metrics)}H", *metrics),
        "loca": struct.pack(f">{len(places)}L", *places),
        "maxp": face.get_table("maxp")[:4] + struct.pack(">H", len(indices)) + face.get_table("maxp")[6:],
    }
    tables.update({tag: face.get_table(tag) for tag in ("cvt ", "fpgm", "prep") if tag in face.table})
    return _assemble(tables)


def _outline(face: TTFontFace, index: int) -> bytes:
    start = face.get_table_pos("glyf")[0] + face.glyphPos[index]
    data: bytes = face.get_chunk(start, face.glyphPos[index + 1] - face.glyphPos[index])
    return data + bytes(-len(data) % 4)


def _checksum(padded: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}L", padded)
    return sum(words) & _WORD


def _assemble(tables: dict[str, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    directory = [struct.pack(">LHHHH", 0x00010000, count, 16 << power, power, 16 * (count - (1 << power)))]
    bodies: list[bytes] = []
    offset, total, head_at = 12 + 16 * count, 0, 0
    for tag, data in sorted(tables.items()):
        padded = data + bytes(-len(data) % 4)
        checksum = _checksum(padded)
        directory.append(struct.pack(">4sLLL", tag.encode(), checksum, offset, len(data)))
        head_at = offset if tag == "head" else head_at
        bodies.append(padded)
        offset, total = offset + len(padded), total + checksum
    first = b"".join(directory)
    program = bytearray(first + b"".join(bodies))
    struct.pack_into(">L", program, head_at + 8, (_MAGIC - total - _checksum(first)) & _WORD)
    return bytes(program)
