"""Whether a sealed file or a paper is genuine, in words: each check with its sign, the seal, what the code states."""

from functools import partial

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from client.errors import DeskError
from client.ports.statements import CODE_BEGINS
from client.text import tr
from ui.clerk.seals.asked import Asked, asked_of_code, asked_of_file, path_in
from ui.clerk.seals.file_view import FileView
from ui.clerk.seals.verdict_view import VerdictView
from ui.seat import Seat
from ui.widgets.keys import KeyButton

LONGEST = 4096  # characters of a path


class Verifying(QWidget):
    """A path typed, pasted or dropped, or a paper's QR code scanned; Enter judges it, `view` shows a file's pages."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self.setAcceptDrops(True)
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST)
        self.field.setAccessibleName(tr("要核验的文件"))
        self.field.setPlaceholderText(tr("扫描文书二维码，或者输入文件路径（PDF、OFD、图片、印章）、把文件拖到这里"))
        self.field.returnPressed.connect(self.verify)
        self.button = KeyButton(tr("核验"), "Enter", self.verify, heard=False)
        self.verdict = VerdictView()
        self.view = FileView(seat)
        self.facts = self.verdict.facts
        self._lay_out()

    @property
    def text(self) -> str:
        """All that is said."""
        return self.verdict.text

    def begin(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def verify(self) -> None:
        """Judge the QR code that was scanned, or what the path names, away from here."""
        told = self.field.text()
        house = self._seat.house
        asked = partial(asked_of_code, told) if told.startswith(CODE_BEGINS) else partial(asked_of_file, path_in(told))
        self.view.clear()
        self.verdict.wait()
        work = partial(asked, house.counter, house.seals)
        self._seat.tasks.run(self._seat.lanes.files, work, self._judged, self._failed, owner=self, words=tr("正在核验"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        if urls := [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]:
            self.field.setText(urls[0])
            self.verify()

    def _judged(self, found: Asked) -> None:
        self.field.selectAll()  # what is scanned or typed next stands in its place
        if found.is_document:
            self.view.show_file(found.content)
        self.verdict.show_found(found, self._seat.house.counter.clock().tzinfo)

    def _failed(self, error: DeskError) -> None:
        self.field.selectAll()  # what is typed next stands in its place
        self.verdict.refuse(error)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.verdict, 1)
