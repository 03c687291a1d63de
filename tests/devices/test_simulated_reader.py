"""The reader of training and demo, and what is seen of a real one without touching it."""

from contextlib import closing
from pathlib import Path

import pytest

from client.errors import DeviceError, DeviceState
from client.ports.id_card import DocumentKind
from client.ports.readiness import Condition
from devices.idcard.cards import SAMPLES
from devices.idcard.sam import SamReader
from devices.idcard.simulated import SimulatedReader
from devices.idcard.simulator import Simulator
from devices.idcard.use import reader_of
from tests.desk.counter import MovableClock


def test_it_reads_its_cards_in_turn() -> None:
    reader = SimulatedReader(MovableClock(), pace=0)
    assert [reader.read().kind for _ in range(4)] == [
        DocumentKind.RESIDENT,
        DocumentKind.RESIDENT,
        DocumentKind.HMT_PERMIT,
        DocumentKind.RESIDENT,
    ]
    assert reader.check().condition is Condition.READY
    reader.close()


def test_it_knows_the_newer_address_too() -> None:
    moved = SimulatedReader(MovableClock(), kinds=["resident-moved"], pace=0).read()
    assert moved.address == SAMPLES["resident-moved"].newer_address


def test_it_fails_once_on_order() -> None:
    reader = SimulatedReader(MovableClock(), pace=0)
    reader.fail_next(DeviceState.TIMED_OUT)
    with pytest.raises(DeviceError) as failed:
        reader.read()
    assert failed.value.state is DeviceState.TIMED_OUT
    assert reader.read().name == "张三"


def test_on_the_line_somebody_else_comes_each_time() -> None:
    first, *others = (SAMPLES[kind] for kind in ("resident", "resident-rare", "hmt-permit"))
    with (
        Simulator(first, returns_after=0.0, others=others) as simulator,
        closing(SamReader(simulator.port, clock=MovableClock())) as reader,
    ):
        names = [reader.read().number for _ in range(4)]
    assert names == [first.fields["number"], *(card.fields["number"] for card in others), first.fields["number"]]


def test_a_setting_names_the_reader(tmp_path: Path) -> None:
    assert isinstance(reader_of("simulated", MovableClock()), SimulatedReader)
    assert isinstance(reader_of(str(tmp_path / "port"), MovableClock()), SamReader)


def test_a_reader_that_was_pulled_out_is_seen_without_reading(tmp_path: Path) -> None:
    with Simulator(SAMPLES["resident"]) as simulator:
        reader = SamReader(simulator.port, clock=MovableClock())
        assert reader.check().condition is Condition.READY
    gone = SamReader(str(tmp_path / "ttyUSB0"), clock=MovableClock()).check()
    assert gone.condition is Condition.FAILED
    assert gone.advice
