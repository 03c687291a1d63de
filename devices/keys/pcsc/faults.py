"""What can go wrong between PC/SC, a card and the window, in our words."""

from collections.abc import Mapping
from types import MappingProxyType

from client.errors import DeviceError, DeviceState, Fault
from client.ports.keys import PinRefused
from client.text import tr
from devices.keys import faults
from devices.keys.pcsc.troubles import Trouble

CHILD_ENDED = Fault(
    "DEV-521",
    tr("与{device}通信的程序意外结束"),
    tr("没有签出任何内容，可以直接再做一次；多次出现请把日志交给大厅技术人员"),
)
GARBLED = Fault(
    "DEV-522",
    tr("{device}给出的数据不对（{reason}）"),
    tr("请重新插拔钥匙后再试；多次出现请把钥匙的型号告知大厅技术人员"),
)
SILENT = Fault(
    "DEV-523", tr("{device}没有应答"), tr("没有签出任何内容；请拔出钥匙再插回后重试，仍无应答请联系大厅技术人员")
)
RESTING = Fault(
    "DEV-524",
    tr("与{device}通信的程序接连出错，暂停使用"),
    tr("请过{seconds}秒再试；多次出现请重新插拔钥匙，并把日志交给大厅技术人员"),
)
NO_SERVICE = Fault(
    "DEV-525",
    tr("智能卡服务没有运行"),
    tr("服务恢复后会自动继续；请大厅技术人员启动智能卡服务（Windows：SCardSvr，Linux：pcscd）"),
)
TAKEN = Fault("DEV-526", tr("{device}正被其他程序使用"), tr("请关闭正在使用钥匙的其他程序后再试，或联系大厅技术人员"))
MUTE = Fault(
    "DEV-527", tr("{device}插入后没有应答"), tr("请拔出钥匙，检查芯片面和方向后重新插入；仍不应答请联系大厅技术人员")
)
REFUSED = Fault(
    "DEV-528",
    tr("{device}不能完成这个操作（{reason}）"),
    tr("没有签出任何内容；请重新插拔钥匙后再试，再次出现请把括号中的步骤和状态告知大厅技术人员"),
)

_TROUBLES: Mapping[Trouble, tuple[DeviceState, Fault]] = MappingProxyType(
    {
        Trouble.NO_SERVICE: (DeviceState.ABSENT, NO_SERVICE),
        Trouble.NO_KEY: (DeviceState.ABSENT, faults.NO_KEY),
        Trouble.PULLED: (DeviceState.ABSENT, faults.PULLED),
        Trouble.TAKEN: (DeviceState.BUSY, TAKEN),
        Trouble.MUTE: (DeviceState.UNREADABLE, MUTE),
        Trouble.GARBLED: (DeviceState.UNREADABLE, GARBLED),
        Trouble.REFUSED: (DeviceState.UNSUPPORTED, REFUSED),
        Trouble.NO_CERTIFICATE: (DeviceState.ABSENT, faults.NO_SUCH_CERTIFICATE),
    }
)
_PINS: Mapping[Trouble, Fault] = MappingProxyType(
    {Trouble.PIN: faults.WRONG_PIN, Trouble.PIN_LOCKED: faults.PIN_LOCKED, Trouble.PIN_SHAPE: faults.PIN_SHAPE}
)


def error_of(trouble: Trouble, device: str, detail: str = "", tries: int | None = None) -> DeviceError:
    """What a trouble is for the window."""
    if trouble in _PINS:
        uncounted = trouble is Trouble.PIN and tries is None
        fault = faults.WRONG_PIN_UNCOUNTED if uncounted else _PINS[trouble]
        return PinRefused(fault, device=device, tries_left=tries)
    state, fault = _TROUBLES[trouble]
    return DeviceError(state, fault, device=device, reason=detail)
