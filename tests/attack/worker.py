"""Real window processes, ready to be killed: `python -m tests.attack.worker FD` forks one for each order it reads.

What takes long, the imports, is done once before the forks. Each window is a process of its own that opens the
profile through the front door; what it has done it tells over the pipe FD, which no death can take back.
"""

import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from importlib import import_module, resources
from pathlib import Path

from argon2 import PasswordHasher

from client.catalogue import load_catalogue
from client.desk.counter import Counter
from client.desk.inbox import StoredInbox
from client.desk.paperwork import Paperwork
from client.house import House
from client.store import engine
from client.store import profile as profiles
from devices.idcard.cards import SAMPLES
from devices.idcard.sam import SamReader
from devices.idcard.simulator import Simulator
from printing.papers.fonts import undrawable
from printing.press import A4Press
from printing.spool import render_waiting
from sync.drain import drain
from sync.loop import Loop
from sync.platform import HttpPlatform
from tests.attack.clerk import DemoClerk, sample_pages
from tests.attack.orders import Mark, Order, Tell
from tests.attack.stopping import Stop, StoppingSpool
from tests.attack.telling import EarlyIntake, ToldDrafting, ToldIntake, told_printing
from yichuang import KEY_FILE, FrontDoor

RARE = "张𠮷𬺗"  # a letter of each font
CARDS = ("resident", "resident-rare", "hmt-permit")
SAMPLES_FOLDER = Path(str(resources.files("resources"))) / "samples" / "pages"
SMALL = 150_000  # bytes; the big sample takes its time in every case and tells nothing more
PATIENCE = 20.0  # seconds to send all there is
CRASHED = 70  # EX_SOFTWARE
LATE = ("devices.pages.inspect", "client.store.audit", "client.desk.clocks", "client.demo", "alembic.command")


@dataclass(frozen=True)
class Life:
    """One opened window and what it was told to do."""

    order: Order
    tell: Tell
    door: FrontDoor
    house: House

    @property
    def counter(self) -> Counter:
        return self.house.counter


def work(life: Life) -> None:
    """Take one sample case after the other and send them, until killed."""
    with _readers(life) as readers, _sending(life) as wake:
        clerk = DemoClerk(told_printing(life.house, life.tell), readers, _pages(), wake)
        clerk._drafting = ToldDrafting(life.counter, life.tell)
        clerk._intake = (EarlyIntake if life.order.early else ToldIntake)(life.counter, life.tell)
        life.tell("ready")
        while True:
            taken = clerk.take_next()
            life.tell("handed over", number=taken.number, papers=taken.papers)


def prepare(life: Life) -> None:
    """Make the profile and its people; their PINs are checked quickly, for they are no secrets."""
    life.house.roster._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    DemoClerk(life.house, [], [], lambda: None)


def hold(life: Life) -> None:
    """Sit at the window and do nothing."""
    life.tell("ready")
    time.sleep(PATIENCE)


def settle(life: Life) -> None:
    """Render what waits and send everything."""
    life.house.render_waiting()
    outbox = life.counter.memory.outbox()
    with closing(HttpPlatform(life.order.hub, clock=life.counter.clock)) as platform:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            outbox.hurry()
            report = drain(outbox, StoredInbox(life.counter), platform, life.counter.clock)
            if not report.waiting + report.unknown:
                return
    raise TimeoutError(report)


def stop_in_print(life: Life) -> None:
    """Do what an opened window does with waiting papers, then print, and stand still on the way to the record."""
    told_printing(life.house, life.tell).render_waiting()
    spool = StoppingSpool(life.house, Stop(life.order.stop_at, life.tell))
    stopping = replace(life.house, render_waiting=lambda: render_waiting(spool, A4Press()))
    with _readers(life) as readers:
        clerk = DemoClerk(stopping, readers, _pages(), lambda: None)
        if life.order.reprint:
            count = Paperwork(life.counter).reprint(life.order.reprint, clerk._by, "卡纸")
            life.tell("reprint asked", paper=life.order.reprint, count=count)
            stopping.render_waiting()
        clerk.take_next()


JOBS: dict[str, Callable[[Life], None]] = {
    "work": work,
    "prepare": prepare,
    "hold": hold,
    "settle": settle,
    "stop in print": stop_in_print,
}


def _pages() -> list[Path]:
    return [page for page in sample_pages(SAMPLES_FOLDER) if page.stat().st_size < SMALL]


@contextmanager
def _readers(life: Life) -> Iterator[list[SamReader]]:
    with ExitStack() as stack:
        simulators = [stack.enter_context(Simulator(SAMPLES[kind], returns_after=0.0)) for kind in CARDS]
        yield [stack.enter_context(closing(SamReader(s.port, clock=life.counter.clock))) for s in simulators]


@contextmanager
def _sending(life: Life) -> Iterator[Callable[[], None]]:
    """The sync loop at work, as in a window; its passes are told."""
    counter = life.counter
    with closing(HttpPlatform(life.order.hub, clock=counter.clock)) as platform:
        outbox, inbox = counter.memory.outbox(), StoredInbox(counter)
        loop = Loop(outbox, inbox, platform, counter.clock, heard=lambda report: life.tell("sent", sent=report.sent))
        loop.start()

        def wake() -> None:
            life.tell("sending")
            loop.wake()

        yield wake
        loop.stop()


def main(pipe: int) -> None:
    def tell(what: str, **facts: object) -> None:
        os.write(pipe, Mark(what, time.monotonic(), facts).line())

    _warm_up()
    _say("ready")
    for line in sys.stdin:
        window = os.fork()
        if window == 0:
            _live(Order.parse(line), tell)
        _say(window)
        _, status = os.waitpid(window, 0)
        _say(os.waitstatus_to_exitcode(status))


def _warm_up() -> None:
    """What every life needs and none of it changes: modules, fonts, the schemas of the catalogue."""
    for module in LATE:
        import_module(module)
    undrawable(RARE)
    load_catalogue()


def _live(order: Order, tell: Tell) -> None:
    """One life; it ends here, and nothing of the nursery is cleaned up by a child."""
    try:
        os.environ[KEY_FILE] = order.key_file
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


def _say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
