"""A clear table: what to do first, what is not ready, and the drafts to take up again."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from client.desk.finding import CaseFound, FoundPage, find
from client.ports.readiness import Condition, Readiness
from client.rules.case import State
from client.text import bracketed, tr
from ui.seat import Seat
from ui.strip import LAMPS
from ui.widgets.chips import Chip
from ui.widgets.panel import Panel, words

SHOWN = 50
BEAT = 1_000  # milliseconds between two looks at the lamps while nobody is served
ASKED_FIRST = ("reader", "scanner", "printer", "disk")
DISK = "disk"
_SHAPES = {Condition.ATTENTION: "■", Condition.FAILED: "▲", Condition.UNSET: "○"}
NO_ROOM = tr("本机磁盘不能写入：现在不能收件和受理")


def not_ready(lamps: Mapping[str, Readiness]) -> list[str]:
    """What a citizen would wait for, in sentences; a hand nobody looked at yet is not spoken of."""
    said = []
    for name in ASKED_FIRST:
        seen = lamps.get(name)
        if seen is not None and seen.condition in _SHAPES:
            what = NO_ROOM if name == DISK and seen.condition is Condition.FAILED else LAMPS[name]
            state = " ".join(filter(None, [_SHAPES[seen.condition], what, seen.words]))
            said.append(state + bracketed(seen.advice))
    return said


class DraftsPanel(Panel):
    """`chosen` carries the draft to take up."""

    chosen = Signal(int)

    def __init__(self, seat: Seat) -> None:
        super().__init__(tr("下一位"))
        self._seat = seat
        self._count = Chip()
        self.header.addWidget(self._count)
        self.header.addStretch(1)
        self.unready = words("", "warn", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("草稿"))
        self.list.setObjectName("drafts")
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda item: self.chosen.emit(item.data(Qt.ItemDataRole.UserRole)))
        self._none = words(tr("没有未办完的草稿"), "small")
        self._again = words(tr("接着办（↑ ↓ 选择，Enter 打开）"), "small")
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self.look)
        self._lay_out()

    def read(self) -> None:
        """Which drafts there are now."""
        counter = self._seat.house.counter
        self._seat.tasks.run(
            self._seat.lanes.looks, lambda: find(counter, state=State.DRAFT, limit=SHOWN), self._list, owner=self
        )

    def look(self) -> None:
        """Say what is not ready, before a citizen waits for it."""
        said = "\n".join(not_ready(self._seat.lamps))
        if said != self.unready.text():
            self.unready.setText(said)
            self.unready.setAccessibleName(said)
        self.unready.setVisible(bool(said))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.look()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        self._timer.stop()
        super().hideEvent(event)

    def _list(self, found: FoundPage) -> None:
        before: QListWidgetItem | None = self.list.currentItem()
        kept = before.data(Qt.ItemDataRole.UserRole) if before is not None else None
        self.list.clear()
        for case in found.cases:
            item = QListWidgetItem(draft_words(case), self.list)
            item.setData(Qt.ItemDataRole.UserRole, case.case_id)
            if case.case_id == kept:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0 and self.list.count():
            self.list.setCurrentRow(0)
        more = tr("最近 {count} 件草稿") if found.more else tr("草稿 {count} 件")
        self._count.say(more.format(count=len(found.cases)) if found.cases else "")
        self._none.setVisible(not found.cases)
        self._again.setVisible(bool(found.cases))
        self._seat.narrator.tell("drafts", count=len(found.cases))

    def _lay_out(self) -> None:
        keys = self._seat.keys
        steps = (
            (keys["read_card"], tr("读到场人的身份证")),
            (keys["find_item"], tr("选办理的事项，草稿即时保存")),
        )
        first = QVBoxLayout()
        first.setSpacing(6)
        for key, what in steps:
            first.addWidget(_step(key, what))
        self.body.setSpacing(10)
        self.body.addLayout(first)
        self.body.addWidget(self.unready)
        self.body.addWidget(self._again)
        self.body.addWidget(self._none)
        self.body.addWidget(self.list, 1)


def draft_words(case: CaseFound) -> str:
    """Two lines: what for, and whose, masked."""
    who = " ".join(filter(None, [case.applicant_name, case.identifier])) or tr("还没有申请人")
    since = f"{case.opened_at:%m-%d %H:%M}"
    return f"{case.item_name}\n{who} · " + tr("草稿 {id} · {since} 起").format(id=case.case_id, since=since)


def _step(key: str, what: str) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(10)
    layout.addWidget(words(key, "key"))
    layout.addWidget(words(what))
    layout.addStretch(1)
    return row
