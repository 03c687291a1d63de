"""An outbox, an inbox and a platform to make passes with."""

from datetime import timedelta

from client.ports.platform import DrainReport, Event
from sync.drain import drain
from tests.sync.desk import ScriptedPlatform
from tests.sync.memory import TestInbox, TestOutbox
from tests.sync.sample import NOW, Window


class Bench:
    """An outbox, an inbox, a platform and a clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.window = Window()
        self.outbox = TestOutbox()
        self.inbox = TestInbox()
        self.platform = ScriptedPlatform()
        self.now = NOW

    def put(self, *events: Event) -> None:
        self.outbox.put(events)

    def drain(self, *, doubt: bool = False) -> DrainReport:
        return drain(self.outbox, self.inbox, self.platform, lambda: self.now, uniform=lambda low, _: low, doubt=doubt)

    def later(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def sent(self) -> list[str]:
        return [event.event_id for event in self.platform.taken]

    def state(self, event: Event) -> str:
        return str(self.outbox.row(event.event_id)["state"])

    def attempts(self, event: Event) -> int:
        return int(self.outbox.row(event.event_id)["attempts"])
