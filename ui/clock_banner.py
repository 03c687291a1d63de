"""Says on every page that this machine's clock is not the platform's, for as long as it is so."""

from datetime import timedelta

from PySide6.QtWidgets import QFrame, QHBoxLayout

from client.rules.drift import is_told
from client.text import sentences, tr
from ui.theme.style import set_look
from ui.widgets.panel import words
from ui.widgets.times import span

ADVICE = tr("请系统管理员校准本机时钟。可以继续收件、受理，上传的先后不受影响；打印文书前请核对日期和时间")


class ClockBanner(QFrame):
    """Hidden while the clocks agree, or nobody knows."""

    def __init__(self) -> None:
        super().__init__()
        set_look(self, "notice-warn")
        self._said = words("", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 10, 6)
        row.addWidget(self._said)
        self._told = ""
        self.hide()

    def tell(self, drift: timedelta | None) -> None:
        """`drift`: how far our clock is before the platform's."""
        told = drift_words(drift)
        if told != self._told:
            self._told = told
            self._said.setText(f"◐ {sentences((told, ADVICE))}" if told else "")
            self.setAccessibleName(told)
            self.setVisible(bool(told))

    @property
    def text(self) -> str:
        return "" if self.isHidden() else self._said.text()


def drift_words(drift: timedelta | None) -> str:
    """By how much and which way; "" where nobody needs to know."""
    if drift is None or not is_told(drift):
        return ""
    way = tr("快") if drift > timedelta() else tr("慢")
    return tr("本机时间比平台{way} {span}").format(way=way, span=span(abs(drift)))
