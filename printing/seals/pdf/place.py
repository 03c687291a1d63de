"""Where a paper wants its seal: on the date beneath the organ's name, at the right of the page it ends on."""

import re
from collections.abc import Iterator
from typing import Any, Final

from client.ports.seals import Place
from client.proof.faults import ProofError
from client.text import chinese
from printing.seals.pdf.faults import NO_PLACE, NOT_PDF

_DATE: Final = re.compile(chinese("[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日"))
_ABOVE: Final = 5.6  # millimetres from the date's foot up to between it and the name: the seal sits on both
_POINT: Final = 25.4 / 72


def place_on(pdf: bytes) -> Place:
    """The place for the seal on a paper of ours, found by what is printed there. Raises ProofError where it is not."""
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415 - has no types; only sealing needs it

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            for number in reversed(range(len(document))):
                if (found := _on(document[number], number + 1)) is not None:
                    return found
    except pypdfium2.PdfiumError as error:
        raise ProofError(NOT_PDF, reason="pdfium") from error
    raise ProofError(NO_PLACE)


def _on(page: Any, number: int) -> Place | None:  # noqa: ANN401 - pypdfium2 has no types
    """The lowest date in the right half of a page."""
    width, height = page.get_size()
    text = page.get_textpage()
    places = []
    for date in set(_DATE.findall(text.get_text_range())):
        for left, foot, right in _boxes(text, date):
            if (middle := (left + right) / 2) > width / 2:
                places.append((foot, middle))
    if not places:
        return None
    foot, middle = min(places)
    return Place(number, middle * _POINT, (height - foot) * _POINT - _ABOVE)


def _boxes(text: Any, words: str) -> Iterator[tuple[float, float, float]]:  # noqa: ANN401 - same
    """Left, foot and right of each place where the words stand; asked of pdfium, which counts rare letters its way."""
    searcher = text.search(words)
    while (found := searcher.get_next()) is not None:
        boxes = [text.get_charbox(place) for place in range(found[0], sum(found))]
        yield min(box[0] for box in boxes), min(box[1] for box in boxes), max(box[2] for box in boxes)
