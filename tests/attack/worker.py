"""Real window processes, ready to be killed: `python -m tests.attack.worker FD` forks one for each order it reads.

What takes long, the imports, is done once before the forks. Each window is a process of its own that opens the
profile through the front door; what it has done it tells over the pipe FD, which no death can take back.
"""

import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from io import FileIO
from pathlib import Path

from argon2 import PasswordHasher

from client.catalogue import load_catalogue
from client.demo.secrets import KEY_FILE
from client.desk.inbox import StoredInbox
from client.desk.paperwork import Paperwork
from client.ports import clock as clocks
from client.store import engine
from client.store import profile as profiles
from printing.papers.fonts import drawn
from printing.press import A4Press
from printing.spool import render_waiting, undrawn
from sync.drain import drain
from sync.loop import Loop
from sync.platform import HttpPlatform
from tests.attack.clerk import DemoClerk
from tests.attack.failing import take_when_told
from tests.attack.lives import Job, Life, SetClock, pages, readers
from tests.attack.orders import GO, Mark, Order, Tell
from tests.attack.outlasting import outlast
from tests.attack.stopping import Stop, StoppingSpool
from tests.attack.telling import EarlyIntake, ToldDrafting, ToldIntake, told_printing
from yichuang import FrontDoor

RARE = "张𠮷𬺗"  # a letter of each font
PATIENCE = 20.0  # seconds to send all there is
LONGEST_DELAY = 130  # seconds that an event is put off at most, and a little
LONGEST_PAUSE = 1.0  # seconds a loop stops after 401, which a window takes ten minutes for
CRASHED = 70  # EX_SOFTWARE
LATE = ("devices.pages.inspect", "client.store.audit", "client.desk.clocks", "client.demo", "alembic.command")


def work(life: Life) -> None:
    """Take one sample case after the other and send them, until killed."""
    with readers(life) as cards, _sending(life) as wake:
        clerk = DemoClerk(told_printing(life.house, life.tell), cards, pages(), wake)
        clerk._drafting = ToldDrafting(life.counter, life.tell)
        clerk._intake = (EarlyIntake if life.order.early else ToldIntake)(life.counter, life.tell)
        clerk.clumsy = life.order.clumsy
        life.tell("ready")
        while True:
            taken = clerk.take_next()
            life.tell("handed over", number=taken.number, papers=taken.papers)
            time.sleep(life.order.pace)


def prepare(life: Life) -> None:
    """Make the profile and its people; their PINs are checked quickly, for they are no secrets."""
    life.house.roster._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    DemoClerk(life.house, [], [], lambda: None)


def hold(life: Life) -> None:
    """Sit at the window and do nothing."""
    life.tell("ready")
    time.sleep(PATIENCE)


def settle(life: Life) -> None:
    """Render what waits and send everything; what was put off has its time come from pass to pass."""
    life.house.render_waiting()
    outbox, waited = life.counter.memory.outbox(), timedelta()
    with closing(HttpPlatform(life.order.hub, clock=life.counter.clock)) as platform:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            now = life.counter.clock() + waited
            report = drain(outbox, StoredInbox(life.counter), platform, lambda: now)  # noqa: B023 - called in this turn
            if not report.waiting + report.unknown:
                return
            waited += timedelta(seconds=LONGEST_DELAY)
    raise TimeoutError(report)


def stop_in_print(life: Life) -> None:
    """Do what an opened window does with waiting papers, then print, and stand still on the way to the record."""
    told_printing(life.house, life.tell).render_waiting()
    spool = StoppingSpool(life.house, Stop(life.order.stop_at, life.tell))
    stopping = replace(life.house, render_waiting=lambda: undrawn(render_waiting(spool, A4Press())))
    with readers(life) as cards:
        clerk = DemoClerk(stopping, cards, pages(), lambda: None)
        if life.order.reprint:
            count = Paperwork(life.counter).reprint(life.order.reprint, clerk._by, "卡纸")
            life.tell("reprint asked", paper=life.order.reprint, count=count)
            stopping.render_waiting()
        clerk.take_next()


JOBS: dict[str, Job] = {
    "work": work,
    "prepare": prepare,
    "hold": hold,
    "settle": settle,
    "stop in print": stop_in_print,
    "take when told": take_when_told,
    "outlast": outlast,
}


@contextmanager
def _sending(life: Life) -> Iterator[Callable[[], None]]:
    """The sync loop at work, as in a window; its passes are told."""
    counter = life.counter
    with closing(HttpPlatform(life.order.hub, clock=counter.clock)) as platform:
        loop = Loop(
            counter.memory.outbox(),
            StoredInbox(counter),
            platform,
            counter.clock,
            heard=lambda report: life.tell("sent", sent=report.sent),
            longest_pause=LONGEST_PAUSE,
        )
        loop.start()

        def wake() -> None:
            life.tell("sending")
            loop.wake()

        yield wake
        loop.stop()


def main(pipe: int) -> None:
    """Fork a window for each order, and say when one is born and when one has ended, until nobody orders any more."""

    def tell(what: str, **facts: object) -> None:
        mark = Mark(what, time.monotonic(), facts, os.getpid())
        os.writev(pipe, [mark.line()])  # a call that R3 does not fail: it is not asked of the disk

    _warm_up()
    _say("ready")
    windows: dict[int, int] = {}  # by a descriptor that tells of their end
    with FileIO(sys.stdin.fileno(), closefd=False) as orders:
        while True:
            ready, _, _ = select.select([orders.fileno(), *windows], [], [])
            for ended in windows.keys() & set(ready):
                window = windows.pop(ended)
                os.close(ended)
                _say("ended", window, os.waitstatus_to_exitcode(os.waitpid(window, 0)[1]))
            if orders.fileno() in ready:
                line = orders.readline()
                if not line:
                    return
                window = os.fork()
                if window == 0:
                    _live(Order.parse(line), tell)
                windows[os.pidfd_open(window)] = window
                _say("born", window)


def _warm_up() -> None:
    """What every life needs and none of it changes: modules, fonts, the schemas of the catalogue."""
    for module in LATE:
        import_module(module)
    for char in RARE:
        drawn(char)
    load_catalogue()


def _live(order: Order, tell: Tell) -> None:
    """One life; it ends here, and nothing of the nursery is cleaned up by a child."""
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, {GO})  # on every thread: only who waits for it takes it
        os.environ[KEY_FILE] = order.key_file
        if order.clock:
            clocks.clock_of = SetClock(Path(order.clock)).of
        if order.unlocked:
            profiles.Profile.lock = lambda *_: nullcontext()  # type: ignore[assignment,method-assign] # a lock that locks nothing
        if order.careless:
            engine._WRITER = tuple(each.replace("FULL", "NORMAL") for each in engine._WRITER)  # type: ignore[assignment] # as the lock above
        door = FrontDoor()
        tell("opening")
        with door.write(order.profile) as house:
            tell("opened")
            JOBS[order.job](Life(order, tell, door, house))
    except BaseException as error:  # noqa: BLE001 - whatever it was, this fork must end here
        tell("crashed", error=type(error).__name__, words=str(error))
        traceback.print_exc()
        os._exit(CRASHED)
    os._exit(0)


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
