"""What can go wrong between reader and card: every status of the SAM in the closed list of device states."""

from collections.abc import Mapping
from types import MappingProxyType

from client.errors import DeviceError, DeviceState, Fault
from client.text import tr

NO_READER = Fault(
    "DEV-101",
    tr("没有连上{device}"),
    tr("请检查阅读器的数据线和电源，重新插拔后再读；仍连不上请按Ctrl+F2手工录入，并联系大厅技术人员"),
)
PORT_BUSY = Fault("DEV-102", tr("{device}正被其他程序使用"), tr("请关闭正在读卡的其他程序后再读，或联系大厅技术人员"))
SILENT = Fault(
    "DEV-103",
    tr("{device}没有应答"),
    tr("请拿起证件、重新插拔阅读器后再读；仍无应答请按Ctrl+F2手工录入，并联系大厅技术人员"),
)
INCOMPLETE = Fault(
    "DEV-104", tr("证件没有读完整"), tr("请把证件平放在感应区2秒不要移动；再次失败可按Ctrl+F2手工录入，并核对证件")
)
GARBLED = Fault(
    "DEV-105",
    tr("{device}送来的数据不完整"),
    tr("请拿起证件重新放置再读；多次出现请检查数据线，并联系大厅技术人员。可先按Ctrl+F2手工录入"),
)
NO_CARD = Fault("DEV-106", tr("没有感应到证件"), tr("请把证件平放在感应区；临时身份证没有芯片，请按Ctrl+F2手工录入"))
SAME_CARD = Fault("DEV-107", tr("这张证件刚刚已经读过"), tr("要再读一次，请拿起证件重新放置；换人请换证件"))
NOT_TRUSTED = Fault(
    "DEV-108",
    tr("证件与{device}没有通过相互认证"),
    tr("请重新放置再读；仍不通过请值班长核对证件真伪，可按Ctrl+F2手工录入"),
)
WRONG_CARD = Fault(
    "DEV-109",
    tr("这不是{device}能读的证件"),
    tr("可读居民身份证、港澳台居民居住证、外国人永久居留身份证；其他证件请按Ctrl+F2手工录入"),
)
MODULE_LOCKED = Fault(
    "DEV-110", tr("{device}的安全模块不可用"), tr("请重新插拔阅读器；仍不可用请联系大厅技术人员，并按Ctrl+F2手工录入")
)
NOT_UNDERSTOOD = Fault(
    "DEV-111",
    tr("{device}不能完成这个操作（状态{status}）"),
    tr("请重新插拔阅读器再读；再次出现请把状态告知大厅技术人员，并按Ctrl+F2手工录入"),
)
PORT_FORBIDDEN = Fault(
    "DEV-112", tr("本程序没有权限使用{device}"), tr("请联系大厅技术人员给当前用户开通串口权限；可先按Ctrl+F2手工录入")
)
NO_ZONE = Fault(
    "DEV-113",
    tr("没有收到{device}的机读码"),
    tr("请先按读证件的键，再把证件资料页放到阅读器上；仍收不到请检查数据线，可按Ctrl+F2手工录入"),
)
ZONE_UNREADABLE = Fault(
    "DEV-114", tr("证件的机读码没有读准"), tr("请把证件资料页压平再读；多次出现请按Ctrl+F2手工录入，逐项核对证件")
)
CHILD_ENDED = Fault(
    "DEV-131",
    tr("{device}的驱动程序意外结束"),
    tr("可以直接再读一次；多次出现请按Ctrl+F2手工录入，并把日志交给大厅技术人员"),
)
RESTING = Fault(
    "DEV-132",
    tr("{device}的驱动程序接连出错，暂停使用"),
    tr("请过{seconds}秒再读，其间可按Ctrl+F2手工录入；多次出现请重新插拔阅读器，并把日志交给大厅技术人员"),
)
LIBRARY_MISSING = Fault(
    "DEV-133",
    tr("没有找到{device}的驱动库"),
    tr("请大厅管理员安装厂商驱动，并核对设置reader_port中的路径；其间请按Ctrl+F2手工录入"),
)
LIBRARY_BITS = Fault(
    "DEV-134",
    tr("{device}的驱动库是{reason}位的，本程序不能直接使用"),
    tr(
        "请大厅管理员换用与本程序位数相同的驱动库，或在设置driver_python中指明{reason}位的Python；其间请按Ctrl+F2手工录入"
    ),
)
LIBRARY_FOREIGN = Fault(
    "DEV-135",
    tr("{device}的驱动库不能使用（{reason}）"),
    tr("请大厅管理员核对驱动库是否完整、是否为这种阅读器的；其间请按Ctrl+F2手工录入"),
)
NO_LIBUSB = Fault(
    "DEV-137",
    tr("本机没有USB组件libusb，不能使用{device}"),
    tr("请系统管理员安装libusb-1.0；其间请按Ctrl+F2手工录入"),
)
USB_FORBIDDEN = Fault(
    "DEV-138",
    tr("本程序没有权限使用USB上的{device}"),
    tr("请联系大厅技术人员给当前用户开通该USB设备的权限（Linux上是udev规则）；可先按Ctrl+F2手工录入"),
)
WRONG_ADDRESS = Fault(
    "DEV-136",
    tr("身份证阅读器设置“{address}”的写法不对"),
    tr(
        "请大厅管理员更正reader_port一项：串口如COM3；厂商驱动库写sdtapi或termb，加冒号和库的路径，例如sdtapi:C:\\sdt\\sdtapi.dll?port=1001；USB写usb:；或写simulated，使用模拟阅读器"
    ),
)

OK = 0x90
FOUND = 0x9F
NO_SUCH_ITEM = 0x91
HOST_CHECKSUM = 0x10  # our own frame arrived broken
NOT_FOUND = 0x80

STATUSES: Mapping[int, tuple[DeviceState, Fault]] = MappingProxyType(
    {
        0x01: (DeviceState.ABSENT, NO_READER),
        0x02: (DeviceState.TIMED_OUT, SILENT),
        0x03: (DeviceState.UNREADABLE, GARBLED),
        0x05: (DeviceState.ABSENT, NO_READER),
        0x09: (DeviceState.UNREADABLE, INCOMPLETE),
        HOST_CHECKSUM: (DeviceState.UNREADABLE, GARBLED),
        0x11: (DeviceState.UNREADABLE, GARBLED),
        0x21: (DeviceState.UNSUPPORTED, NOT_UNDERSTOOD),
        0x23: (DeviceState.UNSUPPORTED, NOT_UNDERSTOOD),
        0x24: (DeviceState.UNSUPPORTED, NOT_UNDERSTOOD),
        0x31: (DeviceState.UNREADABLE, NOT_TRUSTED),
        0x32: (DeviceState.UNREADABLE, NOT_TRUSTED),
        0x33: (DeviceState.UNREADABLE, NOT_TRUSTED),
        0x37: (DeviceState.UNREADABLE, INCOMPLETE),
        0x3F: (DeviceState.UNREADABLE, INCOMPLETE),
        0x40: (DeviceState.UNSUPPORTED, WRONG_CARD),
        0x41: (DeviceState.UNREADABLE, INCOMPLETE),
        0x47: (DeviceState.UNREADABLE, INCOMPLETE),
        0x60: (DeviceState.LOCKED, MODULE_LOCKED),
        0x66: (DeviceState.LOCKED, MODULE_LOCKED),
        NOT_FOUND: (DeviceState.TIMED_OUT, NO_CARD),
        0x81: (DeviceState.UNREADABLE, INCOMPLETE),
        NO_SUCH_ITEM: (DeviceState.UNREADABLE, INCOMPLETE),
    }
)


def status_error(status: int, device: str) -> DeviceError:
    """The error a status SW3 stands for; a status that no list has is told as its number."""
    state, fault = STATUSES.get(status, (DeviceState.UNSUPPORTED, NOT_UNDERSTOOD))
    return DeviceError(state, fault, device=device, status=f"{status:02X}")
