"""What the doctor looks at in the house itself; the front door adds what only the hands can say."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from client.config import Settings
from client.device_file import load_device_file
from client.errors import PlatformError
from client.house import Check, Door, House, identity_of
from client.places import DEMO_PROFILE
from client.ports.devices import Kinds
from client.ports.identity import Identity
from client.ports.readiness import Condition, Hand, Readiness
from client.ports.templates import Templates
from client.rules.drift import CLOSE_ENOUGH, is_told
from client.store import audit
from client.store.profile import Profile
from client.text import listed, sentences, tr

LOW_DISK = 5 << 30  # bytes: warn
FULL_DISK = 1 << 30  # bytes: the window should not go on
CORRECT_SAMPLE = tr(
    "请大厅管理员在 settings.toml 中更正 region、hall_code、hall_name、window_no、paper_serials，再删去 sample 一行"
)


def all_of(
    door: Door,
    profile: str,
    *,
    ask: Callable[[str, str | None, Identity | None], timedelta],
    fonts: Callable[[], Sequence[str]],
) -> Mapping[str, Callable[[], Check]]:
    """What the doctor asks, by name and in this order; `ask` is how far our clock is ahead of a platform's.

    `fonts` names those of the papers, and raises where one is not whole.
    """
    settings = partial(door.settings, profile)

    def kinds() -> Kinds:
        return door.kinds(settings())

    def drift(url: str) -> timedelta:
        with identity_of(door, profile) as identity:
            return ask(url, door.token(), identity)

    return {
        "store": lambda: check_store(lambda: door.read(profile)),
        "settings": lambda: check_settings(settings(), sample_is_well=profile == DEMO_PROFILE),
        "keyring": lambda: check_keyring(door.passphrase(profile)),
        "device_file": lambda: check_device_file(door.place(profile)),
        "fonts": lambda: Check(ok=True, detail=listed(fonts())),
        "templates": lambda: check_templates(door.templates(profile)),
        "devices": lambda: check_hand(settings(), "reader_port", lambda at: closing(kinds().reader.hand_of(at))),
        "scanner": lambda: check_hand(settings(), "scanner", lambda at: closing(kinds().scanner.hand_of(at))),
        "camera": lambda: check_hand(settings(), "camera", lambda at: closing(kinds().scanner.hand_of(at))),
        "printer": lambda: check_hand(settings(), "printer", lambda at: nullcontext(kinds().printer.hand_of(at))),
        "hub": lambda: check_hub(settings(), drift),
        "clock": lambda: check_clock(settings(), drift),
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


def check_templates(templates: Templates) -> Check:
    """By which words papers are drawn, and a pack that lies there and is not taken."""
    told = templates.in_force()
    if told.refused is None:
        return Check(ok=True, detail=told.name)
    advice = tr("没有采用 {path}：{why}").format(path=told.refused, why=listed(each.told for each in told.troubles))
    return Check(ok=False, detail=told.name, advice=advice)


def check_device_file(place: Profile) -> Check:
    """Whether the device file of IT's, where there is one, counts as a whole."""
    found = load_device_file(place.folder)
    if found.wrong:
        return Check(ok=False, detail=listed(found.wrong), advice=tr("请系统管理员更正设备文件；其余各项照常使用"))
    return Check(ok=True, detail=str(found.path) if found.path else tr("没有"))


def check_hand(settings: Settings, name: str, hand_of: Callable[[str], AbstractContextManager[Hand]]) -> Check:
    """How the device whose address setting `name` has stands; one nobody set up is no fault. Raises DeviceError."""
    address: str | None = getattr(settings, name)
    if address is None:
        return Check(ok=True, detail=tr("没有设置"))
    with hand_of(address) as hand:
        found = hand.check()
    detail = f"{address} {found.words}".strip()
    if found.condition is not Condition.FAILED:
        return Check(ok=True, detail=detail, advice=found.advice)
    advice = sentences((found.advice, tr("也请核对设置项 {name} 的地址").format(name=name)))
    return Check(ok=False, detail=detail, advice=advice)


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
