"""What a child says, cut out of its stream: lines of JSON, and behind a line the bytes it announces."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

LONGEST_LINE = 256 * 1024  # a list of scanners is the longest


class Said(Protocol):
    """One line as parsed: to which job it belongs, and how many bytes follow it."""

    @property
    def job(self) -> int: ...

    @property
    def length(self) -> int: ...


A = TypeVar("A", bound=Said)


class GarbledError(ValueError):
    """What came is none of our lines."""


class Answers(Generic[A]):
    """Cuts the stream; `parse` makes an answer of a line, or raises ValueError."""

    def __init__(self, parse: Callable[[bytes], A]) -> None:
        self._parse = parse
        self._stream = bytearray()
        self._head: A | None = None

    def feed(self, data: bytes) -> None:
        self._stream += data

    def take(self) -> tuple[A, bytes] | None:
        """The next whole answer, None while it is not all there. Raises GarbledError."""
        if self._head is None:
            self._head = self._take_line()
        if self._head is None or len(self._stream) < self._head.length:
            return None
        answer, self._head = self._head, None
        content = bytes(memoryview(self._stream)[: answer.length])
        del self._stream[: answer.length]
        return answer, content

    def _take_line(self) -> A | None:
        end = self._stream.find(b"\n", 0, LONGEST_LINE)
        if end < 0 and len(self._stream) >= LONGEST_LINE:
            raise GarbledError
        if end < 0:
            return None
        line = bytes(self._stream[:end])
        del self._stream[: end + 1]
        try:
            return self._parse(line)
        except ValueError:
            raise GarbledError from None  # its words would repeat what came
