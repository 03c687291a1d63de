"""The table of goal R11 for the card reader: each step of a reading fails in each way, over a real pseudo terminal.

What comes of it is told in one closed list, and the step can be repeated: the same reader reads when the fault is
gone. The table is kept in build/r11-idcard.json.
"""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import serial

from client.errors import DeviceError
from devices.idcard.cards import SAMPLES
from devices.idcard.conversation import Timing
from devices.idcard.sam import SamReader
from devices.idcard.simulated_sam import Failure, How, Step
from devices.idcard.simulator import Simulator

QUICK = Timing(short=0.25, reading=0.5, patience=0.05, poll=0.02, slice=0.01, probe=0.12)
CARD = SAMPLES["resident-moved"]
TABLE = Path(__file__).parents[2] / "build" / "r11-idcard.json"

READ, WARNED = "read", "read, with a warning"
ABSENT, BUSY, SILENT, INCOMPLETE, GARBLED, NO_CARD, STRANGE = (
    "DEV-101", "DEV-102", "DEV-103", "DEV-104", "DEV-105", "DEV-106", "DEV-111",
)  # fmt: skip
BROKEN = {
    How.STALL: SILENT, How.GARBAGE: GARBLED, How.CHECKSUM: GARBLED, How.TRUNCATED: GARBLED, How.UNPLUG: ABSENT,
    How.SLOW: READ, How.NOISE: READ, How.LONG: READ, How.TWICE: READ,
}  # fmt: skip
EXPECTED = {
    # Any answer tells that a reader is there at this speed; what is wrong with it, the next step tells.
    Step.PROBE: {**BROKEN, How.ABSENT: READ, How.STATUS: READ, How.SHORT: READ, How.ORDER: READ, How.REMOVED: NO_CARD},
    Step.FIND: {
        **BROKEN, How.ABSENT: NO_CARD, How.STATUS: INCOMPLETE, How.SHORT: READ, How.ORDER: NO_CARD,
        How.REMOVED: NO_CARD,
    },
    Step.SELECT: {
        **BROKEN, How.ABSENT: INCOMPLETE, How.STATUS: INCOMPLETE, How.SHORT: READ, How.ORDER: STRANGE,
        How.REMOVED: INCOMPLETE,
    },
    Step.READ: {
        **BROKEN, How.ABSENT: INCOMPLETE, How.STATUS: INCOMPLETE, How.SHORT: INCOMPLETE, How.ORDER: STRANGE,
        How.REMOVED: INCOMPLETE,
    },
    # The card was read: what is lost of its newer address is a warning, and costs no second reading.
    Step.ADDRESS: {how: READ if outcome == READ else WARNED for how, outcome in BROKEN.items()}
    | dict.fromkeys((How.ABSENT, How.STATUS, How.SHORT, How.ORDER, How.REMOVED), WARNED),
}  # fmt: skip


def reader_at(port: Path) -> SamReader:
    return SamReader(str(port), clock=lambda: datetime(2026, 11, 23, tzinfo=UTC), timing=QUICK)


def outcome(reader: SamReader) -> str:
    try:
        document = reader.read()
    except DeviceError as error:
        return error.code
    assert document.number == CARD.fields["number"]
    return WARNED if document.warnings else READ


@contextmanager
def plugged(port: Path, *failures: Failure) -> Iterator[None]:
    """A reader at `port` for as long as the block lasts."""
    with Simulator(CARD, failures) as simulator:
        port.symlink_to(simulator.port)
        try:
            yield
        finally:
            port.unlink()


def test_each_step_fails_in_each_way_and_can_be_repeated(tmp_path: Path) -> None:
    rows, wrong = [], []
    for step in Step:
        for how in How:
            port = tmp_path / f"{step}-{how}"
            with closing(reader_at(port)) as reader:
                with plugged(port, Failure(step, how)):
                    came = outcome(reader)
                with plugged(port):
                    again = outcome(reader) if came not in (READ, WARNED) else READ
            rows.append({"device": "id-card", "step": step, "fault": how, "outcome": came, "repeated": again})
            if (came, again) != (EXPECTED[step][how], READ):
                wrong.append(rows[-1])
    rows += [_before(tmp_path / "unplugged"), _locked(tmp_path / "locked")]
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(json.dumps(rows, indent=1), "utf-8")
    assert wrong == []
    assert [(row["outcome"], row["repeated"]) for row in rows[-2:]] == [(ABSENT, READ), (BUSY, READ)]


def _before(port: Path) -> dict[str, str]:
    """Not plugged in when it is asked first."""
    with closing(reader_at(port)) as reader:
        came = outcome(reader)
        with plugged(port):
            again = outcome(reader)
    return {"device": "id-card", "step": "open", "fault": "absent", "outcome": came, "repeated": again}


def _locked(port: Path) -> dict[str, str]:
    """Another program has the port."""
    with (
        plugged(port),
        closing(reader_at(port)) as reader,
    ):
        with serial.Serial(str(port), exclusive=True):
            came = outcome(reader)
        again = outcome(reader)
    return {"device": "id-card", "step": "open", "fault": "locked", "outcome": came, "repeated": again}
