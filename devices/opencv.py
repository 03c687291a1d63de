"""OpenCV, loaded without what it leaves behind: it puts its own folder, and the working one, into LD_LIBRARY_PATH.

Every process started later would look for its libraries there, the scanner's among them. And glibc is told to give a
page's memory back: by itself it keeps what is as large as the largest it has seen, in a heap for each thread.
"""

import ctypes
import os
import sys

_M_MMAP_THRESHOLD = -3  # malloc.h
_A_PAGE = 3_000_000  # bytes: A4 at 300 dpi has 8.7 million in grey, three times as many in colour; a look has up to 7
_NAME = "LD_LIBRARY_PATH"
_before = os.environ.get(_NAME)

import cv2  # noqa: E402 - what stands before it has to be known first

if _before is None:
    os.environ.pop(_NAME, None)
else:
    os.environ[_NAME] = _before

cv2.setNumThreads(1)  # the other processor is the screen's


def _give_pages_back() -> bool:
    """Whether this C library lets itself be told; others than glibc have no such call."""
    tell = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    return tell is not None and tell(_M_MMAP_THRESHOLD, _A_PAGE) == 1


_give_pages_back()

__all__ = ["cv2"]
