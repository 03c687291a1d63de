"""The reader's side of the SAM protocol, without a line: a command goes in, what the reader would send comes out.

It can be told to fail at any step in any way a real reader has been seen to fail.
"""

import random
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from devices.idcard import faults
from devices.idcard.cards import SampleCard, address_block, text_block
from devices.idcard.frames import (
    FIND,
    READ_ADDRESS,
    READ_BASE,
    SAM,
    SAM_ID,
    SELECT,
    STATUS,
    Dialect,
    Reply,
    encode_reply,
)


class Step(StrEnum):
    """The steps of a reading, each a command."""

    PROBE = "probe"  # is it there, at this speed
    FIND = "find"
    SELECT = "select"
    READ = "read"
    ADDRESS = "address"


class How(StrEnum):
    """The ways a step can fail."""

    ABSENT = "absent"  # the step's own refusal: no card, not selected, not read
    STALL = "stall"  # no answer
    SLOW = "slow"  # the right answer in small pieces
    GARBAGE = "garbage"  # noise and nothing else
    NOISE = "noise"  # noise, then the right answer
    CHECKSUM = "checksum"
    TRUNCATED = "truncated"
    SHORT = "short"  # a sound frame with half of the data
    LONG = "long"  # a sound frame with more data than asked for
    TWICE = "twice"  # the right answer, and again
    ORDER = "order"  # a sound answer, to another command
    STATUS = "status"  # another status, given as status=41
    REMOVED = "removed"  # the card is taken away at this moment
    UNPLUG = "unplug"  # the reader's cable is pulled


@dataclass(frozen=True, slots=True)
class Failure:
    """A failure on order; `times` counts how often it happens, None is always."""

    step: Step
    how: How
    status: int = 0x41
    times: int | None = None

    @classmethod
    def parse(cls, order: str) -> "Failure":
        """From STEP:HOW, such as read:garbage, find:status=66, or read:checksum*1 for once. Raises ValueError."""
        parts = re.fullmatch(r"(\w+):(\w+)(?:=([0-9A-Fa-f]{2}))?(?:\*([0-9]+))?", order)
        if parts is None:
            message = f"{order!r} is not STEP:HOW, STEP:status=XX or STEP:HOW*TIMES"
            raise ValueError(message)
        step, how, status, times = parts.groups()
        return cls(Step(step), How(how), int(status or "41", 16), int(times) if times else None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes out on the line: the bytes, whether in small pieces, and whether the cable is pulled instead."""

    data: bytes = b""
    is_slow: bool = False
    is_unplugged: bool = False


_STEPS = {STATUS: Step.PROBE, FIND: Step.FIND, SELECT: Step.SELECT, READ_BASE: Step.READ, READ_ADDRESS: Step.ADDRESS}
_REFUSALS = {Step.PROBE: 0x60, Step.FIND: 0x80, Step.SELECT: 0x81, Step.READ: 0x41, Step.ADDRESS: 0x41}
_RESET = b"\x10\xff"
_SAMPLE_ID = struct.pack("<HHIII", 5, 3, 20090101, 123456, 123456789)
_PRINTS = bytes(1024)  # in the place of two fingerprints
_UNKNOWN_COMMAND = 0x21


@dataclass(slots=True)
class SimulatedSam:
    """The state of a SAM and its field: which card lies there and how far the reading has come.

    A card that was read is not found again until it was lifted, as with the real thing. With `sends_prints` it adds
    fingerprints to a reading, which nobody asked for.
    """

    card: SampleCard | None
    failures: Iterable[Failure] = ()
    dialect: Dialect = SAM
    sends_prints: bool = False
    _left: dict[Failure, int] = field(default_factory=dict)
    _was_read: bool = False
    _reached: Step | None = None

    def __post_init__(self) -> None:
        self._left = {failure: failure.times for failure in self.failures if failure.times is not None}

    @property
    def was_read(self) -> bool:
        """Whether the card in the field has been read already."""
        return self._was_read

    def place(self, card: SampleCard | None) -> None:
        """Put a card into the field, or lift the one that is there."""
        self.card, self._was_read, self._reached = card, False, None

    def answer(self, command: bytes) -> Answer:
        """What a command (the payload of a frame) is answered with."""
        if command in (_RESET, SAM_ID):
            return Answer(self._frame(Reply(faults.OK, _SAMPLE_ID if command == SAM_ID else b"")))
        step = _STEPS.get(command)
        if step is None:
            return Answer(self._frame(Reply(_UNKNOWN_COMMAND, b"")))
        failure = self._due(step)
        if failure is None:
            return Answer(self._frame(self._reply(step)))
        if failure.how is How.REMOVED:
            self.place(None)
        if failure.how in (How.ABSENT, How.STATUS):
            status = failure.status if failure.how is How.STATUS else _REFUSALS[step]
            return Answer(self._frame(Reply(status, b"")))
        return self._failed(self._reply(step), failure.how)

    def _due(self, step: Step) -> Failure | None:
        for failure in self.failures:
            if failure.step is step and self._left.get(failure, 1) > 0:
                if failure in self._left:
                    self._left[failure] -= 1
                return failure
        return None

    def _reply(self, step: Step) -> Reply:
        if step is Step.PROBE:
            return Reply(faults.OK, b"")
        if self.card is None or not self._may(step):
            return Reply(_REFUSALS[step], b"")
        self._reached = step
        return self._of_card(step, self.card)

    def _of_card(self, step: Step, card: SampleCard) -> Reply:
        if step is Step.FIND:
            return Reply(faults.FOUND, bytes(4))
        if step is Step.SELECT:
            return Reply(faults.OK, bytes(8))
        if step is Step.READ:
            self._was_read = True
            return Reply(faults.OK, self._document(card))
        if card.newer_address is None:
            return Reply(faults.NO_SUCH_ITEM, b"")
        return Reply(faults.OK, address_block(card.newer_address))

    def _may(self, step: Step) -> bool:
        if step is Step.FIND:
            return not self._was_read
        if step is Step.SELECT:
            return self._reached in (Step.FIND, Step.SELECT)  # its answer may have been lost
        return self._reached in (Step.SELECT, Step.READ, Step.ADDRESS)

    def _document(self, card: SampleCard) -> bytes:
        parts = [text_block(card), card.photo, *([_PRINTS] if self.sends_prints else [])]
        lengths = [len(part).to_bytes(2, "big") for part in parts] if self.dialect.tells_lengths else []
        return b"".join([*lengths, *parts])

    def _frame(self, reply: Reply) -> bytes:
        return encode_reply(reply, self.dialect)

    def _failed(self, reply: Reply, how: How) -> Answer:
        frame = self._frame(reply)
        noise = random.Random(0).randbytes(200)  # noqa: S311 - noise, and the same at every run
        stray = Reply(faults.OK if reply.status == faults.FOUND else faults.FOUND, bytes(4))
        spoilt = {
            How.STALL: b"",
            How.GARBAGE: noise,
            How.NOISE: noise + frame,
            How.CHECKSUM: frame[:-1] + bytes((frame[-1] ^ 0xFF,)),
            How.TRUNCATED: frame[: len(frame) // 2],
            How.SHORT: self._frame(Reply(reply.status, reply.data[: len(reply.data) // 2])),
            How.LONG: self._frame(Reply(reply.status, reply.data + noise)),
            How.TWICE: frame + frame,
            How.ORDER: self._frame(stray),
            How.UNPLUG: b"",
        }
        return Answer(spoilt.get(how, frame), is_slow=how is How.SLOW, is_unplugged=how is How.UNPLUG)
