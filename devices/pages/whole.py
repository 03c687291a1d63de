"""Whether a JPEG that ends as it should lost rows before its end: decoders fill them with grey and say nothing.

A scanner or a line that broke off and closed its file all the same makes such pages.
"""

from typing import Final

import numpy as np

from devices.opencv import cv2
from devices.pages.ink import Pixels

_END: Final = b"\xff\xd9"
_LOST = 128  # what a block without any data decodes to, in every channel (ISO/IEC 10918-1: coefficients of 0)
_RESTARTS = 8  # markers, which take turns (ISO/IEC 10918-1, E.1.4)
_MORE: Final = 2 * b"".join(bytes((*range(1, 0xFF), 0xFF, 0xD0 + turn)) for turn in range(_RESTARTS))


def is_cut_short(content: bytes, look: Pixels, *, progressive: bool) -> bool:
    """Whether the data of a JPEG ended before its picture did. `look` is the picture, in whatever size.

    Asked is the file itself, and only where its last block is of that very grey, or may have come in coarse: with
    more data before its end a whole picture stays as it is, and one that was cut goes on. So real grey is no alarm.
    A progressive file that ends between two of its scans is a whole one, only coarser.
    """
    corners = (look[row, column] for row in (0, -1) for column in (0, -1))  # it may be turned already
    if not progressive and not any(bool((corner == _LOST).all()) for corner in corners):
        return False
    end = content.rfind(_END)
    as_it_is, with_more = _grey(content), _grey(content[:end] + _MORE + _END)
    return as_it_is is not None and with_more is not None and not np.array_equal(as_it_is, with_more)


def _grey(content: bytes) -> Pixels | None:
    """Half the size tells what came of every coefficient that anybody sees."""
    pixels = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_REDUCED_GRAYSCALE_2)
    return None if pixels is None else np.asarray(pixels, np.uint8)
