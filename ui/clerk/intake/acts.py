"""The bottom bar: which case is on the table, and the lawful acts with their keys, always in sight."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy

from client.desk.sheet import CaseSheet
from client.rules.papers import issuable
from client.text import tr
from ui.clerk.intake.ways import Way, ways
from ui.seat import Seat
from ui.theme.style import set_look
from ui.widgets.keys import KeyButton
from ui.widgets.panel import words

ORDER = ("save", "other_outcomes", "ask_correction", "receive", "accept")
MAIN = "accept"


def tabular(font: QFont) -> QFont:
    """Figures of one width, so that numbers can be compared by eye."""
    figures = QFont(font)
    figures.setFeature(QFont.Tag("tnum"), 1)
    return figures


class ActsBar(QFrame):
    """`pressed` carries the act of ui.keys, also where it cannot be done: whoever hears it says why."""

    pressed = Signal(str)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._counter = seat.house.counter
        self._ways: Mapping[str, Way] = {}
        self._underway = False
        self._sheet: CaseSheet | None = None
        self._caption = words(tr("办件编号"), "quiet")
        self._number = words("", "strong", selectable=True)
        self._number.setFont(tabular(self._number.font()))
        self.buttons = {act: self._button(act, seat.keys[act]) for act in ORDER}
        self.papers = self._button("papers", seat.keys["papers"])
        self.papers.say(tr("文书"))
        self.papers.hide()
        self.issue = self._button("issue_paper", seat.keys["issue_paper"])
        self.issue.say(tr("出具文书"))
        self.setProperty("look", "panel")
        self._name = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._name.addWidget(self._caption)
        self._name.addWidget(self._number)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(14, 9, 14, 9)
        row.addLayout(self._name)
        row.addWidget(self.papers)
        row.addWidget(self.issue)
        row.addStretch(1)
        for act in ORDER:
            row.addWidget(self.buttons[act])
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # it fits itself into any width
        self.setAccessibleName(tr("办理"))
        self.show_case(None)
        seat.tasks.broke.connect(self._free)

    def show_case(self, sheet: CaseSheet | None) -> None:
        self._sheet = sheet
        self._ways = ways(self._counter, sheet)
        number = "" if sheet is None else sheet.number or tr("草稿 {id}").format(id=sheet.case_id)
        self._number.setText(number or tr("尚无办件"))
        self._number.setAccessibleName(f"{self._caption.text()} {self._number.text()}")
        self.papers.setVisible(sheet is not None and bool(sheet.papers))
        self.issue.setVisible(sheet is not None and sheet.number is None and bool(issuable(sheet.state)))
        self._say()
        self._fit()

    def way(self, act: str) -> Way:
        """What that key would do."""
        return self._ways[act]

    def say(self, act: str, text: str) -> None:
        """Other words on one key, while a panel of its own is open; every other key has its own."""
        self._say()
        if act in self.buttons:
            button = self.buttons[act]
            button.say(text)
            button.setEnabled(not self._underway)

    @property
    def underway(self) -> bool:
        """Whether an act is on its way: no key acts twice."""
        return self._underway

    def set_underway(self, *, on: bool) -> None:
        self._underway = on
        self._say()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In one line where there is room; else the number stands under its name, in smaller figures."""
        self._arrange(narrow=False)
        if self._row.minimumSize().width() > self.width():
            self._arrange(narrow=True)

    def _arrange(self, *, narrow: bool) -> None:
        way = QBoxLayout.Direction
        self._name.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._name.setSpacing(0 if narrow else 8)
        self._row.setSpacing(6 if narrow else 10)
        set_look(self._caption, "small" if narrow else "quiet")
        plain = "small-strong" if narrow else "strong"
        set_look(self._number, plain if self._sheet is not None else "quiet")
        self._row.invalidate()

    def _button(self, act: str, key: str) -> KeyButton:
        look = {MAIN: "main", "papers": "quiet", "issue_paper": "quiet"}.get(act, "")
        button = KeyButton("", key, partial(self._press, act), look=look, heard=False)
        # The bar hears the keys itself: a button that cannot be pressed hears none, and has something to say.
        heard = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WindowShortcut)
        heard.setAutoRepeat(False)  # a key that is held is pressed once
        heard.activated.connect(partial(self._press, act))
        return button

    def _free(self) -> None:
        """An act that broke off tells nobody; its keys must not stay dead."""
        self.set_underway(on=False)

    def _press(self, act: str) -> None:
        if not self._underway:
            self.pressed.emit(act)

    def _say(self) -> None:
        for act, button in self.buttons.items():
            way = self._ways[act]
            button.say(way.words)
            button.setEnabled(not way.why and not self._underway)
            button.setToolTip(way.why)
            if way.why:
                button.setAccessibleDescription(way.why)
