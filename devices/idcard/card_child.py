"""The child that holds a reader's driver, as its readers on this side ask it; its troubles become ours here."""

import json
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, Field

from client.errors import DeviceError, DeviceState, Fault
from client.program import own_program
from devices.children.process import SilentError
from devices.children.supervised import ChildFaults, Limits, Supervised
from devices.idcard import faults

_BY_OTHERS = "import sys; sys.path.append({root!r}); from devices.idcard.child import serve; serve()"
LARGEST = 1 << 20  # bytes behind a line; a picture has 39 KB
_CHILD_FAULTS = ChildFaults(faults.CHILD_ENDED, faults.GARBLED, faults.SILENT, faults.RESTING)


class Trouble(StrEnum):
    """Why a driver cannot work, as it crosses the pipe."""

    LIBRARY_MISSING = "library-missing"
    LIBRARY_BITS = "library-bits"
    LIBRARY_FOREIGN = "library-foreign"
    USB_NONE = "usb-none"
    USB_ABSENT = "usb-absent"
    USB_BUSY = "usb-busy"
    USB_FORBIDDEN = "usb-forbidden"
    CLOSED = "closed"


_TROUBLES: Mapping[Trouble, tuple[DeviceState, Fault]] = MappingProxyType(
    {
        Trouble.LIBRARY_MISSING: (DeviceState.UNSUPPORTED, faults.LIBRARY_MISSING),
        Trouble.LIBRARY_BITS: (DeviceState.UNSUPPORTED, faults.LIBRARY_BITS),
        Trouble.LIBRARY_FOREIGN: (DeviceState.UNSUPPORTED, faults.LIBRARY_FOREIGN),
        Trouble.USB_NONE: (DeviceState.UNSUPPORTED, faults.NO_LIBUSB),
        Trouble.USB_ABSENT: (DeviceState.ABSENT, faults.NO_READER),
        Trouble.USB_BUSY: (DeviceState.BUSY, faults.PORT_BUSY),
        Trouble.USB_FORBIDDEN: (DeviceState.LOCKED, faults.USB_FORBIDDEN),
        Trouble.CLOSED: (DeviceState.ABSENT, faults.NO_READER),
    }
)


class Answer(BaseModel):
    """One line of the child."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    job: int
    length: int = Field(ge=0, le=LARGEST)
    status: int | None = None
    trouble: Trouble | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a child is kept: its command line, the seconds it may say nothing, when it is given rest."""

    command: Sequence[str] = ()  # our own program where none is named
    opening: float = 20.0  # it starts, and loads what belongs to the library
    grace: float = 4.0  # beyond what the command itself may take: libraries wait and ask again on their own
    limits: Limits = field(default_factory=lambda: Limits(memory=1 << 28))


def card_command(python: str | None = None) -> tuple[str, ...]:
    """Our own program, or the interpreter of a setting where the library has other bits than we."""
    if python is None:
        return (*own_program(), "card-child")
    packaged = getattr(sys, "_MEIPASS", None)  # where PyInstaller's program lies, and its own extension modules too
    root = Path(packaged, "drivers") if packaged is not None else Path(__file__).parents[2]
    return (python, "-I", "-c", _BY_OTHERS.format(root=str(root)))


class CardChild:
    """Opens `driver` before the first question, and again whenever the child is a new one. One thread at a time."""

    def __init__(
        self,
        name: str,
        driver: Mapping[str, object],
        *,
        opened: int,
        terms: Terms | None = None,
    ) -> None:
        self._name = name
        self._driver = dict(driver)
        self._opened = opened  # the status that says so
        self._terms = terms or Terms()
        self._children = Supervised(
            name,
            "card process",
            self._terms.command or card_command(),
            Answer.model_validate_json,
            _CHILD_FAULTS,
            self._terms.limits,
        )
        self._turn = threading.Lock()
        self._job = 0
        self._opened_in: int | None = None

    @property
    def process_id(self) -> int | None:
        return self._children.process_id

    @property
    def is_open(self) -> bool:
        """Whether the driver is open in the child there is; it may have died since, which the next question tells."""
        return self._opened_in is not None and self._opened_in == self._children.process_id

    @contextmanager
    def turn(self, wait: float = -1.0) -> Iterator[bool]:
        """Whether it is ours within `wait` seconds, for questions that belong together; without them it will be."""
        is_ours = self._turn.acquire(timeout=wait)
        try:
            if is_ours:
                self._children.freshen()
            yield is_ours
        finally:
            if is_ours:
                self._turn.release()

    def open(self, **more: object) -> int:
        """Open the driver; the status its library gave. Raises DeviceError."""
        status, _ = self._ask({**self._driver, **more, "do": "open"}, self._terms.opening)
        self._opened_in = self._children.process_id if status == self._opened else None
        return status

    def ask(self, seconds: float, **words: object) -> tuple[int, bytes]:
        """One question to the open driver, which may take `seconds` and some grace. Raises DeviceError."""
        return self._ask({"do": "ask", **words}, seconds + self._terms.grace)

    def release(self) -> None:
        """Close the driver and keep the child. Raises DeviceError."""
        if self.is_open:
            self._opened_in = None
            self._ask({"do": "close"}, self._terms.grace)

    def close(self) -> None:
        """End the child. A question on its way in another thread fails."""
        with self.turn(self._terms.grace / 2) as is_ours:
            self.leave() if is_ours else self._children.kill()

    def leave(self) -> None:
        """End the child, by whoever has the turn."""
        self._opened_in = None
        self._children.stop()

    def _ask(self, words: Mapping[str, object], patience: float) -> tuple[int, bytes]:
        self._job += 1
        with self._children.watched() as child:
            child.ask(json.dumps({**words, "job": self._job}).encode() + b"\n")
            heard = child.answer(self._job, patience, 0.0)
            if heard is None:  # the answer to a question given up came instead
                raise SilentError
            answer, content = heard
            if answer.trouble is not None:
                raise self._error(answer)
            return answer.status or 0, content

    def _error(self, answer: Answer) -> DeviceError:
        self._opened_in = None
        state, fault = _TROUBLES[answer.trouble or Trouble.CLOSED]
        return DeviceError(state, fault, device=self._name, reason=answer.detail)
