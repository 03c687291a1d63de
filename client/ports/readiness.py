"""Whether a hand can work now, as the device strip shows it: one look, three answers, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Condition(StrEnum):
    """Shape, word and colour of a lamp in the strip."""

    READY = "ready"
    ATTENTION = "attention"  # works, and wants a person soon: paper low, disk filling
    FAILED = "failed"  # does not work now
    UNSET = "unset"  # nobody set one up


@dataclass(frozen=True, slots=True)
class Readiness:
    """`words` (zh_CN, without personal data) say how it stands, `advice` what to do; empty where all is well."""

    condition: Condition
    words: str
    advice: str = ""
