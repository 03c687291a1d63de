"""The only painter of errors: what happened, to which case, what to do now, who can help.

Nothing modal, nothing that vanishes before it is read.
"""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from client.errors import DeskError, Fault
from client.text import tr
from ui.narrator import Narrator
from ui.theme.style import set_look
from ui.widgets.keys import KeyButton
from ui.widgets.panel import words

GOOD_NEWS = 6_000  # milliseconds good news stays; an error stays until it is read or something succeeds after it

BUG = Fault(
    "BUG-002",
    tr("程序出错，刚才这一步没有完成"),
    tr("已保存的内容和已受理的办件不受影响；请重试，仍不行时请系统管理员查看日志"),
)


class Notices(QFrame):
    """A strip above the page; empty it takes no room, and its key is the page's."""

    def __init__(self, narrator: Narrator, dismiss_key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._narrator = narrator
        self._title = words("", "strong", wrap=True, selectable=True)
        self._advice = words("", "", wrap=True, selectable=True)
        self._code = words("", "small")
        self._close = KeyButton(tr("知道了"), dismiss_key, self.clear, look="quiet")
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self._title)
        said.addWidget(self._advice)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        row.addLayout(said, 1)
        row.addWidget(self._code)
        row.addWidget(self._close)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.timeout.connect(self.clear)
        self.hide()

    def error(self, error: DeskError) -> None:
        """Show an error in its own words."""
        self._show("notice-bad", f"▲ {error.title}", error.advice, error.code)
        self._narrator.tell("error", code=error.code)

    def bug(self) -> None:
        """Something of ours broke; the log has it."""
        self.error(DeskError(BUG))

    def warn(self, title: str, advice: str = "") -> None:
        """Something to look at that stops nobody."""
        self._show("notice-warn", f"◐ {title}", advice, "")

    def good(self, title: str, advice: str = "") -> None:
        """Tell that something went well; it goes by itself."""
        self._show("notice-good", f"✓ {title}", advice, "")
        self._fade.start(GOOD_NEWS)

    def clear(self) -> None:
        self._fade.stop()
        self.hide()

    @property
    def text(self) -> str:
        """What stands there now; "" when nothing does."""
        return "" if self.isHidden() else f"{self._title.text()} {self._advice.text()}".strip()

    def _show(self, look: str, title: str, advice: str, code: str) -> None:
        self._fade.stop()
        set_look(self, look)
        self._title.setText(title)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._code.setText(code)
        self.setAccessibleName(f"{title} {advice}")
        self.show()
