"""Every way the window's memory can fail, as sentences; the modules beside this one raise each as a StoreError."""

from client.errors import Fault
from client.text import tr

# The one code with a name: it is part of the command line's contract, and scripts wait for it.
PROFILE_BUSY = Fault(
    "store-busy",
    title=tr("本窗口的数据正由另一个程序使用：{program}（进程 {pid}，电脑 {host}，自 {since} 起）"),
    advice=tr("请在已打开的一窗程序里办理，或先关闭它再试；找不到该程序时请联系系统管理员"),
)

FULL = Fault(
    "STORE-101",
    title=tr("磁盘空间不足，{what}没有保存"),
    advice=tr("此前已受理的办件不受影响。请清理磁盘后重试这一步；无法清理时请联系系统管理员"),
)
UNWRITABLE = Fault(
    "STORE-102",
    title=tr("没有权限读写{what}"),
    advice=tr("请确认用本窗口的系统账户登录、磁盘不是只读；仍不行请联系系统管理员"),
)
DISK_FAILED = Fault(
    "STORE-103",
    title=tr("磁盘读写失败，{what}没有保存或读出"),
    advice=tr("请先停止受理并重试一次；再次失败说明磁盘可能损坏，请马上联系系统管理员并保留本机"),
)
SEAT_TAKEN = Fault(
    "STORE-104",
    title=tr("数据正被另一步操作占用，这一步没有保存"),
    advice=tr("请等几秒再试；反复出现时请重新打开一窗程序，并联系系统管理员"),
)

CORRUPT = Fault(
    "STORE-111",
    title=tr("本窗口的数据文件 {file} 有损坏，读到了不可信的内容"),
    advice=tr("请停止受理，保留本机不要重装；请系统管理员用 yichuang doctor 检查，并从最近的备份恢复"),
)
UNREADABLE = Fault(
    "STORE-112",
    title=tr("打不开数据文件 {file}：文件开头已损坏，或它与本机的密钥文件不是一对"),
    advice=tr("如果刚刚复制或移动过数据目录，请把 store.db 与 store.key 一起放回；否则请系统管理员从最近的备份恢复"),
)
ENTRIES_LOST = Fault(
    "STORE-113",
    title=tr("数据文件比最后一次登记的要旧：第 {entry} 条操作记录找不到了"),
    advice=tr("请停止受理，不要删除任何文件；请系统管理员查明数据文件是否被替换或损坏，并从最近的备份恢复"),
)
DATABASE_MISSING = Fault(
    "STORE-118",
    title=tr("找不到数据文件 {file}"),
    advice=tr("请确认数据目录（--profile）写对了；第一次使用请先打开一窗程序，否则请系统管理员从最近的备份恢复"),
)
FILE_MISSING = Fault(
    "STORE-114",
    title=tr("找不到已保存的扫描件或文书文件（{file}）"),
    advice=tr(
        "草稿请重新扫描这一页，文书请补打；已受理的办件请值班长在“异常办件”中处置。同时请系统管理员检查磁盘并查看备份"
    ),
)
FILE_DAMAGED = Fault(
    "STORE-115",
    title=tr("已保存的扫描件或文书文件被改动或损坏（{file}），内容不可信，没有打开"),
    advice=tr(
        "草稿请重新扫描这一页，文书请补打；已受理的办件请值班长在“异常办件”中处置。同时请系统管理员检查磁盘并查看备份"
    ),
)
TOO_NEW = Fault(
    "STORE-116",
    title=tr("数据由更新版本的一窗保存（结构版本 {revision}），本版本读不了"),
    advice=tr("请安装与其他窗口相同的新版本后再打开；数据没有改动。需要帮助请联系系统管理员"),
)
TOO_OLD = Fault(
    "STORE-119",
    title=tr("数据还是更新程序之前的结构（{revision}），没有读取"),
    advice=tr("请先打开一次窗口，程序会自动转换；数据没有改动。需要帮助请联系系统管理员"),
)
AUDIT_BROKEN = Fault(
    "STORE-117",
    title=tr("操作记录第 {entry} 条起前后对不上，可能被改动过"),
    advice=tr("请停止受理并保留本机，马上联系审计管理员核查"),
)

NO_WAY_TO_KEEP_KEY = Fault(
    "STORE-121",
    title=tr("本机没有可用的系统密钥环，也没有给出口令，数据无法加密保存，所以没有建立"),
    advice=tr("请启用系统密钥环后重试，或由系统管理员把口令写入文件，并用 YICHUANG_KEY_FILE 指明该文件"),
)
KEYRING_ABSENT = Fault(
    "STORE-122",
    title=tr("本机没有可用的系统密钥环，取不到数据的钥匙"),
    advice=tr("请用平时的系统账户登录桌面后再打开；没有密钥环的电脑请系统管理员用口令打开（YICHUANG_KEY_FILE）"),
)
KEYRING_LOCKED = Fault(
    "STORE-123",
    title=tr("系统密钥环还没有解锁，取不到数据的钥匙"),
    advice=tr("请重新登录系统或在弹出的窗口里解锁密钥环，然后再打开；忘记密码请联系系统管理员"),
)
KEYRING_FAILED = Fault(
    "STORE-124",
    title=tr("系统密钥环没有回应或拒绝了请求"),
    advice=tr("请重新登录系统后再试；仍不行请系统管理员用口令打开（YICHUANG_KEY_FILE）"),
)
KEYRING_FORGOT = Fault(
    "STORE-125",
    title=tr("系统密钥环里没有本窗口数据的钥匙"),
    advice=tr("请确认用的是建立数据时的系统账户；换过电脑或重装过系统的，请系统管理员用口令打开（YICHUANG_KEY_FILE）"),
)
PASSPHRASE_WRONG = Fault(
    "STORE-126",
    title=tr("口令不对，数据没有打开"),
    advice=tr("请核对口令文件（YICHUANG_KEY_FILE）的内容后重试；忘记口令请联系系统管理员"),
)
PASSPHRASE_EMPTY = Fault(
    "STORE-127",
    title=tr("口令是空的，不能用来保护数据"),
    advice=tr("请在口令文件（YICHUANG_KEY_FILE）里写入口令后重试"),
)
PASSPHRASE_NEEDED = Fault(
    "STORE-128",
    title=tr("打开本窗口的数据需要口令"),
    advice=tr("请由系统管理员把口令写入文件，并用 YICHUANG_KEY_FILE 指明该文件"),
)
KEY_MISSING = Fault(
    "STORE-131",
    title=tr("数据目录里没有密钥文件 {file}，已有的数据打不开"),
    advice=tr("请不要新建数据；请系统管理员从备份里找回密钥文件，或恢复整个备份"),
)
KEY_DAMAGED = Fault(
    "STORE-132",
    title=tr("密钥文件 {file} 已损坏，打不开数据"),
    advice=tr("请不要删除任何文件；请系统管理员从备份里找回密钥文件"),
)
KEY_EXISTS = Fault(
    "STORE-133",
    title=tr("数据目录里已有密钥文件 {file}，没有重新建立"),
    advice=tr("请直接打开这份数据；要另建一份请换一个空的目录"),
)

BACKUP_EXISTS = Fault(
    "STORE-141",
    title=tr("备份文件 {file} 已经存在，没有覆盖"),
    advice=tr("请换一个文件名，例如加上日期"),
)
BACKUP_DAMAGED = Fault(
    "STORE-142",
    title=tr("备份文件 {file} 不完整或已损坏，没有恢复任何内容"),
    advice=tr("请换用另一份备份；都不行时请联系系统管理员"),
)
PROFILE_NOT_EMPTY = Fault(
    "STORE-143",
    title=tr("目标目录里已有数据，没有恢复，原有数据没有改动"),
    advice=tr("请把备份恢复到一个空的目录"),
)
BACKUP_MISSING = Fault(
    "STORE-144",
    title=tr("找不到备份文件 {file}"),
    advice=tr("请核对文件名和所在的磁盘后再试"),
)

COPY_FOLDER_MISSING = Fault(
    "STORE-145",
    title=tr("找不到第二份的存放处 {folder}"),
    advice=tr(
        "请插好存放第二份的磁盘，受理不受影响；首次设置的请先建好该目录，"
        "换了磁盘的请系统管理员用 yichuang second-copy 重新设置"
    ),
)
NOT_A_COPY = Fault(
    "STORE-146",
    title=tr("{folder} 里没有窗口的第二份"),
    advice=tr("请指明其中一个窗口的目录（找到：{windows}；同一窗口有几个的，最新的在前，用它），或者导出的文件"),
)
KEYS_OWED = Fault(
    "STORE-147",
    title=tr("还没有设置{what}，不能把办件加密带出本机"),
    advice=tr(
        "请系统管理员先在窗口设置中填写平台地址 hub_url，再在连得上平台时用 yichuang second-copy 设置一次："
        "平台公钥会自动记入，恢复公钥用 --recovery-key 指明"
    ),
)
EXPORT_EXISTS = Fault(
    "STORE-148",
    title=tr("文件 {file} 已经存在，没有覆盖"),
    advice=tr("请换一个文件名，例如加上日期和时间"),
)
NOTHING_UNSENT = Fault(
    "STORE-149",
    title=tr("没有未上传的办件，没有导出"),
    advice=tr("平台都已接收，无需处理"),
)
RECOVERY_KEY_DAMAGED = Fault(
    "STORE-191",
    title=tr("{file} 不是大厅的恢复钥匙文件，或者已损坏"),
    advice=tr("请核对文件，或者换用保管的另一份；没有它时第二份只有平台打得开"),
)
RECOVERY_KEY_EXISTS = Fault(
    "STORE-192",
    title=tr("文件 {file} 已经存在，没有生成恢复钥匙"),
    advice=tr("请换一个文件名；已有的恢复钥匙不要覆盖，用它加密过的第二份只有它打得开"),
)
RECOVERY_PASSPHRASE_OWED = Fault(
    "STORE-193",
    title=tr("没有给出恢复钥匙的口令"),
    advice=tr("请把口令写入文件，并用 --passphrase-file 指明；口令与恢复钥匙请分开保管"),
)
RECOVERY_PASSPHRASE_WRONG = Fault(
    "STORE-195",
    title=tr("恢复钥匙 {file} 的口令不对，没有打开"),
    advice=tr("请核对 --passphrase-file 的内容；忘记口令时，第二份和导出的文件只有平台打得开，请联系平台管理员"),
)
HUB_KEY_CHANGED = Fault(
    "STORE-194",
    title=tr("平台的公钥（{new}）与本窗口记下的（{old}）不同，没有采用"),
    advice=tr("请向平台管理员当面或电话核对公钥尾号；确实换过的，加 --accept-hub-key 再设置一次"),
)
