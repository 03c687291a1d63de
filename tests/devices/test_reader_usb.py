"""A reader on USB over a stood-in bus: both ways its pipes are laid, and each way they fail, in the child."""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from client.errors import DeviceError, DeviceState, Fault
from client.ports.readiness import Condition
from devices.children.native import LibraryError
from devices.idcard import faults, usb_pipes
from devices.idcard.card_child import Terms
from devices.idcard.conversation import Exchange, Timing
from devices.idcard.frames import STATUS, Reply, cut, encode, encode_reply
from devices.idcard.library_reader import ChildSamReader
from devices.idcard.sam import ADDRESS_NOT_READ
from devices.idcard.usb_pipes import UsbPipes
from devices.idcard.usb_reader import ON_USB, known_readers, plugged_in, usb_reader
from devices.idcard.use import driver_of, reader_of
from tests.devices.standing_in import MOVED, clock
from tests.devices.usb_standing_in import StandIn

CHILD = (sys.executable, "-c", "from tests.devices.usb_standing_in import served; served()")
QUICK = Timing(short=0.5, reading=0.5, patience=0.05, poll=0.02, slice=0.01, probe=0.4)
KNOWN = (0x0400, 0xC35A)


@contextmanager
def reader(
    folder: Path, played: str, *, command: tuple[str, ...] = CHILD, witness: list[Exchange] | None = None
) -> Iterator[ChildSamReader]:
    (folder / "usb").write_text(played)
    seen = witness.append if witness is not None else None
    terms = Terms(command, grace=1.0)
    with closing(usb_reader((), clock=clock, timing=QUICK, terms=terms, witness=seen)) as made:
        yield made


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STANDIN", str(tmp_path))
    return tmp_path


def failure_of(made: ChildSamReader) -> tuple[DeviceState, Fault]:
    with pytest.raises(DeviceError) as caught:
        made.read()
    assert caught.value.title
    return caught.value.state, caught.value.fault


@pytest.mark.parametrize("pairs", [1, 2])
def test_a_card_is_read_however_the_pipes_are_laid(bus: Path, pairs: int) -> None:
    seen: list[Exchange] = []
    with reader(bus, str(pairs), witness=seen) as made:
        document = made.read()
        assert (document.name, document.address, document.photo) == ("张三", MOVED.newer_address, MOVED.photo)
        assert made.check().condition is Condition.READY
        assert failure_of(made) == (DeviceState.TIMED_OUT, faults.SAME_CARD)
    assert seen[-1].rate == pairs


FAILING = {
    "read:garbage": (DeviceState.UNREADABLE, faults.GARBLED),
    "read:stall": (DeviceState.TIMED_OUT, faults.SILENT),
    "select:unplug": (DeviceState.ABSENT, faults.NO_READER),
    "read:short": (DeviceState.UNREADABLE, faults.INCOMPLETE),
    "select:status=60": (DeviceState.LOCKED, faults.MODULE_LOCKED),
}


@pytest.mark.parametrize("failure", list(FAILING))
def test_a_failure_on_the_bus_is_told_as_on_a_line(bus: Path, failure: str) -> None:
    with reader(bus, f"1 {failure}") as made:
        assert failure_of(made) == FAILING[failure]


@pytest.mark.parametrize("failure", ["read:checksum*1", "find:noise", "select:twice", "address:stall"])
def test_what_passes_on_the_bus_is_read_all_the_same(bus: Path, failure: str) -> None:
    with reader(bus, f"1 {failure}") as made:
        document = made.read()
    assert document.name == "张三"
    assert document.warnings == ((ADDRESS_NOT_READ,) if failure.startswith("address") else ())


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("unplugged", (DeviceState.ABSENT, faults.NO_READER)),
        ("busy", (DeviceState.BUSY, faults.PORT_BUSY)),
        ("forbidden", (DeviceState.LOCKED, faults.USB_FORBIDDEN)),
    ],
)
def test_a_reader_that_cannot_be_had_is_told_and_read_when_it_can(
    bus: Path, why: str, told: tuple[DeviceState, Fault]
) -> None:
    (bus / why).touch()
    with reader(bus, "1") as made:
        assert failure_of(made) == told
        look = made.check()
        assert (look.condition, look.words) == (Condition.FAILED, told[1].title.format(device=made.name))
        (bus / why).unlink()
        assert made.read().name == "张三"
        (bus / why).touch()
        if why == "unplugged":
            assert made.check().condition is Condition.FAILED
            (bus / why).unlink()
            assert made.check().condition is Condition.READY


def test_a_machine_without_libusb_says_so(bus: Path) -> None:
    without = (
        "import usb.core\n"
        "def find(**_): raise usb.core.NoBackendError('No backend available')\n"
        "usb.core.find = find\n"
        "from devices.idcard.child import serve; serve()"
    )
    with reader(bus, "1", command=(sys.executable, "-c", without)) as made:
        assert failure_of(made) == (DeviceState.UNSUPPORTED, faults.NO_LIBUSB)


def test_the_program_itself_looks_on_the_bus_of_this_machine() -> None:
    with closing(reader_of("usb:ffff:ffff", clock)) as made, pytest.raises(DeviceError) as caught:
        made.read()
    assert caught.value.fault in (faults.NO_READER, faults.NO_LIBUSB)


def test_pipes_are_taken_in_the_process_that_holds_them(bus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (bus / "usb").write_text("2")
    bus_of_ours = StandIn(bus)
    monkeypatch.setattr(usb_pipes, "BACKEND", bus_of_ours)
    pipes = UsbPipes([(1, 2), KNOWN])
    assert pipes.open() == 0x90
    frame = {"command": "send", "frame": encode(STATUS).hex()}
    ask = {"command": "receive", "wait": 5}
    for pairs, payload in ((1, None), (2, b"\0\0\x90")):
        assert pipes.do({**frame, "pairs": pairs}) == (0x90, b"")
        assert cut(pipes.do({**ask, "pairs": pairs})[1]).payload == payload
    bus_of_ours.pipes.waiting[1].extend(b"late")
    pipes.do({**frame, "pairs": 2})
    assert pipes.do({**ask, "pairs": 2})[1] == encode_reply(Reply(0x90, b"")), "what came late is dropped"
    (bus / "unplugged").touch()
    with pytest.raises(LibraryError, match="usb-absent"):
        pipes.do({**ask, "pairs": 1})
    pipes.close()
    with pytest.raises(LibraryError, match="usb-absent"):
        UsbPipes([KNOWN]).open()


def test_known_readers_that_are_plugged_in_are_offered(tmp_path: Path) -> None:
    for place, numbers in {
        "1-1": ("0400", "c35a"),
        "1-2": ("2b19", "0200"),
        "1-3": ("1d6b", "0002"),
        "1-4": ("?", ""),
    }.items():
        (tmp_path / place).mkdir()
        for name, number in zip(("idVendor", "idProduct"), numbers, strict=True):
            (tmp_path / place / name).write_text(f"{number}\n")
    assert plugged_in(tmp_path) == [("usb:0400:c35a", ON_USB), ("usb:2b19:0200", ON_USB)]
    assert plugged_in(tmp_path / "none") == []


def test_a_driver_is_named_for_whoever_looks_after_it() -> None:
    assert driver_of("usb:").words == "USB，SAM_V 模块（单独的进程）"
    assert driver_of("usb:").library.startswith("pyusb 1.")


def test_the_table_of_readers_has_numbers() -> None:
    assert known_readers()[0] == KNOWN
    assert len(known_readers()) == len(set(known_readers())) >= 3


@pytest.mark.parametrize("address", ["usb:0400", "usb:0400:c35a:1", "usb:xxxx:0000"])
def test_a_number_that_is_none_is_told(address: str) -> None:
    with pytest.raises(DeviceError) as caught:
        reader_of(address, clock)
    assert caught.value.fault is faults.WRONG_ADDRESS
