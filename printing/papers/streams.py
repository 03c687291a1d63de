"""Packs what goes into a PDF as a stream."""

import zlib
from typing import Any

from reportlab.pdfbase import pdfdoc

_FAST, _SMALL = 1, 9  # zlib levels: outlines shrink by a few per cent more in twice the time


def deflated(content: bytes, *, small: bool = False) -> bytes:
    """`content` as a FlateDecode stream holds it; `small` is for what is kept, as a citizen waits for the rest."""
    return zlib.compress(content, _SMALL if small else _FAST)


def stream(content: bytes, **entries: int) -> Any:  # noqa: ANN401  # reportlab has no types
    """A stream object of deflated `content`, with `entries` in its dictionary."""
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary({"Filter": "/FlateDecode", **entries}), content)
