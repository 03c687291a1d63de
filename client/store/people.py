"""The staff of this window, with the verifiers of their PINs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.engine import Row

from client.rules.rights import Role
from client.store.tables import audit, staff
from client.store.times import stamp

_RECENT = 1_000  # entries of the audit that are looked through for what a stranger tried


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """One person; `verifier` is an Argon2id hash in its own text form."""

    staff_no: str
    name: str
    role: Role
    verifier: str
    wrong_tries: int
    locked: bool


def add(connection: Connection, record: StaffRecord, at: datetime) -> None:
    connection.execute(
        insert(staff),
        {
            "staff_no": record.staff_no,
            "name": record.name,
            "role": record.role,
            "verifier": record.verifier,
            "created_at": stamp(at),
        },
    )


def get(connection: Connection, staff_no: str) -> StaffRecord | None:
    row = connection.execute(select(staff).where(staff.c.staff_no == staff_no)).one_or_none()
    return None if row is None else _record(row)


def everyone(connection: Connection) -> Sequence[StaffRecord]:
    return [_record(row) for row in connection.execute(select(staff).order_by(staff.c.id))]


def set_tries(connection: Connection, staff_no: str, wrong_tries: int, *, locked: bool) -> None:
    connection.execute(
        update(staff).where(staff.c.staff_no == staff_no).values(wrong_tries=wrong_tries, locked=int(locked))
    )


def set_verifier(connection: Connection, staff_no: str, verifier: str) -> None:
    connection.execute(
        update(staff).where(staff.c.staff_no == staff_no).values(verifier=verifier, wrong_tries=0, locked=0)
    )


def denials(connection: Connection, act: str, subject: str) -> int:
    """How often `act` was denied on `subject`, among the recent entries of the audit."""
    newest = select(func.max(audit.c.id)).scalar_subquery()
    statement = select(func.count()).where(
        audit.c.id > newest - _RECENT, audit.c.act == act, audit.c.subject == subject, audit.c.outcome == "denied"
    )
    return connection.execute(statement).scalar_one()


def _record(row: Row[Any]) -> StaffRecord:
    return StaffRecord(row.staff_no, row.name, Role(row.role), row.verifier, row.wrong_tries, bool(row.locked))
