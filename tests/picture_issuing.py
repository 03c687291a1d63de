"""The picture of 出具文书: a further paper of the chosen case, filled in and seen before it is issued."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:  # it takes this picture among its own
    from tests.pictures import Sitter


def picture_issuing(at: "Sitter") -> None:
    at.quiet(2)
    at.press("issue_paper")
    at.quiet(3)
    for key in ("Y", "Return"):
        at.hit(key)
    at.quiet(1)
    _write("现场核查需要其他部门配合")
    for _ in range(3):
        at.hit("Return")
    _write("本机关负责人")
    at.quiet(5)  # the sample is drawn a moment after the last key
    at.shoot("issuing")
    at.press("dismiss", "dismiss")


def _write(text: str) -> None:
    """As an input method hands it over: these are no keys."""
    if (focus := QApplication.focusWidget()) is not None:
        QApplication.sendEvent(focus, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text))
