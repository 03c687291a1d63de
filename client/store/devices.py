"""What became of each device's work, by its address: a device that was replaced by another begins anew."""

import json
from collections.abc import Mapping

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from client.ports.devices import Record
from client.ports.readiness import Device
from client.store.tables import devices
from client.store.times import moment, stamp

Whose = tuple[Device, str]
"""A device and its address."""


def keep(connection: Connection, records: Mapping[Whose, Record]) -> None:
    """Write the records over what was kept of the same devices."""
    for (device, address), record in records.items():
        values = {
            "good": record.good,
            "last_good": record.last_good and stamp(record.last_good),
            "failed": json.dumps(dict(record.failed)),
            "last_failed": record.last_failed and stamp(record.last_failed),
            "last_code": record.last_code,
        }
        row = insert(devices).values(device=device.value, address=address, **values)
        connection.execute(row.on_conflict_do_update(index_elements=["device", "address"], set_=values))


def kept(connection: Connection) -> Mapping[Whose, Record]:
    """All records; times are UTC."""
    return {
        (Device(row.device), row.address): Record(
            row.good,
            row.last_good and moment(row.last_good),
            json.loads(row.failed),
            row.last_failed and moment(row.last_failed),
            row.last_code,
        )
        for row in connection.execute(select(devices))
    }
