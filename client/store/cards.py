"""Documents that were read for a case: what the chip told, and its raw text until the policy lets it go."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from client.rules.cards import CardReading
from client.store.tables import card_readings
from client.store.times import stamp


def keep(connection: Connection, case_id: int, reading: CardReading, at: datetime) -> None:
    """Keep a reading; of the same document the newest counts, and a raw text is not lost to a reading without one."""
    values = {
        "facts": reading.model_dump_json(exclude={"block"}),
        "block": bytes.fromhex(reading.block) or None,
        "read_at": stamp(at),
    }
    statement = upsert(card_readings).values(case_id=case_id, identifier=reading.identifier, **values)
    newer = {
        "facts": statement.excluded.facts,
        "block": func.coalesce(statement.excluded.block, card_readings.c.block),
        "read_at": func.iif(statement.excluded.block.is_(None), card_readings.c.read_at, statement.excluded.read_at),
    }
    connection.execute(statement.on_conflict_do_update(index_elements=["case_id", "identifier"], set_=newer))


def of_case(connection: Connection, case_id: int) -> Sequence[CardReading]:
    """What was read for a case, without the raw texts."""
    statement = select(card_readings.c.facts).where(card_readings.c.case_id == case_id).order_by(card_readings.c.id)
    return [CardReading.model_validate_json(facts) for facts in connection.scalars(statement)]


def block(connection: Connection, case_id: int, identifier: str) -> bytes:
    """The raw text of a document; empty where there was none, and once it was erased."""
    found = connection.scalar(
        select(card_readings.c.block).where(
            card_readings.c.case_id == case_id, card_readings.c.identifier == identifier
        )
    )
    return found or b""


def erase_of(connection: Connection, case_id: int) -> None:
    """Erase the raw texts of a case that came to nothing."""
    connection.execute(update(card_readings).where(card_readings.c.case_id == case_id).values(block=None))


def has_block_before(connection: Connection, before: datetime) -> bool:
    """Whether a raw text is kept that was read before `before`."""
    due = select(card_readings.c.id).where(card_readings.c.block.is_not(None), card_readings.c.read_at < stamp(before))
    return connection.scalar(due.limit(1)) is not None


def erase_before(connection: Connection, before: datetime) -> int:
    """Erase the raw texts that were read before `before`; returns how many."""
    due = update(card_readings).where(card_readings.c.block.is_not(None), card_readings.c.read_at < stamp(before))
    return connection.execute(due.values(block=None)).rowcount
