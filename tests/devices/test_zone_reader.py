"""A passport reader on a pseudo terminal: what it sends is read, and each way of failing is told and can be repeated.

Its part of the table of goal R11 is kept in build/r11-zone.json.
"""

import json
import os
import threading
import tty
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import serial

from client.errors import DeviceError, DeviceState
from client.ports.id_card import DocumentKind
from client.ports.readiness import Condition
from devices.idcard import faults
from devices.idcard.addresses import zone_address
from devices.idcard.use import reader_of
from devices.idcard.zone_reader import ZoneReader
from tests.rules.test_mrz import CARD, PASSPORT, VISA_SIZED

TABLE = Path(__file__).parents[2] / "build" / "r11-zone.json"
NUMBER = "L898902C3"
UPPER, LOWER = PASSPORT.encode().split(b"\n")
SOUND = PASSPORT.encode().replace(b"\n", b"\r") + b"\r"


def clock() -> datetime:
    return datetime(2026, 11, 23, tzinfo=UTC)


def reader_at(port: Path, patience: float = 0.6) -> ZoneReader:
    return ZoneReader(str(port), rate=9600, clock=clock, patience=patience, rest=0.12)


@contextmanager
def plugged(port: Path) -> Iterator[int]:
    """The reader's end of a line at `port`, for as long as the block lasts."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    port.symlink_to(os.ttyname(theirs))
    try:
        yield ours
    finally:
        port.unlink()
        for end in (ours, theirs):
            os.close(end)


@contextmanager
def sending(line: int, *parts: bytes, after: float = 0.08) -> Iterator[None]:
    """Somebody lays a document down in a moment."""
    hand = threading.Timer(after, lambda: [os.write(line, part) for part in parts])
    hand.start()
    try:
        yield
    finally:
        hand.join()


def outcome(reader: ZoneReader, line: int, *parts: bytes) -> str:
    with sending(line, *parts):
        try:
            document = reader.read()
        except DeviceError as error:
            return error.code
    assert document.number == NUMBER
    return "read"


FAULTS = {
    "stalled": ((), "DEV-113"),
    "garbage": ((bytes(range(256)) * 2,), "DEV-114"),
    "short": ((UPPER + b"\r" + LOWER[:30],), "DEV-114"),
    "first line alone": ((UPPER + b"\r",), "DEV-114"),
    "long": ((SOUND + b"0123456789" * 20,), "read"),
    "twice": ((SOUND, SOUND), "read"),
    "wrong order": ((LOWER + b"\r" + UPPER + b"\r",), "DEV-114"),
    "wrong digit": ((SOUND.replace(b"L898902C3", b"L898903C3"),), "DEV-114"),
    "noise before": ((b"\x02\x00\xff12", SOUND), "read"),
    "in pieces": (tuple(SOUND[at : at + 9] for at in range(0, len(SOUND), 9)), "read"),
}


def test_each_fault_is_told_and_can_be_repeated(tmp_path: Path) -> None:
    rows = []
    for fault, (parts, _) in FAULTS.items():
        port = tmp_path / fault
        with plugged(port) as line, closing(reader_at(port)) as reader:
            came = outcome(reader, line, *parts)
            rows.append({"device": "passport", "step": "read", "fault": fault, "outcome": came})
            rows[-1]["repeated"] = outcome(reader, line, SOUND)
    rows += [_absent(tmp_path / "absent"), _locked(tmp_path / "locked"), _unplugged(tmp_path / "unplugged")]
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(json.dumps(rows, indent=1), "utf-8")
    expected = {**{fault: code for fault, (_, code) in FAULTS.items()}, "absent": "DEV-101", "locked": "DEV-102"}
    expected["unplugged"] = "DEV-101"
    assert {row["fault"]: row["outcome"] for row in rows} == expected
    assert {row["repeated"] for row in rows} == {"read"}


def _absent(port: Path) -> dict[str, str]:
    with closing(reader_at(port)) as reader:
        with pytest.raises(DeviceError) as caught:
            reader.read()
        with plugged(port) as line:
            again = outcome(reader, line, SOUND)
    return {"device": "passport", "step": "open", "fault": "absent", "outcome": caught.value.code, "repeated": again}


def _locked(port: Path) -> dict[str, str]:
    with plugged(port) as line, closing(reader_at(port)) as reader:
        with serial.Serial(str(port), exclusive=True):
            came = outcome(reader, line)
        again = outcome(reader, line, SOUND)
    return {"device": "passport", "step": "open", "fault": "locked", "outcome": came, "repeated": again}


def _unplugged(port: Path) -> dict[str, str]:
    with closing(reader_at(port)) as reader:
        with plugged(port) as line:
            assert outcome(reader, line, SOUND) == "read"
        with pytest.raises(DeviceError) as caught:
            reader.read()
        with plugged(port) as line:
            again = outcome(reader, line, SOUND)
    return {"device": "passport", "step": "read", "fault": "unplugged", "outcome": caught.value.code, "repeated": again}


def test_what_was_sent_before_it_was_asked_is_of_somebody_else(tmp_path: Path) -> None:
    port = tmp_path / "reader"
    with plugged(port) as line, closing(reader_at(port)) as reader:
        assert outcome(reader, line, SOUND) == "read"
        os.write(line, SOUND)
        assert outcome(reader, line) == faults.NO_ZONE.code


@pytest.mark.parametrize("zone", [PASSPORT, CARD, VISA_SIZED])
def test_documents_of_every_size_are_read(tmp_path: Path, zone: str) -> None:
    port = tmp_path / "reader"
    with plugged(port) as line, closing(reader_at(port)) as reader, sending(line, zone.encode().lower()):
        document = reader.read()
    assert (document.kind, document.name_en) == (DocumentKind.TRAVEL_DOCUMENT, "ERIKSSON, ANNA MARIA")
    assert not document.is_of_chip


def test_it_is_named_by_its_port_and_speed() -> None:
    assert zone_address("mrz:/dev/ttyUSB0") == ("/dev/ttyUSB0", 9600)
    assert zone_address("mrz:COM3?rate=115200") == ("COM3", 115200)
    assert zone_address("COM3") is None
    assert isinstance(reader_of("mrz:COM3", clock), ZoneReader)


@pytest.mark.parametrize("address", ["mrz:", "mrz:COM3?rate=300", "mrz:COM3?speed=9600", "mrz:COM3?rate="])
def test_what_is_written_wrongly_is_refused(address: str) -> None:
    with pytest.raises(DeviceError) as caught:
        reader_of(address, clock)
    assert caught.value.state is DeviceState.UNSUPPORTED


def test_its_lamp_tells_whether_its_port_is_there(tmp_path: Path) -> None:
    port = tmp_path / "reader"
    reader = reader_at(port)
    assert reader.check().condition is Condition.FAILED
    with plugged(port):
        assert reader.check().condition is Condition.READY
