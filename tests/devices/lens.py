"""A lens that a test holds, and what the process behind it says, in this process."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from client.ports.scanner import ScanSource
from devices.scanner.camera_child import CameraChild
from devices.scanner.messages import Answer, Deed, Event, Question
from devices.scanner.stillness import Pixels


class FakeLens:
    """A camera that gives these pictures and is pulled out then."""

    def __init__(self, pictures: Iterable[Pixels]) -> None:
        self.asked: dict[int, float] = {}
        self._pictures = iter(pictures)

    def __call__(self, _: int) -> "FakeLens":
        return self

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return True

    def get(self, _: int) -> float:
        return 0.0

    def set(self, what: int, value: float) -> None:
        self.asked[what] = value

    def read(self) -> tuple[bool, Pixels | None]:
        time.sleep(0.02)
        found = next(self._pictures, None)
        return found is not None, found

    def release(self) -> None:
        """Nothing is held."""


@dataclass
class Heard:
    """What a child says in this process; with `cancels` somebody cancels at its first page."""

    cancels: bool = False
    answers: list[Answer] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.child = CameraChild(self._hear)

    def ask(self, job: int, device: str) -> tuple[Answer, int]:
        """How it ended, and the pages there were."""
        self.answers.clear()
        question = Question(do=Deed.SCAN, job=job, device=device, source=ScanSource.FEEDER)
        ending = self.child._outcome(question)
        return ending, sum(answer.event is Event.PAGE for answer in self.answers)

    def _hear(self, answer: Answer, _: bytes) -> None:
        self.answers.append(answer)
        if self.cancels and answer.event is Event.PAGE:
            self.child._cancelled_up_to = answer.job
