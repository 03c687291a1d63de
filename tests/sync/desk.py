"""A platform of the imagination for the loop's own tests: it takes everything, except where it is told otherwise."""

import threading
from collections.abc import Callable, Sequence

from client.errors import PlatformError
from client.ports.platform import Change, ChangePage, Event, EventAnswer, Verdict
from sync.faults import ANSWER_LOST, UNREACHABLE, Unsure
from tests.sync.sample import NOW, sha256

LOST = Unsure(ANSWER_LOST, host="platform.example", status=500)
DOWN = PlatformError(UNREACHABLE, host="platform.example")
Script = Callable[[str], object]


class ScriptedPlatform:
    """`on_send`, `on_settle`, `on_upload` are asked for each id or digest: what they return is raised or given."""

    def __init__(self) -> None:
        self.taken: list[Event] = []
        self.requests: list[list[Event]] = []
        self.settled: list[str] = []
        self.uploads: list[str] = []
        self.asked: list[Sequence[str]] = []
        self.files: set[str] = set()
        self.pages: list[ChangePage] = []
        self.on_request: Callable[[Sequence[Event]], BaseException | None] = lambda _: None
        self.on_send: Script = lambda _: Verdict.ACCEPTED
        self.on_settle: Script = lambda i: Verdict.ACCEPTED if i in {e.event_id for e in self.taken} else None
        self.on_upload: Script = lambda _: None
        self.down: BaseException | None = None
        self._one_at_a_time = threading.Lock()

    def send(self, events: Sequence[Event]) -> Sequence[EventAnswer]:
        self._answer_to_all()
        with self._one_at_a_time:
            return self._take(events)

    def _take(self, events: Sequence[Event]) -> Sequence[EventAnswer]:
        self.requests.append(list(events))
        if (error := self.on_request(events)) is not None:
            raise error
        answers = []
        for event in events:
            verdict = self.on_send(event.event_id)
            if isinstance(verdict, Verdict):
                answers.append(EventAnswer(event.event_id, verdict, ack="R1", reason="示例原因"))
            if verdict is Verdict.ACCEPTED:
                self.taken.append(event)
        return answers

    def settle(self, source: str, event_id: str) -> EventAnswer | None:  # noqa: ARG002 -- the port's signature
        self._answer_to_all()
        self.settled.append(event_id)
        verdict = self.on_settle(event_id)
        if isinstance(verdict, BaseException):
            raise verdict
        if isinstance(verdict, Verdict):
            return EventAnswer(event_id, verdict, ack="R1")
        return None

    def missing(self, digests: Sequence[str]) -> Sequence[str]:
        self._answer_to_all()
        self.asked.append(digests)
        return [digest for digest in digests if digest not in self.files]

    def upload(self, digest: str, content: bytes) -> None:
        self._answer_to_all()
        error = self.on_upload(digest)
        if isinstance(error, BaseException):
            raise error
        assert sha256(content) == digest
        self.uploads.append(digest)
        self.files.add(digest)

    def changes(self, cursor: str, wait: float = 0.0) -> ChangePage:  # noqa: ARG002 -- the port's signature
        self._answer_to_all()
        if self.pages:
            return self.pages.pop(0)
        return ChangePage((), cursor)

    def _answer_to_all(self) -> None:
        if self.down is not None:
            raise self.down


def change(subject: str, state: str = "review") -> Change:
    return Change("case.state", subject, {"state": state}, NOW)
