"""OpenCV, loaded without what it leaves behind: it puts its own folder, and the working one, into LD_LIBRARY_PATH.

Every process started later would look for its libraries there, the scanner's among them.
"""

import os

_NAME = "LD_LIBRARY_PATH"
_before = os.environ.get(_NAME)

import cv2  # noqa: E402 - what stands before it has to be known first

if _before is None:
    os.environ.pop(_NAME, None)
else:
    os.environ[_NAME] = _before

cv2.setNumThreads(1)  # the other processor is the screen's

__all__ = ["cv2"]
