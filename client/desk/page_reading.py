"""What a page of a case offers for its form, each with the piece of the page it was read from."""

from dataclasses import dataclass, field

from client.desk.counter import Counter
from client.desk.sheet import PageSheet, page_content
from client.ports.pages import PagePainter, Picture
from client.ports.reading import READ_WITHIN, PageReader
from client.rules.suggestions import Box, Suggestion, suggestions

_AROUND = 6  # pixels of the page round the print
_BYTES = 4  # of a pixel


@dataclass(frozen=True, slots=True)
class Seen:
    """A suggestion and its cut-out, to be looked at before it is taken."""

    suggestion: Suggestion = field(repr=False)
    cutting: Picture = field(repr=False)


def read_page(counter: Counter, page: PageSheet, sheet: int, read: PageReader, paint: PagePainter) -> tuple[Seen, ...]:
    """What that sheet (from 0) offers; nothing is written. Takes seconds: on a lane.

    Raises as `page_content` and the reader do.
    """
    content = page_content(counter, page.page_id)
    offered = suggestions(read(content, page.media_type, sheet), counter.today())
    if not offered:
        return ()
    drawn = paint(content, page.media_type, READ_WITHIN, READ_WITHIN, sheet)
    return tuple(Seen(each, cut_out(drawn, each.box)) for each in offered)


def cut_out(picture: Picture, box: Box) -> Picture:
    """The piece of a picture round a box, as much of it as there is."""
    left, right = max(0, box.left - _AROUND), min(picture.width, box.right + _AROUND)
    top, bottom = max(0, box.top - _AROUND), min(picture.height, box.bottom + _AROUND)
    row = picture.width * _BYTES
    pixels = memoryview(picture.pixels)
    rows = (pixels[line * row + left * _BYTES : line * row + right * _BYTES] for line in range(top, bottom))
    return Picture(max(0, right - left), max(0, bottom - top), b"".join(rows))
