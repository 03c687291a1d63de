"""The picture of 出具文书: a further paper of the chosen case, filled in and seen before it is issued."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from ui.clerk.issuing.panel import IssuingPanel

if TYPE_CHECKING:  # it takes this picture among its own
    from tests.pictures import Sitter


def picture_issuing(at: "Sitter") -> None:
    at.quiet(2)
    at.press("issue_paper")
    page = at.window.shell.page
    assert page is not None
    (panel,) = page.findChildren(IssuingPanel)
    at.until(lambda: panel.list.count() > 0)
    titles = [panel.list.item(row).text() for row in range(panel.list.count())]
    at.hit(str(1 + next(row for row, title in enumerate(titles) if "延长" in title)))
    at.hit("Return")
    at.quiet(1)
    _write("现场核查需要其他部门配合")
    for _ in range(3):
        at.hit("Return")
    _write("本机关负责人")
    at.until(lambda: not panel.paper.picture.isNull())
    at.shoot("issuing")
    at.press("dismiss", "dismiss")


def _write(text: str) -> None:
    """As an input method hands it over: these are no keys."""
    if (focus := QApplication.focusWidget()) is not None:
        QApplication.sendEvent(focus, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text))
