"""The picture of a seal, opened without believing what it says of itself."""

from io import BytesIO
from typing import Final

from PIL import Image
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from client.ports.seals import SealPicture
from client.proof.faults import ProofError
from printing.seals.pdf.faults import NOT_DRAWN

MOST_PIXELS: Final = 16_000_000
_FINE: Final = 1200  # pixels a side are 700 dpi and more on any seal; what is larger only makes the paper large
_WHITE = 245  # grey levels from which a picture without transparency is paper
_OPENERS: Final[tuple[tuple[bytes, type[ImageFile]], ...]] = (
    (b"\x89PNG", PngImageFile),
    (b"\xff\xd8", JpegImageFile),
    (b"BM", BmpImageFile),
    (b"GIF8", GifImageFile),
)


def opened(picture: SealPicture) -> Image.Image:
    """The seal as red, green, blue and how opaque; white paper around it lets the text through.

    Raises ProofError for what is none of the known pictures, whatever its type says, or far too large.
    """
    not_drawn = ProofError(NOT_DRAWN, type=picture.type[:8])
    opener = next((each for head, each in _OPENERS if picture.content.startswith(head)), None)
    if opener is None:
        raise not_drawn
    try:
        image = opener(BytesIO(picture.content))
        if image.width * image.height <= MOST_PIXELS:
            return _seen_through(image)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise not_drawn from error
    raise not_drawn


def _seen_through(image: Image.Image) -> Image.Image:
    has_alpha = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    image = image.convert("RGBA")
    image.thumbnail((_FINE, _FINE))
    if not has_alpha:
        image.putalpha(image.convert("L").point(lambda grey: 0 if grey >= _WHITE else 255))
    return image
