"""Whether a hand can work now, as the device strip shows it: one look, three answers, and what to do about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from client.text import tr


class Device(StrEnum):
    """What stands at a window, one of each; the same word names its lamp."""

    READER = "reader"
    SCANNER = "scanner"
    CAMERA = "camera"
    PRINTER = "printer"
    RATING = "rating"
    KEY = "key"


DEVICE_WORDS: Mapping[Device, str] = MappingProxyType(
    {
        Device.READER: tr("身份证阅读器"),
        Device.SCANNER: tr("扫描仪"),
        Device.CAMERA: tr("高拍仪"),
        Device.PRINTER: tr("打印机"),
        Device.RATING: tr("评价器"),
        Device.KEY: tr("密码钥匙"),
    }
)


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


NOT_SET_UP = Readiness(Condition.UNSET, tr("未设置"), tr("需要时请大厅管理员在“设置”页登记"))


class Hand(Protocol):
    """Whatever tells how it stands."""

    def check(self) -> Readiness: ...


def look_of(hand: Hand | None) -> Callable[[], Readiness]:
    """How to look at a hand that may not be there."""
    return hand.check if hand is not None else lambda: NOT_SET_UP
