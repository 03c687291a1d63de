"""The rating box against its simulator, over a real pseudo terminal; and the signature pad that is simulated."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from serial import SerialException, SerialTimeoutException

from client.errors import Cancelled, DeviceError, DeviceState
from client.ports.rating import GRADE_WORDS, Grade
from client.ports.readiness import Condition
from devices.rating import faults
from devices.rating.box import SerialBox, Timing
from devices.rating.frames import Dialect, dialect_of, dialects, first_grade
from devices.rating.simulated import NAME, SimulatedBox
from devices.rating.simulator import How, Press, Simulator
from devices.rating.use import box_of
from devices.signature.simulated import SimulatedPad
from tests.commands.typed import typed

SAMPLE = dialects()["framed-sample"]
TABLE = Path(__file__).parents[2] / "build" / "r11-rating.json"
QUICK = Timing(patience=0.15, writing=0.2, slice=0.01)
NOISY = Timing(patience=1.0, writing=0.2, slice=0.01)  # within it what is no key must have come
PATIENT = Timing(patience=20.0, writing=0.2, slice=0.01)  # ended by the key, however slow the machine is


def nobody() -> bool:
    return False


@contextmanager
def box(*presses: Press, timing: Timing = PATIENT, dialect: Dialect = SAMPLE) -> Iterator[tuple[SerialBox, Simulator]]:
    with Simulator(dialect, presses) as played:
        found = SerialBox(played.port, dialect, timing=timing)
        try:
            yield found, played
        finally:
            found.close()


def failure_of(ask: Callable[[], object]) -> DeviceError:
    with pytest.raises(DeviceError) as caught:
        ask()
    assert caught.value.title, "every place of the sentence is filled"
    assert caught.value.advice
    return caught.value


@pytest.mark.parametrize("grade", list(Grade))
def test_each_key_is_its_grade_and_the_keys_are_lit_only_meanwhile(grade: Grade) -> None:
    with box(Press(grade)) as (found, played):
        assert found.ask(nobody) is grade
        until = time.monotonic() + 10
        while played.heard != SAMPLE.invite + SAMPLE.dismiss and time.monotonic() < until:
            time.sleep(0.005)
        assert played.heard == SAMPLE.invite + SAMPLE.dismiss


@pytest.mark.parametrize("how", [How.SLOW, How.NOISE, How.TWICE])
def test_the_first_key_counts_whatever_comes_with_it(how: How) -> None:
    with box(Press(Grade.DISSATISFIED, how)) as (found, _):
        assert found.ask(nobody) is Grade.DISSATISFIED


def test_a_cable_pulled_just_after_the_key_takes_no_grade_away(monkeypatch: pytest.MonkeyPatch) -> None:
    with box(Press(Grade.DISSATISFIED), Press(Grade.SATISFIED)) as (found, _):
        line = found._opened()
        really = line.write

        def write(frame: bytes) -> int | None:
            if frame == SAMPLE.dismiss:
                raise SerialException
            return really(frame)

        monkeypatch.setattr(line, "write", write)
        assert found.ask(nobody) is Grade.DISSATISFIED
        assert found.ask(nobody) is Grade.SATISFIED, "over a line that was opened anew"


@pytest.mark.parametrize("error", [SerialException("gone"), SerialTimeoutException("stuck")])
def test_a_line_that_failed_is_given_back_and_opened_anew(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    with box(Press(Grade.SATISFIED)) as (found, _):
        line = found._opened()

        def write(_frame: bytes) -> None:
            raise error

        monkeypatch.setattr(line, "write", write)
        failure_of(lambda: found.ask(nobody))
        assert not line.is_open
        assert found.ask(nobody) is Grade.SATISFIED


def test_whoever_presses_nothing_has_not_rated() -> None:
    with box(timing=QUICK) as (found, _):
        assert found.ask(nobody) is None


EXPECTED = {
    How.WHOLE: "rated", How.SLOW: "rated", How.NOISE: "rated", How.TWICE: "rated", How.SILENT: "not rated",
    How.GARBAGE: "DEV-705", How.CUT: "DEV-705", How.UNPLUG: "DEV-701",
}  # fmt: skip


def outcome(found: SerialBox) -> str:
    try:
        return "rated" if found.ask(nobody) is Grade.SATISFIED else "not rated"
    except DeviceError as error:
        return error.code


def test_each_fault_is_told_and_the_same_box_answers_the_next_citizen(tmp_path: Path) -> None:
    """The rating box's part of the table of goal R11, kept in build/r11-rating.json."""
    table = []
    for how in How:
        port = tmp_path / how
        found = SerialBox(str(port), SAMPLE, timing=NOISY if EXPECTED[how] != "rated" else PATIENT)
        with closing(found):
            with plugged(port, Press(Grade.SATISFIED, how)):
                came = outcome(found)
            found._timing = PATIENT
            if how is not How.UNPLUG:  # one whose cable was pulled finds its new line by itself
                found.close()
            with plugged(port, Press(Grade.SATISFIED)):
                again = outcome(found)
        table.append({"device": "rating box", "step": "ask", "fault": how, "outcome": came, "repeated": again})
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(json.dumps(table, indent=1), "utf-8")
    assert {row["fault"]: row["outcome"] for row in table} == EXPECTED
    assert {row["repeated"] for row in table} == {"rated"}


@contextmanager
def plugged(port: Path, press: Press) -> Iterator[None]:
    with Simulator(SAMPLE, [press]) as played:
        port.symlink_to(played.port)
        try:
            yield
        finally:
            port.unlink()


def test_a_key_pressed_before_the_invitation_is_nobodys_rating() -> None:
    with box(timing=QUICK) as (found, played):
        assert found.ask(nobody) is None
        played.press(Grade.VERY_DISSATISFIED)
        while not found._opened().in_waiting:
            time.sleep(0.005)
        assert found.ask(nobody) is None


def test_it_can_be_taken_back() -> None:
    with box() as (found, _), pytest.raises(Cancelled):
        found.ask(lambda: True)


def test_one_program_at_a_time_has_the_port() -> None:
    with box(timing=QUICK) as (found, played):
        found.ask(nobody)
        other = SerialBox(played.port, SAMPLE, timing=QUICK)
        assert failure_of(lambda: other.ask(nobody)).fault == faults.BOX_BUSY


def test_a_port_that_is_not_there(tmp_path: Path) -> None:
    found = SerialBox(str(tmp_path / "ttyUSB0"), SAMPLE)
    assert failure_of(lambda: found.ask(nobody)).fault == faults.NO_BOX
    told = found.check()
    assert (told.condition, told.words) == (Condition.FAILED, "未连接")
    with box() as (there, _):
        assert there.check().condition is Condition.READY


def test_a_line_that_takes_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with box() as (found, _):
        line = found._opened()
        monkeypatch.setattr(line, "write", _refuse)
        assert failure_of(lambda: found.ask(nobody)).fault == faults.BOX_STUCK


def _refuse(_frame: bytes) -> None:
    raise SerialTimeoutException


def test_the_two_ends_a_box_may_count_from_are_kept_apart() -> None:
    """GB/T 39046 A.8 has 1 for the best, the provinces' interface 5."""
    known = dialects()
    assert first_grade(b"1", known["digit-from-best"]) is first_grade(b"5", known["digit-from-worst"])
    assert first_grade(b"1", known["digit-from-best"]) is Grade.VERY_SATISFIED
    assert [grade for grade in Grade if grade.is_bad] == [Grade.DISSATISFIED, Grade.VERY_DISSATISFIED]
    assert list(GRADE_WORDS.values()) == ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]


@pytest.mark.parametrize("name", list(dialects()))
def test_a_frame_is_found_first_in_any_noise(name: str) -> None:
    dialect = dialects()[name]
    frames = list(dialect.grades)
    for frame, other in zip(frames, frames[1:] + frames[:1], strict=True):
        assert first_grade(b"\x80\x81" + frame + other, dialect) is dialect.grades[frame]
        assert first_grade(frame[:-1], dialect) is None


def written(**changes: Any) -> dict[str, Any]:
    grades = {grade.value: f"{number:02x}" for number, grade in enumerate(Grade)} | changes
    return {"baud": 9600, "invite": "", "dismiss": "", "grades": grades}


@pytest.mark.parametrize(
    "changes", [{"satisfied": "00"}, {"satisfied": "0100"}, {"satisfied": ""}, {"best": "99"}], ids=str
)
def test_a_table_that_leaves_a_grade_in_doubt_is_refused(changes: dict[str, str]) -> None:
    assert dialect_of(written()).grades[b"\x00"] is Grade.VERY_SATISFIED
    with pytest.raises(ValueError, match="grade"):
        dialect_of(written(**changes))


def test_an_address_says_how_its_box_speaks() -> None:
    assert isinstance(box_of("COM5?digit-from-best"), SerialBox)
    for address in ("COM5", "COM5?digit"):
        error = failure_of(lambda address=address: box_of(address))  # type: ignore[misc] # mypy gives a default no type
        assert (error.state, error.fault) == (DeviceState.UNSUPPORTED, faults.UNKNOWN_DIALECT)
        assert "digit-from-worst" in error.advice


def test_the_command_says_which_key_it_was() -> None:
    with Simulator(SAMPLE, [Press(Grade.VERY_SATISFIED)]) as played:
        done = typed("rating", "ask", "--box", f"{played.port}?framed-sample", "--json")
    assert done.document == {"grade": "very-satisfied"}
    assert typed("rating", "ask", "--box", "simulated").out == "非常满意\n"


def test_the_simulated_box_has_citizens_who_press_nothing() -> None:
    found = SimulatedBox(grades=[Grade.SATISFIED, None], pace=0)
    assert [found.ask(nobody) for _ in range(3)] == [Grade.SATISFIED, None, Grade.SATISFIED]
    found.fail_next()
    assert failure_of(lambda: found.ask(nobody)).state is DeviceState.ABSENT
    with pytest.raises(Cancelled):
        found.ask(lambda: True)
    assert found.check().condition is Condition.READY
    found.close()


def test_a_system_without_pseudo_terminals_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pty", None)
    with pytest.raises(DeviceError) as told, Simulator(SAMPLE):
        pass
    assert told.value.fault == faults.NO_TERMINALS
    assert NAME in told.value.title


def test_a_signature_is_strokes_on_a_pad_and_never_in_a_log() -> None:
    pad = SimulatedPad(pace=0)
    signed = pad.sign("送达回证", nobody)
    assert signed is not None
    assert pad.shown == ["送达回证"]
    touches = [touch for stroke in signed.strokes for touch in stroke]
    assert len(signed.strokes) == 2
    assert all(0 <= each.x <= signed.width and 0 <= each.y <= signed.height for each in touches)
    assert all(0 <= each.pressure <= 1 for each in touches)
    assert [each.at for each in touches] == sorted(each.at for each in touches)
    assert "Touch" not in repr(signed)


def test_a_pad_may_be_declined_fail_and_be_taken_back() -> None:
    pad = SimulatedPad(pace=0)
    pad.decline_next()
    assert pad.sign("", nobody) is None
    pad.fail_next()
    assert failure_of(lambda: pad.sign("", nobody)).state is DeviceState.ABSENT
    with pytest.raises(Cancelled):
        pad.sign("", lambda: True)
    assert pad.sign("", nobody) is not None
    assert pad.check().condition is Condition.READY
    pad.close()
