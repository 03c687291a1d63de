"""Which readers there are to choose from, and the simulated one read as any other."""

from datetime import UTC, datetime

import pytest
from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo

from client.ports.devices import SIMULATED
from devices.idcard import usb_reader
from devices.idcard.use import found, read_card


def port(device: str, description: str) -> ListPortInfo:
    info = ListPortInfo(device, skip_link_detection=True)
    info.description = description
    return info


def test_the_ports_of_this_machine_are_asked_of_the_system() -> None:
    ports = [address for address, _ in found() if not address.startswith("usb:")]
    assert ports == sorted(each.device for each in list_ports.comports())


def test_a_port_is_told_by_what_the_system_calls_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = [port("COM4", "n/a"), port("COM3", "USB Serial")]
    monkeypatch.setattr(list_ports, "comports", lambda: ports)
    monkeypatch.setattr(usb_reader, "plugged_in", lambda: [("usb:0400:c35a", "on USB")])
    assert found() == [("usb:0400:c35a", "on USB"), ("COM3", "USB Serial"), ("COM4", "COM4")]


def test_the_simulated_reader_is_read_once_as_any_other() -> None:
    assert read_card(SIMULATED, lambda: datetime(2026, 11, 23, tzinfo=UTC)).name == "张三"
