"""Reads bar codes and QR codes off a page, by zxing-cpp."""

import numpy as np
import zxingcpp
from numpy.typing import NDArray

from client.ports.pages import PageCode


def codes_on(grey: NDArray[np.uint8]) -> tuple[PageCode, ...]:
    """What the codes on a page say, from above to below."""
    found = [each for each in zxingcpp.read_barcodes(grey) if each.valid]
    found.sort(key=lambda each: (each.position.top_left.y, each.position.top_left.x))
    return tuple(PageCode(str(each.format), each.text) for each in found)
