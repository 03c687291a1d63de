"""The device strip: a lamp for each hand, looked at all the time, so that trouble shows before a citizen waits."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from client.lanes import Lane
from client.ports.readiness import DEVICE_WORDS, Condition, Device, Readiness
from client.text import source_of, tr
from ui.tasks import Tasks
from ui.theme.style import set_look, set_mark
from ui.widgets.elided import Elided
from ui.widgets.panel import words

HEIGHT = 30
GAP = 12  # pixels between two lamps
BEAT = 1_000  # milliseconds between two looks at one hand: a change shows within two seconds
LATE = 5_000  # milliseconds: whoever has not answered by then is said to be silent
APART = "disk"  # at the right: of this machine, not of a hand

OPTIONAL = frozenset({Device.CAMERA, Device.RATING, Device.KEY})  # nothing is said of it where nobody set it up

LAMPS: Mapping[str, str] = {
    **{device.value: word for device, word in DEVICE_WORDS.items()},
    "platform": tr("平台"),
    "disk": tr("本机磁盘"),
}
SILENT = Readiness(
    Condition.FAILED, tr("没有回应"), tr("请检查连线和电源；一直没有回应请重新打开一窗程序，并联系大厅技术人员")
)
SHAPES = {
    Condition.READY: ("●", "good"),
    Condition.ATTENTION: ("■", "warn"),
    Condition.FAILED: ("▲", "bad"),
    Condition.UNSET: ("○", "quiet"),
}


class Strip(QFrame):
    """`readiness` is how each hand was seen last: what a page asks before it begins (preflight)."""

    changed = Signal(str)  # name of the lamp

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setFixedHeight(HEIGHT)
        self._shapes = {name: words("○", "quiet") for name in LAMPS}
        for shape in self._shapes.values():
            set_mark(shape, "lamp", on=True)
        self._words = {name: Elided(text, "small") for name, text in LAMPS.items()}
        self.readiness: dict[str, Readiness] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(6)
        for name in LAMPS:
            if name == APART:
                row.addStretch(1)
            row.addWidget(self._shapes[name])
            row.addWidget(self._words[name])
            if name in OPTIONAL:  # with its room beside it
                self._shapes[name].hide()
                self._words[name].hide()
                self._words[name].setContentsMargins(0, 0, GAP, 0)
            else:
                row.addSpacing(GAP)

    def light(self, name: str, readiness: Readiness) -> None:
        """Show how one hand stands."""
        if self.readiness.get(name) == readiness:
            return
        self.readiness[name] = readiness
        if name in OPTIONAL:
            for label in (self._shapes[name], self._words[name]):
                label.setVisible(readiness.condition is not Condition.UNSET)
        shape, look = SHAPES[readiness.condition]
        self._shapes[name].setText(shape)
        set_look(self._shapes[name], look)
        told = f"{LAMPS[name]} {readiness.words}".strip()
        self._words[name].setText(told)
        for label in (self._shapes[name], self._words[name]):
            label.setToolTip("\n".join(part for part in (told, readiness.advice) if part))
            label.setAccessibleName(f"{told} {readiness.advice}".strip())
        self.changed.emit(name)


class Watch(QObject):
    """Looks at every hand, each on a lane of its own: one that hangs keeps no other from being seen.

    A look that does not come back, or breaks off, does not leave the lamp at its last word: it is said to be silent.
    The log has it once when a hand fails, and once when it is back.
    """

    def __init__(self, strip: Strip, looks: Mapping[str, Callable[[], Readiness]], tasks: Tasks) -> None:
        super().__init__(strip)
        self._strip = strip
        self._looks = looks
        self._tasks = tasks
        self._lanes = {name: Lane(f"look {name}") for name in looks}
        self._looking: set[str] = set()
        self._down: set[str] = set()
        self._timers: dict[str, QTimer] = {}
        for name in looks:
            timer = QTimer(self)
            timer.setSingleShot(True)
            timer.timeout.connect(lambda name=name: self._next(name))
            self._timers[name] = timer
            self._look(name)

    def stop(self) -> None:
        """Look no more; a look on its way may end by itself."""
        for timer in self._timers.values():
            timer.stop()
        for lane in self._lanes.values():
            lane.close(timeout=1.0)

    def _look(self, name: str) -> None:
        def look() -> Readiness:
            try:
                return self._looks[name]()
            finally:
                self._looking.discard(name)

        self._looking.add(name)
        self._timers[name].start(LATE)
        self._tasks.run(self._lanes[name], look, lambda found: self._seen(name, found), owner=self)

    def _next(self, name: str) -> None:
        """The next look is due, or the last one late."""
        if name in self._looking:
            self._seen(name, SILENT)
        else:
            self._look(name)

    def _seen(self, name: str, readiness: Readiness) -> None:
        self._strip.light(name, readiness)
        self._timers[name].start(BEAT)
        failed = readiness.condition is Condition.FAILED
        if failed is not (name in self._down):
            self._down ^= {name}
            _log("device failed" if failed else "device back", name, readiness)


def _log(event: str, name: str, readiness: Readiness) -> None:
    import structlog  # noqa: PLC0415 - slow to load; the desk has it by the time a hand is looked at

    structlog.get_logger(__name__).info(event, device=name, words=source_of(readiness.words))
