"""The people of this window: who is on the roster, adding one, and a new PIN for whoever is locked or forgot."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from client.desk.staff import Roster, Staff
from client.rules.rights import ROLE_WORDS, Role
from client.text import apart, tr
from ui.seat import Seat
from ui.setup.people import PersonRows, PinRows
from ui.setup.rows import FieldRow
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, rule, words

LINES = 6  # of the list in sight
LINE = 30  # pixels
_NUMBER = Qt.ItemDataRole.UserRole


class RosterPanel(Panel):
    """Writes go to the store lane; each is told in words, and the list is read again."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(tr("人员"))
        self._seat = seat
        self._list = QListWidget()
        self._list.setAccessibleName(tr("本窗口的人员"))
        self._list.setTabKeyNavigation(False)
        self._list.setFixedHeight(LINES * LINE)
        self._list.currentItemChanged.connect(lambda *_items: self._chosen())
        self._person = PersonRows(self._add, tuple(Role))
        self._pin = PinRows(self._reset)
        self._whose = words(tr("重设口令"), "title")
        self.body.addWidget(self._list)
        self._section(self._whose, self._pin.rows, tr("重设口令并解锁"), self._reset)
        self._section(words(tr("添加人员"), "title"), self._person.rows, tr("添加人员"), self._add)
        self.body.addStretch(1)

    def read(self) -> None:
        """Read who is on the roster."""
        roster = self._seat.house.roster
        self._seat.tasks.run(self._seat.lanes.looks, lambda: _lines(roster), self._show, owner=self)

    def _section(self, title: QWidget, rows: Sequence[FieldRow], verb: str, act: Callable[[], None]) -> None:
        """Fields and their button; its key works while the keyboard is among them."""
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(title)
        for row in rows:
            column.addWidget(row)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(KeyButton(verb, self._seat.keys["do_here"], act, scope=part))
        column.addLayout(foot)
        self.body.addWidget(rule())
        self.body.addWidget(part)

    def _show(self, lines: Sequence[tuple[str, str]]) -> None:
        kept = self._number()
        self._list.clear()
        for number, line in lines:
            item = QListWidgetItem(line, self._list)
            item.setData(_NUMBER, number)
            if number == kept:
                self._list.setCurrentItem(item)
        if self._list.currentRow() < 0:
            self._list.setCurrentRow(0)

    def _number(self) -> str:
        """Of the person chosen in the list."""
        return "" if self._list.currentRow() < 0 else str(self._list.currentItem().data(_NUMBER))

    def _chosen(self) -> None:
        number = self._number()
        self._whose.setText(tr("为工号 {number} 重设口令").format(number=number) if number else tr("重设口令"))

    def _add(self) -> None:
        person, roster = self._person, self._seat.house.roster
        wrong = person.wrong()
        if wrong:
            wrong[0].field.setFocus()
            return
        number, name, role, pin = person.number, person.name, person.role, person.pin()
        told = tr("已添加工号 {number}").format(number=number)
        self._write(lambda by: roster.add(by, number, name, role, pin), told, person.clear)

    def _reset(self) -> None:
        wrong, number, roster = self._pin.wrong(), self._number(), self._seat.house.roster
        if wrong:
            wrong[0].field.setFocus()
            return
        pin = self._pin.taken()
        told = tr("工号 {number} 的口令已重设，可以登录").format(number=number)
        self._write(lambda by: roster.reset_pin(by, number, pin), told, lambda: None)

    def _write(self, act: Callable[[Staff], None], told: str, then: Callable[[], None]) -> None:
        seat = self._seat
        by = seat.acting()
        if by is None:
            return

        def done(_nothing: None) -> None:
            seat.notices.good(told)
            then()
            self.read()

        seat.tasks.run(seat.lanes.store, lambda: act(by), done, owner=self)


def _lines(roster: Roster) -> Sequence[tuple[str, str]]:
    found = []
    for person in roster.everyone():
        state = tr("▲ 已锁定") if person.locked else ""
        if person.wrong_tries and not person.locked:
            state = tr("◐ 口令输错 {count} 次").format(count=person.wrong_tries)
        parts = (person.staff_no, person.name, ROLE_WORDS[person.role], state)
        found.append((person.staff_no, apart(part for part in parts if part)))
    return found
