"""Page files that come otherwise than from the scanner: a path typed or pasted with completion, or files dropped."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from client.errors import CaseError, Fault
from client.text import tr
from ui.seat import Seat
from ui.widgets.panel import words

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".pdf"})
LONGEST = 4096  # characters of a path
MOST_OFFERED = 200
MOST_BYTES = 64 * 1024 * 1024  # read at most; what is more than a page may be, the desk refuses in its own words

UNREADABLE = Fault(
    "CASE-331", tr("读不到文件“{name}”"), tr("请核对路径和文件名，确认文件没有被其他程序占用，再按 Enter 导入")
)


class ImportLine(QWidget):
    """Hidden until it is asked for; Enter gives the path, Esc or an empty line puts it away."""

    given = Signal(list)  # paths

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._folder = ""
        self._offers = QStringListModel(self)
        self._field = QLineEdit()
        self._field.setMaxLength(LONGEST)
        self._field.setAccessibleName(tr("页面文件的路径"))
        self._field.setPlaceholderText(tr("页面文件的路径（JPEG、PNG、PDF），也可把文件拖到这里"))
        completer = QCompleter(self._offers, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._field.setCompleter(completer)
        self._field.textEdited.connect(self._look_up)
        self._field.returnPressed.connect(self._give)
        self._field.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words(tr("导入"), "small"))
        row.addWidget(self._field, 1)
        self.hide()

    def ask(self) -> None:
        """Show the line and type there; asked again it goes away."""
        self.setVisible(self.isHidden())
        if not self.isHidden():
            self._field.setFocus()
            self._look_up(self._field.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802 - Qt's name and arguments
        """Esc belongs to the line while one types in it."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
            return False
        if event.key() != Qt.Key.Key_Escape:
            return False
        event.accept()
        self.hide()
        return True

    def _give(self) -> None:
        path = self._field.text().strip().strip('"')
        if path:
            self.given.emit([Path(path)])
            self._field.clear()
        self.hide()

    def _look_up(self, typed: str) -> None:
        """Offer what lies in the folder typed so far; a folder may be slow, so it is read elsewhere."""
        folder = str(Path(typed).parent if not typed.endswith(("/", "\\")) else Path(typed)) if typed else ""
        if folder and folder != self._folder:
            self._folder = folder
            self._seat.tasks.run(
                self._seat.lanes.looks, lambda: offers(Path(folder)), self._offers.setStringList, owner=self
            )


def offers(folder: Path) -> Sequence[str]:
    """Folders and page files in `folder`, as far as it can be read."""
    try:
        found = sorted(folder.iterdir())
        return [str(each) for each in found if each.is_dir() or each.suffix.lower() in SUFFIXES][:MOST_OFFERED]
    except OSError:
        return []  # half a name is no folder yet


def read_page(path: Path) -> bytes:
    """The file's content, on a lane. Raises CaseError when it cannot be read."""
    try:
        with path.expanduser().open("rb") as file:
            return file.read(MOST_BYTES)
    except (OSError, ValueError, RuntimeError) as error:
        raise CaseError(UNREADABLE, name=path.name) from error
