"""导出: the list as it is filtered, as a table file in the window's own folder; the window works on beside it."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

from client.desk.outbox_sheet import OutboxSheet
from client.errors import DeskError
from client.text import tr
from ui.seat import Seat
from ui.widgets.keys import KeyButton


class ExportButton(KeyButton):
    """One export at a time; it may take a moment where years are kept, and can be taken back."""

    def __init__(self, seat: Seat, wanted: Callable[[], OutboxSheet]) -> None:
        super().__init__(tr("导出"), seat.keys["export_list"], self._begin, look="quiet")
        self._seat = seat
        self._wanted = wanted
        self._cancelled: Event | None = None

    def _begin(self) -> None:
        if self._cancelled is not None:
            return
        seat, sheet, by = self._seat, self._wanted(), self._seat.acting()
        if by is None:
            return
        self._cancelled = cancelled = Event()
        folder = seat.house.profile.folder
        seat.tasks.run(
            seat.lanes.store,
            lambda: sheet.begin(folder, by),
            lambda target: self._write(sheet, target, cancelled),
            self._failed,
            owner=self,
        )

    def _write(self, sheet: OutboxSheet, target: Path, cancelled: Event) -> None:
        seat = self._seat
        seat.tasks.run(
            seat.lanes.files,
            lambda: sheet.write(target, cancelled=cancelled.is_set),
            lambda rows: self._done(target, rows),
            self._failed,
            owner=self,
            words=tr("正在导出上传记录"),
            cancel=self._take_back,
        )

    def _take_back(self) -> None:
        if self._cancelled is not None:
            self._cancelled.set()
            self._cancelled = None

    def _done(self, target: Path, rows: int) -> None:
        self._cancelled = None
        told = tr("已导出 {rows} 条，没有个人信息").format(rows=rows)
        self._seat.notices.good(told, str(target))
        self._seat.narrator.tell("exported", rows=rows)

    def _failed(self, error: DeskError) -> None:
        self._cancelled = None
        self._seat.notices.error(error)
