"""容缺补齐 at the window: a material that was let follow is scanned and handed in, whole, after the acceptance."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from client.desk import supply as desk
from client.desk.keeping import kept_scan
from client.desk.sheet import CaseSheet, SlotSheet
from client.errors import DeskError, DeviceError, DeviceState
from client.ports.scanner import ScanOrder, ScanSource
from client.text import tr
from ui.clerk.intake.aside import Radio
from ui.clerk.intake.batch import OneMaterial
from ui.clerk.intake.scan import Scan, show_pages
from ui.clerk.intake.scanning import NO_SCANNER
from ui.clerk.intake.ways import awaited
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat
from ui.widgets.chips import Chip, Tone
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words


class SupplyBox(Panel):
    """There while something is awaited. Each page is sealed as it comes; all are handed in together: a part is none."""

    def __init__(self, seat: Seat, work: CaseWork) -> None:
        super().__init__()
        self.setProperty("look", "box")
        self._seat = seat
        self._work = work
        self.order: Callable[[], ScanOrder] = partial(ScanOrder, ScanSource.FEEDER)
        self._scanning: Scan | None = None
        self._giving = False
        self._case_id: int | None = None
        self._slots: tuple[SlotSheet, ...] = ()
        self._group = QButtonGroup(self)
        self._choices = QVBoxLayout()
        self._said = Chip()
        self._scan = KeyButton(tr("扫描"), seat.keys["scan"], self.scan, look="quiet")
        self._clear = KeyButton(tr("清除已扫"), seat.keys["delete_page"], self.take_away, look="quiet", scope=self)
        self._give = KeyButton(tr("收下补齐"), seat.keys["receive"], self.give, look="verb", heard=False)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._said)
        row.addStretch(1)
        for button in (self._clear, self._scan, self._give):
            row.addWidget(button)
        self.body.addWidget(words(tr("容缺待补"), "title"))
        self.body.addLayout(self._choices)
        self.body.addLayout(row)
        self._group.buttonToggled.connect(lambda *_: self._say())
        self.hide()

    def show_case(self, sheet: CaseSheet) -> None:
        slots, before = awaited(sheet), [slot.material.key for slot in self._slots]
        other = (sheet.case_id, [slot.material.key for slot in slots]) != (self._case_id, before)
        self._case_id, self._slots = sheet.case_id, slots
        if other:
            self._giving = False
            self._list(slots)
        self.setVisible(bool(slots))
        self._say()

    @property
    def pages(self) -> int:
        """How many pages of the chosen material are scanned and not handed in yet."""
        slot = self._slot()
        return slot.pending if slot is not None else 0

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the keyboard goes in it, one after another."""
        return (*self._group.buttons(), self._clear, self._scan, self._give)

    def scan(self) -> None:
        """Add pages to those scanned already."""
        scanner, slot, case_id = self._seat.hands.scanner, self._slot(), self._case_id
        if scanner is None:
            self._seat.notices.error(DeviceError(DeviceState.ABSENT, NO_SCANNER, device="scanner"))
        elif self._scanning is not None:
            self._seat.notices.warn(tr("上一次扫描还没有结束"), tr("请等它扫完再扫"))
        elif slot is not None and case_id is not None and (staff := self._seat.acting()) is not None:
            counter, key = self._seat.house.counter, slot.material.key
            lay = partial(desk.lay, counter, case_id, staff, key)
            into = OneMaterial(key, slot.pending, partial(kept_scan, counter), lay)
            scan = self._scanning = Scan(scanner, case_id, into)
            self.destroyed.connect(scan.stop)
            order, ended = self.order(), partial(self._scanned, scan)
            self._seat.tasks.run(
                self._seat.lanes.scanner,
                lambda: scan.run(order),
                lambda _: ended(),
                owner=self,
                words=tr("正在扫描"),
                cancel=scan.stop,
            )

    def take_away(self) -> None:
        """Forget what was scanned of the chosen material."""
        slot, counter = self._slot(), self._seat.house.counter
        if slot is not None and slot.pending and self._scanning is None:
            key = slot.material.key
            self._work.write(lambda case_id, by: desk.take_away(counter, case_id, by, key))

    def give(self) -> None:
        """Hand in what was scanned."""
        slot = self._slot()
        if self._giving:
            return
        if self._is_scanning_here():
            self._seat.notices.warn(tr("材料还在扫描"), tr("请等扫描结束后再收下"))
            return
        if slot is None or not slot.pending:
            self._seat.notices.warn(tr("还没有扫描要补齐的材料"), tr("请选定材料，扫描后再收下"))
            return
        counter, key = self._seat.house.counter, slot.material.key
        self._giving = self._work.write(
            lambda case_id, by: desk.supply(counter, case_id, by, key),
            self._given,
            self._not_given,
            words=tr("正在收下补齐的材料"),
        )

    def _given(self, left: int) -> None:
        self._giving = False
        rest = tr("还有 {count} 项待补").format(count=left) if left else tr("容缺材料已全部补齐")
        self._seat.notices.good(tr("已收下补齐的材料"), rest)
        self._seat.narrator.tell("supplied", case=self._case_id, left=left)

    def _not_given(self, error: DeskError) -> None:
        self._giving = False
        self._seat.notices.error(error)

    def _scanned(self, scan: Scan) -> None:
        """Its pages are in its case, wherever the clerk is by now."""
        self._scanning = None
        if scan.trouble is not None:
            self._seat.notices.error(scan.trouble)
        show_pages(self._seat, self._work, scan, lambda _sheet: None)

    def _is_scanning_here(self) -> bool:
        return self._scanning is not None and self._scanning.case_id == self._case_id

    def _say(self) -> None:
        count = self.pages
        self._said.say(tr("已扫 {count} 页，未收下").format(count=count) if count else "", Tone.WARN, shape=True)
        self._clear.setVisible(bool(count))

    def _slot(self) -> SlotSheet | None:
        chosen = self._group.checkedId()
        return self._slots[chosen] if 0 <= chosen < len(self._slots) else None

    def _list(self, slots: tuple[SlotSheet, ...]) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.deleteLater()
        for place, slot in enumerate(slots):
            due = tr("，应于 {day} 前补齐").format(day=slot.supply_due) if slot.supply_due else ""
            button = Radio(slot.material.name + due)
            self._group.addButton(button, place)
            self._choices.addWidget(button)
            button.setChecked(place == 0)
