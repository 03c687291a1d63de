"""The child that speaks to cards, as the window asks it; its troubles become ours here."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from client.errors import DeviceError
from client.ports.keys import Pin
from client.program import own_program
from devices.children.process import ChildProcess, SilentError
from devices.children.supervised import ChildFaults, Limits, Supervised
from devices.keys.pcsc import faults
from devices.keys.pcsc.troubles import Trouble

_LARGEST = 1 << 20  # bytes behind a line: a card holds 32 KiB a file
_CHILD_FAULTS: Final = ChildFaults(faults.CHILD_ENDED, faults.GARBLED, faults.SILENT, faults.RESTING)


class Answer(BaseModel):
    """One line of the child; `parts` are the lengths of what follows it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    job: int
    parts: tuple[Annotated[int, Field(ge=0, le=_LARGEST)], ...] = Field(max_length=64)
    trouble: Trouble | None = None
    detail: str = ""
    tries: int | None = Field(None, ge=0)

    @property
    def length(self) -> int:
        return sum(self.parts)


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms the child is kept: its command line, the seconds it may say nothing, when it is given rest."""

    command: Sequence[str] = ()  # our own program where none is named
    asking: float = 20.0  # it starts, and reads every card that is plugged in
    signing: float = 30.0
    limits: Limits = field(default_factory=lambda: Limits(memory=1 << 28))


class CardChild:
    """Asks about the keys in readers. One question at a time."""

    def __init__(self, name: str, terms: Terms) -> None:
        self._name = name
        self._terms = terms
        command = terms.command or (*own_program(), "pcsc-child")
        parse = Answer.model_validate_json
        self._children = Supervised(name, "smart cards", command, parse, _CHILD_FAULTS, terms.limits)
        self._turn = threading.Lock()
        self._job = 0

    @property
    def process_id(self) -> int | None:
        return self._children.process_id

    def ask(self, do: str, pin: Pin | None = None, **words: object) -> list[bytes]:
        """The parts of the answer. `pin` goes before the question, as it is, and is copied nowhere here.

        Raises DeviceError.
        """
        with self._turn:
            self._children.freshen()
            self._job += 1
            question = json.dumps({**words, "do": do, "job": self._job}).encode() + b"\n"
            patience = self._terms.asking if pin is None else self._terms.signing
            with self._children.watched() as child:
                with pin.shown() if pin is not None else nullcontext() as digits:
                    if digits is not None:
                        child.ask(b"!%d\n" % len(digits))
                        child.ask(digits)
                    child.ask(question)
                return self._heard(child, patience)

    def close(self) -> None:
        """End the child. A question on its way in another thread fails."""
        if self._turn.acquire(timeout=self._terms.asking / 10):
            try:
                self._children.stop()
            finally:
                self._turn.release()
        else:
            self._children.kill()

    def _heard(self, child: ChildProcess[Answer], patience: float) -> list[bytes]:
        heard = child.answer(self._job, patience, 0.0)
        if heard is None:  # the answer to a question given up came instead
            raise SilentError
        answer, content = heard
        if answer.trouble is not None:
            raise self._failure(answer, answer.trouble)
        return list(_parts(answer.parts, content))

    def _failure(self, answer: Answer, trouble: Trouble) -> DeviceError:
        return faults.error_of(trouble, self._name, answer.detail, answer.tries)


def _parts(lengths: Sequence[int], content: bytes) -> Iterator[bytes]:
    at = 0
    for length in lengths:
        yield content[at : at + length]
        at += length
