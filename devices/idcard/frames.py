"""The frames of the SAM line protocol (GA 467), as pure functions: bytes in, payloads out.

`AA AA AA 96 69 | length, 2 bytes big-endian | payload | checksum`: the length counts payload and checksum, the
checksum is the XOR of length and payload. Makers vary the frame round the same payload: a `Dialect` says how.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import xor
from types import MappingProxyType

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
STATUS = b"\x11\xff"
SAM_ID = b"\x12\xff"
FIND = b"\x20\x01"
SELECT = b"\x20\x02"
READ_BASE = b"\x30\x01"
READ_ADDRESS = b"\x30\x03"

_LENGTH = 2  # bytes of the length field
_LONGEST = 4096  # the longest known reply (text, photo, fingerprint) has 2,314; more is a length gone wrong


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one family of readers frames commands and replies.

    `request` and `reply` begin a frame; the rest is about replies. `status_length` bytes of status stand before the
    data, the last of them counts, and `statuses` puts a maker's own ones into the standard's. Without `tells_lengths`
    a document comes without the lengths of its parts: 256 bytes of text, and the photo.
    """

    name: str
    request: bytes
    reply: bytes
    length_counts_itself: bool = False
    status_length: int = 3
    statuses: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    tells_lengths: bool = True

    def end_of(self, frame: bytes) -> int:
        """Where the frame at the beginning of `frame` ends, by its length field."""
        after = len(self.reply) + _LENGTH
        counted = int.from_bytes(frame[len(self.reply) : after], "big")
        return counted + (len(self.reply) if self.length_counts_itself else after)


SAM = Dialect("sam", PREAMBLE, PREAMBLE)


@dataclass(frozen=True, slots=True)
class Cut:
    """What was found in a stream: a payload if a sound frame was there, and the bytes that come after.

    `is_broken` tells that a whole frame with a wrong length or checksum was passed over.
    """

    payload: bytes | None
    rest: bytes
    is_broken: bool = False
    dialect: Dialect = SAM


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply of the SAM: the status SW3 and the data behind it."""

    status: int
    data: bytes


def encode(payload: bytes, dialect: Dialect = SAM) -> bytes:
    """One command as it goes to the reader."""
    return _framed(dialect.request, payload)


def encode_reply(reply: Reply, dialect: Dialect = SAM) -> bytes:
    """One reply as it comes from the reader."""
    own = {standard: status for status, standard in dialect.statuses.items()}
    status = bytes(dialect.status_length - 1) + bytes((own.get(reply.status, reply.status),))
    return _framed(dialect.reply, status + reply.data, counts_itself=dialect.length_counts_itself)


def decode_reply(payload: bytes, dialect: Dialect = SAM) -> Reply | None:
    """None for a payload too short to hold a status."""
    if len(payload) < dialect.status_length:
        return None
    status = payload[dialect.status_length - 1]
    return Reply(dialect.statuses.get(status, status), payload[dialect.status_length :])


def cut(stream: bytes, dialects: Sequence[Dialect] = (SAM,)) -> Cut:
    """Take the first sound frame out of `stream`, skipping noise and broken frames before it.

    Without one, `rest` is what may still become a frame when more bytes come.
    """
    is_broken = False
    while (begun := _first_start(stream, dialects)) is not None:
        start, dialect = begun
        stream = stream[start:]
        header = len(dialect.reply) + _LENGTH
        end = dialect.end_of(stream)
        if len(stream) < header or len(stream) < end <= header + _LONGEST:
            return Cut(None, stream, is_broken)
        body = stream[len(dialect.reply) : end - 1]
        shortest = header + 3  # two bytes of command, or of status; and the checksum
        if shortest <= end <= header + _LONGEST and _checksum(body) == stream[end - 1]:
            return Cut(body[_LENGTH:], stream[end:], is_broken, dialect)
        is_broken = True
        stream = stream[len(dialect.reply) :]
    return Cut(None, _possible_start(stream, dialects), is_broken)


def _framed(start: bytes, payload: bytes, *, counts_itself: bool = False) -> bytes:
    length = len(payload) + 1 + (_LENGTH if counts_itself else 0)
    body = length.to_bytes(_LENGTH, "big") + payload
    return start + body + bytes((_checksum(body),))


def _first_start(stream: bytes, dialects: Sequence[Dialect]) -> tuple[int, Dialect] | None:
    starts = [(stream.find(dialect.reply), dialect) for dialect in dialects]
    return min((begun for begun in starts if begun[0] >= 0), key=lambda begun: begun[0], default=None)


def _checksum(body: bytes) -> int:
    return reduce(xor, body, 0)


def _possible_start(stream: bytes, dialects: Sequence[Dialect]) -> bytes:
    """The end of `stream` that may be the beginning of a frame."""
    longest = max(len(dialect.reply) for dialect in dialects)
    for length in range(min(len(stream), longest - 1), 0, -1):
        if any(len(dialect.reply) > length and dialect.reply.startswith(stream[-length:]) for dialect in dialects):
            return stream[-length:]
    return b""
