"""R-card: from the last byte of a card's answers to the form filled and saved, beyond the reader's own time.

The real window on a screen of its own, worked by keys; the reader on a pseudo terminal knows when its last byte went.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from client.config import load_settings, write_settings
from client.demo.clerk import words_typed
from client.demo.ears import Ears
from client.demo.screen import Screen
from devices.idcard.cards import SAMPLES
from devices.idcard.simulated_sam import Answer
from devices.idcard.simulator import Simulator
from tests.attack.doomed_clerk import DoomedClerk
from tests.attack.timed_keyboard import TimedKeyboard
from tests.attack.window_siege import AttackedHall
from tests.bench.rows import Row, row
from tests.desk.counter import CARD

READINGS = 24
SETTLED = 3.0  # seconds after signing in until the measuring begins
GLANCE = 0.6  # seconds between a case on its table and the card
FOLLOWS = 0.25  # seconds: what is told within them of each other belongs together


class TimedReader(Simulator):
    """A reader that knows when its last answer went out."""

    sent_at = 0.0

    def _send(self, answer: Answer) -> None:
        super()._send(answer)
        self.sent_at = time.monotonic()


class CardClerk(DoomedClerk):
    """Opens a case without anybody in it."""

    def blank_case(self, place: int) -> None:
        self._act("new_case")
        time.sleep(GLANCE)
        self._ears.forget()
        self._choose_item(self.item(place))
        time.sleep(GLANCE)
        self._ears.forget()

    def read_card(self) -> None:
        self._act("read_card")

    def place_of(self, name: str) -> int:
        return next(place for place in range(1, 10) if self.item(place).name == name)


@dataclass(frozen=True)
class Filled:
    """Milliseconds after the reader's last byte."""

    shown: float  # the people are painted
    saved: float  # the form has what the card told, on disk


def rows() -> list[Row]:
    with tempfile.TemporaryDirectory(dir=Path("build")) as folder:
        measured = list(_measured(Path(folder)))
    shown, saved = (median(getattr(each, name) for each in measured) for name in ("shown", "saved"))
    what = f"a card read: its last byte until the form is filled and saved, {len(measured)} readings (other: shown)"
    return [row("Rcard", what, saved, shown, "ms", saved / shown, None)]


def _measured(folder: Path) -> Iterator[Filled]:
    with _window(folder) as (clerk, ears, reader):
        clerk.sign_in()
        time.sleep(SETTLED)
        place = clerk.place_of(CARD)
        for turn in range(READINGS):
            reader.place(SAMPLES["resident-rare" if turn % 2 else "resident"])
            clerk.blank_case(place)
            clerk.read_card()
            shown = ears.wait("card-read")
            saved = _last_save(ears)
            yield Filled(*(1000 * (each["at"] - reader.sent_at) for each in (shown, saved)))


def _last_save(ears: Ears) -> dict[str, Any]:
    """The form may be saved twice: what the people give it, and what follows from that."""
    saved = ears.wait("form-saved")
    time.sleep(FOLLOWS)
    ears._listen()
    return next((told for told in reversed(ears._heard) if told["event"] == "form-saved"), saved)


@contextmanager
def _window(folder: Path) -> Iterator[tuple[CardClerk, Ears, TimedReader]]:
    with ExitStack() as stack:
        screen = stack.enter_context(Screen())
        keyboard = TimedKeyboard(screen.environment())
        keyboard.learn(words_typed())
        hall = stack.enter_context(AttackedHall(folder / "hall", screen, real=False))
        hall.more["PYTHONDONTWRITEBYTECODE"] = ""  # as on the machines of a hall
        hall.open_hub()
        hall.furnish()
        reader = stack.enter_context(TimedReader(SAMPLES["resident"]))
        write_settings(hall.profile, load_settings(hall.profile).model_copy(update={"reader_port": reader.port}))
        window = hall.open_window()
        stack.callback(window.kill)
        ears = Ears(hall.narration, window.lives, window.log)
        yield CardClerk(keyboard, ears, lambda _part: None), ears, reader
