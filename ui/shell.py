"""The main window: header, rail, one page, strip; who sits here, and where they were."""

import gc
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from client.text import tr
from ui.busy import Busy
from ui.clerk.sign_in import SignIn
from ui.clock_banner import ClockBanner
from ui.header import SENDING, Header
from ui.narrator import Narrator
from ui.notices import Notices
from ui.page import Page, at_once
from ui.rail import Rail
from ui.strip import Strip
from ui.tasks import Tasks
from ui.theme.tokens import Tokens

IDLE = 120  # milliseconds between two pages that are made before anybody asks for them
STEP = 20  # between two steps of one
Making = Generator[None, None, Page]
SMALLEST = (1024, 560)


class Shell(QMainWindow):
    """The frame alone: it knows no desk; what happens in it is told by ui.sitting."""

    painted = Signal()  # for the first time
    seated = Signal()  # the page of whoever sat down is in sight

    def __init__(self, tokens: Tokens, keys: Mapping[str, str], narrator: Narrator, tasks: Tasks, hint: str) -> None:
        super().__init__()
        self.setWindowTitle(tr("一窗"))
        self.setObjectName("ground")
        self.tokens = tokens
        self.keys = keys
        self.narrator = narrator
        self.header = Header()
        self.rail = Rail(tokens)
        self.strip = Strip()
        self.clock_banner = ClockBanner()
        self.notices = Notices(narrator, keys["dismiss"], self)
        self.sign_in = SignIn(hint, keys)
        self._kinds: tuple[type[Page], ...] = ()
        self._make: Callable[[type[Page]], Making] | None = None
        self._making: dict[int, Making] = {}  # half made
        self._made: dict[int, Page] = {}
        self._preparing: Iterator[object] = iter(())
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(lambda: tasks.in_turn(self._make_next, owner=self))
        self._painted = False
        self._stack = QStackedWidget()
        self._stack.addWidget(self.sign_in)
        self._alone: QWidget | None = None
        self._tasks = tasks
        self._lay_out(Busy(tasks, keys["cancel"], self))
        tasks.failed.connect(self.notices.error)
        tasks.broke.connect(self.notices.bug)
        self.setMinimumSize(*SMALLEST)
        self.closing: list[Callable[[], object]] = []

    def _lay_out(self, busy: Busy) -> None:
        middle = QVBoxLayout()
        middle.setContentsMargins(12, 12, 12, 12)
        middle.setSpacing(10)
        middle.addWidget(self.clock_banner)
        middle.addWidget(self.notices)
        middle.addWidget(self._stack, 1)
        middle.addWidget(busy)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(middle, 1)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(row, 1)
        column.addWidget(self.strip)
        ground = QWidget()
        ground.setObjectName("ground")
        ground.setLayout(column)
        self.setCentralWidget(ground)

    def seat_pages(self, kinds: Sequence[type[Page]], make: Callable[[type[Page]], Making]) -> None:
        """Give the rail its pages; the ones of whoever sat here before go.

        Each is made when it is brought in sight, or in a moment in which nothing else is done.
        """
        self.unseat()
        self._kinds, self._make = tuple(kinds), make
        for place, kind in enumerate(kinds):
            self.rail.add(kind, self.keys[f"page_{place + 1}"], partial(self.choose, place))
            if kind.place_name == SENDING:
                self.header.pill.offer(self.keys[f"page_{place + 1}"])
        self._idle.start(IDLE)

    @property
    def pages(self) -> list[Page]:
        """Those that are made already, in the rail's order."""
        return [self._made[place] for place in sorted(self._made)]

    @property
    def kinds(self) -> tuple[type[Page], ...]:
        """What whoever sits here has in the rail."""
        return self._kinds

    def make_ready(self, place_name: str, then: Callable[[], object]) -> None:
        """Have the page of that name made step by step, then go on; nobody is told when whoever sat here left."""
        number = next(number for number, kind in enumerate(self._kinds) if kind.place_name == place_name)
        making = self._steps(number)

        def step() -> None:
            if self._making.get(number) is not making:
                return
            if number in self._made:
                then()
                self.seated.emit()
            else:
                self._is_made(number)
                self._tasks.in_turn(step, owner=self)

        self._tasks.in_turn(step, owner=self)

    def _page_at(self, place: int) -> Page:
        if place not in self._made:
            self._add(place, at_once(self._steps(place)))
        return self._made[place]

    def _steps(self, place: int) -> Making:
        if place not in self._making:
            if self._make is None:
                raise AssertionError("nobody sits here")
            self._making[place] = self._make(self._kinds[place])
        return self._making[place]

    def _is_made(self, place: int) -> bool:
        """Make one step of a page, if any is left; True when it was the last."""
        if place not in self._made:
            try:
                next(self._steps(place))
            except StopIteration as ended:
                self._add(place, ended.value)
        return place in self._made

    def _add(self, place: int, page: Page) -> None:
        self._made[place] = page
        self._stack.addWidget(page)
        self._preparing = chain(self._preparing, page.preparing())

    def _prepared(self) -> bool:
        """Take one step more; False when there is none."""
        return next(self._preparing, self) is not self

    def _make_next(self) -> None:
        wanting = [place for place in range(len(self._kinds)) if place not in self._made]
        if wanting:
            self._idle.start(IDLE if self._is_made(wanting[0]) else STEP)
        elif self._prepared():
            self._idle.start(STEP)
        else:
            gc.freeze()  # what is made by now stays: walking all of it at a collection would be felt in the next key

    def unseat(self) -> None:
        """Back to the sign-in page: nobody's data stay on the screen, nor in widgets."""
        self._stack.setCurrentWidget(self.sign_in)
        self.rail.clear()
        self.header.pill.offer("")
        for widget in [*self.pages, *([self._alone] if self._alone else [])]:
            self._stack.removeWidget(widget)
            widget.setParent(None)
            widget.deleteLater()
        self._idle.stop()
        self._kinds, self._make, self._making, self._made, self._preparing = (), None, {}, {}, iter(())
        self._alone = None

    @property
    def page(self) -> Page | None:
        """The page in sight; None while nobody sits here."""
        found = self._stack.currentWidget()
        return found if isinstance(found, Page) else None

    def show_alone(self, widget: QWidget) -> None:
        """Show something instead of pages: the first run, a forgotten PIN. It goes when somebody sits down."""
        self.unseat()
        self._alone = widget
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)

    def choose(self, place: int) -> None:
        """Bring a page in sight."""
        if not 0 <= place < len(self._kinds):
            return
        before, after = self.page, self._page_at(place)
        if before is not None and before is not after:
            before.left()
        self._stack.setCurrentWidget(after)
        self.rail.choose(place)
        after.shown()
        self.narrator.tell("page", name=after.place_name)

    def go(self, place_name: str, place: Mapping[str, object]) -> None:
        """Bring the page of that place name in sight, at `place` of it."""
        for number, kind in enumerate(self._kinds):
            if kind.place_name == place_name:
                self._page_at(number).go_to(place)
                self.choose(number)

    def add_key(self, act: str, pressed: Callable[[], object]) -> None:
        """A key that works in the whole window."""
        shortcut = QShortcut(QKeySequence(self.keys[act]), self.centralWidget())
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(pressed)

    def raise_up(self) -> None:
        """Come before the other windows of this screen: a second start was meant for this one."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self.narrator.tell("raised")

    def event(self, event: QEvent) -> bool:
        """Qt would paint right behind whatever changed the page, before it looks for keys: the two blocks were one."""
        if event.type() == QEvent.Type.UpdateRequest and self._painted:
            self._tasks.paint(partial(super().event, QEvent(QEvent.Type.UpdateRequest)), owner=self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.narrator.tell("painted")
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        page = self.page
        if page is not None:
            page.left()
        for close in self.closing:
            close()
        super().closeEvent(event)


class Activity(QObject):
    """Tells at most once a second that somebody touches the window.

    It listens where keys come in from the system: a listener to every event of the program would be felt in each.
    """

    EVERY = 1_000  # milliseconds

    def __init__(self, told: Callable[[], object], shell: Shell) -> None:
        super().__init__(shell)
        self._told = told
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(self.EVERY)
        shell.winId()  # from here on it has a window of the system's
        shell.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress} and not self._quiet.isActive():
            self._quiet.start()
            self._told()
        return super().eventFilter(watched, event)
