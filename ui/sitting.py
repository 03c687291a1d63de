"""From opening the house to whoever sits at it: open, sign in, work, lock, and back where they were."""

# ruff: noqa: PLC0415 - the desk loads behind the first paint: with it the window would appear a second later

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from client.errors import DeskError
from client.text import listed, tr
from ui.clerk.sign_in import todays_words
from ui.header import SENDING
from ui.key_watch import watch_keys
from ui.keys import check_keys
from ui.narrator import Narrator
from ui.seat import Bell, Lanes, Seat
from ui.shell import Activity, Shell
from ui.strip import Watch
from ui.tasks import Tasks, tell_log
from ui.unkept import Unkept
from ui.warming import Warming

if TYPE_CHECKING:
    from client.config import Settings
    from client.desk.sending import Counts
    from client.desk.staff import Session, Staff
    from client.house import House
    from ui.door import WindowDoor
    from ui.page import Page
    from ui.seat import Hands
    from ui.setup.founded import Founded

BUSY = "store-busy"
NO_SETTINGS = "STORE-151"
TICK = 1_000  # milliseconds between two looks at the counts and the lock
PLACE_KEPT = 500  # milliseconds: a killed window reopens where it was
NEXT_ROUND = 30_000  # milliseconds to the next round of printing, whatever became of the last one


class Sitting(QObject):
    """One run of the window. Every answer of the desk comes back through `tasks`."""

    opened = Signal()  # this process holds the profile
    busy = Signal()  # another one does

    def __init__(self, door: "WindowDoor", shell: Shell, tasks: Tasks, narrator: Narrator) -> None:
        super().__init__(shell)
        self._warming = Warming(tasks, self)
        self._door = door
        self._shell = shell
        self._tasks = tasks
        self._narrator = narrator
        self._lanes = Lanes.begun()
        self._bell = Bell(self)
        self._unkept = Unkept()
        self._house: House | None = None
        self._hands: Hands | None = None
        self._watch: Watch | None = None
        self._session: Session | None = None
        self._kept: Mapping[str, object] = {}
        self._day: date | None = None
        self._counting, self._not_counted = Event(), ""  # code of the error that was told last
        self._timers = [self._timer(TICK, self._tick), self._timer(PLACE_KEPT, self._keep_place)]
        self._rounds = QTimer(self, singleShot=True)
        self._rounds.timeout.connect(self._print)
        self._listen()
        Activity(self._touch, shell)

    def begin(self) -> None:
        """Open the house; the window is on the screen already."""
        self._shell.sign_in.opening()
        self._tasks.run(self._lanes.store, self._open, self._opened_or_new, self._not_opened, owner=self)

    def _open(self) -> "tuple[Settings, tuple[House, Hands] | None]":
        """The house; None, and closed again, when nobody is on its roster: that takes a first run."""
        settings = self._door.settings()
        check_keys(settings.keys)
        house, hands = self._door.open()
        if not house.roster.is_empty():
            return settings, (house, hands)
        self._door.close()
        return settings, None

    def _opened_or_new(self, found: "tuple[Settings, tuple[House, Hands] | None]") -> None:
        settings, opened = found
        if opened is None:
            self._found(settings)
        else:
            self._opened(opened)

    def leave(self) -> None:
        """The window closes: nothing new begins, and where it stood is kept."""
        for timer in (*self._timers, self._rounds):
            timer.stop()
        self._write_place()

    def close(self) -> None:
        """Let what is under way end, then close the house: up to ten seconds a lane. Once, with the window gone."""
        self._bell.closing.emit()
        if self._watch is not None:
            self._watch.stop()
        for lane in self._lanes.all():
            if lane is not self._lanes.store:
                lane.close()
        closed = self._lanes.store.do(self._door.close)
        if self._lanes.store.close() and (error := closed.exception()) is not None:  # nobody is left to be told
            tell_log(error)
        self._narrator.close()

    def _listen(self) -> None:
        shell = self._shell
        shell.sign_in.given.connect(self._sign_in)
        shell.sign_in.again.connect(self.begin)
        shell.sign_in.forgotten.connect(self._forgotten)
        shell.header.pill.clicked.connect(lambda: shell.go(SENDING, {}))
        self._tasks.broke.connect(shell.sign_in.may_try_again)
        shell.add_key("lock", self._lock)
        shell.closing.append(self.leave)
        self._bell.working.connect(shell.header.tell_work)
        self._bell.go.connect(shell.go)
        self._bell.lock.connect(self._lock)
        self._bell.papers_asked.connect(self._print)
        self._bell.case_changed.connect(lambda _case: self._after_change())

    def _opened(self, found: "tuple[House, Hands]") -> None:
        self._house, self._hands = found
        self._day = self._house.counter.today()
        self._shell.header.name_hall(self._house.counter.settings)
        self._watch = Watch(self._shell.strip, self._hands.look, self._tasks)
        watch_keys(*found, self._lanes, self._tasks, self._bell, self._shell)
        if (read := self._hands.read) is not None:
            self._bell.closing.connect(read.close)  # its lane waits for no page
        self.opened.emit()
        self._warming.begin()
        self._ask_who("")
        self._print()
        for timer in self._timers:
            timer.start()

    def _not_opened(self, error: DeskError) -> None:
        if error.code == NO_SETTINGS:
            self._with_trials(lambda: self._found(None))
            return
        self._narrator.tell("not-opened", code=error.code)
        self._shell.sign_in.failed(error)
        if error.code == BUSY:
            self.busy.emit()

    def _ask_who(self, number: str, *, locked: bool = False) -> None:
        house = self._opened_house()

        sign_in = self._shell.sign_in
        sign_in.ready(number, locked=locked)
        self._narrator.tell("sign-in")
        self._tasks.run(self._lanes.looks, partial(todays_words, house), sign_in.tell_today, owner=self)

    def _sign_in(self, number: str, pin: str) -> None:
        house = self._opened_house()

        def sign_in() -> "tuple[Staff, Mapping[str, object]]":
            from client.desk import place

            return house.roster.sign_in(number, pin), place.kept(house.counter)

        def known(found: "tuple[Staff, Mapping[str, object]]") -> None:
            self._warming.then(partial(self._give_pages, *found))

        self._tasks.run(self._lanes.store, sign_in, known, self._shell.sign_in.refused, owner=self)

    def _give_pages(self, staff: "Staff", kept: Mapping[str, object]) -> None:
        from ui.pages import pages_of
        from ui.setup.settings import SettingsPage

        pages = pages_of(staff.role)
        seat = partial(self._seat, staff, kept, pages)
        if SettingsPage in pages:
            self._with_trials(seat)
        else:
            seat()

    def _seat(self, staff: "Staff", kept: Mapping[str, object], pages: "Sequence[type[Page]]") -> None:
        from client.desk.staff import Session

        house, hands = self._opened_house(), self._hands
        if hands is None:
            raise AssertionError("somebody signed in before the house was open")
        counter = house.counter
        idle = timedelta(minutes=counter.settings.idle_lock_minutes)
        self._session = Session(house.roster, staff, counter.clock, idle)
        shell = self._shell
        seat = Seat(
            house,
            hands,
            self._lanes,
            self._tasks,
            shell.notices,
            self._narrator,
            self._bell,
            shell.keys,
            shell.strip.readiness,
            shell.tokens,
            self._session,
            self._door,
            self._unkept,
        )
        shell.header.name_clerk(staff.staff_no)
        shell.notices.clear()
        self._unkept.try_again(seat)
        shell.seat_pages(pages, lambda kind: kind.making(seat))
        self._narrator.tell("signed-in")
        self._go_back(kept)

    def _go_back(self, kept: Mapping[str, object]) -> None:
        """Where the window was: of the same person or of another, a draft belongs to the window."""
        self._kept = kept
        name, there = kept.get("page"), kept.get("place")
        known = [kind.place_name for kind in self._shell.kinds]
        if isinstance(name, str) and name in known and isinstance(there, dict):
            self._shell.make_ready(name, lambda: self._shell.go(name, there))
        else:
            self._shell.make_ready(known[0], lambda: self._shell.choose(0))

    def _lock(self) -> None:
        session, self._session = self._session, None  # first: what is left behind may itself find the window idle
        if session is None:
            return
        page = self._shell.page
        if page is not None:
            page.left()
        self._write_place()
        self._shell.unseat()
        self._shell.header.name_clerk("")
        self._shell.header.tell_work("")
        self._ask_who(session.number, locked=True)
        # Behind what the page had saved as it was left.
        self._tasks.run(self._lanes.store, self._unkept.owners, self._tell_unkept, owner=self)

    def _tell_unkept(self, numbers: Sequence[str]) -> None:
        if numbers and self._session is None:
            self._shell.notices.warn(
                tr("工号 {numbers} 输入的内容还没有存到磁盘").format(numbers=listed(numbers)),
                tr("内容还在内存里，本人登录后再存；在此之前请不要关闭窗口，并请系统管理员查看磁盘"),
            )

    def _touch(self) -> None:
        if self._session is not None and not self._session.locked:
            self._session.staff()

    def _tick(self) -> None:
        if self._session is not None and self._session.locked:
            self._lock()
        counter = self._opened_house().counter
        self._count()
        if self._day != counter.today():
            self._day = counter.today()
            from client.desk.clocks import run_clocks

            self._tasks.run(self._lanes.store, lambda: run_clocks(counter), owner=self)

    def _count(self) -> None:
        """How many wait, one question at a time; an error is told once, not every second."""
        from client.desk.sending import Sending

        counter, hands = self._opened_house().counter, self._hands
        link = hands.sender.state() if hands is not None and hands.sender is not None else None

        def counted() -> "Counts":
            try:
                return Sending(counter).counts()
            finally:
                self._counting.clear()

        def told(counts: "Counts") -> None:
            self._not_counted = ""
            self._shell.header.tell_sending(link, counts, counter.clock())
            self._shell.clock_banner.tell(link.drift if link else None)

        def failed(error: DeskError) -> None:
            if error.code != self._not_counted:
                self._not_counted = error.code
                self._shell.notices.error(error)

        if not self._counting.is_set():
            self._counting.set()
            self._tasks.run(self._lanes.looks, counted, told, failed, owner=self)

    def _after_change(self) -> None:
        if self._hands is not None and self._hands.sender is not None:
            self._hands.sender.wake()
        self._count()

    def _print(self) -> None:
        """One round of rendering and printing, and the next when it is due."""
        if self._hands is None:
            return
        self._rounds.start(NEXT_ROUND)
        self._tasks.run(
            self._lanes.printer,
            self._hands.paperboy.step,
            self._printed,
            owner=self,
        )

    def _printed(self, wait: float) -> None:
        """A page that was rendered is an event to be sent."""
        self._rounds.start(int(wait * 1000))
        if self._hands is not None and self._hands.sender is not None:
            self._hands.sender.wake()

    def _keep_place(self) -> None:
        self._write_place()

    def _write_place(self) -> None:
        from client.desk import place

        page, house = self._shell.page, self._house
        if page is None or house is None:
            return
        now: Mapping[str, object] = {"page": page.place_name, "place": dict(page.place())}
        if now != self._kept:
            self._kept = now
            self._tasks.run(self._lanes.store, lambda: place.keep(house.counter, now), owner=self)

    def _found(self, settings: "Settings | None") -> None:
        """Nobody has worked here yet; `settings` were written already, by a command or a first run that broke off."""
        from ui.setup.first_run import FirstRun

        first_run = FirstRun(self._door, self._lanes.looks, self._tasks, self._shell.keys, settings)
        first_run.founded.connect(lambda founded: self._make_house(founded, first_run.again))
        self._shell.show_alone(first_run)
        self._narrator.tell("first-run")

    def _with_trials(self, act: Callable[[], object]) -> None:
        """What every hand's library and the network's take half a second to load, then `act`."""
        loaded = partial(self._warming.then, act)
        refused = self._shell.sign_in.refused
        self._tasks.run(self._lanes.store, self._door.trials, lambda _trials: loaded(), refused, owner=self)

    def _make_house(self, founded: "Founded", again: Callable[[], object]) -> None:
        def make() -> "tuple[bool, tuple[House, Hands]]":
            self._door.write_settings(founded.settings)
            house, hands = self._door.open()
            try:
                is_new = house.roster.is_empty()
                if is_new:
                    house.roster.make_first_administrator(founded.staff_no, founded.name, founded.pin)
            except DeskError:
                self._door.close()
                raise
            return is_new, (house, hands)

        def made(found: "tuple[bool, tuple[House, Hands]]") -> None:
            is_new, opened = found
            self._shell.unseat()
            self._shell.notices.clear()
            if not is_new:  # the settings alone had been lost
                self._shell.notices.warn(tr("本窗口已有人员，没有另建管理员"), tr("设置已写好；请用原来的工号登录"))
            self._opened(opened)

        def failed(error: DeskError) -> None:
            self._shell.notices.error(error)
            again()
            if error.code == BUSY:
                self.busy.emit()

        self._tasks.run(self._lanes.store, make, made, failed, owner=self, words=tr("正在建立本窗口"))

    def _forgotten(self, number: str) -> None:
        from ui.setup.forgotten import Forgotten

        house = self._opened_house()
        forgotten = Forgotten(house.roster, number, self._lanes.store, self._tasks, self._shell.keys)
        forgotten.ended.connect(self._back_to_sign_in)
        forgotten.reset.connect(self._new_pin)
        self._shell.show_alone(forgotten)
        forgotten.take_keyboard()
        self._narrator.tell("forgotten")

    def _new_pin(self, number: str) -> None:
        self._shell.notices.good(tr("工号 {number} 的口令已重设").format(number=number), tr("请用新口令登录"))
        self._back_to_sign_in(number)

    def _back_to_sign_in(self, number: str) -> None:
        self._shell.unseat()
        self._ask_who(number)

    def _opened_house(self) -> "House":
        if self._house is None:
            raise AssertionError("the house is not open yet")
        return self._house

    def _timer(self, every: int, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every)
        timer.timeout.connect(act)
        return timer
