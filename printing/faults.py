"""What can go wrong between a fact and a page."""

from client.errors import DeskError, Fault
from client.text import tr

INCOMPLETE = Fault(
    "PAPER-101",
    title=tr("文书内容不完整，缺少：{missing}"),
    advice=tr("办件已保存，不受影响。请补全该项后重新生成文书；仍然缺少的，请联系大厅管理员检查事项配置"),
)
NOT_DRAWN = Fault(
    "PAPER-102",
    title=tr("文书没有生成（版式 {template}）"),
    advice=tr("办件已保存，不受影响。请稍后补打；仍不能生成的，请把错误编号告诉系统管理员，并先用纸质文书应急"),
)
FONT_MISSING = Fault(
    "PAPER-103",
    title=tr("文书字体不能使用：{font}"),
    advice=tr("办件已保存，不受影响。请联系系统管理员重新安装本程序，安装后可补打文书"),
)
FOREIGN = Fault(
    "PAPER-280",
    title=tr("这不是本程序文书的二维码"),
    advice=tr("请扫描文书上印章旁边的二维码；旧版式文书的二维码不能核验，请按办件编号查询或者向出具机关核实"),
)
CUT = Fault(
    "PAPER-281",
    title=tr("文书二维码的内容不完整"),
    advice=tr("请把二维码展平、擦净后重新扫描；仍然如此请按办件编号查询，或者向出具机关核实"),
)
NO_CODE = Fault(
    "PAPER-282",
    title=tr("文件中没有找到文书的二维码"),
    advice=tr("请选择包含印章那一页的PDF、扫描件或照片，二维码要完整、清楚；否则请按办件编号查询"),
)
SEVERAL = Fault(
    "PAPER-283",
    title=tr("文件中有几份不同文书的二维码"),
    advice=tr("请每次核验一份文书"),
)
NOT_OPENED = Fault(
    "PAPER-284",
    title=tr("这不是可以读取的PDF或图片（{reason}）"),
    advice=tr("请核对文件是否完整、没有加密；仍然如此请重新扫描或者拍照"),
)
PACK_REFUSED = Fault(
    "PAPER-310",
    title=tr("文书模板没有采用，有 {count} 处不对：{first}"),
    advice=tr("原来的模板继续使用，文书不受影响。请更正后重新检查；全部问题可用 yichuang templates check 列出"),
)
PACK_UNREAD = Fault("PAPER-311", tr("读不到模板文件{file}"), tr("请核对路径和读取权限；原来的模板继续使用"))
PACK_UNWRITTEN = Fault("PAPER-312", tr("模板文件{file}没有写成"), tr("请核对磁盘空间和目录权限；原来的模板继续使用"))


class PaperError(DeskError):
    """A paper could not be rendered or read; nothing that was committed is touched by it."""
