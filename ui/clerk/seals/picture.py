"""The picture of a seal, drawn small; a form that Qt does not know leaves its place empty."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap

from client.ports.seals import Seal


def seal_picture(seal: Seal, size: QSize) -> QPixmap:
    """Scaled into `size`, as it is proportioned."""
    image = QImage.fromData(seal.picture.content)
    if image.isNull():
        return QPixmap()
    kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return QPixmap.fromImage(image).scaled(size, kept, smooth)
