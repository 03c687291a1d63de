"""A child that speaks to seal keys, as the window asks it: one question at a time, the PIN before it."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

from client.errors import DeviceError
from client.ports.keys import Pin
from devices.children.answers import Said
from devices.children.process import ChildProcess, SilentError
from devices.children.supervised import Limits, Supervised


class KeySaid(Said, Protocol):
    """One line of such a child; `parts` are the lengths of what follows it."""

    @property
    def parts(self) -> tuple[int, ...]: ...

    def failure(self, device: str) -> DeviceError | None:
        """What went wrong, in our words; None where nothing did."""


K = TypeVar("K", bound=KeySaid)


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a child is kept: its command line, the seconds it may say nothing, when it is given rest."""

    command: Sequence[str] = ()  # our own program where none is named
    asking: float = 20.0  # it starts, loads what it needs, and asks each key that is plugged in
    signing: float = 60.0  # some keys want their own button pressed
    limits: Limits = field(default_factory=lambda: Limits(memory=1 << 28))


class KeyChild(Generic[K]):
    """Asks about the keys that `children` reach; `driver` goes with each question."""

    def __init__(
        self, name: str, children: Supervised[K], terms: Terms, driver: Mapping[str, object] = MappingProxyType({})
    ) -> None:
        self._name = name
        self._driver = dict(driver)
        self._terms = terms
        self._children = children
        self._turn = threading.Lock()
        self._job = 0

    @property
    def process_id(self) -> int | None:
        return self._children.process_id

    @property
    def is_busy(self) -> bool:
        """Whether a question is on its way."""
        return self._turn.locked()

    def ask(self, do: str, pin: Pin | None = None, **words: object) -> list[bytes]:
        """The parts of the answer. `pin` goes before the question, as it is, and is copied nowhere here.

        Raises DeviceError.
        """
        with self._turn:
            self._children.freshen()
            self._job += 1
            question = json.dumps({**self._driver, **words, "do": do, "job": self._job}).encode() + b"\n"
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

    def _heard(self, child: ChildProcess[K], patience: float) -> list[bytes]:
        heard = child.answer(self._job, patience, 0.0)
        if heard is None:  # the answer to a question given up came instead
            raise SilentError
        answer, content = heard
        if (failure := answer.failure(self._name)) is not None:
            raise failure
        return list(_parts(answer.parts, content))


def _parts(lengths: Sequence[int], content: bytes) -> Iterator[bytes]:
    at = 0
    for length in lengths:
        yield content[at : at + length]
        at += length
