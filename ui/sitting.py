"""From opening the house to whoever sits at it: open, sign in, work, lock, and back where they were."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from client.desk import place, sending
from client.desk.clocks import run_clocks
from client.desk.staff import Session, Staff
from client.errors import DeskError
from client.house import House
from client.lanes import Lane
from client.text import tr
from ui.door import WindowDoor
from ui.narrator import Narrator
from ui.pages import pages_of
from ui.seat import Bell, Hands, Lanes, Seat
from ui.setup.first_run import FirstRun, Founded
from ui.shell import Activity, Shell
from ui.strip import Watch
from ui.tasks import Tasks

BUSY = "store-busy"
NO_SETTINGS = "STORE-151"
TICK = 1_000  # milliseconds between two looks at the counts and the lock
PLACE_KEPT = 500  # milliseconds: a killed window reopens where it was


class Sitting(QObject):
    """One run of the window. Every answer of the desk comes back through `tasks`."""

    opened = Signal()  # this process holds the profile
    busy = Signal()  # another one does

    def __init__(self, door: WindowDoor, shell: Shell, tasks: Tasks, narrator: Narrator) -> None:
        super().__init__(shell)
        self._door = door
        self._shell = shell
        self._tasks = tasks
        self._narrator = narrator
        self._lanes = Lanes(*(Lane(name) for name in ("store", "reader", "scanner", "printer", "looks")))
        self._bell = Bell(self)
        self._house: House | None = None
        self._hands: Hands | None = None
        self._watch: Watch | None = None
        self._session: Session | None = None
        self._kept: Mapping[str, object] = {}
        self._day: date | None = None
        self._first_run: FirstRun | None = None
        self._timers = [self._timer(TICK, self._tick), self._timer(PLACE_KEPT, self._keep_place)]
        self._rounds = QTimer(self)
        self._rounds.setSingleShot(True)
        self._rounds.timeout.connect(self._print)
        self._listen()
        Activity(self._touch, self)

    def begin(self) -> None:
        """Open the house; the window is on the screen already."""
        try:
            settings = self._door.settings()
        except DeskError as error:
            if error.code == NO_SETTINGS:
                self._found()
            else:
                self._shell.sign_in.failed(error)
            return
        self._shell.header.name_hall(settings)
        self._shell.sign_in.opening()
        self._tasks.run(self._lanes.store, self._door.open, self._opened, self._not_opened, owner=self)

    def close(self) -> None:
        """Close in order: nothing new, then what is under way, then the house. Called once, on closing."""
        for timer in (*self._timers, self._rounds):
            timer.stop()
        if self._watch is not None:
            self._watch.stop()
        self._write_place()
        for lane in (self._lanes.reader, self._lanes.scanner, self._lanes.printer, self._lanes.looks):
            lane.close()
        self._lanes.store.do(self._door.close)
        self._lanes.store.close()
        self._narrator.close()

    def _listen(self) -> None:
        shell = self._shell
        shell.sign_in.given.connect(self._sign_in)
        shell.sign_in.again.connect(self.begin)
        shell.sign_in.forgotten.connect(self._forgotten)
        shell.header.pill.pressed.connect(lambda: shell.go("sending", {}))
        shell.add_key("lock", self._lock)
        shell.closing.append(self.close)
        self._bell.go.connect(shell.go)
        self._bell.lock.connect(self._lock)
        self._bell.papers_asked.connect(self._print)
        self._bell.case_changed.connect(lambda _case: self._after_change())

    def _opened(self, found: tuple[House, Hands]) -> None:
        self._house, self._hands = found
        self._day = self._house.counter.today()
        self._shell.header.name_hall(self._house.counter.settings)
        self._watch = Watch(self._shell.strip, self._hands.look, self._tasks)
        self.opened.emit()
        self._ask_who("")
        self._print()
        for timer in self._timers:
            timer.start()

    def _not_opened(self, error: DeskError) -> None:
        self._narrator.tell("not-opened", code=error.code)
        self._shell.sign_in.failed(error)
        if error.code == BUSY:
            self.busy.emit()

    def _ask_who(self, number: str) -> None:
        house = self._opened_house()

        def today() -> str:
            counts = sending.counts(house.counter)
            return tr("待上传 {waiting} 件，平台未接收 {refused} 件").format(
                waiting=counts.waiting + counts.unknown, refused=counts.refused
            )

        def ready(said: str) -> None:
            self._shell.sign_in.ready(said, number)
            self._narrator.tell("sign-in")

        self._tasks.run(self._lanes.looks, today, ready, owner=self)

    def _sign_in(self, number: str, pin: str) -> None:
        house = self._opened_house()
        self._tasks.run(
            self._lanes.store,
            lambda: (house.roster.sign_in(number, pin), place.kept(house.counter)),
            self._seated,
            self._shell.sign_in.refused,
            owner=self,
        )

    def _seated(self, found: tuple[Staff, Mapping[str, object]]) -> None:
        staff, kept = found
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
        )
        shell.header.name_clerk(staff.staff_no)
        shell.notices.clear()
        shell.seat_pages(pages_of(staff.role, seat))
        self._narrator.tell("signed-in")
        self._go_back(kept)

    def _go_back(self, kept: Mapping[str, object]) -> None:
        """Where the window was: of the same person or of another, a draft belongs to the window."""
        self._kept = kept
        name, there = kept.get("page"), kept.get("place")
        known = {page.place_name for page in self._shell.pages}
        if isinstance(name, str) and name in known and isinstance(there, dict):
            self._shell.go(name, there)
        else:
            self._shell.choose(0)

    def _lock(self) -> None:
        if self._session is None:
            return
        page = self._shell.page
        if page is not None:
            page.left()
        self._write_place()
        number = self._session.number
        self._session = None
        self._shell.unseat()
        self._shell.header.name_clerk("")
        self._ask_who(number)

    def _touch(self) -> None:
        if self._session is not None and not self._session.locked:
            self._session.staff()

    def _tick(self) -> None:
        if self._session is not None and self._session.locked:
            self._lock()
        house, hands = self._opened_house(), self._hands
        counter = house.counter
        link = hands.sender.state() if hands is not None and hands.sender is not None else None
        self._tasks.run(
            self._lanes.looks,
            lambda: sending.counts(counter),
            lambda counts: self._shell.header.tell_sending(link, counts, counter.clock()),
            owner=self,
        )
        if self._day != counter.today():
            self._day = counter.today()
            self._tasks.run(self._lanes.store, lambda: run_clocks(counter), owner=self)

    def _after_change(self) -> None:
        if self._hands is not None and self._hands.sender is not None:
            self._hands.sender.wake()
        self._tick()

    def _print(self) -> None:
        """One round of rendering and printing, and the next when it is due."""
        if self._hands is None:
            return
        self._rounds.stop()
        self._tasks.run(
            self._lanes.printer,
            self._hands.paperboy.step,
            lambda wait: self._rounds.start(int(wait * 1000)),
            owner=self,
        )

    def _keep_place(self) -> None:
        self._write_place()

    def _write_place(self) -> None:
        page, house = self._shell.page, self._house
        if page is None or house is None:
            return
        now: Mapping[str, object] = {"page": page.place_name, "place": dict(page.place())}
        if now != self._kept:
            self._kept = now
            self._tasks.run(self._lanes.store, lambda: place.keep(house.counter, now), owner=self)

    def _found(self) -> None:
        """Nobody has worked here yet."""
        self._first_run = FirstRun(self._door, self._lanes.looks, self._tasks, self._shell.keys)
        self._first_run.founded.connect(self._make_house)
        self._shell.show_alone(self._first_run)
        self._narrator.tell("first-run")

    def _make_house(self, founded: Founded) -> None:
        def make() -> tuple[House, Hands]:
            self._door.write_settings(founded.settings)
            house, hands = self._door.open()
            if house.roster.is_empty():
                house.roster.make_first_administrator(founded.staff_no, founded.name, founded.pin)
            return house, hands

        self._tasks.run(self._lanes.store, make, self._opened_first, owner=self, words=tr("正在建立本窗口"))

    def _opened_first(self, found: tuple[House, Hands]) -> None:
        self._shell.unseat()
        self._opened(found)

    def _forgotten(self, number: str) -> None:
        from ui.setup.forgotten import Forgotten  # noqa: PLC0415 - seldom needed; the first paint waits for nobody

        house = self._opened_house()
        forgotten = Forgotten(house.roster, number, self._lanes.store, self._tasks, self._shell.keys)
        forgotten.ended.connect(self._back_to_sign_in)
        self._shell.show_alone(forgotten)

    def _back_to_sign_in(self, number: str) -> None:
        self._shell.unseat()
        self._ask_who(number)

    def _opened_house(self) -> House:
        if self._house is None:
            raise AssertionError("the house is not open yet")
        return self._house

    def _timer(self, every: int, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every)
        timer.timeout.connect(act)
        return timer
