"""What the doctor looks at in the house itself; the front door adds what only the hands can say."""

import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from client.config import Settings
from client.errors import PlatformError
from client.house import Check, Door, House, identity_of
from client.places import DEMO_PROFILE
from client.ports.clock import clock_of
from client.ports.identity import Identity
from client.ports.readiness import Condition, Hand, Readiness
from client.rules.drift import CLOSE_ENOUGH, is_told
from client.store import audit
from client.store.profile import Profile
from client.text import tr

LOW_DISK = 5 << 30  # bytes: warn
FULL_DISK = 1 << 30  # bytes: the window should not go on
_ASKED = ("sdtapi:", "termb:", "usb:")
CORRECT_SAMPLE = tr(
    "请大厅管理员在 settings.toml 中更正 region、hall_code、hall_name、window_no、paper_serials，再删去 sample 一行"
)


def all_of(
    door: Door,
    profile: str,
    reader_of: Callable[..., Hand],
    scanner_of: Callable[[str], Hand],
    printer_of: Callable[[str], Hand],
    drift_of: Callable[[str, Identity | None], timedelta],
) -> Mapping[str, Callable[[], Check]]:
    """What the doctor asks, by name and in this order; hands and platform are the front door's to know."""
    settings = partial(door.settings, profile)

    def ask(url: str) -> timedelta:
        with identity_of(door, profile) as identity:
            return drift_of(url, identity)

    def reader(address: str) -> Hand:
        return reader_of(address, clock_of(settings().zone), python=settings().driver_python)

    return {
        "store": lambda: check_store(lambda: door.read(profile)),
        "settings": lambda: check_settings(settings(), sample_is_well=profile == DEMO_PROFILE),
        "keyring": lambda: check_keyring(door.passphrase(profile)),
        "devices": lambda: check_reader(settings(), reader),
        "scanner": lambda: check_hand(settings().scanner, scanner_of),
        "printer": lambda: check_hand(settings().printer, printer_of),
        "hub": lambda: check_hub(settings(), ask),
        "clock": lambda: check_clock(settings(), ask),
        "time_zone": lambda: check_zone(settings()),
        "disk": lambda: check_disk(door.place(profile)),
        "second_copy": lambda: check_second_copy(settings()),
    }


def check_store(read: Callable[[], AbstractContextManager[House]]) -> Check:
    """Go through the chain of the audit and every page of the database. Raises StoreError."""
    with read() as house, house.counter.memory.read() as connection:
        broken = audit.verify(connection)
    problems = house.counter.memory.database.problems() if broken is None else []
    ok = broken is None and not problems
    return Check(ok=ok, detail=str(house.profile.folder), advice="" if ok else tr("请停止受理并联系系统管理员"))


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


def check_reader(settings: Settings, reader_of: Callable[[str], Hand]) -> Check:
    """A serial port is looked for; what stands behind a maker's library or on USB is asked. Raises DeviceError."""
    port = settings.reader_port
    if port == "simulated":
        return Check(ok=True, detail=tr("模拟身份证阅读器"))
    if port is None:
        return Check(ok=True, detail=tr("没有设置身份证阅读器"))
    if port.startswith(_ASKED):
        return check_hand(port, reader_of)
    if Path(port).exists() or sys.platform == "win32":
        return Check(ok=True, detail=port)
    return Check(
        ok=False, detail=tr("找不到身份证阅读器端口") + f" {port}", advice=tr("请检查连线，或在设置中更正 reader_port")
    )


def check_hand(address: str | None, hand_of: Callable[[str], Hand]) -> Check:
    """How the scanner or printer at `address` stands now; one that nobody set up is no fault. Raises DeviceError."""
    if address is None:
        return Check(ok=True, detail=tr("没有设置"))
    found = hand_of(address).check()
    detail = f"{address} {found.words}".strip()
    return Check(ok=found.condition is not Condition.FAILED, detail=detail, advice=found.advice)


def check_hub(settings: Settings, ask: Callable[[str], timedelta]) -> Check:
    """`ask` reaches the platform and returns by how much its clock differs; it raises PlatformError."""
    if settings.hub_url is None:
        return Check(ok=True, detail=tr("没有设置平台地址，窗口单机工作"))
    ask(settings.hub_url)
    return Check(ok=True, detail=settings.hub_url)


def check_clock(settings: Settings, ask: Callable[[str], timedelta]) -> Check:
    """Whether this machine's clock is the platform's."""
    now = datetime.now(settings.zone).isoformat(timespec="seconds")
    if settings.hub_url is None:
        return Check(ok=True, detail=now)
    try:
        drift = ask(settings.hub_url)
    except PlatformError:  # that is told under `hub`
        return Check(ok=True, detail=now + tr("，连不上平台，未核对"))
    ok = not is_told(drift)
    return Check(ok=ok, detail=_difference(drift), advice="" if ok else tr("请系统管理员校准本机时钟"))


def _difference(drift: timedelta) -> str:
    """Which way and by how much this clock is wrong."""
    if abs(drift) <= CLOSE_ENOUGH:
        return tr("与平台一致")
    way = tr("快") if drift > timedelta() else tr("慢")
    return tr("本机时间比平台{way} {seconds} 秒").format(way=way, seconds=round(abs(drift).total_seconds()))


def check_zone(settings: Settings) -> Check:
    """The hall's zone decides what is printed; a machine in another one works, but shows its people another time."""
    now = datetime.now(settings.zone)
    here = now.astimezone(None)
    detail = f"{settings.time_zone} {now:%z}"
    if here.utcoffset() == now.utcoffset():
        return Check(ok=True, detail=detail)
    return Check(
        ok=True, detail=detail + tr("，本机系统是 {here}；文书和期限按窗口设置的时区").format(here=f"{here:%z}")
    )


def look_at_disk(place: Profile) -> Readiness:
    """How much room there is where the profile lies, as the strip tells it."""
    folder = place.folder
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    words = tr("可用 {size} GB").format(size=f"{free / (1 << 30):.1f}")
    if free < FULL_DISK:
        return Readiness(Condition.FAILED, words, tr("空间不足 1 GB，请先清理磁盘再受理"))
    if free < LOW_DISK:
        return Readiness(Condition.ATTENTION, words, tr("空间不足 5 GB，请尽快清理"))
    return Readiness(Condition.READY, words)


def look_at_storage(house: House, stack: ExitStack) -> Callable[[], Readiness]:
    """How to look at the disk, and at the second copy where the hall wants one: it is kept until `stack` ends."""

    def look() -> Readiness:
        return look_at_disk(house.profile)

    if house.counter.settings.second_copy is None:
        return look
    from client.desk.second_copy import keeping_second_copy  # noqa: PLC0415 - a window without a copy starts without it

    return keeping_second_copy(house.counter, stack, look)


def check_disk(place: Profile) -> Check:
    found = look_at_disk(place)
    return Check(ok=found.condition is not Condition.FAILED, detail=found.words, advice=found.advice)


def check_second_copy(settings: Settings) -> Check:
    """Whether unsent cases can be kept once more where the hall wants it. Raises StoreError where they cannot."""
    if settings.second_copy is None:
        return Check(ok=True, detail=tr("没有设置"))
    from client.store import second_copy  # noqa: PLC0415 - a window without a copy starts without it
    from client.store.carrying import recipients  # noqa: PLC0415 - same

    recipients(settings, both=True)
    second_copy.require(Path(settings.second_copy))
    return Check(ok=True, detail=settings.second_copy)
