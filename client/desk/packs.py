"""Packs of the platform at this window: by the feed or on a stick, each thing kept once, whatever came first."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC

import structlog
from pydantic import ValidationError
from sqlalchemy import Connection

from client.config import under_policy
from client.desk.counter import PLATFORM, Counter
from client.desk.staff import Staff
from client.errors import Fault, StoreError
from client.rules.packs import Pack, PackKind
from client.rules.reasons import first_wrong
from client.rules.rights import Right
from client.sealing.public import PublicKey
from client.sealing.signed import document_in
from client.store import audit, packs
from client.store.feed import read_anew
from client.store.packs import Part
from client.text import bracketed, listed, tr

TAKE_PACK = "take_pack"
WRONG_PACK = Fault(
    "STORE-201",
    tr("目录包的内容不能使用：{place}（{reason}）"),
    tr("没有采用其中任何内容，原来的目录照旧；请平台管理员更正后重新下发"),
)
OTHER_VERSION = Fault(
    "STORE-202",
    tr("目录包中“{item}”第{version}版与先前下发的内容不同"),
    tr("没有采用其中任何内容：事项的一个版本不能更改。请平台管理员改用新的版本号重新下发"),
)
OTHER_HALL = Fault(
    "STORE-203", tr("目录包是给大厅{hall}的，不是给本大厅的"), tr("没有采用其中任何内容；请核对拿到的文件")
)
NO_PACK_KEY = Fault(
    "STORE-204",
    tr("本窗口没有设置目录包的签发公钥，不能从文件导入"),
    tr("请管理员先用 yichuang packs trust 设置；联网时平台下发的不受影响"),
)

_log = structlog.get_logger(__name__)


def pack_in(counter: Counter, token: str, key: PublicKey | None) -> Pack:
    """The pack that `key` signed (`client.sealing.signed`). Raises StoreError: not signed, not for this hall, wrong."""
    document = document_in(token, key)
    try:
        pack = Pack.model_validate_json(document)
    except ValidationError as error:
        raise StoreError(WRONG_PACK, **first_wrong(error)) from error
    settings = counter.settings
    if pack.hall not in {"", f"{settings.region}-{settings.hall_code}"}:
        raise StoreError(OTHER_HALL, hall=pack.hall)
    return pack


def pinned_key(counter: Counter) -> PublicKey | None:
    """Whose packs this window takes; None: those its platform sends down, whoever signed them."""
    key = counter.settings.pack_key
    return None if key is None else PublicKey.parse(key, tr("签发公钥"))


def keep(counter: Counter, connection: Connection, pack: Pack, by: str) -> bool:
    """Keep what a pack says; whether anything is new. In force when `renew` is called after the commit.

    Raises StoreError before anything is written: a version that was another one, a policy that is none.
    """
    if pack.policy is not None:
        under_policy(counter.settings, pack.policy)
    parts = _parts(pack)
    for part in parts:
        before = packs.kept(connection, part)
        if part.version and before is not None and before.body != part.body:
            raise StoreError(OTHER_VERSION, item=part.key, version=part.version)
    now = counter.clock()
    new = [packs.put(connection, part, now) for part in parts]
    detail = {"contents": list(pack.contents), "things": len(parts), "new": sum(new)}
    audit.add(connection, now, by, TAKE_PACK, f"pack:{pack.number}", "done", detail)
    return any(new)


def renew(counter: Counter) -> None:
    """What is kept counts from here on. Raises StoreError."""
    with counter.memory.read() as connection:
        kept = packs.every(connection)
    counter.in_force.take(kept)


def bring(counter: Counter, by: Staff, token: str) -> tuple[Pack, bool]:
    """Take a pack that came on a stick; whether anything in it is new. Raises StoreError, RightsError."""
    counter.permit(by, Right.KEEP_RULES, "pack")
    key = pinned_key(counter)
    if key is None:
        raise StoreError(NO_PACK_KEY)
    pack = pack_in(counter, token, key)
    with counter.memory.begin() as connection:
        new = keep(counter, connection, pack, by.staff_no)
    renew(counter)
    return pack, new


def forget(counter: Counter, by: Staff) -> int:
    """Keep nothing of what was sent down, for a window that has another platform; how many things it was.

    What the platform has comes again with the next sending; until then the sample is offered. Raises RightsError.
    """
    counter.permit(by, Right.KEEP_RULES, "pack")
    with counter.memory.begin() as connection:
        things = packs.forget(connection)
        read_anew(connection)
        audit.add(connection, counter.clock(), by.staff_no, "forget_packs", "packs", "done", {"things": things})
    renew(counter)
    return things


def read_sent(counter: Counter, token: object) -> Pack | StoreError:
    """The pack of a change, or why it is none: for before the store is held, as hundreds of items take their time."""
    try:
        return pack_in(counter, str(token), pinned_key(counter))
    except StoreError as error:
        return error


def take_sent(counter: Counter, connection: Connection, subject: str, read: Pack | StoreError) -> bool:
    """Keep a pack of the feed; one that cannot be used is audited and left, and the feed goes on."""
    try:
        if isinstance(read, StoreError):
            raise read
        return keep(counter, connection, read, PLATFORM)
    except StoreError as error:
        _log.warning("pack not taken", code=error.code, subject=subject)
        detail = {"code": error.code, "why": error.kept_title}
        audit.add(connection, counter.clock(), PLATFORM, TAKE_PACK, subject, "refused", detail)
        return False


def _parts(pack: Pack) -> Sequence[Part]:
    def part(kind: PackKind, key: str, body: str | None, version: int = 0) -> Part:
        issued = pack.issued_at.astimezone(UTC).isoformat(timespec="microseconds")
        return Part(kind, key, version, pack.number, issued, body)

    items = [part(PackKind.CATALOGUE, i.task_handle_item, i.model_dump_json(), i.version) for i in pack.items]
    gone = [part(PackKind.CATALOGUE, code, None) for code in pack.withdrawn]
    years = [part(PackKind.CALENDAR, str(each.year), each.model_dump_json()) for each in pack.years]
    policy = [] if pack.policy is None else [part(PackKind.POLICY, "", json.dumps(dict(pack.policy)))]
    return [*items, *gone, *years, *policy]


@dataclass(frozen=True, slots=True)
class Sent:
    """One thing that was sent down; `offered`: whether an item may be taken in, and whether the rest counts."""

    kind: str
    key: str
    version: int
    number: int
    name: str
    offered: bool

    @property
    def words(self) -> str:
        """Its name, and what became of it where that is not to be expected."""
        return self.name if self.offered else self.name + bracketed(tr("不再受理", "item"))


def list_in_force(counter: Counter) -> Sequence[Sent]:
    """What was sent down to this window: items by code and version, years, the policy."""
    with counter.memory.read() as connection:
        kept = packs.every(connection)
    offered = {(item.task_handle_item, item.version) for item in counter.catalogue.items}
    return [
        Sent(
            part.kind,
            part.key,
            part.version,
            part.number,
            _name(part),
            part.kind != PackKind.CATALOGUE or (part.key, part.version) in offered,
        )
        for part in sorted(kept, key=lambda part: (part.kind, part.key, part.version))
        if part.body is not None
    ]


def _name(part: Part) -> str:
    found = json.loads(part.body or "{}")
    match part.kind:
        case PackKind.CATALOGUE:
            return tr("{item} 第{version}版").format(item=found["name"], version=part.version)
        case PackKind.CALENDAR:
            return tr("{year}年工作日历").format(year=part.key)
        case _:
            return listed(f"{name}={value}" for name, value in found.items())
