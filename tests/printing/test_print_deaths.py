"""R12: kill -9 between a sheet and its record. Each paper is out once, or a person is asked to look whether it is."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from client.ports.printer import PrintState
from printing.dispatch import IDLE, Dispatch
from printing.ipp.printer import IppPrinter
from printing.virtual import VirtualQueue
from tests.cups import wait_until_idle
from tests.desk.counter import CLERK, FOOD, Desk, MovableClock
from tests.printing.dying import NAME, opened

# The instants of one print: before and after its mark, its page, its reference; and how many sheets there are then.
IN_DOUBT_AT = {2: 0, 3: 0, 4: 1, 5: 1}
INSTANTS = range(1, 7)


def test_a_window_killed_in_print_prints_nothing_twice_and_hides_nothing(desk: Desk, print_queue: VirtualQueue) -> None:
    papers = [desk.intake.accept(desk.draft(FOOD), CLERK).paper_ids[0] for _ in INSTANTS]
    desk.render()
    desk.prints.ask(papers, CLERK)
    desk.close()
    for at in INSTANTS:
        command = [sys.executable, "-m", "tests.printing.dying", str(desk.profile.folder), print_queue.printer, str(at)]
        assert subprocess.run(command, timeout=60, check=False).returncode == -signal.SIGKILL
        wait_until_idle(print_queue.printer)  # it takes one page at a time
    _print_the_rest(desk.profile.folder, print_queue)

    desk.reopen()
    sheets = [sheet.read_bytes() for sheet in print_queue.sheets()]
    counts = {paper: sheets.count(b"%%PDF %d" % paper) for paper in papers}
    in_doubt = [waiting.paper_id for waiting in desk.prints.waiting()]
    assert [waiting.state for waiting in desk.prints.waiting()] == [PrintState.UNKNOWN] * len(IN_DOUBT_AT)
    assert [counts[paper] for paper in in_doubt] == list(IN_DOUBT_AT.values())
    assert [counts[paper] for paper in papers if paper not in in_doubt] == [1] * (len(papers) - len(in_doubt))


def _print_the_rest(folder: Path, print_queue: VirtualQueue) -> None:
    until = time.monotonic() + 20
    with opened(folder) as memory:
        dispatch = Dispatch(memory.prints(MovableClock()), IppPrinter(print_queue.printer, NAME))
        while dispatch.step() != IDLE:
            assert time.monotonic() < until
            time.sleep(0.01)
