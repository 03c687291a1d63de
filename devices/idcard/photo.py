"""The photo of a chip: what a maker's decoder gives is checked, and becomes a picture anybody can draw."""

import struct
import zlib

WIDTH, HEIGHT = 102, 126  # pixels; GA 467 leaves the codec to a library of the ministry's
BMP_LENGTH = 38862  # bytes: two headers, and 126 rows of 306 bytes filled up to 308

_HEADS = struct.Struct("<2sI4xIIiiHHI")  # file length, where the rows begin, size of the second head, … , compression
_DEPTH = 24
_ROW = 308


def picture_of(bmp: bytes) -> bytes | None:
    """PNG of a decoder's BMP; None for what is no picture of 102 by 126 pixels in 24 bits."""
    if len(bmp) != BMP_LENGTH:
        return None
    mark, length, start, head, width, height, planes, depth, packing = _HEADS.unpack_from(bmp)
    of_card = (b"BM", BMP_LENGTH - HEIGHT * _ROW, 40, WIDTH, HEIGHT, 1, _DEPTH, 0)
    if (mark, start, head, width, abs(height), planes, depth, packing) != of_card or length not in (0, BMP_LENGTH):
        return None
    rows = [_in_order(bmp[at : at + WIDTH * 3]) for at in range(start, BMP_LENGTH, _ROW)]
    if height > 0:  # from the bottom up
        rows.reverse()
    return _png(rows)


def _in_order(row: bytes) -> bytes:
    """Blue, green, red becomes red, green, blue."""
    turned = bytearray(row)
    turned[::3], turned[2::3] = row[2::3], row[::3]
    return bytes(turned)


def _png(rows: list[bytes]) -> bytes:
    """PNG (ISO/IEC 15948): 8 bits a sample, true colour, no filter."""
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows))
    chunks = ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
