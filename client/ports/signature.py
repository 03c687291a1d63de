"""What the desk asks of a signature pad: the strokes of one hand, or none."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from client.ports.readiness import Readiness


@dataclass(frozen=True, slots=True)
class Touch:
    """Where the pen was: hundredths of a millimetre from the upper left corner, milliseconds since the first touch."""

    x: int
    y: int
    pressure: float  # 0 to 1; 1 where the pad cannot tell
    at: int


Stroke = tuple[Touch, ...]
"""From where the pen came down to where it was lifted."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as it was written on a pad of `width` × `height` hundredths of a millimetre.

    Only the pad's size is in its repr: how a person writes is personal, and never logged.
    """

    width: int
    height: int
    strokes: tuple[Stroke, ...] = field(repr=False)


class SignaturePad(Protocol):
    """A pad or a second screen with a pen in front of the citizen."""

    name: str  # as the hall calls it, for errors

    def sign(self, words: str, is_taken_back: Callable[[], bool]) -> Signature | None:
        """Show what is signed and wait for a signature that the citizen confirms; None where the citizen declines.

        Raises DeviceError, and Cancelled as soon as `is_taken_back` says so.
        """
        ...

    def check(self) -> Readiness:
        """How it stands, at once. Raises nothing."""
        ...

    def close(self) -> None:
        """Give the pad back; a later signature opens it again."""
        ...
