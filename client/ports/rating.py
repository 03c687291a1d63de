"""What the desk asks of a rating box (评价器): one grade that the citizen pressed, or none."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from client.ports.readiness import Readiness
from client.text import tr


class Grade(StrEnum):
    """The five grades of 好差评 (国办发〔2019〕51号), kept by name.

    Their numbers run from the best in GB/T 39046 A.8 and from the worst at the provinces' interface, so that each
    wire has its own.
    """

    VERY_SATISFIED = "very-satisfied"
    SATISFIED = "satisfied"
    FAIRLY_SATISFIED = "fairly-satisfied"
    DISSATISFIED = "dissatisfied"
    VERY_DISSATISFIED = "very-dissatisfied"

    @property
    def is_bad(self) -> bool:
        """Whether it is a 差评, for which the citizen is asked for reasons."""
        return self in (Grade.DISSATISFIED, Grade.VERY_DISSATISFIED)


GRADE_WORDS: Mapping[Grade, str] = MappingProxyType(
    {
        Grade.VERY_SATISFIED: tr("非常满意"),
        Grade.SATISFIED: tr("满意"),
        Grade.FAIRLY_SATISFIED: tr("基本满意"),
        Grade.DISSATISFIED: tr("不满意"),
        Grade.VERY_DISSATISFIED: tr("非常不满意"),
    }
)


class RatingBox(Protocol):
    """Five keys in front of the citizen."""

    name: str  # as the hall calls it, for errors

    def ask(self, is_taken_back: Callable[[], bool]) -> Grade | None:
        """Invite the citizen and wait a little for the first key.

        None where nobody pressed one: rating is voluntary, and silence is no grade. A key pressed before the invitation
        counts for nobody. Raises DeviceError, and Cancelled as soon as `is_taken_back` says so.
        """
        ...

    def check(self) -> Readiness:
        """How it stands, at once. Raises nothing."""
        ...

    def close(self) -> None:
        """Give the port back; a later question opens it again."""
        ...
