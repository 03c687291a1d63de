"""How the platform can fail, in sentences for the counter, and how sure we are of what became of a request."""

from client.errors import Fault, PlatformError
from client.text import tr

UNREACHABLE = Fault(
    "PLAT-unreachable",
    title=tr("连接不上平台（{host}）"),
    advice=tr("可以继续受理，办件都保存在本机，恢复后自动上传；如长时间不恢复，请联系网络管理员检查网线和平台地址"),
)
BAD_CERTIFICATE = Fault(
    "PLAT-bad-certificate",
    title=tr("平台（{host}）的安全证书不可信，没有发送任何内容"),
    advice=tr("请勿绕过。请联系系统管理员核对平台地址、本机时间和根证书"),
)
NOT_ENCRYPTED = Fault(
    "PLAT-not-encrypted",
    title=tr("平台地址（{host}）没有加密，没有发送任何内容"),
    advice=tr("离开本机的平台地址须以 https:// 开头；请联系系统管理员更正 hub_url 或 --hub"),
)
NOT_A_PLATFORM = Fault(
    "PLAT-not-a-platform",
    title=tr("{host} 的回答不是平台的回答（状态 {status}）"),
    advice=tr("可能被上网认证页或代理拦截，也可能地址填错；请联系系统管理员核对平台地址。未上传的办件都在本机"),
)
SIGNED_OUT = Fault(
    "PLAT-signed-out",
    title=tr("平台不认可本窗口的身份（状态 {status}），已暂停上传"),
    advice=tr("可以继续受理。请联系系统管理员核对平台令牌；平台要求登记的，用 yichuang enrol 登记本窗口"),
)
CLONED = Fault(
    "PLAT-cloned",
    title=tr("平台发现另一台电脑正以本窗口的身份上传，已暂停上传，没有合并任何内容"),
    advice=tr(
        "可以继续受理，办件都保存在本机。请系统管理员查明是否整盘复制过本窗口：停用其中一台，"
        "在保留的一台上用 yichuang enrol 重新登记，之后自动上传"
    ),
)
NOT_ENROLLED = Fault(
    "PLAT-not-enrolled",
    title=tr("登记令牌无效，本窗口没有登记"),
    advice=tr(
        "令牌只能用一次、有期限、只给一个窗口；请核对窗口设置，并请平台管理员用 yichuang hub enrol-token 另发一个"
    ),
)
REFUSED = Fault(
    "PLAT-refused",
    title=tr("平台没有接收：{reason}"),
    advice=tr("该件保留在“未接收”清单中，不影响其他办件；请值班长按原因处理后重新上传"),
)
BUSY = Fault(
    "PLAT-busy",
    title=tr("平台正忙，请求稍后再试（状态 {status}）"),
    advice=tr("无需操作，程序会按平台要求的时间自动重试"),
)
ANSWER_LOST = Fault(
    "PLAT-answer-lost",
    title=tr("请求已发出，但没有收到 {host} 的完整回答（状态 {status}）"),
    advice=tr("无需操作，程序会先向平台核实结果，不会重复上传；如反复出现，请联系网络管理员"),
)
FILE_REFUSED = Fault(
    "PLAT-file-refused",
    title=tr("材料文件没有传上去（状态 {status}）"),
    advice=tr("该件稍后自动重试，不影响其他办件；如反复出现，请值班长检查该件的材料"),
)
WRONG_DIGEST = Fault(
    "PLAT-wrong-digest",
    title=tr("平台收到的材料文件与登记的摘要不符"),
    advice=tr("该件列入异常办件，不影响其他办件；请值班长用 yichuang reconcile --read 核对文件，并联系系统管理员"),
)
NOT_SHOWN = Fault(
    "PLAT-not-shown",
    title=tr("平台没有认出这个亮证码"),
    advice=tr("亮证码几分钟内有效：请申请人重新出示后再扫；仍不行请读身份证，或按Ctrl+F2录入"),
)
NO_SUCH_CASE = Fault(
    "PLAT-no-such-case",
    title=tr("平台没有办件 {number}"),
    advice=tr("请核对办件编号；刚受理的办件请等上传完成后再试"),
)
NOT_LAWFUL = Fault(
    "PLAT-not-lawful",
    title=tr("办件 {number} 现为 {before}，不能改为 {after}"),
    advice=tr("请核对办件的当前状态和要改为的状态"),
)
ONLINE_TAKEN = Fault(
    "PLAT-online-taken",
    title=tr("平台已有编号为 {number} 的网上申请，没有登记"),
    advice=tr("请核对申请编号；同一申请只登记一次"),
)
ALREADY_LEASED = Fault(
    "PLAT-already-leased",
    title=tr("“{series}”的编号已发到第{last}号"),
    advice=tr("请另写一个不小于它的号；已发出的号段用 yichuang hub numbers 查看"),
)
HUB_WITHOUT_TOKEN = Fault(
    "PLAT-hub-without-token",
    title=tr("拒绝在 {host} 上开放没有身份认证的平台"),
    advice=tr("请用 --token-file 指定令牌文件，或者只在本机回环地址（127.0.0.1）上监听"),
)
HUB_STORE = Fault(
    "PLAT-hub-store",
    title=tr("打不开平台存储（{reason}）"),
    advice=tr("请核对 --store 的地址、所在目录的权限和磁盘空间；不要删除原有文件"),
)
HUB_STORE_REVISION = Fault(
    "PLAT-hub-store-revision",
    title=tr("平台存储的版本（{revision}）与本程序不符"),
    advice=tr("较旧的存储由 yichuang hub serve 升级；较新的请先更新本程序。不要删除原有文件"),
)
NO_HUB_STORE = Fault(
    "PLAT-no-hub-store",
    title=tr("没有找到平台存储（{store}）"),
    advice=tr("请核对 --store 的地址；新的平台存储由 yichuang hub serve 建立"),
)

NODE_ALONE = Fault(
    "PLAT-node-alone",
    title=tr("这是大厅节点的存储（上级平台 {upstream}），没有单独开放"),
    advice=tr("请加上 --upstream 启动，否则收下的办件到不了上级平台；要另设平台的，请用 --store 指定新的存储"),
)
FILE_GONE = Fault(
    "PLAT-file-gone",
    title=tr("大厅节点的材料文件（{file}）读不到"),
    advice=tr("该件暂不上传，不影响其他办件；请系统管理员检查 --files 所在的磁盘并从备份找回"),
)
HUB_KEY = Fault(
    "PLAT-hub-key",
    title=tr("平台的密钥文件 {file} 读不到或者已损坏"),
    advice=tr("请不要删除；请核对它的权限，损坏的请从备份找回。找回前，窗口加密给平台的文件只有大厅的恢复钥匙打得开"),
)
NO_HUB_KEY = Fault(
    "PLAT-no-hub-key",
    title=tr("没有找到平台的密钥文件 {file}"),
    advice=tr("请核对 --files 的目录；新的平台由 yichuang hub serve 建立"),
)
NO_BUNDLE = Fault("PLAT-no-bundle", title=tr("没有找到文件 {file}"), advice=tr("请核对文件名和所在的 U 盘后再试"))
IMPORT_BROKE_OFF = Fault(
    "PLAT-import-broke-off",
    title=tr("导入中断（{reason}）"),
    advice=tr("请排除原因后用同一文件再导入一次，已接收的不会重复"),
)
ANSWERS_EXIST = Fault(
    "PLAT-answers-exist",
    title=tr("答复文件 {file} 已经存在，没有导入"),
    advice=tr("请用 --answers 指定另一个文件名；已有的答复请先带回窗口"),
)


class Stopped(PlatformError):  # noqa: N818 -- a state, as the platform makes it
    """The platform listens to this window no more until somebody has seen to it: trying again by itself is no use."""

    def __str__(self) -> str:
        return f"{super().__str__()}。{self.kept_advice}"  # whoever reads it at the window is the one to ask for help


class Unsure(PlatformError):  # noqa: N818 -- it is no error of the platform's, it is our not knowing
    """It was sent, or may have been, and what became of it is not known: ask before sending again."""


class Busy(PlatformError):  # noqa: N818 -- a state, as the platform says it
    """The platform asks for time (429, 503, 507). `retry_after` in seconds, None when it named none."""

    def __init__(self, *, status: int, retry_after: float | None) -> None:
        super().__init__(BUSY, status=status)
        self.retry_after = retry_after


class Refused(PlatformError):  # noqa: N818 -- the counter's word for it
    """The platform itself said no to this request, for good: `problem` is its code, `reason` its sentence."""

    def __init__(self, *, problem: str, reason: str) -> None:
        super().__init__(REFUSED, reason=reason)
        self.problem = problem
        self.reason = reason


class FileFailed(PlatformError):  # noqa: N818 -- reads as the sentence it carries
    """This one file could not be put up; other files may well be."""


class WrongDigest(FileFailed):
    """What arrived of this file is not what its digest says, again and again: sending it once more will not help."""


SAMPLE_HALL = Fault(
    "PLAT-311",
    tr("窗口设置还是示例大厅的，没有连接平台 {url}"),
    tr("请大厅管理员更正窗口设置 settings.toml 并删去 sample 一行"),
)
