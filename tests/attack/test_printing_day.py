"""R12 on paper: a day of prints on a real cupsd with every trouble a printer has; the tray holds what is recorded."""

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from client.ports.printer import PrintState
from printing.virtual import VirtualQueue
from tests.attack.printing_day import Day, judged
from tests.attack.soak import SOAKING, Tally
from tests.cups import hall_queue, print_queue
from tests.desk.conftest import blank
from tests.desk.counter import Blank, Desk

__all__ = ["blank", "hall_queue", "print_queue"]

PAPERS_A_TROUBLE = 3 if SOAKING else 1
PATIENCE = 20.0


def test_what_lies_in_the_tray_is_what_is_recorded(
    blank: Blank, print_queue: VirtualQueue, tally: Tally, tmp_path: Path
) -> None:
    attack = tally.attack("R12 on paper")
    for seed, troubles, folder in attack.sieges(tmp_path):
        print_queue.clear()
        day = Day(Desk(blank, folder / "window"), print_queue, random.Random(seed))
        day.pass_by(troubles * PAPERS_A_TROUBLE, troubles)
        attack.faults += troubles
        assert day.looked["voided"]
        assert day.looked["printed once more"]
        attack.judge(day.wrong(), f"seed {seed}: {dict(day.troubles)}")
        day.desk.close()


def test_a_window_that_forgets_what_it_handed_over_is_caught(
    blank: Blank, print_queue: VirtualQueue, tally: Tally, tmp_path: Path
) -> None:
    day = Day(Desk(blank, tmp_path / "window"), print_queue, random.Random(0))
    day.take_cases(1)
    day.desk.close()
    command = ["-m", "tests.attack.printing_window", str(day.desk.profile.folder), print_queue.printer, "forgets"]
    with subprocess.Popen([sys.executable, *command]) as window:
        until = time.monotonic() + PATIENCE
        while len(print_queue.sheets()) < 2:
            assert time.monotonic() < until
            time.sleep(0.02)
        window.kill()
    day.desk.reopen()
    assert any("doubled" in sentence for sentence in day.wrong())
    day.desk.close()
    tally.attack("R12 on paper").caught()


def test_each_difference_between_tray_and_record_is_named() -> None:
    states = {(1, 0): PrintState.DONE, (2, 0): PrintState.DONE, (3, 0): PrintState.FAILED, (4, 0): PrintState.FAILED}
    states |= {(5, 0): PrintState.UNKNOWN, (6, 0): PrintState.UNKNOWN, (6, 1): PrintState.DONE}
    found = list(judged(states, Counter({(1, 0): 2, (3, 0): 1, (5, 0): 1, (6, 0): 1, (6, 1): 1})))
    assert [sentence.partition(",")[0] for sentence in found] == [
        "doubled: print (1", "lost: print (2", "print (3", "print (5",
    ]  # fmt: skip
