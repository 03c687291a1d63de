"""Page files that come otherwise than from the scanner: a path typed or pasted with completion, or files dropped."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from client.desk.drafting import Drafting
from client.errors import CaseError, DeskError, Fault
from client.text import clauses, tr
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat
from ui.widgets.panel import words

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".pdf"})
LONGEST = 4096  # characters of a path
MOST_OFFERED = 200
MOST_BYTES = 64 * 1024 * 1024  # read at most; what is more than a page may be, the desk refuses in its own words

UNREADABLE = Fault(
    "CASE-331", tr("读不到文件“{name}”"), tr("请核对路径和文件名，确认文件没有被其他程序占用，再按 Enter 导入")
)
NOT_ALL = Fault(
    "CASE-332",
    tr("导入了 {came_in} 个文件，{failed} 个没有导入"),
    tr("没有导入的：{reasons}。请处理后只导入这些文件"),
)
MOST_NAMED = 3  # files that failed; of the others only how many there are


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
                self._seat.lanes.files, lambda: offers(Path(folder)), self._offers.setStringList, owner=self
            )


@dataclass
class _Load:
    """Files that go into one material together."""

    case_id: int
    slot: str
    left: deque[Path]
    came_in: int = 0
    failed: list[tuple[str, DeskError]] = field(default_factory=list)  # name and why


class PageFiles(QObject):
    """One file after another, each read elsewhere and in the case before the next is read; one that fails stops none.

    Which failed and why is told when all were tried.
    """

    def __init__(self, seat: Seat, work: CaseWork, parent: QObject) -> None:
        super().__init__(parent)
        self._seat = seat
        self._work = work

    def bring(self, case_id: int, slot: str, paths: Sequence[Path]) -> None:
        """Into the material `slot` of the case, as long as it is on the table."""
        self._seat.notices.clear()  # of the files before these
        self._next(_Load(case_id, slot, deque(paths)))

    def _next(self, load: _Load) -> None:
        if not load.left:
            self._tell(load)
            return
        path = load.left[0]
        self._seat.tasks.run(
            self._seat.lanes.files,
            partial(read_page, path),
            partial(self._attach, load),
            partial(self._failed, load),
            owner=self,
            words=tr("正在读入文件“{name}”").format(name=path.name),
        )

    def _attach(self, load: _Load, content: bytes) -> None:
        if self._work.case_id != load.case_id:  # a file may be slow, and is never another citizen's
            self._seat.notices.warn(tr("换了办件，{count} 个文件没有导入").format(count=len(load.left)))
            return
        counter, name = self._seat.house.counter, load.left[0].name
        self._work.write(
            lambda case, by: Drafting(counter).attach(case, by, load.slot, name, content),
            lambda _page: self._came_in(load),
            partial(self._failed, load),
        )

    def _came_in(self, load: _Load) -> None:
        load.left.popleft()
        load.came_in += 1
        self._next(load)

    def _failed(self, load: _Load, error: DeskError) -> None:
        load.failed.append((load.left.popleft().name, error))
        self._next(load)

    def _tell(self, load: _Load) -> None:
        if not load.failed:
            return
        if load.came_in == 0 and len(load.failed) == 1:
            self._seat.notices.error(load.failed[0][1])
            return
        reasons = [_reason(name, error) for name, error in load.failed[:MOST_NAMED]]
        if (unnamed := len(load.failed) - len(reasons)) > 0:
            reasons.append(tr("另有 {count} 个").format(count=unnamed))
        told = clauses(reasons)
        self._seat.notices.error(CaseError(NOT_ALL, came_in=load.came_in, failed=len(load.failed), reasons=told))


def _reason(name: str, error: DeskError) -> str:
    return error.title if name in error.title else tr("“{name}”{why}").format(name=name, why=error.title)


def offers(folder: Path) -> Sequence[str]:
    """Folders and page files in `folder`, as far as it can be read."""
    try:
        found = sorted(folder.iterdir())
        return [str(each) for each in found if each.is_dir() or each.suffix.lower() in SUFFIXES][:MOST_OFFERED]
    except (OSError, ValueError):
        return []  # half a name is no folder yet, and what was pasted may be none at all


def read_page(path: Path) -> bytes:
    """The file's content, on a lane. Raises CaseError when it cannot be read."""
    try:
        with path.expanduser().open("rb") as file:
            return file.read(MOST_BYTES)
    except (OSError, ValueError, RuntimeError) as error:
        raise CaseError(UNREADABLE, name=path.name) from error
