"""The materials of the case, the centre of the page: what is needed and there, what may follow, what is missing."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from client.desk.sheet import CaseSheet, SlotSheet, SlotState
from client.text import tr
from ui.clerk.intake.details import Details
from ui.clerk.intake.importing import ImportLine, PageFiles
from ui.clerk.intake.look_line import LookLine
from ui.clerk.intake.scanning import Scanning
from ui.clerk.intake.slot_list import SlotList
from ui.clerk.intake.slot_words import slot_words
from ui.clerk.intake.verdict import Verdict
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat
from ui.widgets.chips import Chip, Tone
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words

_IN_HAND = frozenset({SlotState.COMPLETE, SlotState.WAIVED, SlotState.DECLARED})


class MaterialsPanel(Panel):
    """Up and Down, or F6 from anywhere, choose a material; scans and files go into the chosen one."""

    slot_chosen = Signal(str)  # its key; "" when there is none

    def __init__(self, seat: Seat, work: CaseWork) -> None:
        super().__init__(tr("材料"))
        self._seat = seat
        self._work = work
        self._chosen = ""
        self._case_id: int | None = None
        self._wanted = ""  # the material to choose when its case comes
        self._there, self._deferred = Chip(), Chip()
        self._empty = words(tr("按 {key} 选好事项后，这里列出需要的材料").format(key=seat.keys["find_item"]), "quiet")
        self.list = SlotList(seat.tokens)
        self.scanning = Scanning(seat, work)
        self._importing = ImportLine(seat)
        self._files = PageFiles(seat, work, self)
        self._details = Details(seat, work)
        self._verdict = Verdict(seat)
        self._look = LookLine(seat, work)
        self._lay_out()
        self.setAcceptDrops(True)
        self.list.chosen.connect(self._choose)
        self.scanning.moved.connect(self._paint_course)
        self.scanning.stands_at.connect(self.choose)
        self.scanning.paper_came.connect(self._paper_came)
        self._importing.given.connect(self._import)
        work.changed_next.connect(self._show)
        self._show(work.sheet)

    @property
    def parts(self) -> Sequence[QWidget]:
        return (self.list, self.scanning, self._importing, self._details, self._verdict, self._look)

    @property
    def slot(self) -> str:
        """Key of the chosen material; "" when there is none."""
        return self._chosen

    @property
    def is_scanning(self) -> bool:
        """Whether pages of the case on the table are still coming: nothing is decided before they are there."""
        scan = self.scanning.scan
        return scan is not None and scan.case_id == self._work.case_id

    def choose(self, key: str) -> None:
        """Choose a material of the case on the table."""
        self.list.choose(key)

    def place(self) -> Mapping[str, object]:
        """What to come back to: the chosen material, and how was scanned last."""
        return {"slot": self._chosen, "scan": self.scanning.place()}

    def go_to(self, place: Mapping[str, object]) -> None:
        """Come back to it; before or after the case is on the table."""
        scan, slot = place.get("scan"), place.get("slot")
        if isinstance(scan, Mapping):
            self.scanning.go_to(scan)
        if isinstance(slot, str):
            self._wanted = slot
            self.list.choose(slot)

    def save(self) -> None:
        """Have saved what is half typed here."""
        self._details.save()

    def scan(self) -> None:
        """Scan into the chosen material."""
        self._scan()

    def replace_page(self, key: str, page_id: int) -> None:
        """Scan a page of a material again, in its place."""
        self.list.choose(key)
        self._scan(page_id)

    def _scan(self, replacing: int | None = None) -> None:
        case, slot = self._work.sheet, self._slot()
        if case is None or slot is None:
            self._seat.notices.warn(tr("还没有可扫描的材料"), tr("请先选择事项，再选择材料"))
        elif not case.editable:
            self._seat.notices.warn(tr("办件已是“{state}”，不能再加材料").format(state=case.state_words))
        else:
            self.scanning.begin(slot, replacing)

    def _paper_came(self) -> None:
        """A scan begins by itself where one is meant: in sight, into a case that takes pages."""
        case = self._work.sheet
        if self.isVisible() and self.scanning.scan is None and case is not None and case.editable and case.slots:
            self._scan()

    def next_slot(self) -> None:
        """Go to the next material that is still wanting; where none is, to the next one."""
        case = self._work.sheet
        if case is None or not case.slots:
            return
        keys = [slot.material.key for slot in case.slots]
        start = keys.index(self._chosen) + 1 if self._chosen in keys else 0
        after = case.slots[start:] + case.slots[:start]
        slot = next((each for each in after if each.wanting), after[0])
        self.list.choose(slot.material.key)
        self.list.setFocus()
        self._seat.narrator.tell("slot", slot=slot.material.key, wanting=bool(slot.wanting))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        event.acceptProposedAction()
        self._import([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _slot(self) -> SlotSheet | None:
        case = self._work.sheet
        return next((s for s in case.slots if s.material.key == self._chosen), None) if case is not None else None

    def _show(self, case: CaseSheet | None) -> None:
        self._paint()
        if case is None:
            self._case_id = None
            self._choose("")
            return
        fresh, self._case_id = case.case_id != self._case_id, case.case_id
        keys = [slot.material.key for slot in case.slots]
        if self._wanted in keys:
            chosen, self._wanted = self._wanted, ""
        elif self._chosen in keys and not fresh:
            chosen = self._chosen
        else:
            chosen = next((s.material.key for s in case.slots if s.wanting), keys[0] if keys else "")
        self.list.choose(chosen)
        self._choose(chosen)

    def _choose(self, key: str) -> None:
        if key != self._chosen:
            self._chosen = key
            self._seat.narrator.tell("slot-chosen", slot=key)
            self.slot_chosen.emit(key)
        self._details.show_slot(self._work.sheet, self._slot())

    def _paint(self) -> None:
        case = self._work.sheet
        slots = case.slots if case is not None else ()
        there = sum(slot.state in _IN_HAND for slot in slots)
        deferred = sum(slot.state is SlotState.DEFERRED for slot in slots)
        self._there.say(tr("{there} / {all} 已齐").format(there=there, all=len(slots)) if slots else "", Tone.BRAND)
        self._deferred.say(tr("容缺 {count}").format(count=deferred) if deferred else "")
        self._empty.setVisible(not slots)
        self.list.setVisible(bool(slots))
        self._details.show_slot(case, self._slot())
        self._look.show_case(case if case is not None and case.editable else None)
        self._paint_course()

    def _paint_course(self) -> None:
        """What changes while a scan goes on."""
        case = self._work.sheet
        slots = case.slots if case is not None else ()
        pages = [self.scanning.page_into(slot.material.key) for slot in slots]
        self.scanning.setVisible(bool(slots) or self.scanning.scan is not None)
        rows = zip(slots, pages, strict=True)
        self.list.rows.show([slot_words(case.item, slot, page) for slot, page in rows] if case is not None else [])
        self._verdict.show_case(case, scanning=sum(page is not None for page in pages))

    def _import(self, paths: list[Path]) -> None:
        """Into the chosen material of the case on the table."""
        if self._chosen and self._work.case_id is not None:
            self._files.bring(self._work.case_id, self._chosen, paths)

    def _lay_out(self) -> None:
        self.header.addWidget(self._there)
        self.header.addWidget(self._deferred)
        self.header.addStretch(1)
        acts = {
            "scan": (tr("扫描"), self.scan),
            "import_page": (tr("导入", "key"), self._importing.ask),
            "next_slot": (tr("下一项"), self.next_slot),
        }
        for act, (name, press) in acts.items():
            self.header.addWidget(KeyButton(name, self._seat.keys[act], press, look="quiet"))
        self.body.addWidget(self._empty)
        self.body.addWidget(self.scanning)
        self.body.addWidget(self._importing)
        self.body.addWidget(self.list)
        self.body.addWidget(self._details)
        self.body.addWidget(self._verdict)
        self.body.addWidget(self._look)
        self.body.addStretch(1)
