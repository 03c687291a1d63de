"""The settings in effect, each with where it comes from: so that nobody wonders why a change does nothing."""

from collections.abc import Mapping

from client.config import LargePapers, Origin, Settings
from client.text import tr
from ui.setup.lines import Lines
from ui.setup.look import LANGUAGES
from ui.widgets.panel import Panel

NAMES: Mapping[str, str] = {
    "region": tr("行政区划代码"),
    "hall_code": tr("大厅代码"),
    "hall_name": tr("大厅名称"),
    "window_no": tr("窗口号"),
    "paper_serials": tr("文书编号"),
    "paper_block": tr("文书编号号段"),
    "hub_url": tr("平台地址"),
    "reader_port": tr("身份证阅读器"),
    "photo_library": tr("证件照片解码库"),
    "driver_python": tr("驱动程序的Python"),
    "scanner": tr("扫描仪"),
    "camera": tr("高拍仪"),
    "printer": tr("打印机"),
    "printers": tr("另外的打印机"),
    "prints": tr("各类文书的打印"),
    "rating_port": tr("评价器"),
    "seal_key": tr("密码钥匙"),
    "clerk_phone": tr("窗口电话"),
    "organs": tr("实施机关"),
    "idle_lock_minutes": tr("无人操作锁定"),
    "keep_days": tr("已传文件保留"),
    "card_block_days": tr("证件芯片原文保留"),
    "lock_with_key": tr("拔出密码钥匙时锁定"),
    "upload_kib": tr("上传限速"),
    "second_copy": tr("第二份存放处"),
    "hub_key": tr("平台公钥"),
    "recovery_key": tr("大厅恢复公钥"),
    "pack_key": tr("目录签发公钥"),
    "clean_pages": tr("扫描页纠偏裁边"),
    "read_pages": tr("扫描页识读"),
    "theme": tr("配色"),
    "large_type": tr("大字"),
    "large_papers": tr("大字文书"),
    "paper_language": tr("文书第二语言"),
    "language": tr("语言"),
    "keys": tr("自定按键"),
    "time_zone": tr("时区"),
    "sample": tr("示例设置"),
}
ORIGINS: Mapping[Origin, str] = {
    Origin.POLICY: tr("平台下发"),
    Origin.ENVIRONMENT: tr("环境变量"),
    Origin.LOCKED: tr("设备文件，已锁定"),
    Origin.DEVICES: tr("设备文件"),
    Origin.FILE: tr("settings.toml 文件"),
    Origin.USUAL: tr("默认值"),
}
LARGE_PAPERS: Mapping[str, str] = {
    LargePapers.NEVER: tr("不用"),
    LargePapers.ELDERS: tr("满 60 周岁的申请人、经办人"),
    LargePapers.ALWAYS: tr("一律"),
}
_CHOICES: Mapping[str, Mapping[str, str]] = {"language": dict(LANGUAGES), "large_papers": LARGE_PAPERS}
_UNITS: Mapping[str, str] = {
    "idle_lock_minutes": tr("{value} 分钟"),
    "paper_block": tr("每次向平台申请 {value} 个"),
    "keep_days": tr("{value} 天"),
    "card_block_days": tr("{value} 天"),
    "upload_kib": tr("每秒 {value} KB"),
}


class EffectivePanel(Panel):
    def __init__(self, settings: Settings) -> None:
        super().__init__(tr("现行设置"))
        self._found: Mapping[str, Origin] = {}
        self._table = Lines(tr("现行设置"), columns=3, stretched=1)
        self.body.addWidget(self._table)
        self._say(settings)

    def tell(self, settings: Settings, found: Mapping[str, Origin]) -> None:
        """The settings that count now, and where each comes from."""
        self._found = found
        self._say(settings)

    def _say(self, settings: Settings) -> None:
        found = self._found
        self._table.say(
            [
                (word, _told(name, getattr(settings, name)), ORIGINS[found[name]] if name in found else "")
                for name, word in NAMES.items()
            ]
        )


def _told(name: str, value: object) -> str:
    if name in _CHOICES:
        return _CHOICES[name][str(value)]
    if isinstance(value, bool):
        return tr("是") if value else tr("否")
    if isinstance(value, tuple):
        return tr(" 至 ").join(str(part) for part in value)
    if isinstance(value, Mapping):
        return tr("{count} 项").format(count=len(value)) if value else tr("无")
    if value in {None, ""}:
        return tr("未设置")
    return _UNITS.get(name, "{value}").format(value=value)
