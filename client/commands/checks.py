"""What the doctor looks at in the house itself; the front door adds what only the hands can say."""

import shutil
import sys
from datetime import datetime
from pathlib import Path

from client.config import Settings
from client.house import Check
from client.store.profile import Profile
from client.text import tr

LOW_DISK = 5 << 30  # bytes: warn
FULL_DISK = 1 << 30  # bytes: the window should not go on
CORRECT_SAMPLE = tr(
    "请大厅管理员在 settings.toml 中更正 region、hall_code、hall_name、window_no、paper_serials，再删去 sample 一行"
)


def check_settings(settings: Settings, *, sample_is_well: bool) -> Check:
    detail = f"{settings.hall_name} {settings.region}-{settings.hall_code}-{settings.window_no}"
    if settings.sample and not sample_is_well:
        return Check(ok=False, detail=tr("还是示例大厅的设置：") + detail, advice=CORRECT_SAMPLE)
    return Check(ok=True, detail=detail)


def check_keyring(passphrase: str | None) -> Check:
    from client.store.system_keyring import describe  # noqa: PLC0415 - keyring loads late

    if passphrase is not None:
        return Check(ok=True, detail=tr("用口令打开，不依赖系统密钥环"))
    return Check(ok=True, detail=describe())


def check_reader(settings: Settings) -> Check:
    port = settings.reader_port
    if port is None:
        return Check(ok=True, detail=tr("没有设置读卡器"))
    if Path(port).exists() or sys.platform == "win32":
        return Check(ok=True, detail=port)
    return Check(
        ok=False, detail=tr("找不到读卡器端口") + f" {port}", advice=tr("请检查连线，或在设置中更正 reader_port")
    )


def check_printer() -> Check:
    return Check(ok=True, detail=tr("未检查：本版本不驱动打印机，文书生成为 PDF，由系统打印"))


def check_zone(settings: Settings) -> Check:
    """The hall's zone decides what is printed; a machine in another one works, but shows its people another time."""
    now = datetime.now(settings.zone)
    here = now.astimezone(None)
    detail = f"{settings.time_zone} {now:%z}"
    if here.utcoffset() == now.utcoffset():
        return Check(ok=True, detail=detail)
    return Check(
        ok=True,
        detail=detail + tr("，本机系统是") + f" {here:%z}",
        advice=tr("文书和期限按窗口设置的时区；请系统管理员把本机时区改为一致，或更正 time_zone"),
    )


def check_disk(place: Profile) -> Check:
    folder = place.folder
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    detail = tr("剩余") + f" {free >> 30} GB"
    if free < FULL_DISK:
        return Check(ok=False, detail=detail, advice=tr("空间不足 1 GB，请先清理磁盘再受理"))
    advice = tr("空间不足 5 GB，请尽快清理") if free < LOW_DISK else ""
    return Check(ok=True, detail=detail, advice=advice)
