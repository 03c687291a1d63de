"""Told from typing: keys that come faster than a person's, and make what a reader that types would send.

Pure: keys and their times go in, and what is to be done with them comes out. A key that may begin a zone is held for
the blink in which the next one of a reader comes; whatever turns out to be typing is given back in its order.
"""

from dataclasses import dataclass
from enum import Enum

from client.rules.mrz import is_whole_mrz, may_be_mrz

GAP = 0.035  # seconds between two keys of a reader at most; two fingers of a quick typist are 60 and more apart
SURE = 12  # characters in one burst that nobody types
REST = 0.2  # seconds a reader may take between two lines, and its end
ENTER = "\n"


class Verdict(Enum):
    """What is to be done with the key that was told."""

    HOLD = "hold"  # nobody else may have it yet
    TYPED = "typed"  # what was held, and this key, are a person's


@dataclass(frozen=True)
class Scan:
    """What a reader sent, whole or broken off."""

    text: str
    is_whole: bool


class Burst:
    """`text` is what is held; `wait` says after how many seconds without a key `over` is to be asked."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self.text = ""
        self._lines = ""  # the same, with its line breaks
        self._last = 0.0
        self._is_spoilt = False

    @property
    def is_sure(self) -> bool:
        """Whether it is a reader that types."""
        return len(self.text) >= SURE

    @property
    def wait(self) -> float:
        return REST if self.is_sure else GAP

    def press(self, key: str, at: float) -> Verdict:
        """One key (its character, or ENTER) at a time in seconds."""
        is_late = bool(self.text) and at - self._last > self.wait
        if is_late and not self.is_sure:
            return Verdict.TYPED
        self._last = at
        if key == ENTER:
            self._lines += ENTER
            return Verdict.HOLD if self.is_sure else Verdict.TYPED
        if not may_be_mrz(self.text + key):
            self._is_spoilt = self._is_spoilt or self.is_sure
            return Verdict.HOLD if self.is_sure else Verdict.TYPED
        self.text += key
        self._lines += key
        return Verdict.HOLD

    def over(self) -> Scan | None:
        """No key came any more: what a reader sent, or None where it was typing. Begins anew."""
        found = Scan(self._lines, is_whole_mrz(self.text) and not self._is_spoilt) if self.is_sure else None
        self._begin()
        return found
