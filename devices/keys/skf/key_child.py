"""The child that holds an SKF library, as the window asks it; its troubles become ours here."""

import json
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, NonNegativeInt

from client.errors import DeviceError, DeviceState, Fault
from client.ports.keys import Pin
from client.program import own_program
from devices.children.process import ChildProcess, SilentError
from devices.children.supervised import ChildFaults, Limits, Supervised
from devices.keys.skf import faults
from devices.keys.skf.told import Hex

LARGEST: Final = 1 << 25  # bytes behind a line: the seals of a key at most
_BY_OTHERS = "import sys; sys.path.insert(0, {root!r}); from devices.keys.skf.child import serve; serve()"
_CHILD_FAULTS = ChildFaults(faults.CHILD_ENDED, faults.GARBLED, faults.SILENT, faults.RESTING)


class Trouble(StrEnum):
    """Why a library cannot be used, as it crosses the pipe."""

    LIBRARY_MISSING = "library-missing"
    LIBRARY_BITS = "library-bits"
    LIBRARY_FOREIGN = "library-foreign"


_TROUBLES: Mapping[Trouble, Fault] = MappingProxyType(
    {
        Trouble.LIBRARY_MISSING: faults.LIBRARY_MISSING,
        Trouble.LIBRARY_BITS: faults.LIBRARY_BITS,
        Trouble.LIBRARY_FOREIGN: faults.LIBRARY_FOREIGN,
    }
)


def _bounded(parts: tuple[int, ...]) -> tuple[int, ...]:
    if sum(parts) > LARGEST:
        message = "more than any key holds"
        raise ValueError(message)
    return parts


class Answer(BaseModel):
    """One line of the child; `parts` are the lengths of what follows it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    job: int
    parts: Annotated[tuple[NonNegativeInt, ...], AfterValidator(_bounded)] = Field(max_length=64)
    devices: tuple[Hex, ...] = Field((), max_length=64)
    trouble: Trouble | None = None
    detail: str = ""
    step: str = ""
    status: int = 0
    tries: int | None = Field(None, ge=0)

    @property
    def length(self) -> int:
        return sum(self.parts)

    def failure(self, device: str) -> DeviceError | None:
        """What went wrong, in our words; None where nothing did."""
        if self.trouble is not None:
            return DeviceError(DeviceState.UNSUPPORTED, _TROUBLES[self.trouble], device=device, reason=self.detail)
        return faults.sar_error(self.step, self.status, device, self.tries) if self.step else None


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a child is kept: its command line, the seconds it may say nothing, when it is given rest."""

    command: Sequence[str] = ()  # our own program where none is named
    asking: float = 20.0  # it starts, loads the library, and asks each key that is plugged in
    signing: float = 60.0  # some keys want their own button pressed
    limits: Limits = field(default_factory=lambda: Limits(memory=1 << 28))


def key_command(python: str | None = None) -> tuple[str, ...]:
    """Our own program, or the interpreter of a setting where the library has other bits than we."""
    if python is None:
        return (*own_program(), "key-child")
    packaged = getattr(sys, "_MEIPASS", None)  # where PyInstaller's program lies, and its own extension modules too
    root = Path(packaged, "drivers") if packaged is not None else Path(__file__).parents[3]
    return (python, "-I", "-c", _BY_OTHERS.format(root=str(root)))


def supervised(name: str, words: str, terms: Terms) -> Supervised[Answer]:
    """A child of its own for one purpose, which `words` name in the log."""
    command = terms.command or key_command()
    return Supervised(name, words, command, Answer.model_validate_json, _CHILD_FAULTS, terms.limits)


class KeyChild:
    """Asks about the keys behind the library that `driver` names. One question at a time."""

    def __init__(self, name: str, driver: Mapping[str, object], terms: Terms) -> None:
        self._name = name
        self._driver = dict(driver)
        self._terms = terms
        self._children = supervised(name, "key process", terms)
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
            question = {**self._driver, **words, "do": do, "job": self._job}
            patience = self._terms.asking if pin is None else self._terms.signing
            with self._children.watched() as child:
                with pin.shown() if pin is not None else nullcontext() as digits:
                    if digits is not None:
                        child.ask(b"!%d\n" % len(digits))
                        child.ask(digits)
                    child.ask(_line(question))
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
        if (failure := answer.failure(self._name)) is not None:
            raise failure
        return list(_parts(answer.parts, content))


def _line(question: Mapping[str, object]) -> bytes:
    return json.dumps(question).encode() + b"\n"


def _parts(lengths: Sequence[int], content: bytes) -> Iterator[bytes]:
    at = 0
    for length in lengths:
        yield content[at : at + length]
        at += length
