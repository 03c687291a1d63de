"""The frames of the SAM line protocol (GA 467), as pure functions: bytes in, payloads out.

`AA AA AA 96 69 | length, 2 bytes big-endian | payload | checksum`: the length counts payload and checksum, the
checksum is the XOR of length and payload.
"""

from dataclasses import dataclass
from functools import reduce
from operator import xor

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
FIND = b"\x20\x01"
SELECT = b"\x20\x02"
READ_BASE = b"\x30\x01"
READ_ADDRESS = b"\x30\x03"

_HEADER = len(PREAMBLE) + 2
_FIRST_END = _HEADER + 3  # two bytes of command, or three of status; and the checksum
_LAST_END = _HEADER + 4096  # the longest known reply (text, photo, fingerprint) has 2,314; more is a length gone wrong


@dataclass(frozen=True, slots=True)
class Cut:
    """What was found in a stream: a payload if a sound frame was there, and the bytes that come after.

    `is_broken` tells that a whole frame with a wrong length or checksum was passed over.
    """

    payload: bytes | None
    rest: bytes
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply of the SAM: the status SW3 and the data behind it."""

    status: int
    data: bytes


def encode(payload: bytes) -> bytes:
    """One frame, in either direction."""
    body = (len(payload) + 1).to_bytes(2, "big") + payload
    return PREAMBLE + body + bytes((_checksum(body),))


def encode_reply(reply: Reply) -> bytes:
    return encode(bytes((0, 0, reply.status)) + reply.data)


def decode_reply(payload: bytes) -> Reply | None:
    """None for a payload too short to hold a status."""
    return Reply(payload[2], payload[3:]) if len(payload) >= 3 else None  # noqa: PLR2004 - SW1 SW2 SW3


def cut(stream: bytes) -> Cut:
    """Take the first sound frame out of `stream`, skipping noise and broken frames before it.

    Without one, `rest` is what may still become a frame when more bytes come.
    """
    is_broken = False
    while (start := stream.find(PREAMBLE)) >= 0:
        stream = stream[start:]
        end = _HEADER + int.from_bytes(stream[len(PREAMBLE) : _HEADER], "big")
        if len(stream) < _HEADER or len(stream) < end <= _LAST_END:
            return Cut(None, stream, is_broken)
        body = stream[len(PREAMBLE) : end - 1]
        if _FIRST_END <= end <= _LAST_END and _checksum(body) == stream[end - 1]:
            return Cut(body[2:], stream[end:], is_broken)
        is_broken = True
        stream = stream[len(PREAMBLE) :]
    return Cut(None, _possible_start(stream), is_broken)


def _checksum(body: bytes) -> int:
    return reduce(xor, body, 0)


def _possible_start(stream: bytes) -> bytes:
    """The end of `stream` that may be the beginning of a preamble."""
    for length in range(min(len(stream), len(PREAMBLE) - 1), 0, -1):
        if PREAMBLE.startswith(stream[-length:]):
            return stream[-length:]
    return b""
