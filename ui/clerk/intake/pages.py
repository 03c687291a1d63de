"""The pages of the chosen material: the chosen one large, all of them small, and what can be done with one."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget
from shiboken6 import isValid

from client.desk.sheet import CaseSheet, PageSheet, SlotSheet
from client.ports.pages import WHOLE, Part
from client.text import tr
from ui.clerk.intake.page_acts import PageActs
from ui.clerk.intake.page_looks import looks_words
from ui.clerk.intake.page_verbs import PageVerbs
from ui.clerk.intake.preview import Preview
from ui.clerk.intake.slot_list import SlotList
from ui.clerk.intake.thumbnails import Thumbnails
from ui.clerk.intake.trimming import Trimming
from ui.clerk.intake.work import CaseWork
from ui.clerk.intake.zoom import FULL_WIDTH
from ui.seat import Seat
from ui.widgets.chips import Chip, Tone
from ui.widgets.panel import Panel, arranged_once, words

_TITLE_EDGES = 52  # pixels of the title row that are not title
_SIDES = 2  # of a card
_TRIMMABLE = frozenset({"image/jpeg", "image/png"})


class PagesPanel(Panel):
    """Its keys work while the focus is in it; one key leads here from anywhere, and back."""

    replace_asked = Signal(str, int)  # material and page: scan it again
    looked_at = Signal(object, int)  # the chosen page, None when there is none, and its sheet

    def __init__(self, seat: Seat, work: CaseWork, slots: SlotList) -> None:
        super().__init__(tr("页面"))
        self._seat = seat
        self._work = work
        self._key = ""
        self._place, self._sheet = -1, 0
        self._page_ids: list[int] = []
        self._slots = slots
        self._acts = PageActs(seat, work, self)
        self._came_from: QWidget | None = None
        self._number = Chip()
        self._preview = Preview(seat)
        self._looks = self._preview.note
        self._thumbnails = Thumbnails(seat)
        self._trimming = Trimming(self._preview, seat.tokens)
        self._empty = words("", "quiet", wrap=True)
        self._verbs = self._make_verbs()
        self._lay_out()
        self._thumbnails.chosen.connect(self._choose)
        self._preview.zoomed.connect(self._offer)
        self._trimming.chosen.connect(self._trim)
        self._trimming.over.connect(self._after_trimming)
        self._thumbnails.drag.put.connect(self._put)
        self._thumbnails.drag.over.connect(lambda at: self._slots.offer(self._slots.under(at)))
        self._thumbnails.drag.carried.connect(self._give)
        self._thumbnails.drag.ended.connect(lambda: self._slots.offer(""))
        self._acts.done.connect(self._offer)
        self._acts.went.connect(self._go_to)
        self._acts.replace_asked.connect(self.replace_asked)
        work.blank_came.connect(self._acts.leave_out)
        work.changed_next.connect(self._show)
        self._show(work.sheet)

    def show_slot(self, key: str) -> None:
        """Show the pages of that material of the case on the table; "" for none."""
        self._key = key
        self._place, self._sheet, self._page_ids = -1, 0, []
        self._show(self._work.sheet)

    @property
    def page(self) -> PageSheet | None:
        """The chosen page."""
        pages = self._pages()
        return pages[self._place] if 0 <= self._place < len(pages) else None

    def delete(self) -> None:
        """Take the chosen page out of its material."""
        if (page := self.page) is not None:
            self._acts.delete(page)

    def undo(self) -> None:
        """Undo what was done last with a page of this case."""
        self._acts.undo()

    def replace(self) -> None:
        """Ask for the chosen page to be scanned again."""
        slot, page = self._slot(), self.page
        if slot is not None and page is not None:
            self._acts.replace(slot, page)

    def take_original(self) -> None:
        """The chosen page as it came from the scanner, in the place of what it was made into."""
        page = self.page
        if page is not None and page.looks is not None:
            self._acts.take_original(page)

    def rotate(self) -> None:
        """The chosen page a quarter further, clockwise."""
        if (page := self.page) is not None and page.media_type in _TRIMMABLE:
            self._acts.turn(page)

    def trim(self) -> None:
        """Lay a frame over the chosen page, to cut it to."""
        if (page := self.page) is not None and page.media_type in _TRIMMABLE and not self._preview.image.isNull():
            self._trimming.begin()
            self._offer()

    def mark(self) -> None:
        """Write across the chosen page what it is for."""
        if (page := self.page) is not None and page.media_type in _TRIMMABLE:
            self._acts.mark(page)

    def join(self) -> None:
        """The chosen page and the next, both sides of a card, on one page."""
        front, pages = self.page, self._pages()[self._place + 1 :]
        if front is not None and pages and {front.media_type, pages[0].media_type} <= _TRIMMABLE:
            self._acts.join(front, pages[0])

    def shift(self, by: int) -> None:
        """Put the chosen page earlier or later among those of its material."""
        page, to = self.page, self._place + by
        if page is not None and 0 <= to < len(self._pages()):
            self._acts.move(page, self._key, to)

    def hand_on(self, by: int) -> None:
        """Put the chosen page behind those of the material above or below, and go there with it."""
        page, to = self.page, self._slot_beside(by)
        if page is not None and to is not None:
            self._acts.move(page, to.material.key, len(to.pages))

    def _put(self, place: int) -> None:
        if (page := self.page) is not None:
            self._acts.move(page, self._key, place)

    def _give(self, at: QPoint) -> None:
        """The chosen page was carried there: behind the pages of that material, where another one is."""
        page, key, case = self.page, self._slots.under(at), self._work.sheet
        if page is not None and case is not None and key not in {"", self._key}:
            to = next(slot for slot in case.slots if slot.material.key == key)
            self._acts.move(page, key, len(to.pages), follow=False)

    def leaf(self, by: int) -> None:
        """Look at another sheet of a file of several."""
        page = self.page
        if page is not None:
            self._sheet = min(max(self._sheet + by, 0), page.sheets - 1)
            self._paint()

    def zoom_in(self) -> None:
        """The page larger; the arrows move it from there."""
        self._preview.zoom_in()
        if self._preview.zoom.scale > FULL_WIDTH and self._is_busy_here():
            self._preview.setFocus()

    def zoom_out(self) -> None:
        """The page smaller, down to all of it."""
        self._preview.zoom_out()
        self._leave_preview()

    def fit_width(self) -> None:
        """The page as wide as there is room; the arrows choose pages again."""
        self._preview.fit_width()
        self._leave_preview()

    def enter(self) -> None:
        """To the pages from wherever the clerk types, and back there."""
        now = QApplication.focusWidget()
        if now is not None and self.isAncestorOf(now):
            back = self._came_from
            if back is not None and isValid(back) and back.isVisible():
                back.setFocus()
            return
        self._came_from = now
        self._thumbnails.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._paint_title()

    def _slot(self) -> SlotSheet | None:
        case = self._work.sheet
        return next((s for s in case.slots if s.material.key == self._key), None) if case is not None else None

    def _pages(self) -> tuple[PageSheet, ...]:
        slot = self._slot()
        return slot.pages if slot is not None else ()

    def _show(self, case: CaseSheet | None) -> None:
        """The pages as they are now. The newest is looked at as it comes, unless the clerk is busy among them."""
        pages, before = self._pages(), self._page_ids
        self._page_ids = [page.page_id for page in pages]
        self._acts.see(case)
        chosen = before[self._place] if 0 <= self._place < len(before) else None
        if 0 < len(before) < len(pages) and self._page_ids[: len(before)] == before and not self._is_busy_here():
            self._place, self._sheet = len(pages) - 1, 0
        elif chosen in self._page_ids:
            self._place = self._page_ids.index(chosen)
        else:
            self._place, self._sheet = min(max(self._place, 0), len(pages) - 1), 0
        self._paint()

    def _choose(self, place: int) -> None:
        if place >= 0 and place != self._place:
            self._place, self._sheet = place, 0
            self._paint()

    def _go_to(self, slot: str, place: int) -> None:
        if slot != self._key:
            self._slots.choose(slot)
        self._choose(min(place, len(self._pages()) - 1))

    def _trim(self, part: Part) -> None:
        if (page := self.page) is not None and part != WHOLE:
            self._acts.trim(page, part)

    def _after_trimming(self) -> None:
        """The frame is gone; its keyboard is the pages', unless somebody else has it by now."""
        if self._is_busy_here() or QApplication.focusWidget() is None:
            self._thumbnails.setFocus()
        self._offer()

    def _slot_beside(self, by: int) -> SlotSheet | None:
        slots = self._work.sheet.slots if self._work.sheet is not None else ()
        place = next((at for at, slot in enumerate(slots) if slot.material.key == self._key), -1)
        return slots[place + by] if place >= 0 and 0 <= place + by < len(slots) else None

    def _leave_preview(self) -> None:
        if self._preview.hasFocus() and self._preview.zoom.scale <= FULL_WIDTH:
            self._thumbnails.setFocus()

    def _is_busy_here(self) -> bool:
        now = QApplication.focusWidget()
        return now is not None and self.isAncestorOf(now)

    def _paint(self) -> None:
        with arranged_once(self):
            self._paint_all()
        self.looked_at.emit(self.page, self._sheet)

    def _paint_all(self) -> None:
        slot, pages, page = self._slot(), self._pages(), self.page
        sheets = page.sheets if page is not None else 0
        self._sheet = min(self._sheet, max(sheets - 1, 0))
        self._number.say(_number_words(self._place, self._sheet, sheets) if page is not None else "")
        said, tone = looks_words(page.looks if page is not None else None)
        self._looks.say(said, tone, shape=tone is Tone.WARN)
        self._preview.place_note()
        self._paint_title()
        if self._preview.show_page(page, self._sheet):
            self._trimming.end()
        self._thumbnails.show_pages(pages, self._place)
        self._preview.setVisible(page is not None)
        self._thumbnails.setVisible(slot is not None)  # also without pages: whoever deleted the last one is still here
        self._empty.setVisible(page is None)
        self._empty.setText(
            "" if slot is None else tr("这项材料还没有页面。按 {key} 扫描").format(key=self._seat.keys["scan"])
        )
        self._offer()

    def _offer(self) -> None:
        """Of the acts those that can be done; while a frame lies over the page, none but its own."""
        self._verbs.setVisible(not self._trimming.is_on)
        self._thumbnails.movable = False
        if self._trimming.is_on:
            self._verbs.offer(())
            return
        pages, page, case, zoom = self._pages(), self.page, self._work.sheet, self._preview.zoom
        there, sheets = page is not None, page.sheets if page is not None else 0
        editable = case is not None and case.editable
        can = {
            "to_pages": there or self._acts.can_undo,
            "delete_page": editable and there,
            "replace_page": editable and there and self._seat.hands.can_scan,
            "page_earlier": editable and self._place > 0,
            "page_later": editable and 0 <= self._place < len(pages) - 1,
            "slot_above": editable and there and self._slot_beside(-1) is not None,
            "slot_below": editable and there and self._slot_beside(1) is not None,
            "rotate": editable and page is not None and page.media_type in _TRIMMABLE,
            "trim": editable and page is not None and page.media_type in _TRIMMABLE,
            "purpose": editable and self._is_copied and page is not None and not _is_marked(page),
            "two_sides": editable and self._is_copied and self._is_before_another,
            "undo": editable and self._acts.can_undo,
            "take_original": editable and page is not None and page.looks is not None,
            "sheet_before": self._sheet > 0,
            "sheet_after": self._sheet < sheets - 1,
            "zoom_in": there and zoom.larger > zoom.scale,
            "zoom_out": there and zoom.smaller < zoom.scale,
            "fit_width": there and zoom.scale != FULL_WIDTH,
        }
        self._thumbnails.movable = editable and there
        self._verbs.offer(act for act, possible in can.items() if possible)

    @property
    def _is_copied(self) -> bool:
        """Whether the material is wanted as a copy: what it is for is written across those alone."""
        slot = self._slot()
        return slot is not None and slot.material.copies_photocopy > 0

    @property
    def _is_before_another(self) -> bool:
        two = self._pages()[max(self._place, 0) :][:2]
        return len(two) == _SIDES and all(page.media_type in _TRIMMABLE for page in two)

    def _paint_title(self) -> None:
        slot = self._slot()
        name = slot.material.name if slot is not None else tr("页面")
        chip = self._number.sizeHint().width() if self._number.text() else 0
        room = self.width() - chip - _TITLE_EDGES
        self.title.setText(self.title.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, max(room, 40)))
        self.title.setToolTip(name)
        self.setAccessibleName(tr("{name}的页面").format(name=name))

    def _make_verbs(self) -> PageVerbs:
        acts: dict[str, Callable[[], object]] = {
            "delete_page": self.delete,
            "replace_page": self.replace,
            "page_earlier": lambda: self.shift(-1),
            "page_later": lambda: self.shift(1),
            "slot_above": lambda: self.hand_on(-1),
            "slot_below": lambda: self.hand_on(1),
            "rotate": self.rotate,
            "trim": self.trim,
            "purpose": self.mark,
            "two_sides": self.join,
            "undo": self.undo,
            "take_original": self.take_original,
            "sheet_before": lambda: self.leaf(-1),
            "sheet_after": lambda: self.leaf(1),
            "zoom_in": self.zoom_in,
            "zoom_out": self.zoom_out,
            "fit_width": self.fit_width,
        }
        return PageVerbs(self._seat.keys, self, self.enter, acts)

    def _lay_out(self) -> None:
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.header.setStretchFactor(self.title, 1)
        self.header.addWidget(self._number)
        self.body.addWidget(self._empty)
        self.body.addWidget(self._preview, 3)
        self.body.addWidget(self._verbs)
        self.body.addWidget(self._trimming.hint)
        self.body.addWidget(self._thumbnails, 1)
        self.body.addStretch(0)


def _number_words(place: int, sheet: int, sheets: int) -> str:
    said = tr("第 {number} 页").format(number=place + 1)
    return (
        said if sheets == 1 else tr("{said} · {sheet} / {sheets} 张").format(said=said, sheet=sheet + 1, sheets=sheets)
    )


def _is_marked(page: PageSheet) -> bool:
    return page.media_type not in _TRIMMABLE or (page.looks is not None and page.looks.for_purpose)
