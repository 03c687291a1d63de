"""A picture of the window in few colours, for a small file: those of its look are most of it, and stay as they are."""

from collections import Counter
from collections.abc import Sequence

from PIL import Image

COLOURS = 192  # in one picture
EXACT = 24  # of them the most frequent ones: grounds, lines, inks
NEAR = 3 * 12**2  # squares of steps in three channels: whoever is so near to one of the others is that one


def in_few_colours(picture: Image.Image) -> Image.Image:
    """The colours of the look as they are, for they are the most of it; those between them nearly."""
    channels = picture.tobytes()
    pixels = list(zip(channels[::3], channels[1::3], channels[2::3], strict=True))
    palette: list[tuple[int, int, int]] = []
    for colour, _ in Counter(pixels).most_common():
        if len(palette) < EXACT or min(_apart(colour, chosen) for chosen in palette) > NEAR:
            palette.append(colour)
        if len(palette) == COLOURS:
            break
    places = {colour: place for place, colour in reversed(list(enumerate(palette)))}
    for colour in set(pixels) - places.keys():
        places[colour] = min(range(len(palette)), key=lambda place: _apart(palette[place], colour))
    few = Image.frombytes("P", picture.size, bytes(places[colour] for colour in pixels))
    few.putpalette([channel for colour in palette for channel in colour])
    return few


def _apart(one: Sequence[int], other: Sequence[int]) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
