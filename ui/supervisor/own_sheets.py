"""The window's own sheets by key: the day close, and the shift that is handed on; drawn and sent to the printer."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from client.desk import window_sheets
from client.desk.window_sheets import signed
from client.ports.printer import Printout, Taken
from client.ports.sheets import WindowSheet
from client.rules.periods import day_of
from client.text import chinese, tr
from ui.clerk.intake.ask import Ask
from ui.seat import Seat
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words

DAYS = 31  # that are offered; an older one is typed
DAY, SHIFT = chinese("日终核对单"), chinese("交接班单")


class OwnSheets(Panel):
    """A button each; whom a shift goes to, and which day is meant, is asked where the page asks."""

    def __init__(self, seat: Seat, ask: Ask) -> None:
        super().__init__(tr("本窗口单据"))
        self._seat = seat
        self._ask = ask
        keys = seat.keys
        self.day = KeyButton(tr("日终核对单"), keys["day_sheet"], self._close_day, look="verb")
        self.day_before = KeyButton(tr("往日核对单"), keys["day_before_sheet"], self._ask_day, look="verb")
        self.shift = KeyButton(tr("交接班单"), keys["shift_sheet"], self._hand_on, look="verb")
        self.body.addWidget(self.day)
        self.body.addWidget(self.day_before)
        self.body.addWidget(self.shift)
        self.body.addWidget(words(tr("按本机记录当场生成并打印；编号的去向、未了事项都在上面。"), "small", wrap=True))

    def _close_day(self) -> None:
        counter = self._seat.house.counter
        self._make(DAY, lambda by: window_sheets.day_close(counter, by))

    def _ask_day(self) -> None:
        seat, counter = self._seat, self._seat.house.counter

        def recorded() -> list[str]:
            today, first = counter.today(), window_sheets.first_day(counter)
            days = (today - timedelta(days=ago) for ago in range(1, DAYS + 1))
            return [day.isoformat() for day in days if day >= first] or [""]

        asked = partial(self._ask.ask, tr("哪一天的核对单"), tr("打印"))
        seat.tasks.run(seat.lanes.looks, recorded, lambda days: asked(days, self._close_day_before), owner=self)

    def _close_day_before(self, told: str) -> None:
        counter = self._seat.house.counter
        if told:
            self._make(DAY, lambda by: window_sheets.day_close(counter, by, day_of(told, counter.today())))

    def _hand_on(self) -> None:
        seat, by = self._seat, self._seat.acting()
        if by is None:
            return
        own = signed(by.name, by.staff_no)

        def others() -> list[str]:
            everyone = (signed(each.name, each.staff_no) for each in seat.house.roster.everyone())
            return [name for name in everyone if name != own] or [""]

        asked = partial(self._ask.ask, tr("接班人"), tr("打印"))
        seat.tasks.run(seat.lanes.looks, others, lambda names: asked(names, self._handed), owner=self)

    def _handed(self, to: str) -> None:
        counter = self._seat.house.counter
        if to:
            self._make(SHIFT, lambda by: window_sheets.shift_hand_over(counter, by, to))

    def _make(self, title: str, made: Callable[[str], WindowSheet]) -> None:
        seat, by, draw = self._seat, self._seat.acting(), self._seat.hands.draw
        if by is None or draw is None:
            return
        if seat.hands.printer is None:
            advice = tr("请大厅管理员在设置中选择打印机，或者用 yichuang sheet 写成 PDF")
            seat.notices.warn(tr("本窗口没有设置打印机"), advice)
            return
        maker = signed(by.name, by.staff_no)
        seat.tasks.run(seat.lanes.looks, lambda: draw(made(maker)), lambda pdf: self._print(title, pdf), owner=self)

    def _print(self, title: str, pdf: bytes) -> None:
        printer = self._seat.hands.printer
        if printer is not None:
            printout = Printout(title, pdf)
            self._seat.tasks.run(self._seat.lanes.printer, lambda: printer.submit(printout), self._printed, owner=self)

    def _printed(self, taken: Taken) -> None:
        self._seat.notices.good(tr("已送打印机，请核对后签字"), taken.note)
