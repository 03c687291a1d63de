"""The first run of a new window: whose hall and window it is, tried on the spot, and its first administrator."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from client.config import Settings
from client.device_file import load_device_file
from client.lanes import Lane
from client.rules.items import Organ
from client.text import listed, tr
from ui.door import WindowDoor
from ui.setup.check import settled
from ui.setup.devices import DevicesPanel
from ui.setup.founded import Founded
from ui.setup.hall import HallPanel
from ui.setup.organs import OrganPanel
from ui.setup.people import PersonRows
from ui.setup.rows import FieldRow, Trying
from ui.setup.sheet import Sheet, foot, lay_out
from ui.tasks import Tasks
from ui.widgets.chips import Tone
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words

TITLE = tr("建立本窗口")
TOLD = tr("请写明是哪个大厅的哪个窗口，再逐项试一试；没接的设备可以先跳过，以后在“设置”页补上")


class FirstRun(QWidget):
    """One page, by keyboard alone; nothing is written before `founded` is heard.

    `kept` are settings that are there already: of a first run that broke off, or written by a command.
    """

    founded = Signal(Founded)

    def __init__(
        self, door: WindowDoor, lane: Lane, tasks: Tasks, keys: Mapping[str, str], kept: Settings | None = None
    ) -> None:
        super().__init__()
        self._lane, self._tasks = lane, tasks
        self._kept = kept
        own = None if kept is None or kept.sample else kept  # a sample's hall is nobody's
        self._trials = door.trials()
        self._hall = HallPanel(own)
        self._organs = OrganPanel(own.organs if own else {})
        trying = Trying(self._trials, tasks, lambda _lamp: lane, keys["do_here"])
        self._devices = DevicesPanel(trying, self._hall.names, own)
        self._person = PersonRows(self._to_the_end)
        self._rows: Mapping[str, FieldRow] = {**self._hall.rows, **self._devices.rows}
        self._told = words(TOLD, "quiet", wrap=True)
        self._finish = KeyButton(tr("完成设置"), keys["finish"], self._found, look="main", scope=self)
        self._lay_out()
        self._order()
        tasks.run(lane, self._trials.organs, self._offer_organs, owner=self)
        tasks.run(lane, partial(load_device_file, door.folder), self._devices.ship, owner=self)
        self._devices.seek()

    def _to_the_end(self) -> None:
        self._finish.setFocus()

    def again(self) -> None:
        """It could not be written or opened; what is typed stands, but for the PIN."""
        self._finish.setEnabled(True)
        self._say(tr("没有建成，原因见上方；改好后请重新输入口令，再完成设置"))

    def _lay_out(self) -> None:
        person = Panel(tr("首位大厅管理员"))
        person.body.addWidget(words(tr("登录后由管理员添加其他人员；工号和口令请记牢"), "small", wrap=True))
        for row in self._person.rows:
            person.body.addWidget(row)
        person.body.addStretch(1)
        self._sheet = Sheet()
        for column, panels in enumerate(((self._hall, self._organs), (self._devices, person))):
            for panel in panels:
                self._sheet.put(panel, column)
        title = words(TITLE, "large")
        lay_out(self, self._sheet, foot(title, self._told, self._finish, stretched=self._told))

    def _order(self) -> None:
        """Tab goes down the left column, then the right, then to the button; what has the keyboard is in sight."""
        tried = [stop for row in self._devices.rows.values() for stop in (row.field, row.button)]
        typed = [row.field for row in self._person.rows]
        stops = [*self._hall.fields, *self._organs.fields, *tried, *typed, self._finish]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        stops[0].setFocus()

    def _offer_organs(self, found: Sequence[Organ]) -> None:
        focus = self.focusWidget()
        self._organs.offer(found)
        self._order()
        if focus is not None:
            focus.setFocus()

    def _say(self, text: str) -> None:
        self._told.setText(text)

    def _found(self) -> None:
        kept = {} if self._kept is None else self._kept.model_dump(exclude={"sample"})
        values = {**kept, **self._hall.values(), **self._devices.values(), "organs": self._organs.values()}
        settings, wrong = settled(values)
        for name, told in wrong.items():
            self._rows[name].say(told, Tone.BAD)
        rows = [*(self._rows[name] for name in self._rows if name in wrong), *self._person.wrong()]
        if settings is None or rows:
            self._say(tr("还有 {count} 项要改：{names}").format(count=len(rows), names=listed(r.name for r in rows)))
            rows[0].field.setFocus()
            return
        self._finish.setEnabled(False)
        self._say(tr("正在建立本窗口…"))
        self.founded.emit(Founded(settings, self._person.number, self._person.name, self._person.pin()))
