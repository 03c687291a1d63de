"""A day of printing on a real cupsd, with every trouble a printer has: `python -m tests.attack.printing_day 200`.

A window prints, in a process of its own. Meanwhile the paper runs out, jams, the cover stands open, the printer is
switched off, its server stopped, a job is cancelled at it, the window is killed. After each stretch a person mends the
printer, waits until it is at rest, and goes through the list: what failed or was cancelled is printed again, and of
what is in doubt it is looked whether the sheet lies there. In each stretch a paper that was asked for is voided and
issued anew, and one that is out, or soon will be, is printed once more for a reason.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.engine import Row

from client.desk.number_report import report
from client.errors import DeviceError
from client.ports.printer import PrintState
from client.store import tables
from client.store.prints import SETTLED
from printing.ipp.messages import Section
from printing.ipp.printer import question
from printing.ipp.wire import QUESTION, Address
from printing.virtual import VirtualQueue
from tests.attack.printing_window import QUIET
from tests.cups import wait_until_idle
from tests.desk.counter import CLERK, COLLEAGUE, FOOD, Blank, Desk

WAITED = 1.3  # seconds a trouble lasts at most
STRETCH = 3  # troubles until somebody goes through the list
QUIET_FOR = 1.0  # seconds: a job takes one at the server
GET_JOBS = 0x000A
PATIENCE = 60.0  # seconds for the printer to come to rest
VOIDED_FOR, PRINTED_FOR = "打印模糊", "申请人遗失"
TROUBLES = ("empty", "jam", "cover", "offline", "down", "cancel", "kill")
OFF_AND_ON = {"offline": "online", "down": "up"}


@dataclass
class Day:
    """What is printed, what went wrong on purpose, and what a person did about it."""

    desk: Desk
    queue: VirtualQueue
    luck: random.Random
    troubles: Counter[str] = field(default_factory=Counter)
    looked: Counter[str] = field(default_factory=Counter)
    words: dict[str, str] = field(default_factory=dict)  # of each page and sheet, by its file
    window: "subprocess.Popen[bytes] | None" = None

    def take_cases(self, count: int) -> list[int]:
        papers = [self.desk.intake.accept(self.desk.draft(FOOD), CLERK).paper_ids[0] for _ in range(count)]
        self.desk.prints.ask(papers, CLERK)
        return papers

    def _void(self, paper_id: int) -> int:
        """Its print was asked for and is not drawn yet: it must never come out; returns the paper in its place."""
        fresh = self.desk.paperwork.replace(paper_id, CLERK, COLLEAGUE, VOIDED_FOR)
        self.desk.prints.ask([fresh], CLERK)
        self.looked["voided"] += 1
        return fresh

    def _print_once_more(self, newest: int) -> None:
        """A paper of the day that is out; before the first is, the one that is asked for."""
        with self.desk.memory.read() as connection:
            done = tables.spool.c.print_state == PrintState.DONE
            out = connection.scalars(select(tables.spool.c.paper_id).where(done).distinct()).all()
        self.desk.paperwork.reprint(self.luck.choice(out or [newest]), CLERK, PRINTED_FOR, to_printer=True)
        self.looked["printed once more"] += 1

    def pass_by(self, papers: int, troubles: int) -> None:
        """Stretch by stretch some of the papers are asked for and some of the troubles come; then all that is left."""
        stretches = max(-(-troubles // STRETCH), 1)
        for stretch in range(stretches):
            taken = self.take_cases(_share(papers, stretch, stretches))
            if taken:
                self._print_once_more(self._void(taken[-1]))
            self._pass_stretch(_share(troubles, stretch, stretches))
        while self.desk.prints.waiting():
            self._pass_stretch(0)

    def _pass_stretch(self, troubles: int) -> None:
        self.desk.close()
        with self.printing():
            for _ in range(troubles):
                self.meet_trouble()
            self.rest()
        self.desk.reopen()
        self.go_through_the_list()

    @contextmanager
    def printing(self) -> Iterator[None]:
        self.window = self.opened()
        try:
            yield
        finally:
            self.window.kill()
            self.window.wait()

    def opened(self) -> "subprocess.Popen[bytes]":
        (self.desk.profile.folder / QUIET).unlink(missing_ok=True)
        command = ["-m", "tests.attack.printing_window", str(self.desk.profile.folder), self.queue.address]
        return subprocess.Popen([sys.executable, *command])

    def meet_trouble(self) -> None:
        trouble = self.luck.choice(TROUBLES)
        self.troubles[trouble] += 1
        time.sleep(self.luck.uniform(0.3, 1.0))
        if trouble == "kill" and self.window is not None:
            self.window.kill()
            self.window.wait()
            self.window = self.opened()
        elif trouble == "cancel":
            self.queue.admin("cancel", "-a")
        else:
            self.queue.order(trouble)
            time.sleep(self.luck.uniform(0.1, WAITED))
            self.queue.order(OFF_AND_ON.get(trouble, "refill"))

    def rest(self) -> None:
        """Until the window has nothing to print, and its queue nothing to do, for a while."""
        until, quiet_since = time.monotonic() + PATIENCE, time.monotonic()
        while time.monotonic() - quiet_since < QUIET_FOR:
            assert time.monotonic() < until, f"the queue does not come to rest: {self.jobs()} jobs"
            if self.jobs() or not (self.desk.profile.folder / QUIET).exists():
                quiet_since = time.monotonic()
            time.sleep(0.1)
        for address in (self.queue.address, self.queue.printer):
            wait_until_idle(address)

    def jobs(self) -> int:
        """How many the server has that are not finished (Get-Jobs, RFC 8011, 4.2.6)."""
        return len(question(Address.of(self.queue.address), "", GET_JOBS, [], QUESTION).of(Section.JOB))

    def go_through_the_list(self) -> None:
        for each in self.desk.prints.waiting():
            if each.state in SETTLED:
                self.desk.prints.again(each.paper_id, each.reprint_no, CLERK)
                self.looked["printed again"] += 1
            elif each.state is PrintState.UNKNOWN:
                lies_there = (each.paper_id, each.reprint_no) in self.sheets()
                if lies_there:
                    self.desk.prints.came_out(each.paper_id, each.reprint_no, CLERK)
                else:
                    self.desk.prints.did_not_come_out(each.paper_id, each.reprint_no, CLERK)
                self.looked["came out" if lies_there else "did not come out"] += 1

    def sheets(self) -> Counter[tuple[int, int]]:
        """How often each print lies in the tray, known by its words: the server's filters write the file anew."""
        known = {words: (row.paper_id, row.reprint_no) for row, words in self._prints()}
        return Counter(known[self._words(sheet.name, sheet)] for sheet in self.queue.sheets())

    def _prints(self) -> list[tuple[Row[Any], str]]:
        """Every print whose page is drawn, with the words on it."""
        with self.desk.memory.read() as connection:
            rows = connection.execute(select(tables.spool).where(tables.spool.c.sealed_name.is_not(None))).all()
        files = self.desk.memory.files
        return [(row, self._words(row.sealed_name, BytesIO(files.get(row.sealed_name)))) for row in rows]

    def _words(self, name: str, page: Path | BytesIO) -> str:
        if name not in self.words:
            self.words[name] = "".join("".join(each.extract_text().split()) for each in PdfReader(page).pages)
        return self.words[name]

    def wrong(self) -> list[str]:
        """Every way in which the sheets and the record differ, as sentences."""
        with self.desk.memory.read() as connection:
            numbers = connection.execute(select(tables.papers.c.number)).scalars().all()
            voided = connection.scalars(select(tables.papers.c.id).where(tables.papers.c.state == "voided")).all()
        states = {(row.paper_id, row.reprint_no): PrintState(row.print_state) for row, _ in self._prints()}
        sheets = self.sheets()
        never = [f"voided: paper {paper} lies there" for paper, _ in sheets if paper in voided]
        return [*judged(states, sheets), *never, *_twice(numbers), *self._unmarked(), *self._unexplained(len(voided))]

    def _unexplained(self, voided: int) -> Iterator[str]:
        """Every number is on a paper or voided for its reason, every 补打 has one."""
        series = report(self.desk.counter, self.desk.clock().year)
        reasons = [each.reason for one in series for each in one.voided]
        if reasons != [VOIDED_FOR] * voided or any(one.gaps for one in series):
            yield f"numbers: {voided} papers are voided, {reasons} on the books"
        for row, _ in self._prints():
            if row.reprint_no and not row.reason:
                yield f"paper {row.paper_id}, print {row.reprint_no}: nobody knows why"

    def _unmarked(self) -> Iterator[str]:
        """A 补打 says which one it is, and a first print nothing of the kind."""
        for row, words in self._prints():
            if (f"第{row.reprint_no}次" in words) is not (row.reprint_no > 0):
                yield f"paper {row.paper_id}, print {row.reprint_no}: its mark is not what it is"


def judged(states: Mapping[tuple[int, int], PrintState], sheets: Mapping[tuple[int, int], int]) -> Iterator[str]:
    """Each print that is done lies there once, each that is not does not.

    Of one in doubt that was printed once more meanwhile nobody is asked: it may lie there or not.
    """
    for key, state in states.items():
        count, (paper, nth) = sheets.get(key, 0), key
        in_doubt = state is PrintState.UNKNOWN and (paper, nth + 1) in states
        if count > 1:
            yield f"doubled: print {key} lies there {count} times"
        elif state is PrintState.DONE and not count:
            yield f"lost: print {key} is recorded and not there"
        elif state is not PrintState.DONE and count and not in_doubt:
            yield f"print {key} lies there, and is {state}"


def _twice(numbers: Sequence[str | None]) -> list[str]:
    return [f"doubled: number {number}" for number, count in Counter(numbers).items() if number and count > 1]


def _share(whole: int, part: int, parts: int) -> int:
    """How many of `whole` fall to this one of so many parts."""
    return whole * (part + 1) // parts - whole * part // parts


def main(papers: str, seed: str = "") -> None:
    luck = int(seed or random.SystemRandom().getrandbits(32))
    with tempfile.TemporaryDirectory() as name, VirtualQueue(Path(name) / "queue") as queue:
        desk = Desk(Blank.prepare(Path(name) / "blank"), Path(name) / "window")
        day, began = Day(desk, queue, random.Random(luck)), time.monotonic()
        day.pass_by(int(papers), troubles=int(papers) // 3)
        told = [
            f"seed {luck}, {time.monotonic() - began:.0f} s",
            f"{papers} papers, {sum(day.sheets().values())} sheets",
            f"troubles {dict(day.troubles)}",
            f"by a person {dict(day.looked)}",
            *(day.wrong() or ["all is well"]),
        ]
        sys.stdout.write("\n".join(told) + "\n")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except DeviceError as error:
        sys.exit(str(error))
