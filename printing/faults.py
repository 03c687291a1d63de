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


class PaperError(DeskError):
    """A paper could not be rendered; its case is committed and the paper can be rendered again."""
