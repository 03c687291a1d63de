"""The runner of sync: one thread that makes a pass when it is woken or when its time has come, and never dies.

After an outage new work waits like the rest until the back-off is over: a busy window must not knock at a dead
platform with every case it takes.
"""

from collections.abc import Callable
from random import SystemRandom
from threading import Event as Flag
from threading import Thread

import structlog

from client.errors import StoreError
from client.lanes import step_back
from client.ports.clock import Clock
from client.ports.link import Progress
from client.ports.outbox import Inbox, Outbox
from client.ports.platform import DrainReport, Platform
from sync.drain import drain, nothing, one_pass, untold
from sync.faults import Busy, Stopped
from sync.pace import Pace
from sync.schedule import Uniform, backoff
from sync.tally import Told

__all__ = ["Loop", "drain"]

IDLE = 10.0  # seconds between passes while all is well
IDLE_LISTENING = 60.0  # the same where somebody waits at the feed, and wakes the loop
LONGEST_PAUSE = 600.0  # seconds; a pause somebody forgot must not keep a day's cases in the window

_log = structlog.get_logger(__name__)


def _nobody(_told: object) -> None:
    """The listener of a loop nobody listens to."""


class Loop:
    """Passes of `sync.drain`, one after the other.

    `heard` is told each report, `told` how far a pass is and that it is over (no events), `broken` that this machine's
    own memory failed in one; on the loop's own thread. `told` and `broken` raise nothing. `ahead` as for `one_pass`.
    """

    def __init__(
        self,
        outbox: Outbox,
        inbox: Inbox,
        platform: Platform,
        clock: Clock,
        *,
        heard: Callable[[DrainReport], None] = _nobody,
        told: Told = untold,
        broken: Callable[[StoreError], None] = _nobody,
        ahead: Callable[[], int] = nothing,
        idle: float = IDLE,
        longest_pause: float = LONGEST_PAUSE,
        uniform: Uniform | None = None,
    ) -> None:
        self._outbox = outbox
        self._inbox = inbox
        self._platform = platform
        self._clock = clock
        self._heard = heard
        self._told = told
        self._broken = broken
        self._ahead = ahead
        self._idle = idle
        self._longest_pause = longest_pause
        self._uniform = uniform or SystemRandom().uniform
        self._failures = 0
        self._pace = Pace()
        self._doubt = True  # whether the platform still knows what it took: it may have been away, and restored
        self._recent = 0  # events it took since it may have been away
        self._last = 0  # and in the last pass, beside which it may have been unnoticed
        self._lapsed = Flag()  # it was away between two passes
        self._awake = Flag()
        self._hurried = Flag()
        self._paused = Flag()
        self._stopping = Flag()
        self._thread = Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """There is new work: make a pass now, or after an outage when the back-off is over."""
        self._awake.set()

    def link_up(self) -> None:
        """The link came up, or a person wants it now: make a pass at once, back-off or none; a pause is over."""
        self._paused.clear()
        self._hurried.set()
        self._awake.set()

    def lapse(self) -> None:
        """The platform was away since the last pass: make one, and ask what it still knows."""
        self._lapsed.set()
        self._awake.set()

    def pause(self) -> None:
        """Send nothing more after the request or file it is in, until `link_up`, or for ten minutes.

        New work does not end a pause: a clerk at work would undo it with every case.
        """
        self._hurried.clear()
        self._paused.set()

    @property
    def paused(self) -> bool:
        return self._paused.is_set()

    def stop(self, timeout: float = 10.0) -> bool:
        """Ask the loop to end after the request or file it is in; True when it did within `timeout` seconds."""
        self._stopping.set()
        self.link_up()
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def step(self) -> float:
        """Make one pass; returns the seconds to wait before the next, unless the loop is woken."""
        if self._lapsed.is_set():
            self._lapsed.clear()
            self._doubt, self._recent = True, max(self._recent, self._last)
        try:
            outcome = one_pass(
                self._outbox,
                self._inbox,
                self._platform,
                self._clock(),
                uniform=self._uniform,
                pace=self._pace,
                doubt=self._doubt,
                recent=self._recent,
                stopping=self._told_to_end,
                told=self._told,
                ahead=self._ahead,
            )
            self._heard(outcome.report)
        except StoreError as error:
            _log.info("sync pass broke off", code=error.code)
            self._broken(error)
            return self._back_off()
        except Exception:  # noqa: BLE001 -- the supervised loop: a bug in one pass must not end all sending
            _log.exception("sync pass broke off")
            return self._back_off()
        finally:
            self._told(Progress())
        if outcome.report.forgotten:
            _log.info("platform forgot what it took, sent again", events=outcome.report.forgotten)
        self._doubt, self._recent, self._last = outcome.doubt, outcome.recent, outcome.report.sent
        if outcome.outage is None:
            self._failures = 0
            return self._idle
        _log.info("sync pass ended early", code=outcome.outage.code, failures=self._failures + 1)
        if isinstance(outcome.outage, Stopped):
            self.pause()
        asked = outcome.outage.retry_after if isinstance(outcome.outage, Busy) else None
        return max(self._back_off(), asked or 0.0)

    def _told_to_end(self) -> bool:
        return self._stopping.is_set() or self._paused.is_set()

    def _back_off(self) -> float:
        self._failures += 1
        return backoff(self._failures - 1, self._uniform)

    def _run(self) -> None:
        step_back()
        while not self._stopping.is_set():
            rest = self.step()
            alarm = self._hurried if self._failures else self._awake
            alarm.wait(rest)
            if self._paused.is_set() and not self._hurried.wait(self._longest_pause):
                self._paused.clear()
            self._hurried.clear()
            self._awake.clear()
