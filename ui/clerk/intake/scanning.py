"""How to scan, and how far a scan is: one row under the title of the materials."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from client.desk.drafting import Drafting
from client.desk.keeping import KeptPage, kept_scan
from client.desk.sheet import CaseSheet, PageSheet, SlotSheet
from client.errors import DeviceError, DeviceState, Fault
from client.ports.scanner import ScanMode, ScanOrder, ScanProfile, ScanSource
from client.rules.batches import SeparatorKind, Sorting
from client.text import listed, source_of, tr
from ui.clerk.intake.batch import Batch, Clean, Into, OneMaterial
from ui.clerk.intake.paper_watch import PaperWatch
from ui.clerk.intake.scan import Scan, show_pages
from ui.clerk.intake.scan_ways import Stack, ways_of
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat
from ui.theme.icons import icon
from ui.theme.style import set_look
from ui.widgets.chips import Chip, Tone
from ui.widgets.flow import Flow
from ui.widgets.keys import PICTURE, KeyButton

LOOK = 100  # milliseconds between two looks at the scan
LOOKS_A_READING = 4  # the case is read again at most so seldom while pages come fast

NO_SCANNER = Fault(
    "DEV-230",
    tr("没有设置扫描仪"),
    tr("请按 F5 添加已扫描的页面文件；需要扫描仪请联系大厅管理员，填写设置中的 scanner 一项"),
)

_SOURCES = {ScanSource.FEEDER: tr("进纸器"), ScanSource.FLATBED: tr("平板"), ScanSource.FEEDER_DUPLEX: tr("双面")}
_MODES = {ScanMode.COLOUR: tr("彩色"), ScanMode.GREY: tr("灰度"), ScanMode.BILEVEL: tr("黑白")}
_RESOLUTIONS = (300, 200)

Choice = TypeVar("Choice")


class Scanning(QWidget):
    """At most one scan at a time, whatever case or material is looked at meanwhile."""

    moved = Signal()  # it began, went on or ended
    paper_came = Signal()  # into the feeder, for a way that begins by itself
    stands_at = Signal(str)  # key of the material with which an interrupted batch goes on

    def __init__(self, seat: Seat, work: CaseWork) -> None:
        super().__init__()
        self._seat = seat
        self._work = work
        self._ways = tuple(ways_of(seat.hands))
        self._way = self._ways[0]
        self._order = self._way.order
        self._left: tuple[int, Sorting] | None = None  # case and standing of a batch that was interrupted
        self._stack: Stack | None = None
        self._before: frozenset[int] = frozenset()  # pages of the case when the scan began
        self._scan: Scan | None = None
        self._read = 0  # pages of the scan that the sheet has, and how long ago it was read
        self._looks = 0
        self._came = 0  # pages of it that were heard of
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self._look)
        self._watch = PaperWatch(seat, self)
        self._watch.came.connect(self.paper_came)
        self._said = Chip()
        self._broken = Chip()  # how far the last scan came, when it did not end well
        self._bar = QProgressBar()
        self._stop = QPushButton()
        self._choices, self._course = self._lay_out_choices(), self._lay_out_course()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._choices)
        column.addWidget(self._course)
        work.changed.connect(self._heed)
        self._paint()

    @property
    def scan(self) -> Scan | None:
        """The one under way."""
        return self._scan

    @property
    def order(self) -> ScanOrder:
        """What the next one will be."""
        return self._order

    def page_into(self, slot: str) -> int | None:
        """The page a scan into that material of the case on the table is at; None when there is no such scan."""
        scan = self._scan
        return scan.page if scan and (scan.case_id, scan.slot) == (self._work.case_id, slot) else None

    def begin(self, slot: SlotSheet, replacing: int | None = None) -> None:
        """Scan into that material of the case on the table; or one page only, in the place of `replacing`."""
        hands, case_id = self._seat.hands, self._work.case_id
        scanner = hands.camera if self._way.by_camera else hands.scanner
        if self._scan is not None:
            self._seat.notices.warn(tr("上一次扫描还没有结束"), tr("请等它扫完，或按 Esc 停止后再扫"))
        elif scanner is None:
            self._seat.notices.error(DeviceError(DeviceState.ABSENT, NO_SCANNER, device="scanner"))
        elif case_id is not None and (staff := self._seat.acting()) is not None:
            drafting, key = Drafting(self._seat.house.counter), slot.material.key
            clean = partial(kept_scan, self._seat.house.counter, sparing=self._way.sparing)
            ids = [page.page_id for page in slot.pages]
            if replacing is not None:
                put = partial(drafting.put_in_place, case_id, staff, replacing)
                before = ids.index(replacing) if replacing in ids else len(ids)
                self._start(Scan(scanner, case_id, OneMaterial(key, before, clean, put)), replace(self._order, limit=1))
            else:
                into = self._into(case_id, slot, clean, partial(drafting.attach_kept, case_id, staff))
                self._start(Scan(scanner, case_id, into), self._order)

    def stop(self) -> None:
        """End the scan before its next page."""
        if self._scan is not None:
            self._scan.stop()
            self._paint()

    def place(self) -> Mapping[str, object]:
        """How was scanned last, for the next time."""
        order = self._order
        return {
            "way": source_of(self._way.name),
            "source": order.source.value,
            "mode": order.mode.value,
            "dpi": order.dpi,
        }

    def go_to(self, place: Mapping[str, object]) -> None:
        """Scan as the last time; what cannot be read is as at first."""
        self._go(next((each for each in self._ways if source_of(each.name) == place.get("way")), self._ways[0]))
        if self._way.is_locked:
            return
        usual = self._way.order
        source = next((each for each in _SOURCES if each == place.get("source")), usual.source)
        mode = next((each for each in _MODES if each == place.get("mode")), usual.mode)
        dpi = next((each for each in _RESOLUTIONS if each == place.get("dpi")), usual.dpi)
        self._choose(replace(usual, source=source, mode=mode, dpi=dpi))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802 - Qt's name and arguments
        """Esc ends a scan wherever the clerk types, before anybody else hears it; so does closing the window."""
        if self._scan is None or self._scan.is_stopping:
            return False
        if event.type() == QEvent.Type.Close:
            self.stop()
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_esc(event):
            event.accept()
            self.stop()
            return True
        return False

    def _is_esc(self, event: QKeyEvent) -> bool:
        return QKeySequence(event.keyCombination()) == QKeySequence(self._seat.keys["dismiss"])

    def _start(self, scan: Scan, order: ScanOrder) -> None:
        self._scan, self._read, self._looks, self._came = scan, 0, 0, 0
        if self._stack is None or self._stack.is_untouched(scan.into.number):
            self._before = frozenset(_pages(self._work.sheet))
        self._broken.say("")
        self._seat.notices.clear()  # of the scan before this one
        self.destroyed.connect(scan.stop)  # whoever sat here is gone: the window is locked or closed
        self._seat.tasks.run(self._seat.lanes.scanner, lambda: scan.run(order))
        self._timer.start()
        self._watch_feeder()
        self._paint()
        self.moved.emit()

    def _look(self) -> None:
        """The lane tells nothing: it is looked at, so that a fast scan cannot flood the window."""
        scan = self._scan
        if scan is None:
            return
        self._looks += 1
        if scan.kept > self._came:  # a long batch is work, and the window is not left alone
            self._came = scan.kept
            self._seat.acting()
        if scan.over:
            self._end(scan)
            return
        if scan.kept > self._read and self._looks >= LOOKS_A_READING and self._work.case_id == scan.case_id:
            self._read, self._looks = scan.kept, 0
            self._work.read_again()
        self._paint()
        self.moved.emit()

    def _end(self, scan: Scan) -> None:
        self._timer.stop()
        self._scan = None
        self._watch_feeder()
        self._paint()
        self.moved.emit()
        self._left = None
        if scan.trouble is not None:
            self._seat.notices.error(scan.trouble)
            went = tr("扫描中断，已收 {count} 页；处理好后按 {key} 接着扫")
            self._broken.say(went.format(count=scan.kept, key=self._seat.keys["scan"]), Tone.WARN, shape=True)
        is_one_side = self._stack is not None
        if isinstance(scan.into, Batch):
            self._sorted(scan, scan.into)
        elif self._stack is not None and scan.trouble is None and not scan.is_stopping:
            self._passed(self._stack, scan)
        show_pages(self._seat, self._work, scan, (lambda _sheet: None) if is_one_side else self._all_came)

    def _all_came(self, sheet: CaseSheet) -> None:
        """Blank pages of this scan go, where others came; of a stack that goes through twice when it is whole."""
        came = {page_id: page for page_id, page in _pages(sheet).items() if page_id not in self._before}
        blank = [page for page in came.values() if page.looks is not None and page.looks.blank]
        if blank and len(blank) < len(came) and sheet.editable and self._way.wants_no_blank(self._order):
            self._work.blank_came.emit(blank)

    def _sorted(self, scan: Scan, batch: Batch) -> None:
        """Say what went where; one that was interrupted goes on from where it stands."""
        sheet = self._work.sheet
        if sheet is None or sheet.case_id != scan.case_id:
            return
        if scan.trouble is not None or scan.is_stopping:
            self._left = scan.case_id, batch.sorting
            self.stands_at.emit(batch.slot)
        elif batch.sorted:
            names = {slot.material.key: slot.material.name for slot in sheet.slots}
            parts = [tr("{name} {count} 页").format(name=names[key], count=n) for key, n in batch.sorted.items()]
            self._seat.notices.good(tr("已分到 {count} 项材料").format(count=len(parts)), listed(parts))

    def _passed(self, stack: Stack, scan: Scan) -> None:
        """The stack came to its end: it is turned over now, or its pages are put in order."""
        if stack.fronts is None:
            fronts = scan.into.number - stack.before
            self._stack = replace(stack, fronts=fronts)
            turn = tr("正面 {count} 页已收；请把整叠纸翻面放回，按 {key} 扫背面")
            self._broken.say(turn.format(count=fronts, key=self._seat.keys["scan"]), Tone.BRAND, shape=True)
            return
        self._stack = None
        drafting, fronts = Drafting(self._seat.house.counter), stack.fronts
        self._work.write(
            lambda case_id, by: drafting.interleave(case_id, by, stack.slot, stack.before, fronts), self._in_order
        )

    def _in_order(self, _none: None) -> None:
        if self._work.sheet is not None:
            self._all_came(self._work.sheet)

    def _into(self, case_id: int, slot: SlotSheet, clean: Clean, put: Callable[[str, KeptPage], object]) -> Into:
        """Where the pages of the next scan go, by the way that is chosen."""
        key, count, sheet = slot.material.key, len(slot.pages), self._work.sheet
        separator = self._way.separator
        if separator.kind is not SeparatorKind.NONE and sheet is not None:
            numbers = {each.material.key: len(each.pages) for each in sheet.slots}
            sorting = Sorting(separator, sheet.item.task_handle_item, tuple(numbers), key)
            if self._left is not None and (self._left[0], self._left[1].at) == (case_id, key):
                sorting = replace(self._left[1], separator=separator)
            return Batch(sorting, numbers, self._seat.house.counter.pages, clean, put)
        if not self._way.fronts_then_backs:
            self._stack = None
        elif self._stack is None or (self._stack.case_id, self._stack.slot) != (case_id, key):
            self._stack = Stack(case_id, key, count)
        return OneMaterial(key, count, clean, partial(put, key))

    def _heed(self, sheet: CaseSheet | None) -> None:
        """A case that is closed meanwhile takes no more pages."""
        if sheet is None:
            self._broken.say("")
        if self._scan is not None and sheet is not None and sheet.case_id == self._scan.case_id and not sheet.editable:
            self.stop()

    def _paint(self) -> None:
        scan = self._scan
        self._choices.setVisible(scan is None)
        self._course.setVisible(scan is not None)
        if scan is None:
            return
        stopping = scan.is_stopping
        said = tr("正在停止") if stopping else tr("第 {page} 页").format(page=scan.page)
        self._said.say(tr("{said}，已收 {count} 页").format(said=said, count=scan.kept), Tone.BRAND, shape=True)
        self._bar.setValue(round(scan.progress.share * 100))
        self._stop.setEnabled(not stopping)

    def _go(self, way: ScanProfile) -> None:
        """Scan that way from now on."""
        self._way, self._left, self._stack = way, None, None
        self._way_key.say(way.name)
        self._way_key.wear(icon(way.icon, self._seat.tokens).pixmap(PICTURE) if way.icon else None)
        for key in (self._source, self._mode, self._dpi):
            key.setEnabled(not way.is_locked)
        self._watch_feeder()
        self._choose(way.order)

    def _watch_feeder(self) -> None:
        """Not while a scan is on its way: a feeder says nothing then, and what stays in it was not laid there anew."""
        way = self._way
        self._watch.watch(wanted=way.starts_itself and not way.by_camera and self._scan is None)

    def _choose(self, order: ScanOrder) -> None:
        self._order = order
        self._source.say(_SOURCES[order.source])
        self._mode.say(_MODES[order.mode])
        self._dpi.say(tr("{dpi} DPI").format(dpi=order.dpi))

    def _lay_out_choices(self) -> QWidget:
        def other_way() -> None:
            self._go(_after(self._ways, self._way))

        def other_source() -> None:
            self._choose(replace(self._order, source=_after(list(_SOURCES), self._order.source)))

        def other_mode() -> None:
            self._choose(replace(self._order, mode=_after(list(_MODES), self._order.mode)))

        def other_dpi() -> None:
            self._choose(replace(self._order, dpi=_after(_RESOLUTIONS, self._order.dpi)))

        self._way_key = self._key("scan_way", other_way)
        self._source = self._key("scan_source", other_source)
        self._mode = self._key("scan_mode", other_mode)
        self._dpi = self._key("scan_dpi", other_dpi)
        choices = QWidget()
        flow = Flow()
        choices.setLayout(flow)
        for widget in (self._way_key, self._source, self._mode, self._dpi, self._broken):
            flow.add(widget)
        self._go(self._way)
        return choices

    def _key(self, act: str, press: Callable[[], None]) -> KeyButton:
        return KeyButton("", self._seat.keys[act], press, look="quiet")

    def _lay_out_course(self) -> QWidget:
        course = QWidget()
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("本页扫描进度"))
        self._stop.setText(tr("停止 {key}").format(key=self._seat.keys["dismiss"]))
        self._stop.setAccessibleName(tr("停止扫描"))
        set_look(self._stop, "quiet")
        self._stop.clicked.connect(self.stop)
        row = QHBoxLayout(course)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._said)
        row.addWidget(self._bar, 1)
        row.addWidget(self._stop)
        return course


def _pages(sheet: CaseSheet | None) -> dict[int, PageSheet]:
    """Every page of the case, by its id."""
    slots = sheet.slots if sheet is not None else ()
    return {page.page_id: page for slot in slots for page in slot.pages}


def _after(choices: Sequence[Choice], now: Choice) -> Choice:
    """The choice after `now`, round and round."""
    return choices[(list(choices).index(now) + 1) % len(choices)]
