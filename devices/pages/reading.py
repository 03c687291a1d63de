"""Reads the print on a page by RapidOCR, an optional component (extra `ocr`) whose models lie in its own package.

Nothing of it loads before the first page, nothing is asked of a network, and it takes one processor.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Protocol, cast

from client.errors import CaseError
from client.ports.pages import PagePainter, Picture
from client.ports.reading import READ_WITHIN
from client.rules.suggestions import Box, Line
from devices.pages import faults

_PARTS = ("rapidocr", "onnxruntime")
# One thread: the other processor is the screen's. Its own log narrates every page.
_SETTINGS = {
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Global.log_level": "critical",
}


class _Found(Protocol):
    """What the engine answers: for each line four corners, its text and how sure it is; None where nothing is."""

    @property
    def boxes(self) -> Any: ...  # noqa: ANN401 - an array of numpy, which loads with the first page
    @property
    def txts(self) -> tuple[str, ...] | None: ...
    @property
    def scores(self) -> tuple[float, ...] | None: ...


Engine = Callable[[Any], _Found]


def is_available() -> bool:
    """Is the component there? Looked up, not loaded."""
    return all(find_spec(part) is not None for part in _PARTS)


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines of a sheet, and the size of the picture their boxes are in."""

    lines: tuple[Line, ...]
    width: int
    height: int


class Reader:
    """Draws a sheet with `paint` and reads it, in this process. One page at a time; others wait.

    `load` makes the engine, at the first page.
    """

    def __init__(self, paint: PagePainter, load: Callable[[], Engine] | None = None) -> None:
        self._paint = paint
        self._load = load or _engine
        self._one = threading.Lock()
        self._made: Engine | None = None

    def read(self, content: bytes, media_type: str, sheet: int = 0) -> Reading:
        """The lines, with the size of the picture they were read from: A4 at 170 dpi, what the models are fed at most.

        Raises CaseError where the page cannot be drawn or the component is not installed.
        """
        if self._load is _engine and not is_available():
            raise CaseError(faults.NO_READER)
        picture = self._paint(content, media_type, READ_WITHIN, READ_WITHIN, sheet)
        with self._one:
            if self._made is None:
                self._made = self._load()
            found = self._made(_pixels(picture))
        return Reading(_lines(found), picture.width, picture.height)


def _engine() -> Engine:
    from rapidocr import RapidOCR  # noqa: PLC0415 - a second and a hundred megabytes: with the first page that is read

    return cast("Engine", RapidOCR(params=_SETTINGS))  # its answer has several types, by what it is asked


def _pixels(picture: Picture) -> Any:  # noqa: ANN401 - an array of numpy, which loads with the first page
    """Rows of pixels, blue, green and red, as the engine wants them."""
    import numpy as np  # noqa: PLC0415 - see _engine

    return np.frombuffer(picture.pixels, np.uint8).reshape(picture.height, picture.width, 4)[:, :, :3].copy()


def _lines(found: _Found) -> tuple[Line, ...]:
    if found.boxes is None or found.txts is None or found.scores is None:
        return ()
    each = zip(found.boxes, found.txts, found.scores, strict=True)
    return tuple(Line(text, _box(corners), float(score)) for corners, text, score in each)


def _box(corners: Any) -> Box:  # noqa: ANN401 - four pairs of numbers in an array
    xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return Box(max(0, int(min(xs))), max(0, int(min(ys))), int(max(xs)) + 1, int(max(ys)) + 1)
