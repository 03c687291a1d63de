"""A feeder that gives pages as fast as they are taken."""

from collections.abc import Callable, Iterator, Sequence

from client.ports.readiness import Condition, Readiness
from client.ports.scanner import ScannedPage, ScanOrder, ScanProgress


class Feeder:
    """A `client.ports.scanner.Scanner`; `given` counts the sheets that went through."""

    name = "扫描仪"

    def __init__(self, stack: Sequence[bytes]) -> None:
        self.stack = stack
        self.given = 0

    def scan(
        self, order: ScanOrder, progress: Callable[[ScanProgress], None], cancelled: Callable[[], bool]
    ) -> Iterator[ScannedPage]:
        for number, content in enumerate(self.stack, 1):
            if cancelled():
                return
            self.given = number
            progress(ScanProgress(number, 0.5))
            yield ScannedPage(content, 1, 1, order.dpi)

    def check(self) -> Readiness:
        return Readiness(Condition.READY, "")

    def close(self) -> None:
        """Nothing is held."""
