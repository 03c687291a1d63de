"""What can go wrong between a rating box and the window; none of it may hold a case."""

from client.errors import Fault
from client.text import tr

NO_BOX = Fault(
    "DEV-701",
    tr("没有连上{device}"),
    tr("办件不受影响；请检查评价器的数据线和电源，或请申请人扫码评价，并联系大厅技术人员"),
)
BOX_BUSY = Fault(
    "DEV-702",
    tr("{device}正被其他程序使用"),
    tr("办件不受影响；请关闭占用评价器的程序，或联系大厅技术人员"),
)
BOX_FORBIDDEN = Fault(
    "DEV-703", tr("本程序没有权限使用{device}"), tr("办件不受影响；请联系大厅技术人员给当前用户开通串口权限")
)
BOX_STUCK = Fault(
    "DEV-704",
    tr("{device}没有收下邀请"),
    tr("办件不受影响；请重新插拔评价器再试，仍不行请联系大厅技术人员"),
)
NOT_UNDERSTOOD = Fault(
    "DEV-705",
    tr("{device}送来的按键没有读懂"),
    tr("没有记下评价；请再请申请人按一次，仍读不懂请大厅技术人员核对设置 rating_port 中评价器的类型"),
)
UNKNOWN_DIALECT = Fault(
    "DEV-706",
    tr("不认识评价器的类型“{dialect}”"),
    tr("请大厅技术人员更正设置 rating_port；可用的类型：{known}"),
)
NO_TERMINALS = Fault("DEV-707", tr("本系统不能运行{device}"), tr("模拟评价器只能在Linux上运行；本机请用 simulated"))
