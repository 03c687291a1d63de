"""Pages drawn for tests: lines of Chinese print, with what disturbs a page's straightening beside them."""

from functools import cache
from importlib import resources
from io import BytesIO

import numpy as np
import segno
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from devices.opencv import cv2

Pixels = NDArray[np.uint8]

DPI = 150
SIZE = (1240, 1754)  # A4
LINE = "申请人张三于示例市示例区示例路1号申请食品经营许可，所附材料与原件一致。"


def page(*, lines: int = 30, extra: str = "", size: tuple[int, int] = SIZE) -> Image.Image:
    """Print on white paper. `extra`: "qr", "table", "photo", "seal" or nothing."""
    return _page(lines, extra, size).copy()


@cache
def _page(lines: int, extra: str, size: tuple[int, int]) -> Image.Image:
    image = Image.new("RGB", size, "white")
    pen, font = ImageDraw.Draw(image), _font(26)
    for line in range(lines):
        pen.text((120, 180 + line * 46), LINE[: 34 - line % 7], font=font, fill="black")
    match extra:
        case "qr":
            file = BytesIO()
            segno.make_qr("YC-TEST-1").save(file, kind="png", scale=7)
            image.paste(Image.open(file).convert("RGB"), (900, 1400))
        case "table":
            for row in range(9):
                pen.line((100, 300 + row * 120, 1140, 300 + row * 120), fill="black", width=2)
            for column in range(5):
                pen.line((100 + column * 260, 300, 100 + column * 260, 1260), fill="black", width=2)
        case "photo":
            noise = np.random.default_rng(1).integers(0, 200, (420, 320, 3), dtype=np.uint8)
            image.paste(Image.fromarray(cv2.GaussianBlur(noise, (0, 0), 9)), (820, 200))
        case "seal":
            pen.ellipse((780, 1300, 1040, 1560), outline=(200, 30, 30), width=10)
        case _:
            pass
    return image


def leaning(image: Image.Image, degrees: float) -> Image.Image:
    """The page with its lines climbing by so many degrees."""
    return image.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor="white")


def on_table(
    image: Image.Image,
    corners: list[tuple[int, int]],
    size: tuple[int, int],
    table: tuple[int, int, int] = (60, 55, 50),
) -> Image.Image:
    """A photograph of the page on a table: `corners` clockwise from the upper left, in pixels of `size`."""
    width, height = image.size
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getPerspectiveTransform(flat, np.array(corners, np.float32))
    laid = cv2.warpPerspective(np.asarray(image), turn, size, borderValue=table)
    return Image.fromarray(np.asarray(laid, np.uint8))


def jpeg(image: Image.Image, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", **{"quality": 85, "dpi": (DPI, DPI), **options})
    return file.getvalue()


def png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG", dpi=(DPI, DPI))
    return file.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont:
    content = resources.files("resources").joinpath("fonts", "NotoSansSC-Regular.ttf").read_bytes()
    return ImageFont.truetype(BytesIO(content), size)
