"""What the world does to us, in sentences: what happened, to what, what to do now, who can help.

An error carries a `Fault` (code, marked title and advice) and the parameters of its places; only the face
paints it. Everything that is not a `DeskError` is a bug of ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from client.text import chinese, source_of


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that can go wrong: its stable code, and what a clerk reads.

    `title` says what happened, `advice` what to do now and who can help. Both are templates marked
    with `client.text.tr`; `{name}` places are filled from the error's parameters.
    """

    code: str
    title: str
    advice: str


class DeskError(Exception):
    """Root of everything the world does to us. Parameters never hold personal data: they may be logged."""

    def __init__(self, fault: Fault, **parameters: object) -> None:
        super().__init__(fault.code)
        self.fault = fault
        self.parameters: Mapping[str, object] = MappingProxyType(parameters)

    @property
    def code(self) -> str:
        return self.fault.code

    @property
    def title(self) -> str:
        return self.fault.title.format_map(self.parameters)

    @property
    def advice(self) -> str:
        return self.fault.advice.format_map(self.parameters)

    @property
    def kept_title(self) -> str:
        """The title in Chinese, whatever the window speaks: for the store, the log and the platform."""
        return self._kept(self.fault.title)

    @property
    def kept_advice(self) -> str:
        """The advice, likewise."""
        return self._kept(self.fault.advice)

    def __str__(self) -> str:
        return f"{self.code} {self.kept_title}"

    def _kept(self, template: str) -> str:
        return source_of(template).format_map({name: _source(value) for name, value in self.parameters.items()})


def _source(value: object) -> object:
    return source_of(value) if isinstance(value, str) else value


class CaseError(DeskError):
    """The regulation or the case itself says no; nothing was written."""


class RightsError(DeskError):
    """This person may not do this, or not alone."""


class DeviceState(StrEnum):
    """The closed list of ways a device can fail; each library's errors are translated into it at one border."""

    ABSENT = "absent"
    BUSY = "busy"
    JAMMED = "jammed"
    OUT_OF_PAPER = "out_of_paper"
    COVER_OPEN = "cover_open"
    UNREADABLE = "unreadable"
    TIMED_OUT = "timed_out"
    LOCKED = "locked"
    UNSUPPORTED = "unsupported"


class DeviceError(DeskError):
    """A device failed; `device` (its name in the hall) is always among the parameters."""

    def __init__(self, state: DeviceState, fault: Fault, *, device: str, **parameters: object) -> None:
        super().__init__(fault, device=device, **parameters)
        self.state = state


class StoreError(DeskError):
    """The local memory is busy, full, locked, corrupt or too new; what was committed before is safe."""


class FileLost(StoreError):  # noqa: N818 - says what became of one file; the memory itself is sound
    """One sealed file is missing or damaged: no later try brings it back, all else is as it was."""


class PlatformError(DeskError):
    """The platform is unreachable, has signed us out, or refused; unsent work stays in the outbox."""


CANCELLED = Fault("CASE-901", chinese("已取消"), chinese("需要时可以再来一次"))


class Cancelled(DeskError):  # noqa: N818 - nothing is wrong: a person took it back
    """The person took it back; nothing is shown and nothing is logged."""

    def __init__(self) -> None:
        super().__init__(CANCELLED)
