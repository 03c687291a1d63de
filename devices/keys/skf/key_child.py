"""The child that holds an SKF library, as the window asks it; its troubles become ours here."""

import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, NonNegativeInt

from client.errors import DeviceError, DeviceState, Fault
from client.program import own_program
from devices.children.supervised import ChildFaults, Supervised
from devices.keys.key_child import KeyChild, Terms
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


def library_child(name: str, driver: Mapping[str, object], terms: Terms) -> KeyChild[Answer]:
    """The child for the keys behind the library that `driver` names."""
    return KeyChild(name, supervised(name, "key process", terms), terms, driver)
