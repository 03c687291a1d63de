"""DER as cards hold it (X.690): elements one after another, read once, bounded, and never trusted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from devices.keys.pcsc.troubles import MalformedError

INTEGER: Final = 0x02
BITS: Final = 0x03
OCTETS: Final = 0x04
OBJECT_ID: Final = 0x06
ENUMERATED: Final = 0x0A
UTF8: Final = 0x0C
SEQUENCE: Final = 0x30

_FILLERS = (0x00, 0xFF)  # what fills a file up behind its last element
_LONG_TAG = 0x1F
_MOST_LENGTH_BYTES = 3
_MOST_INTEGER = 8  # bytes


@dataclass(frozen=True, slots=True)
class Tlv:
    """One element: its tag of one byte, and what is in it."""

    tag: int
    content: bytes


def elements(content: bytes) -> Sequence[Tlv]:
    """All elements of a file or of another element, up to what fills it. Raises MalformedError."""
    return tuple(_elements(content))


def first_sequence(content: bytes) -> bytes:
    """The SEQUENCE a file begins with, without what fills it up; empty where there is none, or not all of it."""
    try:
        start, length = _head(content, 0)
    except MalformedError:
        return b""
    return content[: start + length] if content[0] == SEQUENCE and len(content) >= start + length else b""


def number(content: bytes) -> int:
    """An INTEGER or ENUMERATED that is not negative. Raises MalformedError."""
    if not 0 < len(content) <= _MOST_INTEGER or content[0] & 0x80:
        raise MalformedError("integer")
    return int.from_bytes(content, "big")


def bits(content: bytes) -> frozenset[int]:
    """Numbers of the bits that are set, from the first. Raises MalformedError."""
    if not content or content[0] > 7:  # noqa: PLR2004 - unused bits of a byte (X.690, 8.6.2)
        raise MalformedError("bit string")
    count = (len(content) - 1) * 8 - content[0]
    return frozenset(at for at in range(count) if content[1 + at // 8] >> (7 - at % 8) & 1)


class Fields:
    """The elements of a SEQUENCE, taken in order; what may be left out is asked for by its tag."""

    def __init__(self, content: bytes) -> None:
        self._rest = list(elements(content))

    def take(self, tag: int) -> bytes:
        """The next. Raises MalformedError where it is another."""
        found = self.maybe(tag)
        if found is None:
            raise MalformedError(f"tag {tag:02X}")
        return found

    def maybe(self, tag: int) -> bytes | None:
        """The next where it is one of this tag, else None."""
        return self._rest.pop(0).content if self._rest and self._rest[0].tag == tag else None

    def find(self, tag: int) -> bytes | None:
        """The first of this tag wherever it stands."""
        return next((each.content for each in self._rest if each.tag == tag), None)


def _elements(content: bytes) -> Iterator[Tlv]:
    at = 0
    while at < len(content) and content[at] not in _FILLERS:
        start, length = _head(content, at)
        if start + length > len(content):
            raise MalformedError("cut short")
        yield Tlv(content[at], content[start : start + length])
        at = start + length


def _head(content: bytes, at: int) -> tuple[int, int]:
    """Where an element's content begins, and its length."""
    if len(content) < at + 2 or content[at] & _LONG_TAG == _LONG_TAG:
        raise MalformedError("head")
    first = content[at + 1]
    if first < 0x80:  # noqa: PLR2004 - the short form (X.690, 8.1.3.4)
        return at + 2, first
    count = first & 0x7F
    if not 0 < count <= _MOST_LENGTH_BYTES or len(content) < at + 2 + count:
        raise MalformedError("length")
    return at + 2 + count, int.from_bytes(content[at + 2 : at + 2 + count], "big")
