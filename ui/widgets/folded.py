"""A choice whose words take as many lines as they need: what the law calls a thing may be longer than a column."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

NARROWEST = 120  # pixels


class FoldedRadio(QRadioButton):
    """A radio button of one or several lines; `text()` stays whole."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        more = len(self._lines(width)) - 1
        return super().sizeHint().height() + more * self.fontMetrics().lineSpacing()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name and Qt's hand-over
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = "\n".join(self._lines(self.width()))  # type: ignore[attr-defined] # the stub leaves it out
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_RadioButton, option)

    def _lines(self, width: int) -> list[str]:
        """The words as they fit; Chinese breaks at any character."""
        metrics = self.fontMetrics()
        mark = self.sizeHint().width() - metrics.horizontalAdvance(self.text())
        room = max(NARROWEST, width) - mark
        lines = [""]
        for character in self.text():
            if lines[-1] and metrics.horizontalAdvance(lines[-1] + character) > room:
                lines.append("")
            lines[-1] += character
        return lines
