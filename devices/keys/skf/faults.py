"""What can go wrong behind an SKF library: its statuses (GM/T 0016) in the closed list of device states."""

from collections.abc import Mapping
from types import MappingProxyType

from client.errors import DeviceError, DeviceState, Fault
from client.ports.keys import PinRefused
from client.text import tr
from devices.keys import faults

CHILD_ENDED = Fault(
    "DEV-541",
    tr("{device}的驱动程序意外结束"),
    tr("没有签出任何内容，可以直接再做一次；多次出现请把日志交给大厅技术人员"),
)
GARBLED = Fault(
    "DEV-542",
    tr("{device}的驱动程序给出的数据不对"),
    tr("请重新插拔钥匙后再试；多次出现请把钥匙的型号和驱动版本告知大厅技术人员"),
)
SILENT = Fault(
    "DEV-543", tr("{device}没有应答"), tr("没有签出任何内容；请重新插拔钥匙后再试，仍无应答请联系大厅技术人员")
)
RESTING = Fault(
    "DEV-544",
    tr("{device}的驱动程序接连出错，暂停使用"),
    tr("请过{seconds}秒再试；多次出现请重新插拔钥匙，并把日志交给大厅技术人员"),
)
LIBRARY_MISSING = Fault(
    "DEV-545", tr("没有找到{device}的驱动库"), tr("请大厅管理员安装厂商驱动，并核对设置seal_key中的路径")
)
LIBRARY_BITS = Fault(
    "DEV-546",
    tr("{device}的驱动库是{reason}位的，本程序不能直接使用"),
    tr("请大厅管理员换用与本程序位数相同的驱动库，或在设置driver_python中指明{reason}位的Python"),
)
LIBRARY_FOREIGN = Fault(
    "DEV-547",
    tr("{device}的驱动库不能使用（{reason}）"),
    tr("请大厅管理员核对驱动库是否完整、是否提供SKF接口（GM/T 0016）"),
)
NOT_UNDERSTOOD = Fault(
    "DEV-548",
    tr("{device}不能完成这个操作（{step}，状态{status}）"),
    tr("没有签出任何内容；请重新插拔钥匙后再试，再次出现请把步骤和状态告知大厅技术人员"),
)
TAKEN = Fault("DEV-549", tr("{device}正被其他程序使用"), tr("请关闭正在使用钥匙的其他程序后再试，或联系大厅技术人员"))
PIN_NOT_SET = Fault("DEV-550", tr("{device}的用户口令还没有设置"), tr("请联系钥匙的管理人或签发机构完成初始化"))
PIN_NOT_TAKEN = Fault(
    "DEV-551", tr("{device}不接受这样的口令，长度或字符不对"), tr("请核对后再输；这一次可能已经计入错误次数")
)

OK = 0
DEVICE_REMOVED = 0x0A000023
PIN_INCORRECT = 0x0A000024
PIN_LOCKED = 0x0A000025
PIN_SHAPES = (0x0A000026, 0x0A000027)

STATUSES: Mapping[int, tuple[DeviceState, Fault]] = MappingProxyType(
    {
        OK: (DeviceState.UNREADABLE, GARBLED),
        0x0A000003: (DeviceState.UNSUPPORTED, NOT_UNDERSTOOD),
        0x0A00000F: (DeviceState.TIMED_OUT, SILENT),
        0x0A00001B: (DeviceState.ABSENT, faults.NO_SUCH_CERTIFICATE),
        0x0A00001C: (DeviceState.ABSENT, faults.NO_SUCH_CERTIFICATE),
        DEVICE_REMOVED: (DeviceState.ABSENT, faults.PULLED),
        0x0A000029: (DeviceState.LOCKED, PIN_NOT_SET),
        0x0A00002E: (DeviceState.ABSENT, faults.NO_SUCH_CERTIFICATE),
        0x0A000034: (DeviceState.ABSENT, faults.NO_SUCH_CERTIFICATE),
    }
)
_AT_STEPS: Mapping[tuple[str, int], tuple[DeviceState, Fault]] = MappingProxyType(
    {
        ("SKF_ConnectDev", DEVICE_REMOVED): (DeviceState.ABSENT, faults.NO_KEY),
        ("SKF_ConnectDev", 0x0A000006): (DeviceState.ABSENT, faults.NO_KEY),  # a name it does not know any more
        ("SKF_LockDev", 0x0A00000F): (DeviceState.BUSY, TAKEN),
    }
)


def sar_error(step: str, status: int, device: str, tries: int | None = None) -> DeviceError:
    """The error that a status stands for at its step; one that no list has is told as its number."""
    if status == PIN_LOCKED or (status == PIN_INCORRECT and tries == 0):
        return PinRefused(faults.PIN_LOCKED, device=device, tries_left=0)
    if status == PIN_INCORRECT:
        fault = faults.WRONG_PIN_UNCOUNTED if tries is None else faults.WRONG_PIN
        return PinRefused(fault, device=device, tries_left=tries)
    if status in PIN_SHAPES:
        return PinRefused(PIN_NOT_TAKEN, device=device, tries_left=tries)
    state, fault = _AT_STEPS.get((step, status)) or STATUSES.get(status, (DeviceState.UNSUPPORTED, NOT_UNDERSTOOD))
    return DeviceError(state, fault, device=device, step=step, status=f"{status:08X}")
