"""What can go wrong between us and a receipt printer."""

from client.errors import Fault
from client.text import tr

NO_ANSWER = Fault(
    "DEV-343",
    tr("{device}没有应答"),
    tr("请查看电源和连线；确实不报告状态的打印机，请大厅管理员在地址后面写 ?status=no。文书已保存，可稍后打印"),
)
NO_PAPER = Fault("DEV-344", tr("{device}缺纸"), tr("请换上新的纸卷，打印会自动继续"))
COVER = Fault("DEV-345", tr("{device}盖板没有关好"), tr("请关好盖板，打印会自动继续"))
BROKEN = Fault(
    "DEV-346",
    tr("{device}不能打印"),
    tr("请查看切刀和指示灯，关机再开，之后打印会自动继续；仍然不行请联系大厅技术人员"),
)
NO_SHORT_FORM = Fault(
    "DEV-347",
    tr("{device}只打印申请材料接收凭证的短联"),
    tr(
        "请大厅管理员在设置的 prints 中给这种文书选择 A4 打印机，文书已保存，可稍后打印；"
        "窗口单据请用 yichuang sheet 写成 PDF"
    ),
)
TELLS_NOTHING = Fault(
    "DEV-348", tr("{device}不报告状态，不知是否打出"), tr("请看短联是否完整打出：完整的可以交付，没有打出的请补打")
)
RAN_OUT = Fault(
    "DEV-349", tr("{device}打到一半缺纸"), tr("请换上新的纸卷，看短联是否完整：完整的可以交付，不完整的请补打")
)
BROKE_OFF = Fault(
    "DEV-350", tr("{device}没有报告这一份已经打完"), tr("请到打印机前查看：短联完整的可以交付，不完整的请补打")
)
FORBIDDEN = Fault(
    "DEV-351", tr("没有使用{device}的权限"), tr("请联系大厅技术人员开通该设备的权限；文书已保存，开通后自动打印")
)
BAD_ADDRESS = Fault(
    "DEV-352",
    tr("打印机地址“{address}”写法不对"),
    tr("请写作 escpos://主机、escpos:serial:COM3 或者 escpos:file:/dev/usb/lp0，后面可加 ? 和选项，如 letters=gb18030"),
)
NO_PROFILE = Fault(
    "DEV-356",
    tr("没有能打印点阵的热敏打印机型号“{profile}”"),
    tr("请写 python-escpos 所列的型号，如 profile=TM-T88V；不在其中的，请去掉 profile，按需要写 width 和 cut"),
)
