"""The table of goal R11 for drivers in a child: each step of a reading fails in each way, in a real library.

What comes of it is told in one closed list, and the step can be repeated: the same reader reads when the fault is
gone. The table is kept in build/r11-native.json.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from client.errors import DeviceError
from client.ports.id_card import IdCardReader
from devices.children.supervised import Limits
from devices.idcard.library_reader import sdtapi_reader
from devices.idcard.termb_reader import TermbReader
from tests.devices.standing_in import HASTY, MOVED, QUICK, Counter, clock

TABLE = Path(__file__).parents[2] / "build" / "r11-native.json"
READ, WARNED = "read", "read, with a warning"
ABSENT, SILENT, INCOMPLETE, GARBLED, NO_CARD, UNTRUSTED, WRONG, LOCKED, STRANGE, ENDED = (
    "DEV-101", "DEV-103", "DEV-104", "DEV-105", "DEV-106", "DEV-108", "DEV-109", "DEV-110", "DEV-111",
    "DEV-131",
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


def sdtapi(library: Path) -> IdCardReader:
    return sdtapi_reader(
        str(library),
        1001,
        clock=clock,
        timing=QUICK,
        terms=TERMS,
    )


def termb(library: Path) -> IdCardReader:
    return TermbReader(
        str(library),
        1001,
        clock=clock,
        timing=QUICK,
        terms=TERMS,
    )


MAKERS: dict[str, Callable[[Path], IdCardReader]] = {"sdtapi": sdtapi, "termb": termb}


def outcome(reader: IdCardReader) -> str:
    try:
        document = reader.read()
    except DeviceError as error:
        return error.code
    assert document.number == MOVED.fields["number"]
    return WARNED if document.warnings else READ


def read_again(reader: IdCardReader, counter: Counter) -> str:
    counter.lift()
    return outcome(reader)


def loading(libraries: Path, folder: Path, how: str, left: str | None) -> dict[str, str]:
    """What lies in the place of the library is none; then somebody installs the right one."""
    folder.mkdir(exist_ok=True)
    place = folder / f"{how}.so"
    if left is not None:
        shutil.copy(libraries / left, place)
    with closing(sdtapi(place)) as reader:
        came = outcome(reader)
        place.unlink(missing_ok=True)
        shutil.copy(libraries / "sdtapi.so", place)
        return {"device": "sdtapi", "step": "load", "fault": how, "outcome": came, "repeated": outcome(reader)}


def failing(steps: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str, str]]:
    for step, ways in steps.items():
        for way, expected in ways.items():
            yield step, way, expected


@pytest.mark.expected_warnings("child lost")
def test_each_step_fails_in_each_way_and_can_be_repeated(libraries: Path, counter: Counter, tmp_path: Path) -> None:
    rows, wrong = [], []
    counter.place(MOVED)
    counter.getters(name="张三")  # Termb's stand-in finds a card by it
    for device, steps in EXPECTED.items():
        with closing(MAKERS[device](libraries / f"{device}.so")) as reader:
            for step, way, expected in failing(steps):
                if step == "open":
                    reader.close()
                counter.order(f"{step}:{way}")
                came, again = (read_again(reader, counter) for _ in range(2))
                rows.append({"device": device, "step": step, "fault": way, "outcome": came, "repeated": again})
                if (came, again) != (expected, READ):
                    wrong.append((rows[-1], expected))
    for how, left in (("missing", None), ("bits", "bits.so"), ("torn", "torn.so"), ("no library", "text.so")):
        rows.append(loading(libraries, tmp_path / "driver", how, left))
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(json.dumps(rows, indent=1), "utf-8")
    assert wrong == []
    assert [row["outcome"] for row in rows[-4:]] == ["DEV-133", "DEV-134", "DEV-131", "DEV-135"]
    assert {row["repeated"] for row in rows} == {READ}
