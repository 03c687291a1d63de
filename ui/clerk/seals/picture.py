"""The picture of a seal, drawn small, on paper; a form that Qt does not know leaves its place empty."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from client.ports.seals import Seal


def seal_picture(seal: Seal, size: QSize) -> QPixmap:
    """Scaled into `size`, as it is proportioned; on white, whatever the window wears: a seal is red ink."""
    image = QImage.fromData(seal.picture.content)
    if image.isNull():
        return QPixmap()
    kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    drawn = QPixmap.fromImage(image).scaled(size, kept, smooth)
    paper = QPixmap(drawn.size())
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return paper
