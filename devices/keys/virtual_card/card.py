"""The virtual card itself: commands in, answers out (ISO/IEC 7816-4, -8). It knows no reader and no line."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from devices.keys.virtual_card import layout
from devices.keys.virtual_card.secrets import CardKey

PIN: Final = b"123456"
TRIES: Final = 6
ATR: Final = bytes.fromhex("3B8A80014A59494348554147")  # T=0 and T=1, ten historical bytes; `atr` puts the sum behind

_OK, _MORE = 0x9000, 0x6100
_WRONG_LENGTH, _NOT_ALLOWED, _BLOCKED, _NOT_SO = 0x6700, 0x6982, 0x6983, 0x6985
_WRONG_DATA, _NO_FILE, _WRONG_PLACE, _UNKNOWN_KEY = 0x6A80, 0x6A82, 0x6B00, 0x6A88
_ENDS_EARLIER, _UNKNOWN, _COUNTER = 0x6282, 0x6D00, 0x63C0
_CHAINED, _FORGET = 0x10, 0xFF
_HEAD = 4
_ALL = 256


class Step(StrEnum):
    """Where a failure can be ordered."""

    SELECT = "select"
    READ = "read"
    VERIFY = "verify"
    MANAGE = "manage"
    SIGN = "sign"


class PulledError(Exception):
    """The card was ordered to be pulled out."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What goes wrong at the next `step`, and `times - 1` times after it.

    `how`: pull, hang, short, long, garbage, wrong (a signature), or four hex digits of a status word.
    """

    step: Step
    how: str
    times: int = 1

    @classmethod
    def parse(cls, order: str) -> "Failure":
        """`STEP:HOW` or `STEP:HOW*TIMES`. Raises ValueError."""
        step, _, rest = order.partition(":")
        how, _, times = rest.partition("*")
        if how not in _HOWS and len(bytes.fromhex(how)) != 2:  # noqa: PLR2004 - a status word
            raise ValueError(order)
        return cls(Step(step), how, int(times or 1))


_HOWS = ("pull", "hang", "short", "long", "garbage", "wrong")


class VirtualCard:
    """A card with these keys behind one PIN. `files` may be changed by whoever wants them wrong."""

    def __init__(
        self,
        keys: Sequence[CardKey],
        *,
        label: str = "训练用智能卡",
        serial: bytes = b"\x59\x43\x00\x01",
        pin: bytes = PIN,
        tries: int = TRIES,
    ) -> None:
        self.files = dict(layout.files(keys, label, serial))
        self.tries = tries
        self.asked: list[int] = []  # instructions, as they came
        self.released = threading.Event()
        self._keys = tuple(keys)
        self._pin, self._most_tries = pin, tries
        self._failure: Failure | None = None
        self._acts: Mapping[int, tuple[Step | None, Callable[[int, int, bytes], tuple[bytes, int]]]] = {
            0xA4: (Step.SELECT, self._select),
            0xB0: (Step.READ, self._read),
            0x20: (Step.VERIFY, self._verify),
            0x22: (Step.MANAGE, self._manage),
            0x2A: (Step.SIGN, self._sign),
        }
        self.reset()

    def fail(self, failure: Failure | None) -> None:
        self._failure = failure

    def reset(self) -> None:
        """As after power: nothing is selected, no PIN was right."""
        self._folder, self._file = layout.ROOT, b""
        self._is_open = False
        self._key: CardKey | None = None
        self._chain, self._waiting = b"", b""

    def answer(self, command: bytes) -> bytes:
        """The answer to one APDU. Raises PulledError where that was ordered."""
        if len(command) < _HEAD:
            return _WRONG_LENGTH.to_bytes(2, "big")
        cla, ins, p1, p2 = command[:_HEAD]
        data, expects = _parted(command[_HEAD:])
        self.asked.append(ins)
        if ins == 0xC0:  # noqa: PLR2004 - GET RESPONSE
            return self._given(self._waiting, _OK, expects)
        if cla & _CHAINED:
            self._chain += data
            return _OK.to_bytes(2, "big")
        data, self._chain = self._chain + data, b""
        if ins not in self._acts:
            return _UNKNOWN.to_bytes(2, "big")
        step, act = self._acts[ins]
        how = self._how(step)
        content, word = act(p1, p2, data) if ins != 0xB0 else self._read(p1, p2, (expects or 0).to_bytes(2, "big"))  # noqa: PLR2004 - READ BINARY wants to know how much
        answer = self._given(content, word, expects)
        return answer if how is None else self._spoilt(answer, how)

    def _how(self, step: Step | None) -> str | None:
        failure = self._failure
        if failure is None or failure.step is not step:
            return None
        self._failure = Failure(failure.step, failure.how, failure.times - 1) if failure.times > 1 else None
        if failure.how == "pull":
            raise PulledError
        if failure.how == "hang":
            self.released.wait()
            raise PulledError
        return failure.how

    def _spoilt(self, answer: bytes, how: str) -> bytes:
        if how == "short":
            return answer[-1:]
        if how == "long":
            return bytes(300) + answer
        if how == "garbage":
            return bytes(0x5A ^ each for each in answer[:-2]) + answer[-2:]
        if how == "wrong":  # another number where the signature's last stood, also in what GET RESPONSE fetches
            self._waiting = self._waiting[:-1] + bytes([self._waiting[-1] ^ 1]) if self._waiting else b""
            return answer[:-3] + bytes([answer[-3] ^ 1]) + answer[-2:] if len(answer) > 2 else answer  # noqa: PLR2004 - a status word alone
        return bytes.fromhex(how)

    def _given(self, content: bytes, word: int, expects: int | None) -> bytes:
        """As much as was asked for; the rest waits for GET RESPONSE."""
        if not content or word not in (_OK, _ENDS_EARLIER):
            return word.to_bytes(2, "big")
        now, self._waiting = content[: expects or 0], content[expects or 0 :]
        left = len(self._waiting)
        return now + ((_MORE | min(left, _ALL) % _ALL).to_bytes(2, "big") if left else word.to_bytes(2, "big"))

    def _select(self, how: int, p2: int, name: bytes) -> tuple[bytes, int]:
        paths = {
            0x00: [self._folder + name, layout.ROOT + name] if name != layout.ROOT else [layout.ROOT],
            0x04: [layout.APPLICATION] if name == layout.APPLICATION_NAME else [],
            0x08: [layout.ROOT + name],
            0x09: [self._folder + name],
        }.get(how, [])
        known = [*layout.folders(), *self.files]
        path = next((each for each in paths if each in known), None)
        if path is None:
            return b"", _NO_FILE
        is_folder = path in layout.folders()
        self._folder, self._file = (path, b"") if is_folder else (path[:-2], path)
        wants_none = p2 & 0x0C == 0x0C  # noqa: PLR2004 - P2 as ISO/IEC 7816-4, 11.2.2 has it
        return b"" if wants_none else layout.control(path, None if is_folder else self.files[path]), _OK

    def _read(self, p1: int, p2: int, expects: bytes) -> tuple[bytes, int]:
        at, wanted = p1 << 8 | p2, int.from_bytes(expects, "big")
        if not self._file:
            return b"", 0x6986  # no file is selected
        content = self.files[self._file]
        if at >= len(content):
            return b"", _WRONG_PLACE
        piece = content[at : at + wanted]
        return piece, _OK if len(piece) == wanted or wanted == _ALL else _ENDS_EARLIER

    def _verify(self, p1: int, p2: int, given: bytes) -> tuple[bytes, int]:
        if p2 != layout.PIN_REFERENCE:
            return b"", _UNKNOWN_KEY
        if p1 == _FORGET:
            self._is_open = False
            return b"", _OK
        if self.tries == 0:
            return b"", _BLOCKED
        if not given:
            return b"", _OK if self._is_open else _COUNTER | self.tries
        if len(given) != layout.PIN_STORED:
            return b"", _WRONG_LENGTH
        self._is_open = given == self._pin.ljust(layout.PIN_STORED, bytes([layout.PIN_FILLER]))
        self.tries = self._most_tries if self._is_open else self.tries - 1
        return b"", _OK if self._is_open else _COUNTER | self.tries if self.tries else _BLOCKED

    def _manage(self, p1: int, p2: int, given: bytes) -> tuple[bytes, int]:
        """MANAGE SECURITY ENVIRONMENT: SET for signatures; of its parts the key's reference counts."""
        if (p1 & 0xF, p2) != (1, 0xB6):
            return b"", _WRONG_DATA
        parts = dict(_parts(given))
        reference = parts.get(0x84, b"")[-1:] or b"\0"
        if not 0 < reference[0] <= len(self._keys):
            return b"", _UNKNOWN_KEY
        self._key = self._keys[reference[0] - 1]
        return b"", _OK

    def _sign(self, p1: int, p2: int, given: bytes) -> tuple[bytes, int]:
        if (p1, p2) != (0x9E, 0x9A) or self._key is None:
            return b"", _NOT_SO
        if not self._is_open:
            return b"", _NOT_ALLOWED
        try:
            return self._key.sign(given), _OK
        except ValueError:
            return b"", _WRONG_DATA


def atr() -> bytes:
    """What the card says when it is given power, with its check sum."""
    total = 0
    for each in ATR[1:]:
        total ^= each
    return ATR + bytes([total])


def _parted(body: bytes) -> tuple[bytes, int | None]:
    """Data, and how much of an answer is wanted (short APDUs)."""
    if not body:
        return b"", None
    if len(body) == 1:
        return b"", body[0] or _ALL
    length = body[0]
    rest = body[1 + length :]
    return body[1 : 1 + length], (rest[0] or _ALL) if rest else None


def _parts(given: bytes) -> list[tuple[int, bytes]]:
    found, at = [], 0
    while at + 1 < len(given):
        found.append((given[at], given[at + 2 : at + 2 + given[at + 1]]))
        at += 2 + given[at + 1]
    return found
