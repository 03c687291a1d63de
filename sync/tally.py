"""What a pass has done so far, told as it goes, and whether the platform is losing answers."""

from collections.abc import Callable, Sequence

from client.errors import DeskError
from client.ports.link import Progress
from client.ports.outbox import Counts
from client.ports.platform import EventAnswer, Verdict
from sync.faults import Unsure

LOST_IN_A_ROW = 3  # lost answers without a good one between: then it is the platform, not the event

Told = Callable[[Progress], object]


class Tally:
    """The counts of one pass; `error` is the first thing that went wrong in it."""

    def __init__(self, counts: Counts, told: Told) -> None:
        self._told = told
        self._total = counts.waiting + counts.unknown
        self._lost_in_a_row = 0
        self.sent = 0
        self.refused = 0
        self.files = 0
        self.files_total = 0
        self.forgotten = 0
        self.unsure = False  # whether any answer was lost: the platform may have been another one meanwhile
        self.error: DeskError | None = None
        self.tell()

    def settled(self, answers: Sequence[EventAnswer]) -> None:
        refused = sum(answer.verdict is Verdict.REFUSED for answer in answers)
        self.refused += refused
        self.sent += len(answers) - refused
        self.tell()

    def uploaded(self) -> None:
        self.files += 1
        self.heard()
        self.tell()

    def heard(self) -> None:
        """The platform answered."""
        self._lost_in_a_row = 0

    def failed(self, error: DeskError) -> None:
        self.error = self.error or error

    def lost(self, error: Unsure) -> None:
        """Raises the error where it is no longer this event's alone."""
        self.failed(error)
        self.unsure = True
        self._lost_in_a_row += 1
        if self._lost_in_a_row >= LOST_IN_A_ROW:
            raise error

    def tell(self) -> None:
        done = self.sent + self.refused
        self._told(Progress(done, max(self._total, done), self.files, self.files_total))
