"""What the platform sends down for its windows to work by: put on the feed, signed, beside a running hub."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from pydantic import BaseModel, ValidationError
from sqlalchemy import Connection, delete, insert, select

from client.errors import Fault, PlatformError
from client.ports.platform import ChangeKind
from client.rules.deadlines import CalendarYear
from client.rules.items import Item
from client.rules.packs import Pack, PackKind, WindowPolicy
from client.rules.reasons import first_wrong
from client.sealing.signed import sign
from client.text import tr
from sync.hub import changes, keys
from sync.hub.numbers import lease
from sync.hub.speaking import hall_of
from sync.hub.store import opened
from sync.hub.tables import items, packs
from sync.protocol import BlockMessage, LeaseMessage

PACK_BYTES = 1 << 20  # of a pack's items as JSON, but for one that is larger alone
WRONG_FILE = Fault(
    "PLAT-313",
    tr("文件 {file} 不能下发：{place}（{reason}）"),
    tr("请更正该文件，没有下发；窗口政策只能有 idle_lock_minutes、keep_days、card_block_days、upload_kib、paper_block"),
)
NOTHING_THERE = Fault("PLAT-314", tr("{folder} 中没有可下发的内容"), tr("请核对目录和 KIND；没有下发任何内容"))


_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Contents:
    """What packs are made of."""

    items: tuple[Item, ...] = ()
    withdrawn: tuple[str, ...] = ()
    years: tuple[CalendarYear, ...] = ()
    policy: Mapping[str, object] | None = None


def contents_of(kind: PackKind, place: Path | None, withdrawn: Sequence[str] = ()) -> Contents:
    """Read and judge what is to be sent: a file or a folder of items or of calendar years, or the file of a policy.

    Raises PlatformError for a broken file, which is named with the place in it, and for nothing at all.
    """
    files = [] if place is None else sorted(place.glob("*.json")) if place.is_dir() else [place]
    match kind:
        case PackKind.CATALOGUE:
            found = Contents(tuple(_read(file, Item) for file in files), tuple(withdrawn))
        case PackKind.CALENDAR:
            found = Contents(years=tuple(_read(file, CalendarYear) for file in files))
        case PackKind.POLICY:
            policies = [_read(file, WindowPolicy).model_dump(exclude_unset=True) for file in files]
            found = Contents(policy=policies[-1] if policies else None)
    if found == Contents():
        raise PlatformError(NOTHING_THERE, folder=place or "—")
    return found


def _read(file: Path, model: type[_Model]) -> _Model:
    try:
        return model.model_validate_json(file.read_bytes())
    except ValidationError as error:
        raise PlatformError(WRONG_FILE, file=file.name, **first_wrong(error)) from error
    except OSError as error:
        raise PlatformError(WRONG_FILE, file=file.name, place=tr("全文"), reason=tr("读不到")) from error


def publish(store_url: str, folder: Path, contents: Contents, hall: str = changes.EVERY_HALL) -> Mapping[int, str]:
    """Put it on the feed for `hall` ("": every hall) as one pack or several; returns them by number, for a stick.

    The versions of items sent to every hall are in force at this hub from then on. Raises PlatformError.
    """
    key, now = keys.signing(folder), datetime.now(UTC)
    made: dict[int, str] = {}
    with opened(store_url) as store, store.write() as connection:
        connection.execute(select(packs.c.number).with_for_update().limit(1))
        for part in _in_portions(contents):
            row = {"hall": hall, "issued_at": now.isoformat()}
            (number,) = connection.execute(insert(packs).values(row).returning(packs.c.number)).one()
            pack = Pack(
                number=number,
                issued_at=now,
                hall=hall,
                items=part.items,
                withdrawn=part.withdrawn,
                years=part.years,
                policy=part.policy,
            )
            made[number] = sign(pack.model_dump_json(exclude_none=True).encode(), key)
            changes.put(connection, ChangeKind.PACK, f"pack:{number}", {"jws": made[number]}, now, hall)
        if hall == changes.EVERY_HALL:
            _revise(connection, contents.items)
    return made


def grant(store_url: str, window: str, series: str, size: int) -> BlockMessage:
    """Give a window (its URI without an epoch) a block of numbers unasked. Raises PlatformError."""
    now = datetime.now(UTC)
    with opened(store_url) as store:
        block = lease(store, LeaseMessage(source=f"{window}:granted", key=str(uuid4()), series=series, size=size), now)
        told = {"window": window} | block.model_dump(exclude={"returned_from"})
        with store.write() as connection:
            changes.put(connection, ChangeKind.NUMBER_BLOCK, series, told, now, hall_of(window))
    return block


def _in_portions(contents: Contents) -> Iterator[Contents]:
    """Small enough to travel: items by their weight, all else with the first of them."""
    portion: list[Item] = []
    rest = Contents(withdrawn=contents.withdrawn, years=contents.years, policy=contents.policy)
    size = 0
    for item in contents.items:
        size += len(item.model_dump_json().encode())
        if portion and size > PACK_BYTES:
            yield Contents(tuple(portion), rest.withdrawn, rest.years, rest.policy)
            portion, size, rest = [], len(item.model_dump_json().encode()), Contents()
        portion.append(item)
    yield Contents(tuple(portion), rest.withdrawn, rest.years, rest.policy)


def _revise(connection: Connection, sent: Iterable[Item]) -> None:
    """The newest version of each item that was sent is in force."""
    newest: dict[str, int] = {}
    for item in sent:
        newest[item.task_handle_item] = max(item.version, newest.get(item.task_handle_item, 0))
    known = {
        row.code: row.version
        for row in connection.execute(select(items).where(items.c.code.in_(newest)).with_for_update())
    }
    higher = {code: version for code, version in newest.items() if version > known.get(code, 0)}
    if higher:
        connection.execute(delete(items).where(items.c.code.in_(higher)))
        connection.execute(insert(items), [{"code": code, "version": version} for code, version in higher.items()])
