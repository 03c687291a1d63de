"""Opens the window on the screen: the Qt program, its look, the shell, and whoever will sit at it."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from ui.collecting import Collecting
from ui.door import WindowDoor
from ui.ending import Ending
from ui.keys import key_map
from ui.narrator import Narrator
from ui.pulse import Pulse
from ui.shell import Shell
from ui.sitting import Sitting
from ui.tasks import Tasks
from ui.theme.style import dress, load_fonts, load_rare_fonts
from ui.theme.tokens import Theme, load_tokens

USUAL_SIZE = (1366, 768)
TURN = 0.0001  # seconds a lane may keep the interpreter while the screen waits for it; usual are fifty times as many
RARE_FONT_AFTER = 1_500  # milliseconds: after the first paint and whoever signs in at once


@dataclass(frozen=True)
class Looks:
    """How the window is to look, and who is told what it shows."""

    theme: Theme = Theme.LIGHT
    large: bool = False
    size: tuple[int, int] | None = None  # None: the whole screen
    narrate: Path | None = None
    keys: Mapping[str, str] = field(default_factory=dict)


def open_window(door: WindowDoor, looks: Looks) -> int:
    """Run the window until it is closed; the exit status. A second start raises the first and returns at once."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("a Qt program without widgets runs in this process already")
    window = Window(app, door, looks)
    ending = Ending(window.shell.close, app)
    status = app.exec()
    ending.stop()
    window.end()
    return status


class Window:
    """All that lives while the window does."""

    def __init__(self, app: QApplication, door: WindowDoor, looks: Looks) -> None:
        self._app = app
        self._door = door
        sys.setswitchinterval(TURN)
        load_fonts()
        tokens = load_tokens(looks.theme, large=looks.large)
        dress(app, tokens)
        narrator = Narrator(looks.narrate)
        narrator.follow_focus(app)
        self.tasks = Tasks()
        self.shell = Shell(tokens, key_map(looks.keys), narrator, self.tasks, door.hint)
        self._collecting = Collecting(self.shell)
        self.sitting = Sitting(door, self.shell, self.tasks, narrator)
        self.sitting.opened.connect(lambda: self.tasks.in_turn(self._be_the_first, owner=self.shell))
        self.sitting.opened.connect(self._collecting.begin)
        self.sitting.busy.connect(self._be_the_second)
        narrator.tell("keys", keys=dict(self.shell.keys))
        if narrator.is_heard:
            Pulse(narrator, self.shell)
        # Not before the first paint: what opening loads would take the processor from it.
        self.shell.painted.connect(self.sitting.begin, Qt.ConnectionType.QueuedConnection)
        self._show(looks.size)
        QTimer.singleShot(RARE_FONT_AFTER, load_rare_fonts)

    def end(self) -> None:
        """Nobody sees the window any more: close the house, and let go of the widgets while there is a program."""
        self.sitting.close()
        self._collecting.end()
        self.shell.deleteLater()
        self.tasks.deleteLater()
        self._app.processEvents()

    def _show(self, size: tuple[int, int] | None) -> None:
        if size is not None:
            self.shell.resize(*size)
            self.shell.show()
            return
        self.shell.resize(*USUAL_SIZE)
        self.shell.setWindowState(Qt.WindowState.WindowMaximized)
        self.shell.show()

    def _be_the_first(self) -> None:
        from ui.instance import FirstInstance  # noqa: PLC0415 - the network loads behind the first paint

        FirstInstance(self._door.name, self.shell.raise_up, self.shell)

    def _be_the_second(self) -> None:
        from ui.instance import SecondInstance  # noqa: PLC0415 - same

        SecondInstance(self._door.name, self.shell.close, self.shell)
