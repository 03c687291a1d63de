"""What became of the devices' work, kept by device and address."""

from client.ports.devices import Record
from client.ports.readiness import Device
from client.store import devices
from client.store.engine import Database
from tests.store.conftest import NOW

USED = Record(3, NOW, {"timed_out": 2}, NOW, "DEV-105")
READER, OTHER = (Device.READER, "COM3"), (Device.READER, "COM4")


def test_records_are_kept_by_device_and_address_and_written_over(database: Database) -> None:
    with database.begin() as connection:
        devices.keep(connection, {READER: USED, OTHER: Record(), (Device.PRINTER, "COM3"): Record(1, NOW)})
        assert devices.kept(connection)[READER] == USED
        devices.keep(connection, {READER: USED.with_good(NOW)})
    with database.read() as connection:
        kept = devices.kept(connection)
    assert kept[READER].good == 4
    assert (kept[OTHER], kept[(Device.PRINTER, "COM3")]) == (Record(), Record(1, NOW))
