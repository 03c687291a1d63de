"""Leases blocks of numbers to the windows: of each series every serial once, whatever answer was lost on its way.

The row of a series is locked while a block is cut from it, so that several processes cut one after the other. A hall
node cuts nothing itself: two of them would give the same numbers. It asks the platform above, and notes the block.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from client.errors import PlatformError
from client.ports.numbers import BlockRest, BlockWish, NumberOffice
from client.rules.numbering import PaperNumber
from sync.faults import ALREADY_LEASED, Refused
from sync.hub.problems import Kind, Rejection
from sync.hub.speaking import require_own, window_of
from sync.hub.store import Store, opened
from sync.hub.tables import number_blocks, number_series
from sync.protocol import ID_PATTERN, MAX_SERIAL, BlockMessage, LeaseMessage, RestMessage

_ABOVE_AGAIN = {"Retry-After": "60"}  # seconds until a window asks again what the platform above did not answer
_LOOKS = 3  # times that somebody else may be faster with the same new series

BlockKey = Annotated[str, Path(pattern=ID_PATTERN)]


def lease(store: Store, wish: LeaseMessage, now: datetime) -> BlockMessage:
    """The next `size` numbers of a series, or the block that was leased under the same key before.

    Raises Rejection where the key stands for another lease.
    """
    for _ in range(_LOOKS):
        with suppress(IntegrityError):
            return _lease_once(store, wish, now)
    return _lease_once(store, wish, now)


def _lease_once(store: Store, wish: LeaseMessage, now: datetime) -> BlockMessage:
    with store.write() as connection:
        last = max(_last(connection, wish.series), wish.held)
        known = _leased_before(connection, wish)
        if known is not None:
            return known
        return _note(connection, wish, last + 1, last + wish.size, now, last + wish.size)


def lease_above(store: Store, above: NumberOffice, wish: LeaseMessage, now: datetime) -> BlockMessage:
    """The block that the platform above leases for the window's key, noted here; what is noted needs no line.

    Raises Rejection where the key stands for another lease, and while the platform above does not answer.
    """
    with store.write() as connection:
        known = _leased_before(connection, wish)
    if known is not None:
        return known
    with _asking_above():
        block = above.lease(BlockWish(**wish.model_dump()))
    with store.write() as connection:
        last = _last(connection, wish.series)  # locks: the same question asked twice at once is noted once
        known = _leased_before(connection, wish)
        if known is not None:
            return known
        return _note(connection, wish, block.first, block.last, now, max(last, block.last))


def take_back(store: Store, key: str, rest: RestMessage, now: datetime) -> BlockMessage:
    """Note that the window uses nothing of its block from `first` on; the same again is the same.

    Raises Rejection for no such block, another window's, and where it said another serial before.
    """
    with store.write() as connection:
        block = _block(connection, key)
        if block is None:
            raise Rejection(Kind.UNKNOWN_BLOCK)
        theirs = window_of(block.source) == window_of(rest.source) and block.first <= rest.first <= block.last
        if not theirs or block.returned_from not in {None, rest.first}:
            raise Rejection(Kind.OTHER_BLOCK)
        if block.returned_from is None:
            back = {"returned_from": rest.first, "returned_at": now.isoformat()}
            connection.execute(update(number_blocks).where(number_blocks.c.key == key).values(back))
        return _message(block).model_copy(update={"returned_from": rest.first})


def take_back_above(store: Store, above: NumberOffice, key: str, rest: RestMessage, now: datetime) -> BlockMessage:
    """The same at a hall node: the platform above has it back before it is noted here. Raises Rejection."""
    with _asking_above():
        above.give_back(BlockRest(rest.source, key, rest.first))
    return take_back(store, key, rest, now)


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """How far a series is leased: its last serial in a block, in how many blocks, and how many came back unused."""

    series: str
    last: int
    blocks: int
    returned: int


def list_series(store_url: str) -> Sequence[SeriesRow]:
    """Every series of a hub by name. Raises PlatformError when no hub has been served from this store."""
    back = func.coalesce(func.sum(number_blocks.c.last - number_blocks.c.returned_from + 1), 0)
    statement = (
        select(number_series.c.series, number_series.c.last, func.count(number_blocks.c.key), back)
        .outerjoin(number_blocks, number_blocks.c.series == number_series.c.series)
        .group_by(number_series.c.series, number_series.c.last)
        .order_by(number_series.c.series)
    )
    with opened(store_url) as store, store.read() as connection:
        return [
            SeriesRow(series, last, blocks, int(sent)) for series, last, blocks, sent in connection.execute(statement)
        ]


def begin_above(store_url: str, series: str, serial: int) -> None:
    """Lease nothing up to `serial` any more: it was given otherwise, or by this store before it was restored.

    Raises PlatformError where more is leased already.
    """
    with opened(store_url) as store, store.write() as connection:
        last = _last(connection, series)
        if last > serial:
            raise PlatformError(ALREADY_LEASED, series=series, last=last)
        _lead(connection, series, serial)


def on_papers(connection: Connection, given: Iterable[PaperNumber]) -> None:
    """Lease nothing any more up to what stands on papers: a store that was put back leased it and does not know."""
    highest: dict[str, int] = {}
    for number in given:
        if number.serial <= MAX_SERIAL:
            highest[number.series] = max(highest.get(number.series, 0), number.serial)
    for series, serial in sorted(highest.items()):  # in one order everywhere: two batches cannot wait for each other
        row = update(number_series).where(number_series.c.series == series, number_series.c.last < serial)
        connection.execute(row.values(last=serial))


def _last(connection: Connection, series: str) -> int:
    """How far a series is leased; its row is there from here on, and locked until the transaction ends."""
    found = connection.scalar(select(number_series.c.last).where(number_series.c.series == series).with_for_update())
    if found is None:
        connection.execute(insert(number_series), {"series": series, "last": 0})
    return found or 0


def _lead(connection: Connection, series: str, last: int) -> None:
    connection.execute(update(number_series).where(number_series.c.series == series).values(last=last))


def _leased_before(connection: Connection, wish: LeaseMessage) -> BlockMessage | None:
    known = _block(connection, wish.key)
    if known is None:
        return None
    if (known.series, window_of(known.source)) != (wish.series, window_of(wish.source)):
        raise Rejection(Kind.OTHER_BLOCK)
    return _message(known)


def _note(
    connection: Connection, wish: LeaseMessage, first: int, last: int, now: datetime, furthest: int
) -> BlockMessage:
    """Note a block, and that its series is leased up to `furthest`."""
    block = {
        "key": wish.key,
        "source": wish.source,
        "series": wish.series,
        "first": first,
        "last": last,
        "leased_at": now.isoformat(),
    }
    _lead(connection, wish.series, furthest)
    connection.execute(insert(number_blocks), block)
    return BlockMessage.model_validate(block)


@contextmanager
def _asking_above() -> Iterator[None]:
    """What the platform above says no to is refused here; without its answer the window asks again."""
    try:
        yield
    except Refused as error:
        raise Rejection(Kind.OTHER_BLOCK, error.reason) from error
    except PlatformError as error:
        raise Rejection(Kind.ABOVE_AWAY, headers=_ABOVE_AGAIN) from error


def _block(connection: Connection, key: str) -> Row[Any] | None:
    return connection.execute(select(number_blocks).where(number_blocks.c.key == key).with_for_update()).one_or_none()


def _message(block: Row[Any]) -> BlockMessage:
    return BlockMessage(
        key=block.key, series=block.series, first=block.first, last=block.last, returned_from=block.returned_from
    )


def router(store: Store, above: NumberOffice | None = None) -> APIRouter:
    """The routes under /v1/numbers; of a hall node, whose platform `above` keeps the series."""
    routes = APIRouter(prefix="/v1/numbers", tags=["numbers"])

    @routes.post("/blocks", summary="Lease a block of numbers, once for each key")
    def blocks(wish: LeaseMessage, request: Request) -> BlockMessage:
        require_own(request, [wish.source])
        now = datetime.now(UTC)
        return lease(store, wish, now) if above is None else lease_above(store, above, wish, now)

    @routes.post("/blocks/{key}/return", summary="Give the rest of a block back")
    def back(key: BlockKey, rest: RestMessage, request: Request) -> BlockMessage:
        require_own(request, [rest.source])
        now = datetime.now(UTC)
        return take_back(store, key, rest, now) if above is None else take_back_above(store, above, key, rest, now)

    return routes
