"""The child that speaks to cards; its troubles become ours here."""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from client.errors import DeviceError
from client.program import own_program
from devices.children.supervised import ChildFaults, Supervised
from devices.keys.key_child import KeyChild, Terms
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

    def failure(self, device: str) -> DeviceError | None:
        """What went wrong, in our words; None where nothing did."""
        return None if self.trouble is None else faults.error_of(self.trouble, device, self.detail, self.tries)


def card_child(name: str, terms: Terms) -> KeyChild[Answer]:
    """The child for the keys in all readers of this machine."""
    command = terms.command or (*own_program(), "pcsc-child")
    parse = Answer.model_validate_json
    return KeyChild(name, Supervised(name, "smart cards", command, parse, _CHILD_FAULTS, terms.limits), terms)
