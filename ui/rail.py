"""The rail at the left: the pages that exist, each with its key."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout

from ui.page import Page
from ui.theme.icons import icon
from ui.theme.tokens import Tokens

WIDTH = 64


class Rail(QFrame):
    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._tokens = tokens
        self._group = QButtonGroup(self)
        self._shortcuts: list[QShortcut] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 8, 4, 8)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self.setFixedWidth(WIDTH)
        self.hide()  # nobody sits here yet

    def add(self, page: type[Page], key: str, chosen: Callable[[], None]) -> None:
        """A button for `page`; `key` works in the whole window."""
        button = QToolButton()
        button.setProperty("look", "rail")
        button.setCheckable(True)
        button.setText(page.name)
        button.setIcon(icon(page.icon, self._tokens))
        button.setIconSize(QSize(20, 20))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setFixedWidth(WIDTH - 9)
        button.setToolTip(f"{page.name}  {key}")
        button.setAccessibleName(page.name)
        button.setAccessibleDescription(key)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the pages are reached by key; Tab stays in the page
        button.clicked.connect(lambda _checked: chosen())
        shortcut = QShortcut(QKeySequence(key), self.window(), context=Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(chosen)
        self._shortcuts.append(shortcut)
        self._group.addButton(button, self._column.count() - 1)
        self._column.insertWidget(self._column.count() - 1, button)
        self.show()

    def choose(self, place: int) -> None:
        button = self._group.button(place)
        if button is not None:
            button.setChecked(True)

    def clear(self) -> None:
        """Take all pages out, with their keys."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._column.removeWidget(button)
            button.deleteLater()
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts = []
        self.hide()
