"""The device strip: a lamp for each hand, looked at all the time, so that trouble shows before a citizen waits."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from client.lanes import Lane
from client.ports.readiness import Condition, Readiness
from client.text import tr
from ui.tasks import Tasks
from ui.theme.style import set_look
from ui.widgets.panel import words

HEIGHT = 30
BEAT = 1_000  # milliseconds between two looks at one hand: a change shows within two seconds

LAMPS: Mapping[str, str] = {
    "reader": tr("身份证阅读器"),
    "scanner": tr("扫描仪"),
    "printer": tr("打印机"),
    "platform": tr("平台"),
    "disk": tr("本机磁盘"),
}
_SHAPES = {
    Condition.READY: ("●", "good"),
    Condition.ATTENTION: ("■", "warn"),
    Condition.FAILED: ("▲", "bad"),
    Condition.UNSET: ("○", "quiet"),
}


class Strip(QFrame):
    """`worst` is what a page asks before it begins (preflight)."""

    changed = Signal(str)  # name of the lamp

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setFixedHeight(HEIGHT)
        self._shapes = {name: words("○", "quiet") for name in LAMPS}
        self._words = {name: words(text, "small") for name, text in LAMPS.items()}
        self.readiness: dict[str, Readiness] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(6)
        for name in LAMPS:
            row.addWidget(self._shapes[name])
            row.addWidget(self._words[name])
            row.addSpacing(12)
        row.addStretch(1)
        self._note = words("", "small")
        row.addWidget(self._note)

    def light(self, name: str, readiness: Readiness) -> None:
        """Show how one hand stands."""
        if self.readiness.get(name) == readiness:
            return
        self.readiness[name] = readiness
        shape, look = _SHAPES[readiness.condition]
        self._shapes[name].setText(shape)
        set_look(self._shapes[name], look)
        told = f"{LAMPS[name]} {readiness.words}".strip()
        self._words[name].setText(told)
        for label in (self._shapes[name], self._words[name]):
            label.setToolTip(readiness.advice)
            label.setAccessibleName(f"{told} {readiness.advice}".strip())
        self.changed.emit(name)

    def note(self, text: str) -> None:
        """The words at the right: room on the disk, the last backup."""
        self._note.setText(text)


class Watch(QObject):
    """Looks at every hand, each on a lane of its own: one that hangs keeps no other from being seen."""

    def __init__(self, strip: Strip, looks: Mapping[str, Callable[[], Readiness]], tasks: Tasks) -> None:
        super().__init__(strip)
        self._strip = strip
        self._looks = looks
        self._tasks = tasks
        self._lanes = {name: Lane(f"look {name}") for name in looks}
        self._timers: dict[str, QTimer] = {}
        for name in looks:
            timer = QTimer(self)
            timer.setSingleShot(True)
            timer.setInterval(BEAT)
            timer.timeout.connect(lambda name=name: self._look(name))
            self._timers[name] = timer
            self._look(name)

    def stop(self) -> None:
        for timer in self._timers.values():
            timer.stop()
        for lane in self._lanes.values():
            lane.close()

    def _look(self, name: str) -> None:
        self._tasks.run(self._lanes[name], self._looks[name], lambda found: self._seen(name, found), owner=self)

    def _seen(self, name: str, readiness: Readiness) -> None:
        self._strip.light(name, readiness)
        self._timers[name].start()
