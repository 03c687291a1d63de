"""The pages of a file that was judged, for a look: drawn away from here, and left off at once by Esc."""

from threading import Event

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from client.errors import DeskError
from client.text import apart, tr
from ui.clerk.paper_view import PaperView
from ui.seat import Seat
from ui.widgets.keys import KeyButton


class FileView(PaperView):
    """What is seen here proves nothing, and is said to. A drawing that nobody waits for any more is left off."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, leaves=False)
        self.name.setText(tr("文件页面"))
        self._taken_back = Event()
        self._working = QWidget()
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(tr("正在绘制页面"))
        row = QHBoxLayout(self._working)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(bar, 1)
        row.addWidget(KeyButton(tr("停止"), seat.keys["dismiss"], self.stop, look="quiet"))
        self.body.addWidget(self._working)
        self.clear()

    @property
    def is_drawing(self) -> bool:
        return not self._working.isHidden()

    def show_file(self, content: bytes) -> None:
        """A PDF or OFD; anything else says that it has no pages."""
        self._leave_off()
        self._taken_back = taken_back = Event()
        seals = self._seat.house.seals
        self.say(tr("正在绘制页面"))
        self._working.show()

        def shown(pdf: bytes) -> None:
            if not taken_back.is_set():
                self._working.hide()
                self.show_pages(lambda: pdf)

        def failed(error: DeskError) -> None:
            if not taken_back.is_set():
                self._working.hide()
                self.say(apart((error.title, error.advice)))

        self._seat.tasks.run(
            self._seat.lanes.files, lambda: seals.preview(content, taken_back.is_set), shown, failed, owner=self
        )

    def clear(self) -> None:
        """No file; a drawing on its way is left off."""
        self._leave_off()
        self.say(tr("核验后在这里显示文件的页面；看到的样子不能证明真伪"))

    def stop(self) -> None:
        """Nobody waits for the drawing any more; what is drawn stays."""
        if self.is_drawing:
            self._leave_off()
            self.say(tr("页面没有画完，已停止；核验结果不受影响"))

    def _leave_off(self) -> None:
        self._taken_back.set()
        self._working.hide()
