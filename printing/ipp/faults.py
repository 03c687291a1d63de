"""What can go wrong between us and a printer, and every status of IPP in the closed list of device states."""

from collections.abc import Mapping
from types import MappingProxyType

from client.errors import DeviceError, DeviceState, Fault
from client.text import tr

NO_PRINTER = Fault(
    "DEV-301",
    tr("连不上{device}"),
    tr("请检查打印机的电源和网线；文书已保存，恢复后会自动打印。仍连不上请联系大厅技术人员"),
)
NO_QUEUE = Fault(
    "DEV-302",
    tr("打印服务器上没有{device}"),
    tr("打印队列可能已改名或者删除，请大厅管理员在设置中重新选择打印机；文书已保存，恢复后会自动打印"),
)
SILENT = Fault(
    "DEV-303",
    tr("{device}没有应答"),
    tr("请查看打印机是否正在启动或者死机，必要时重新开机；文书已保存，恢复后会自动打印"),
)
NOT_A_PRINTER = Fault(
    "DEV-304",
    tr("{device}的地址上不是打印机"),
    tr("请大厅管理员在设置中核对打印机地址，应为 ipp:// 开头；文书已保存，可稍后打印"),
)
FORBIDDEN = Fault(
    "DEV-305",
    tr("{device}不允许本机打印"),
    tr("请联系大厅技术人员，在打印服务器上给本机开通打印；文书已保存，恢复后会自动打印"),
)
NOT_ACCEPTING = Fault(
    "DEV-306",
    tr("{device}暂不接受打印"),
    tr("请联系大厅技术人员，在打印服务器上恢复接受打印；文书已保存，恢复后会自动打印"),
)
PRINTER_BUSY = Fault("DEV-307", tr("{device}正在打印别的文书"), tr("轮到时会自动打印，请稍候"))
NO_PDF = Fault(
    "DEV-308",
    tr("{device}不能直接打印 PDF"),
    tr("请联系大厅技术人员，在打印服务器（CUPS）上为它建立打印队列，再在设置中选择该队列"),
)
REFUSED = Fault(
    "DEV-309",
    tr("{device}没有收下文书（状态 {status}）"),
    tr("请稍后再打印；再次出现请把状态告知大厅技术人员，可先换一台打印机"),
)
NOT_TRUSTED = Fault(
    "DEV-310",
    tr("与{device}的加密连接没有建立"),
    tr("请联系大厅技术人员，把打印机的证书加入本机信任，或者改经打印服务器打印；文书已保存，恢复后会自动打印"),
)
UNSURE = Fault(
    "DEV-311",
    tr("不清楚{device}是否收下了文书"),
    tr("请到打印机前查看：已打出的可以交付，没有打出的请补打"),
)
BAD_ADDRESS = Fault(
    "DEV-312",
    tr("打印机地址“{address}”写法不对"),
    tr("请写作 ipp://主机/printers/队列名 或者 ipp://主机/ipp/print；没有打印机时写 simulated（模拟打印机）"),
)
WANTS_TLS = Fault("DEV-313", tr("{device}只接受加密连接"), tr("请大厅管理员在设置中把打印机地址的 ipp:// 改为 ipps://"))

SERVICE_UNAVAILABLE = 0x0502
NOT_POSSIBLE = "0404"  # as an error tells it: what is finished cannot be cancelled

_STATUSES: Mapping[int, tuple[DeviceState, Fault]] = MappingProxyType(  # RFC 8011, appendix B
    {
        0x0401: (DeviceState.LOCKED, FORBIDDEN),
        0x0402: (DeviceState.LOCKED, FORBIDDEN),  # not authenticated
        0x0403: (DeviceState.LOCKED, FORBIDDEN),  # not authorized
        0x0406: (DeviceState.ABSENT, NO_QUEUE),  # not found
        0x0407: (DeviceState.ABSENT, NO_QUEUE),  # gone
        0x040A: (DeviceState.UNSUPPORTED, NO_PDF),  # document format not supported
        SERVICE_UNAVAILABLE: (DeviceState.BUSY, PRINTER_BUSY),
        0x0506: (DeviceState.LOCKED, NOT_ACCEPTING),
        0x0507: (DeviceState.BUSY, PRINTER_BUSY),
    }
)


def status_error(status: int, device: str) -> DeviceError:
    """The error an IPP status stands for; a status that no list has is told as its number."""
    state, fault = _STATUSES.get(status, (DeviceState.UNSUPPORTED, REFUSED))
    return DeviceError(state, fault, device=device, status=f"{status:04X}")


def http_error(status: int, device: str) -> DeviceError:
    """The error of an HTTP status below 500 that is not 200: nothing was printed."""
    state, fault = {
        401: (DeviceState.LOCKED, FORBIDDEN),
        403: (DeviceState.LOCKED, FORBIDDEN),
        404: (DeviceState.ABSENT, NO_QUEUE),
        426: (DeviceState.UNSUPPORTED, WANTS_TLS),
    }.get(status, (DeviceState.UNREADABLE, NOT_A_PRINTER))
    return DeviceError(state, fault, device=device)
