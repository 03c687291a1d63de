"""Films of a table under a document camera: pages come, lie, are touched and go; a lens that is never quite quiet."""

from collections.abc import Iterable, Iterator
from itertools import cycle
from pathlib import Path

import numpy as np
from PIL import Image

from devices.opencv import cv2
from devices.scanner.stillness import Pixels
from tests.devices import drawn

RATE = 10  # pictures a second
SIZE = (640, 480)
_TABLE = (60, 70, 75)


def page(number: int) -> Pixels:
    """A filled form; one differs from another in a line of writing alone."""
    image = drawn.page(lines=20, size=(1240, 1754))
    image.paste(Image.new("RGB", (500, 40), "white"), (120, 180 + 46 * 8))
    image.paste(drawn.page(lines=1).crop((120, 180, 620, 220)), (120 + 40 * number, 180 + 46 * 8))
    return np.asarray(image.resize((330, 460)))[:, :, ::-1]


def view(laid: Pixels | None, shift: int = 0, light: int = 0, hand: int | None = None) -> Pixels:
    """The table from above; `hand`: how far it reaches in, from the right."""
    picture = np.full((SIZE[1], SIZE[0], 3), _TABLE, np.uint8)
    if laid is not None:
        picture[10 : 10 + laid.shape[0], 100 + shift : 100 + shift + laid.shape[1]] = laid
    if hand is not None:
        picture[200:300, SIZE[0] - hand :] = (110, 140, 200)
    return np.clip(picture.astype(np.int16) + light, 0, 255).astype(np.uint8)


def lying(laid: Pixels | None, seconds: float, **how: int) -> Iterator[Pixels]:
    return (view(laid, **how) for _ in range(round(seconds * RATE)))


def turning(laid: Pixels | None) -> Iterator[Pixels]:
    """A hand comes over the page and goes."""
    return (view(laid, hand=reach) for reach in (80, 200, 320, 200, 80))


def noisy(pictures: Iterable[Pixels]) -> Iterator[Pixels]:
    noises = [np.random.default_rng(seed).normal(0, 4, (*SIZE[::-1], 3)).astype(np.int16) for seed in range(4)]
    for picture, noise in zip(pictures, cycle(noises), strict=False):
        yield np.clip(picture + noise, 0, 255).astype(np.uint8)


def filmed(file: Path, pictures: Iterable[Pixels]) -> Path:
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*"MJPG"), RATE, SIZE)
    assert writer.isOpened()
    for picture in noisy(pictures):
        writer.write(picture)
    writer.release()
    return file
