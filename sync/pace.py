"""How many events the next request carries: as many as the line takes in good time, few where they failed before."""

BATCH_EVENTS = 500
FIRST = 100  # events of a pass's first request, which finds out whether anybody is there
LEAST = 10  # events; a line that is slower than this is as slow for fewer
SLOW = 5.0  # seconds for one request: what a cut costs at most, and how long progress may stand still


class Pace:
    """Grows with each request and shrinks with each that was slow or lost; kept from pass to pass."""

    def __init__(self) -> None:
        self._most = BATCH_EVENTS  # as the line has been lately
        self._next = FIRST
        self._tries = 1

    def begin(self) -> None:
        """A new pass: it knows the line, and not yet which events fail."""
        self._next = min(FIRST, self._most)
        self._tries = 1

    @property
    def largest(self) -> int:
        return self._next

    def take(self, attempts: int) -> int:
        """How many events go now, when these were tried up to `attempts` times.

        Those that failed oftener than any before begin the smaller, and grow again one by one: a poisoned event is
        soon alone, and a backlog that only outlived an outage soon gone.
        """
        if attempts > self._tries:
            self._tries = attempts
            self._next = min(self._next, max(1, BATCH_EVENTS >> (attempts - 1)))
        size = self._next
        self._next = min(2 * size, self._most)
        return size

    def answered(self, events: int, seconds: float) -> None:
        """A request of so many events was answered after so long."""
        if seconds > SLOW:
            self._most = max(LEAST, min(self._most, events) // 2)
            self._next = min(self._next, self._most)
        elif seconds < SLOW / 4:
            self._most = min(2 * self._most, BATCH_EVENTS)

    def lost(self, events: int) -> None:
        """A request of so many events got no answer: one of them may be why."""
        self._next = max(1, min(self._next, events // 2))
