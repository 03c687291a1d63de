"""容缺补齐 at the window: a material that was let follow is scanned and handed in, whole, after the acceptance."""

import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from client.desk.sheet import CaseSheet, SlotSheet
from client.desk.supply import supply
from client.errors import Cancelled, DeskError, DeviceError, DeviceState
from client.ports.scanner import ScanOrder, ScanSource
from client.text import tr
from ui.clerk.intake.aside import Radio
from ui.clerk.intake.scanning import NO_SCANNER
from ui.clerk.intake.ways import awaited
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat
from ui.widgets.chips import Chip, Tone
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words


class SupplyBox(Panel):
    """There while something is awaited. Pages are scanned first and handed in together, for a part is no material."""

    def __init__(self, seat: Seat, work: CaseWork) -> None:
        super().__init__()
        self.setProperty("look", "box")
        self._seat = seat
        self._work = work
        self.order: Callable[[], ScanOrder] = partial(ScanOrder, ScanSource.FEEDER)
        self._pages: list[bytes] = []
        self._stop: threading.Event | None = None  # of the scan under way, as long as its pages belong here
        self._giving = False
        self._case_id: int | None = None
        self._keys: tuple[str, ...] = ()
        self._group = QButtonGroup(self)
        self._choices = QVBoxLayout()
        self._said = Chip()
        self._scan = KeyButton(tr("扫描"), seat.keys["scan"], self.scan, look="quiet")
        self._give = KeyButton(tr("收下补齐"), seat.keys["receive"], self.give, look="verb", heard=False)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._said)
        row.addStretch(1)
        row.addWidget(self._scan)
        row.addWidget(self._give)
        self.body.addWidget(words(tr("容缺待补"), "title"))
        self.body.addLayout(self._choices)
        self.body.addLayout(row)
        self._group.buttonToggled.connect(lambda *_: self._other_chosen())
        work.changed.connect(self._see)
        self.hide()

    def show_case(self, sheet: CaseSheet) -> None:
        slots = awaited(sheet)
        keys = tuple(slot.material.key for slot in slots)
        if (sheet.case_id, keys) != (self._case_id, self._keys):
            self._case_id, self._keys = sheet.case_id, keys
            self._list(slots)
        self.setVisible(bool(slots))

    @property
    def pages(self) -> int:
        """How many pages are scanned and not handed in yet."""
        return len(self._pages)

    @property
    def holds_pages(self) -> bool:
        """Whether pages would be lost if nobody handed them in."""
        return bool(self._pages) or self._stop is not None

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the keyboard goes in it, one after another."""
        return (*self._group.buttons(), self._scan, self._give)

    def scan(self) -> None:
        """Add pages to those scanned already."""
        scanner = self._seat.hands.scanner
        if scanner is None:
            self._seat.notices.error(DeviceError(DeviceState.ABSENT, NO_SCANNER, device="scanner"))
            return
        if self._stop is not None:
            return
        stop, order, got = threading.Event(), self.order(), list[bytes]()
        self._stop = stop
        self.destroyed.connect(stop.set)

        def run() -> None:
            try:
                got.extend(page.content for page in scanner.scan(order, lambda _: None, stop.is_set))
            except Cancelled:
                return  # the pages before it stand

        def failed(error: DeskError) -> None:
            self._seat.notices.error(error)
            self._scanned(stop, got)

        self._seat.tasks.run(
            self._seat.lanes.scanner,
            run,
            lambda _: self._scanned(stop, got),
            failed,
            owner=self,
            words=tr("正在扫描"),
            cancel=stop.set,
        )

    def give(self) -> None:
        """Hand in what was scanned."""
        key = self._key()
        if self._giving:
            return
        if self._stop is not None:
            self._seat.notices.warn(tr("材料还在扫描"), tr("请等扫描结束后再收下"))
            return
        if not key or not self._pages:
            self._seat.notices.warn(tr("还没有扫描要补齐的材料"), tr("请选定材料，扫描后再收下"))
            return
        pages = {f"{key}-{place:03}.jpg": page for place, page in enumerate(self._pages, 1)}
        counter = self._seat.house.counter
        self._giving = self._work.write(
            lambda case_id, by: supply(counter, case_id, by, key, pages),
            self._given,
            self._not_given,
            words=tr("正在收下补齐的材料"),
        )

    def _given(self, left: int) -> None:
        self._drop()
        rest = tr("还有 {count} 项待补").format(count=left) if left else tr("容缺材料已全部补齐")
        self._seat.notices.good(tr("已收下补齐的材料"), rest)
        self._seat.narrator.tell("supplied", case=self._case_id, left=left)

    def _not_given(self, error: DeskError) -> None:
        self._giving = False
        self._seat.notices.error(error)

    def _see(self, sheet: CaseSheet | None) -> None:
        """What was scanned is of one case, and goes with it."""
        if sheet is None or sheet.case_id != self._case_id:
            self._case_id, self._keys = None, ()
            self._drop()

    def _scanned(self, stop: threading.Event, got: list[bytes]) -> None:
        """Unless another material or case was chosen meanwhile: then its pages are nobody's."""
        if stop is not self._stop:
            return
        self._stop = None
        self._pages += got
        self._say()
        self._seat.narrator.tell("scanned", case=self._case_id, slot=self._key(), pages=len(got))

    def _other_chosen(self) -> None:
        if self.holds_pages:
            self._seat.notices.warn(tr("换了材料，刚才扫描的页没有保留"), tr("请重新扫描所选的材料"))
        self._drop()

    def _drop(self) -> None:
        """Forget what was scanned, and what still comes."""
        if self._stop is not None:
            self._stop.set()
        self._pages, self._stop, self._giving = [], None, False
        self._say()

    def _say(self) -> None:
        count = len(self._pages)
        self._said.say(tr("已扫 {count} 页").format(count=count) if count else "", Tone.BRAND, shape=True)

    def _key(self) -> str:
        chosen = self._group.checkedId()
        return self._keys[chosen] if 0 <= chosen < len(self._keys) else ""

    def _list(self, slots: tuple[SlotSheet, ...]) -> None:
        self._drop()
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.deleteLater()
        for place, slot in enumerate(slots):
            due = tr("，应于 {day} 前补齐").format(day=slot.supply_due) if slot.supply_due else ""
            button = Radio(slot.material.name + due)
            self._group.addButton(button, place)
            self._choices.addWidget(button)
            button.setChecked(place == 0)
