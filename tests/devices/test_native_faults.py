"""The table of goal R11 for drivers in a child: each step of a reading fails in each way, in a real library.

What comes of it is told in one closed list, and the step can be repeated: the same reader reads when the fault is
gone. The table is kept in build/r11-native.json.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pytest

from client.errors import DeviceError
from client.ports.id_card import IdCardReader
from devices.children.supervised import Limits
from devices.idcard.card_child import Terms
from devices.idcard.library_reader import sdtapi_reader
from devices.idcard.termb_reader import TermbReader
from devices.idcard.usb_reader import usb_reader
from tests.devices.standing_in import HASTY, MOVED, QUICK, Counter, clock
from tests.devices.test_reader_usb import CHILD as USB_CHILD
from tests.devices.test_reader_usb import QUICK as ON_USB

TABLE = Path(__file__).parents[2] / "build" / "r11-native.json"
READ, WARNED = "read", "read, with a warning"
ABSENT, SILENT, INCOMPLETE, GARBLED, NO_CARD, SAME_CARD, UNTRUSTED, WRONG, LOCKED, STRANGE, ENDED = (
    "DEV-101", "DEV-103", "DEV-104", "DEV-105", "DEV-106", "DEV-107", "DEV-108", "DEV-109", "DEV-110",
    "DEV-111", "DEV-131",
)  # fmt: skip
TAKEN_DOWN = {"crash": ENDED, "hang": SILENT}
BESIDE = {"exit": ENDED, "leak": READ, "print": READ}
EXPECTED = {
    "sdtapi": {
        "open": {**TAKEN_DOWN, "status=01": ABSENT, "status=60": LOCKED},
        # What fails at the first command of a port that stood open is tried once more by itself.
        "find": {
            "crash": READ, "hang": READ, "status=80": READ, "status=02": READ, "status=66": LOCKED, "order": READ,
            "unplug": READ,
        },
        "select": {"crash": ENDED, "status=81": INCOMPLETE, "status=21": STRANGE, "order": STRANGE, "unplug": SILENT},
        "read": {
            **TAKEN_DOWN, **BESIDE, "status=41": INCOMPLETE, "status=32": UNTRUSTED, "status=10": GARBLED,
            "status=03": GARBLED, "short": INCOMPLETE, "long": INCOMPLETE, "huge": INCOMPLETE, "garbage": WRONG,
            "order": STRANGE, "removed": WARNED, "unplug": GARBLED,
        },
        # The card was read: what is lost of its newer address costs no second reading.
        "address": {"crash": WARNED, "hang": WARNED, "status=41": WARNED, "short": WARNED},
    },
    "termb": {
        "open": {"crash": ENDED, "status=02": ABSENT, "status=03": ABSENT},
        "find": {"crash": ENDED, "status=02": READ, "status=03": INCOMPLETE, "status=00": ABSENT},
        "read": {**TAKEN_DOWN, **BESIDE, "status=00": INCOMPLETE, "status=63": INCOMPLETE},
    },
}  # fmt: skip
TERMS = replace(HASTY, opening=3.0, grace=1.0, limits=Limits(free=99, losses=99, memory=40 << 20))


ON_LOADING = {"missing": "DEV-133", "bits": "DEV-134", "torn": ENDED, "text": "DEV-135"}
ON_THE_BUS = {"unplugged": ABSENT, "busy": "DEV-102", "forbidden": "DEV-138"}


@dataclass(frozen=True)
class Row:
    """One fault at one step of a device: what came of it, and of the same reading once it was gone."""

    device: str
    step: str
    fault: str
    expected: str
    outcome: str
    repeated: str

    @property
    def is_right(self) -> bool:
        return (self.outcome, self.repeated) == (self.expected, READ)


def sdtapi(library: Path) -> IdCardReader:
    return sdtapi_reader(str(library), 1001, clock=clock, timing=QUICK, terms=TERMS)


def termb(library: Path) -> IdCardReader:
    return TermbReader(str(library), 1001, clock=clock, timing=QUICK, terms=TERMS)


MAKERS: Mapping[str, Callable[[Path], IdCardReader]] = {"sdtapi": sdtapi, "termb": termb}


def outcome(reader: IdCardReader) -> str:
    try:
        document = reader.read()
    except DeviceError as error:
        return error.code
    assert document.number == MOVED.fields["number"]
    return WARNED if document.warnings else READ


def in_a_library(libraries: Path, counter: Counter, device: str) -> Iterator[Row]:
    """Each order of the table, done once by the library."""
    with closing(MAKERS[device](libraries / f"{device}.so")) as reader:
        for step, ways in EXPECTED[device].items():
            for way, expected in ways.items():
                if step == "open":
                    reader.close()
                counter.order(f"{step}:{way}")
                outcomes = []
                for _ in range(2):
                    counter.lift()
                    outcomes.append(outcome(reader))
                yield Row(device, step, way, expected, *outcomes)


def on_the_reader(libraries: Path, counter: Counter) -> Iterator[Row]:
    """No card lies there; one lies there that was read already."""
    with closing(sdtapi(libraries / "sdtapi.so")) as reader:
        counter.place(None)
        absent = outcome(reader)
        counter.place(MOVED)
        yield Row("sdtapi", "find", "absent", NO_CARD, absent, outcome(reader))
        twice = outcome(reader)
        counter.lift()
        yield Row("sdtapi", "find", "twice", SAME_CARD, twice, outcome(reader))


def at_loading(libraries: Path, folder: Path) -> Iterator[Row]:
    """What lies in the place of the library is none; then somebody installs the right one."""
    for how, expected in ON_LOADING.items():
        library = folder / f"{how}.so"
        if (libraries / library.name).exists():
            shutil.copy(libraries / library.name, library)
        with closing(sdtapi(library)) as reader:
            came = outcome(reader)
            library.unlink(missing_ok=True)
            shutil.copy(libraries / "sdtapi.so", library)
            yield Row("sdtapi", "load", how, expected, came, outcome(reader))


def on_the_bus(folder: Path) -> Iterator[Row]:
    """Not plugged in, held by another program, not ours to use; and a cable that is pulled while a card is read."""
    for how, expected in ON_THE_BUS.items():
        (folder / "usb").write_text("1")
        (folder / how).touch()
        with closing(usb_reader((), clock=clock, timing=ON_USB, terms=Terms(USB_CHILD))) as reader:
            came = outcome(reader)
            (folder / how).unlink()
            yield Row("usb", "open", how, expected, came, outcome(reader))
    (folder / "usb").write_text("1 read:unplug*1")
    with closing(usb_reader((), clock=clock, timing=ON_USB, terms=Terms(USB_CHILD))) as reader:
        yield Row("usb", "read", "unplug", ABSENT, outcome(reader), outcome(reader))


@pytest.mark.expected_warnings("child lost")
def test_each_step_fails_in_each_way_and_can_be_repeated(libraries: Path, counter: Counter, tmp_path: Path) -> None:
    counter.place(MOVED)
    counter.getters(name="张三")  # Termb's stand-in finds a card by it
    rows = [row for device in MAKERS for row in in_a_library(libraries, counter, device)]
    rows += on_the_reader(libraries, counter)
    rows += at_loading(libraries, tmp_path)
    rows += on_the_bus(tmp_path)
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(json.dumps([asdict(row) for row in rows], indent=1), "utf-8")
    assert [row for row in rows if not row.is_right] == []
