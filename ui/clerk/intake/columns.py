"""The three columns of the intake page: the middle is the widest, the left follows the keyboard where it is too low."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

LEFT, RIGHT = (0.263, 380), (0.229, 460)  # share of the page, at most; pixels
RIGHT_LEAST = 216
FORM_LEAST = 200  # pixels of the form; where people and item leave less, the left column scrolls, and the form has
FORM_SHARE = 0.6  # that much of its height, which comes in sight when the keyboard is in it
BAR = 12  # pixels of a scroll bar
GAP = 10


class Columns(QWidget):
    """People, item and form; materials; pages. The left is never narrower than its panels."""

    def __init__(self, people: QWidget, item: QWidget, form: QWidget, middle: QWidget, pages: QWidget) -> None:
        super().__init__()
        self._panels = (people, item, form)
        self._pages = pages
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for panel in (people, item):
            column.addWidget(panel)
            panel.installEventFilter(self)
        column.addWidget(form, 1)
        self._left = QScrollArea()
        self._left.setWidgetResizable(True)
        self._left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._left.setWidget(inside)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._left)
        row.addWidget(middle, 1)
        row.addWidget(pages)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """People or item need more room, or less."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        least = self._left.widget().minimumSizeHint().width() + BAR
        self._left.setFixedWidth(max(least, _share(self.width(), LEFT)))
        self._pages.setFixedWidth(max(RIGHT_LEAST, _share(self.width(), RIGHT)))
        people, item, form = self._panels
        high = self._left.height()
        rest = high - people.height() - item.height() - 2 * GAP
        form.setMinimumHeight(FORM_LEAST if rest >= FORM_LEAST else round(high * FORM_SHARE))

    def _follow(self, _before: QWidget | None, after: QWidget | None) -> None:
        """Scroll the left column to the panel that has the keyboard."""
        for panel in self._panels:
            if after is not None and panel.isAncestorOf(after):
                self._left.ensureWidgetVisible(panel, 0, 0)


def _share(of: int, limits: tuple[float, int]) -> int:
    share, most = limits
    return min(most, round(of * share))
