"""Commands to a card and its answers (ISO/IEC 7816-4), short APDUs alone: every card and every reader takes those."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from devices.keys.pcsc.troubles import MalformedError

Transmit = Callable[[bytes | bytearray], bytes]
"""One APDU to the card, and its answer. What it was given is overwritten by whoever made it."""

OK: Final = 0x9000
BLOCKED: Final = 0x6983
ENDS_EARLIER: Final = 0x6282  # the end of the file came before the end of what was asked for
WRONG_OFFSET: Final = 0x6B00
NOT_FOUND: Final = (0x6A82, 0x6A83, 0x6A87, 0x6A88)
NOT_SO: Final = (0x6A86, 0x6B00)  # P1 and P2 are not taken

SELECT, READ_BINARY, VERIFY, MANAGE, SIGN, GET_RESPONSE = 0xA4, 0xB0, 0x20, 0x22, 0x2A, 0xC0

_PIECE = 255  # bytes of data a short command holds
_ALL = 256  # bytes a short command may ask for
_MOST_ANSWER = 1 << 16
_CHAINED = 0x10  # in the class byte: more of this command comes
_MORE, _OTHER_LENGTH, _COUNTER = 0x61, 0x6C, 0x63C0
_STATUS = 2  # bytes


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `expects`: the most bytes of an answer, None where none is wanted."""

    ins: int
    p1: int
    p2: int
    data: bytes = b""
    expects: int | None = None

    def pieces(self) -> Iterator[bytes]:
        """The APDUs it takes: data of more than 255 bytes goes in a chain."""
        rest = self.data
        while len(rest) > _PIECE:
            yield bytes((_CHAINED, self.ins, self.p1, self.p2, _PIECE)) + rest[:_PIECE]
            rest = rest[_PIECE:]
        head = bytes((0, self.ins, self.p1, self.p2))
        length = bytes([len(rest)]) if rest else b""
        yield head + length + rest + (b"" if self.expects is None else bytes([self.expects % _ALL]))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a card said, and its status word."""

    data: bytes
    word: int

    @property
    def tries_left(self) -> int | None:
        """Of a PIN, where the word tells it."""
        if self.word == BLOCKED:
            return 0
        return self.word & 0xF if self.word & 0xFFF0 == _COUNTER else None


def exchanged(transmit: Transmit, command: Command) -> Answer:
    """The whole answer, fetched in as many pieces as the card makes of it. Raises MalformedError."""
    answer = Answer(b"", OK)
    for piece in command.pieces():
        answer = _answer(transmit(piece))
        if command.expects is not None and answer.word >> 8 == _OTHER_LENGTH:  # the length it wants to be asked for
            answer = _answer(transmit(piece[:-1] + bytes([answer.word & 0xFF])))
        if answer.word != OK:
            break
    return _collected(transmit, answer)


def said(transmit: Transmit, apdu: bytearray) -> Answer:
    """The answer to an APDU that holds a secret. It is overwritten whatever comes. Raises MalformedError."""
    try:
        return _answer(transmit(apdu))
    finally:
        apdu[:] = bytes(len(apdu))


def _collected(transmit: Transmit, answer: Answer) -> Answer:
    data = answer.data
    while answer.word >> 8 == _MORE:
        answer = _answer(transmit(bytes((0, GET_RESPONSE, 0, 0, answer.word & 0xFF))))
        data += answer.data
        if not answer.data or len(data) > _MOST_ANSWER:
            raise MalformedError("answer")
    return Answer(data, answer.word)


def _answer(content: bytes) -> Answer:
    if not _STATUS <= len(content) <= _MOST_ANSWER:
        raise MalformedError("status")
    return Answer(content[:-_STATUS], int.from_bytes(content[-_STATUS:], "big"))
