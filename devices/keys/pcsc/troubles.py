"""How a card fails a step, in the one closed list that crosses the pipe to the window."""

from enum import StrEnum


class Trouble(StrEnum):
    """What became of a step. The window's words for each are in `faults`."""

    NO_SERVICE = "no-service"
    NO_KEY = "no-key"
    PULLED = "pulled"
    TAKEN = "taken"
    MUTE = "mute"
    GARBLED = "garbled"
    REFUSED = "refused"
    NO_CERTIFICATE = "no-certificate"
    PIN = "pin"
    PIN_LOCKED = "pin-locked"
    PIN_SHAPE = "pin-shape"


class CardError(Exception):
    """A step failed: `detail` names step and status, `tries` are those a PIN has left, where the card told."""

    def __init__(self, trouble: Trouble, detail: str = "", tries: int | None = None) -> None:
        super().__init__(f"{trouble} {detail}")
        self.trouble = trouble
        self.detail = detail
        self.tries = tries


class MalformedError(ValueError):
    """What came from a card is not what its standard says."""
