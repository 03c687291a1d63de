"""A picture that was drawn elsewhere, as Qt has it."""

from PySide6.QtGui import QImage

from client.ports.pages import Picture

_BYTES = 4  # of a pixel


def image_of(picture: Picture) -> QImage:
    """An image of its own, made in the screen's thread alone: no other touches anything of Qt."""
    row = picture.width * _BYTES
    return QImage(picture.pixels, picture.width, picture.height, row, QImage.Format.Format_RGB32).copy()
