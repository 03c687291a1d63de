"""What can go wrong at the scanner: every trouble a driver meets, in the closed list of device states."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from client.errors import DeviceError, DeviceState, Fault
from client.text import tr

ABSENT = Fault(
    "DEV-201",
    tr("没有找到{device}"),
    tr("请检查{device}的电源和数据线，重新插拔后再扫；仍找不到请联系大厅技术人员，可先用其他窗口的扫描仪"),
)
BUSY = Fault("DEV-202", tr("{device}正被占用"), tr("请等正在进行的扫描结束后再扫；其他程序占用时请先关闭该程序"))
JAMMED = Fault(
    "DEV-203", tr("{device}卡纸"), tr("请打开盖板取出卡住的纸，展平后从第{page}页起放回再扫；此前扫好的页都在")
)
OUT_OF_PAPER = Fault(
    "DEV-204", tr("{device}的进纸器里没有纸"), tr("请把材料放入进纸器，放到底后再扫；单张也可放在平板上扫")
)
COVER_OPEN = Fault("DEV-205", tr("{device}的盖板没有合上"), tr("请合上盖板后再扫"))
INCOMPLETE = Fault(
    "DEV-206",
    tr("第{page}页没有扫完整"),
    tr("此前扫好的页都在；请检查扫描仪的电源和数据线，再从第{page}页起扫描，多次出现请联系大厅技术人员"),
)
NO_CONTACT = Fault(
    "DEV-207", tr("与{device}的通信出错"), tr("请关闭扫描仪电源，10秒后再打开重扫；仍出错请联系大厅技术人员")
)
SILENT = Fault(
    "DEV-208",
    tr("{device}没有响应"),
    tr("此前扫好的页都在；请关闭扫描仪电源，10秒后再打开重扫，仍无响应请联系大厅技术人员"),
)
NO_FEEDER = Fault("DEV-209", tr("{device}没有自动进纸器"), tr("请把材料逐张放在平板上扫描"))
NO_FLATBED = Fault("DEV-210", tr("{device}没有平板"), tr("请把材料放入进纸器扫描；装订的材料请先拆开或改用其他扫描仪"))
FORBIDDEN = Fault("DEV-211", tr("本程序没有权限使用{device}"), tr("请联系大厅技术人员给当前用户开通扫描仪权限"))
NO_SANE = Fault(
    "DEV-212", tr("本机没有安装扫描组件SANE"), tr("请系统管理员安装libsane1；安装前可从文件添加已扫描的页面")
)
CANNOT = Fault(
    "DEV-213",
    tr("{device}不能这样扫描"),
    tr("请改用300DPI、彩色或灰度再扫；仍不能扫描请把设备型号告知大厅技术人员"),
)
WRONG_OPTION = Fault(
    "DEV-214", tr("扫描仪设置中的{option}不能使用"), tr("请大厅管理员核对scanner一项的写法，或删去该选项")
)
WRONG_ADDRESS = Fault(
    "DEV-215",
    tr("扫描仪设置“{address}”的写法不对"),
    tr(
        "请大厅管理员更正scanner一项：sane后加冒号和设备名，例如sane:pnm:0；网络扫描仪写escl后加冒号和地址，例如escl:http://192.0.2.7/eSCL；一体机存文件的，写folder后加冒号和文件夹；高拍仪写camera后加冒号和序号，例如camera:0；或写simulated，使用模拟扫描仪"
    ),
)
CHILD_ENDED = Fault(
    "DEV-216",
    tr("{device}的驱动程序意外结束"),
    tr("此前扫好的页都在，可以直接再扫一次；多次出现请把日志交给大厅技术人员"),
)
GARBLED = Fault(
    "DEV-217",
    tr("{device}的驱动程序送来的数据不对"),
    tr("此前扫好的页都在，可以直接再扫一次；多次出现请把日志交给大厅技术人员"),
)
RESTING = Fault(
    "DEV-218",
    tr("{device}的驱动程序接连出错，暂停使用"),
    tr("请过{seconds}秒再扫；多次出现请重新启动扫描仪，并把日志交给大厅技术人员"),
)
NO_MEMORY = Fault("DEV-219", tr("本机内存不足，没有扫成"), tr("请关闭不用的程序后再扫，或降低分辨率"))
STOPPED_THERE = Fault("DEV-220", tr("扫描在{device}上被取消"), tr("需要时请再扫一次；此前扫好的页都在"))

NO_DUPLEX = Fault(
    "DEV-221",
    tr("{device}不能双面扫描"),
    tr("请改用单面：先扫正面，再把纸翻过来扫背面；需要双面扫描请联系大厅技术人员"),
)

NO_FOLDER = Fault(
    "DEV-222",
    tr("{device}不存在或不能写入"),
    tr("请检查共享文件夹是否连上；仍不能用请联系大厅技术人员，可先按 F5 从文件添加页面"),
)
NO_FILE = Fault(
    "DEV-223",
    tr("{device}里没有新的页面"),
    tr("请先在一体机上扫描，等文件出现在文件夹里后再按扫描；仍没有请检查一体机的保存位置"),
)
FILE_FOREIGN = Fault(
    "DEV-224",
    tr("文件“{file}”不完整，或不是能收的图片"),
    tr("文件已移到 refused 文件夹，没有删除；此前收到的页都在。请重新扫描这一页，存为 JPEG、PNG 或 TIFF"),
)
FILE_TWICE = Fault(
    "DEV-225",
    tr("文件“{file}”与已收的一页完全相同，没有再收"),
    tr("文件已移到 refused 文件夹，没有删除；确实需要时请按 F5 从那里添加，然后继续扫描"),
)
FILE_HELD = Fault(
    "DEV-226",
    tr("文件“{file}”被其他程序占用，不能读取或移走"),
    tr("请关闭打开它的程序后再扫；先核对最后一页是否已经收下，免得重复"),
)
NOTHING_LAID = Fault(
    "DEV-227",
    tr("{device}没有拍到新的页面"),
    tr("此前拍好的页都在；请把页面平放到镜头下，手离开后稍等；同一页要再拍的，请改用“平板”单张扫描"),
)
NOT_WRITTEN = Fault(
    "DEV-228",
    tr("页面没有写成文件{file}"),
    tr("此前写成的页都在；请核对目录和磁盘空间，再从这一页起扫描"),
)


class Trouble(StrEnum):
    """One thing that went wrong, as it crosses the pipe from the process that scans."""

    ABSENT = "absent"
    BUSY = "busy"
    JAMMED = "jammed"
    OUT_OF_PAPER = "out_of_paper"
    COVER_OPEN = "cover_open"
    INCOMPLETE = "incomplete"
    NO_CONTACT = "no_contact"
    SILENT = "silent"
    NO_FEEDER = "no_feeder"
    NO_FLATBED = "no_flatbed"
    NO_DUPLEX = "no_duplex"
    FORBIDDEN = "forbidden"
    NO_SANE = "no_sane"
    CANNOT = "cannot"
    WRONG_OPTION = "wrong_option"
    NO_MEMORY = "no_memory"
    STOPPED_THERE = "stopped_there"
    NOTHING_LAID = "nothing_laid"


TROUBLES: Mapping[Trouble, tuple[DeviceState, Fault]] = MappingProxyType(
    {
        Trouble.ABSENT: (DeviceState.ABSENT, ABSENT),
        Trouble.BUSY: (DeviceState.BUSY, BUSY),
        Trouble.JAMMED: (DeviceState.JAMMED, JAMMED),
        Trouble.OUT_OF_PAPER: (DeviceState.OUT_OF_PAPER, OUT_OF_PAPER),
        Trouble.COVER_OPEN: (DeviceState.COVER_OPEN, COVER_OPEN),
        Trouble.INCOMPLETE: (DeviceState.UNREADABLE, INCOMPLETE),
        Trouble.NO_CONTACT: (DeviceState.UNREADABLE, NO_CONTACT),
        Trouble.SILENT: (DeviceState.TIMED_OUT, SILENT),
        Trouble.NO_FEEDER: (DeviceState.UNSUPPORTED, NO_FEEDER),
        Trouble.NO_FLATBED: (DeviceState.UNSUPPORTED, NO_FLATBED),
        Trouble.NO_DUPLEX: (DeviceState.UNSUPPORTED, NO_DUPLEX),
        Trouble.FORBIDDEN: (DeviceState.LOCKED, FORBIDDEN),
        Trouble.NO_SANE: (DeviceState.UNSUPPORTED, NO_SANE),
        Trouble.CANNOT: (DeviceState.UNSUPPORTED, CANNOT),
        Trouble.WRONG_OPTION: (DeviceState.UNSUPPORTED, WRONG_OPTION),
        Trouble.NO_MEMORY: (DeviceState.UNREADABLE, NO_MEMORY),
        Trouble.STOPPED_THERE: (DeviceState.UNREADABLE, STOPPED_THERE),
        Trouble.NOTHING_LAID: (DeviceState.OUT_OF_PAPER, NOTHING_LAID),
    }
)


def trouble_error(trouble: Trouble, device: str, *, page: int = 1, option: str = "") -> DeviceError:
    """The error a trouble stands for; `page` is the page it happened at, counted from 1."""
    state, fault = TROUBLES[trouble]
    return DeviceError(state, fault, device=device, page=page, option=option)


def garbled(device: str) -> DeviceError:
    """It said what nobody understands."""
    return DeviceError(DeviceState.UNREADABLE, GARBLED, device=device)
