"""备份, for whoever may: where to, how far it is, and a way to take it back; the window works on beside it."""

from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from PySide6.QtCore import QTimer
from shiboken6 import isValid

from client.desk.safekeeping import Backup, Safekeeping
from client.errors import Cancelled, DeskError
from client.lanes import Lane
from client.text import tr
from ui.seat import Seat
from ui.widgets.course import Course
from ui.widgets.fields import TextField
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words

TOLD = 200  # milliseconds between two looks at how far it is
PATIENCE = 5.0  # seconds a closing window waits for a backup to clear away what it began
PATH = 400  # characters
NOT_PORTABLE = tr("这份备份只能在本机用系统密钥环打开；请系统管理员设置数据口令（YICHUANG_KEY_FILE）后再备份一次")
MEGABYTE = 1_000_000


@dataclass
class Run:
    """A backup under way, as both threads know it."""

    lane: Lane = field(default_factory=lambda: Lane("backup"))
    cancelled: Event = field(default_factory=Event)
    far: tuple[int, int] = (0, 0)

    def tell(self, done: int, total: int) -> None:
        self.far = (done, total)

    def end(self) -> None:
        """Take it back and wait for it; called when the window closes, before the store does."""
        self.cancelled.set()
        self.lane.close(PATIENCE)


class BackupPanel(Panel):
    """One backup at a time. It goes on when the page is left or the window locks; its end is told in any case."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(tr("备份"))
        self._seat = seat
        self._run: Run | None = None
        self.path = TextField(tr("备份文件"), most=PATH)
        self.path.setPlaceholderText(tr("备份盘上的新文件，含完整路径"))
        self._button = KeyButton(tr("备份"), seat.keys["back_up"], self._begin, look="verb")
        self.course = Course(tr("备份进度"), tr("取消"), seat.keys["cancel"], self._take_back, stacked=True)
        self._beat = QTimer(self)
        self._beat.setInterval(TOLD)
        self._beat.timeout.connect(self._tell)
        advice = tr("数据库和全部扫描页加密写入一个文件，写完即逐个核对；期间可以照常办件。备份盘请妥善保管。")
        self.header.addStretch(1)
        self.header.addWidget(self._button)
        self.body.addWidget(self.path)
        self.body.addWidget(words(advice, "small", wrap=True))
        self.body.addWidget(self.course)
        self.body.addStretch(1)

    def _begin(self) -> None:
        where = self.path.value().strip()
        if self._run is not None:
            return
        if not where or not Path(where).is_absolute():
            self._seat.notices.warn(tr("请填写备份文件的完整路径"), tr("例如备份盘上的一个新文件"))
            self.path.setFocus()
            return
        seat, target, by = self._seat, Path(where), self._seat.acting()
        if by is None:
            return
        keeping = Safekeeping(seat.house.counter, seat.house.profile)
        self._run = run = Run()
        seat.bell.closing.connect(run.end)
        self._tell()
        self._beat.start()
        seat.tasks.run(
            seat.lanes.store,
            lambda: keeping.begin(target, by),
            lambda _none: self._carry(keeping, target, run),
            self._failed,
        )

    def _carry(self, keeping: Safekeeping, target: Path, run: Run) -> None:
        self._seat.tasks.run(run.lane, lambda: _carried(keeping, target, run), self._done, self._failed)

    def _done(self, made: Backup | None) -> None:
        self._over()
        notices = self._seat.notices
        if made is None:
            notices.warn(tr("备份已取消"), tr("没有留下半个文件；需要时可以再来一次"))
        elif made.portable:
            size = tr("{size} MB，含 {files} 个扫描文件").format(size=f"{made.size / MEGABYTE:.1f}", files=made.files)
            notices.good(tr("备份已写好并核对过：{name}").format(name=made.path.name), size)
        else:
            notices.warn(tr("备份已写好：{name}").format(name=made.path.name), NOT_PORTABLE)
        self._seat.narrator.tell("backed-up", portable=made.portable if made else None)

    def _failed(self, error: DeskError) -> None:
        self._over()
        self._seat.notices.error(error)

    def _over(self) -> None:
        run, self._run = self._run, None
        if run is not None:
            if isValid(self._seat.bell):
                self._seat.bell.closing.disconnect(run.end)
            run.lane.close(0)  # it ends by itself
        if isValid(self):
            self._beat.stop()
            self.course.hide()

    def _take_back(self) -> None:
        if self._run is not None:
            self._run.cancelled.set()

    def _tell(self) -> None:
        if self._run is not None:
            self.course.tell(*self._run.far, tr("{done} / {total} 步"))


def _carried(keeping: Safekeeping, target: Path, run: Run) -> Backup | None:
    """The backup; None when a person took it back, which is to be told."""
    try:
        return keeping.carry_away(target, run.tell, run.cancelled.is_set)
    except Cancelled:
        return None
