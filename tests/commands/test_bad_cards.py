"""Cards and readers that misbehave, from the pty to the command line: a sentence, or a warning beside what was read."""

from pathlib import Path

import pytest

from devices.idcard.cards import SAMPLES
from devices.idcard.simulated_sam import Failure
from devices.idcard.simulator import Simulator
from tests.commands.refusals import refusal, start
from tests.commands.typed import Done


def _read(kind: str, *orders: str) -> Done:
    with Simulator(SAMPLES[kind], [Failure.parse(order) for order in orders]) as simulator:
        return start("card", "read", "--port", simulator.port, "--json")


@pytest.mark.parametrize(
    ("orders", "code"),
    [
        (["read:removed"], "DEV-104"),
        (["read:garbage"], "DEV-105"),
        (["find:unplug"], "DEV-101"),
    ],
    ids=["removed while it was read", "garbage frame", "unplugged"],
)
def test_a_reading_that_fails_says_what_to_do(orders: list[str], code: str) -> None:
    error = refusal(_read("resident", *orders))
    assert error["code"] == code
    assert "F2" in error["advice"]


def test_a_reader_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert refusal(start("card", "read", "--port", tmp_path / "tty", "--json"))["code"] == "DEV-101"


@pytest.mark.parametrize(
    ("kind", "word"),
    [("resident-expired", "有效期"), ("resident-wrong-number", "校验"), ("resident-private", "专用字符")],
)
def test_what_is_odd_about_a_card_is_a_warning_beside_it(kind: str, word: str) -> None:
    done = _read(kind)
    assert (done.status, done.err) == (0, "")
    assert done.document["number"] == SAMPLES[kind].fields["number"]
    assert any(word in warning for warning in done.document["warnings"]), done.document["warnings"]


def test_rare_letters_are_read_as_they_are() -> None:
    done = _read("resident-rare")
    assert (done.status, done.err) == (0, "")
    assert done.document["name"] == SAMPLES["resident-rare"].fields["name"]
