"""A hall of windows at one hub: real processes, each with its profile, its clock and its history."""

import random
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from client.config import write_settings
from client.demo import SAMPLE_SETTINGS
from tests.attack.history import Operation, operations
from tests.attack.lives import SetClock
from tests.attack.nursery import Nursery, Window
from tests.attack.siege import Fresh, Siege
from tests.hubs import HubProcess

PACE = 0.5  # seconds between two cases at a window: all eight share this machine with their hub


class Seat:
    """The `serial`-th window of the hall: one life after the other, always on the same profile."""

    def __init__(self, nursery: Nursery, fresh: Fresh, folder: Path, serial: int, hub_url: str) -> None:
        folder.mkdir()
        self.number = f"{serial:02}"
        settings = SAMPLE_SETTINGS.model_copy(update={"window_no": self.number})
        self.own = f"{settings.region}-{settings.hall_code}-{self.number}-"
        self.clock = SetClock(folder / "clock")
        self.history: list[Operation] = []
        self.siege = Siege.lay(nursery, fresh, folder, serial, hub_url)
        self.siege.order = replace(self.siege.order, clock=str(folder / "clock"), pace=PACE, clumsy=True)
        write_settings(self.siege.profile.folder, settings)
        self.window = self.open()

    def open(self) -> Window:
        self.window = self.siege.nursery.start(self.siege.order)
        return self.window

    def kill(self) -> None:
        """Wherever it is."""
        self.siege.end(self.window, "ready")
        self.history += operations(self.number, self.window.marks)


class Hall:
    """Its windows work from the start."""

    def __init__(
        self, nursery: Nursery, fresh: Fresh, folder: Path, windows: int, luck: random.Random, hub_url: str
    ) -> None:
        self._nursery = nursery
        self._luck = luck
        self.seats = [
            Seat(nursery, fresh, folder / f"window-{serial}", serial, hub_url) for serial in range(1, windows + 1)
        ]

    def wait_until_all_accept(self) -> None:
        for seat in self.seats:
            seat.window.wait_for("accepted")

    def listen(self, seconds: float) -> None:
        """Let them work so long, reading what they tell: a full pipe would hold a window up."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._nursery.listen(left)

    def kill_one(self) -> None:
        """A new life begins at once."""
        seat = self._luck.choice(self.seats)
        seat.kill()
        seat.open()

    def set_a_clock(self, ahead: timedelta) -> None:
        self._luck.choice(self.seats).clock.set(ahead)

    def end(self) -> list[Operation]:
        """Kill them all; what was done in all their lives."""
        for seat in self.seats:
            seat.kill()
        return [each for seat in self.seats for each in seat.history]

    def send_all(self) -> list[Window]:
        """A last window at each seat prints and sends everything; they have ended."""
        last = [seat.siege.last_window() for seat in self.seats]
        for window in last:
            window.ended()
        return last

    def settle(self, hub: HubProcess) -> list[str]:
        """Let all send what they have; what is wrong then, at any."""
        return [
            f"{sentence} (window {seat.number})"
            for seat, window in zip(self.seats, self.send_all(), strict=True)
            for sentence in seat.siege.settled(window, hub, seat.own)
        ]
