"""The list of the 同步 page as a table file, for whoever looks into it elsewhere: no name, no number of a person.

What the platform and people wrote in their own words is left out too: nobody knows what stands in it. The codes say it.
"""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

from client.desk.counter import Counter
from client.desk.sending import HELD_WORDS, OUTBOX_WORDS, Entry, Sending, Show
from client.desk.staff import Staff
from client.errors import Cancelled
from client.store import audit
from client.store.durable import disk_errors, whole_file
from client.text import chinese, tr

HEADINGS = (
    tr("办件编号"),
    tr("内容"),
    tr("发生时间"),
    tr("状态"),
    tr("平台回执号"),
    tr("未接收代码"),
    tr("已试次数"),
    tr("下次再试"),
    tr("平台答复时间"),
)
PAGE = 500  # entries that are read at once
FOLDER = "exports"
_TIME = "%Y-%m-%d %H:%M:%S"
_MARK = "\ufeff"  # by which table programs know UTF-8


class OutboxSheet:
    """An export in two steps: the first writes to the store, the second may take long and writes nowhere near it."""

    def __init__(self, counter: Counter, show: Show = Show.ALL, kind: str | None = None) -> None:
        self._counter = counter
        self._show = show
        self._kind = kind

    def begin(self, folder: Path, by: Staff) -> Path:
        """Note who takes the list along; returns the file that it will be, in `exports` of the window's own folder."""
        counter, now = self._counter, self._counter.clock()
        target = folder / FOLDER / chinese("上传记录-{time}.csv").format(time=f"{now:%Y%m%d-%H%M%S}")
        with counter.memory.begin() as connection:
            detail = {"show": self._show.value, "kind": self._kind}
            audit.add(connection, now, by.staff_no, "export_outbox", target.name, "done", detail)
        return target

    def write(
        self,
        target: Path,
        told: Callable[[int], object] = lambda _rows: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> int:
        """Write the file whole or not at all, newest entry first; returns how many. Raises StoreError, Cancelled.

        Read by key over what is there meanwhile: every entry stands in it once, as it was when it was read.
        """
        with disk_errors(FOLDER):
            target.parent.mkdir(mode=0o700, exist_ok=True)
        rows = 0
        with whole_file(target) as file:
            file.write(_MARK.encode() + _lines([HEADINGS]))
            for page in self._pages():
                if cancelled():
                    raise Cancelled
                file.write(_lines([_row(entry) for entry in page]))
                rows += len(page)
                told(rows)
        return rows

    def _pages(self) -> Iterator[tuple[Entry, ...]]:
        sending, before = Sending(self._counter), None
        while page := sending.entries(self._show, self._kind, before=before, limit=PAGE):
            yield page
            before = page[-1].sequence


def _row(entry: Entry) -> tuple[str, ...]:
    state = HELD_WORDS[entry.state] if entry.held else OUTBOX_WORDS[entry.state]
    return (
        entry.case_number,
        entry.words,
        f"{entry.time:{_TIME}}",
        state,
        entry.ack,
        entry.code,
        str(entry.attempts),
        f"{entry.next_try:{_TIME}}" if entry.next_try else "",
        f"{entry.answered_at:{_TIME}}" if entry.answered_at else "",
    )


def _lines(rows: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([[_harmless(cell) for cell in row] for row in rows])
    return text.getvalue().encode()


def _harmless(cell: str) -> str:
    """What a platform answered is no formula: a table program would reckon it."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
