"""The reader against the simulator, over a real pseudo terminal, failing at each step in each way (goals R11)."""

import os
import select
import signal
import stat
import subprocess
import sys
import threading
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from client.errors import DeviceError, DeviceState, Fault
from client.ports.id_card import DocumentKind, IdCardReader
from devices.idcard import faults, sam, simulator, use
from devices.idcard.cards import SAMPLES, SampleCard
from devices.idcard.conversation import Timing
from devices.idcard.frames import FIND, STATUS, cut, encode
from devices.idcard.sam import ADDRESS_NOT_READ, SamReader
from devices.idcard.simulated_sam import Failure, How, SimulatedSam, Step
from devices.idcard.simulator import Simulator
from tests.bounded import bounded

QUICK = Timing(short=0.2, reading=0.2, patience=0.05, poll=0.02, slice=0.01, probe=0.1)


def clock() -> datetime:
    return datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@contextmanager
def reader(
    card: SampleCard | None = SAMPLES["resident-moved"], *orders: str, returns_after: float | None = None
) -> Iterator[tuple[SamReader, Simulator]]:
    failures = [Failure.parse(order) for order in orders]
    with Simulator(card, failures, returns_after=returns_after) as simulator:
        sam_reader = SamReader(simulator.port, clock=clock, timing=QUICK)
        try:
            yield sam_reader, simulator
        finally:
            sam_reader.close()


def failure_of(sam_reader: IdCardReader) -> DeviceError:
    with pytest.raises(DeviceError) as caught:
        sam_reader.read()
    assert caught.value.title, "every place of the sentence is filled"
    assert caught.value.advice
    return caught.value


@pytest.mark.parametrize("kind", list(SAMPLES))
def test_every_sample_card_is_read(kind: str) -> None:
    card = SAMPLES[kind]
    with reader(card) as (sam_reader, _):
        document = sam_reader.read()
    assert document.kind is card.kind
    assert document.number == card.fields["number"]
    assert document.photo == card.photo
    assert document.address == (card.newer_address or card.fields.get("address"))


def test_the_clock_decides_what_is_expired() -> None:
    with reader(SAMPLES["resident-expired"]) as (sam_reader, _):
        assert sam_reader.read().is_expired(date(2026, 11, 23))


@pytest.mark.parametrize("how", [How.STALL, How.GARBAGE, How.CHECKSUM, How.TRUNCATED, How.ABSENT, How.STATUS])
@pytest.mark.parametrize("step", [Step.FIND, Step.SELECT])
def test_the_same_reader_reads_after_a_failure_that_passes(step: Step, how: How) -> None:
    times = 2 if how in (How.GARBAGE, How.CHECKSUM, How.TRUNCATED) else 1
    with reader(SAMPLES["resident"], f"{step}:{how}*{times}") as (sam_reader, _):
        for _ in range(3):
            try:
                document = sam_reader.read()
            except DeviceError:
                continue
            break
        assert document.number == SAMPLES["resident"].fields["number"]


@pytest.mark.parametrize("how", [How.SLOW, How.NOISE])
@pytest.mark.parametrize("step", list(Step))
def test_slow_and_noisy_lines_are_read_all_the_same(step: Step, how: How) -> None:
    with reader(SAMPLES["resident-moved"], f"{step}:{how}") as (sam_reader, _):
        document = sam_reader.read()
        assert (document.address, document.warnings) == ("示例市示例区示例路2号", ())


@pytest.mark.parametrize("how", [How.GARBAGE, How.CHECKSUM, How.TRUNCATED])
@pytest.mark.parametrize("step", list(Step))
def test_one_broken_frame_is_asked_for_again(step: Step, how: How) -> None:
    with reader(SAMPLES["resident-moved"], f"{step}:{how}*1") as (sam_reader, _):
        document = sam_reader.read()
        assert (document.address, document.warnings) == ("示例市示例区示例路2号", ())


@pytest.mark.parametrize("how", [How.STALL, How.SHORT, How.ORDER, How.UNPLUG, How.ABSENT, How.STATUS])
def test_a_lost_newer_address_costs_no_second_reading(how: How) -> None:
    with reader(SAMPLES["resident-moved"], f"address:{how}=41") as (sam_reader, _):
        document = sam_reader.read()
        assert document.address == SAMPLES["resident"].fields["address"]
        assert document.warnings == (ADDRESS_NOT_READ,)


def test_a_blank_newer_address_changes_nothing() -> None:
    card = SampleCard(DocumentKind.RESIDENT, SAMPLES["resident"].fields, newer_address="")
    with reader(card) as (sam_reader, _):
        assert sam_reader.read().address == card.fields["address"]


def test_a_card_that_stays_is_told_apart_from_an_empty_field() -> None:
    with reader(SAMPLES["resident"]) as (sam_reader, simulator):
        sam_reader.read()
        assert failure_of(sam_reader).fault is faults.SAME_CARD
        simulator.place(None)
        assert failure_of(sam_reader).fault is faults.SAME_CARD, "the reader cannot see it leave"
        simulator.place(SAMPLES["resident-rare"])
        assert sam_reader.read().name == "李𠮷𬺗"


def test_an_empty_field_is_waited_at_and_then_told() -> None:
    with reader(None) as (sam_reader, simulator):
        assert failure_of(sam_reader).fault is faults.NO_CARD
        simulator.place(SAMPLES["resident"])
        assert sam_reader.read().name == "张三"


def test_a_card_laid_down_while_waiting_is_read() -> None:
    with reader(None) as (sam_reader, simulator):
        sam_reader._timing = Timing(patience=3.0, poll=0.02)
        hand = threading.Timer(0.1, simulator.place, [SAMPLES["resident"]])
        hand.start()
        assert sam_reader.read().name == "张三"
        hand.join()


def test_a_card_that_is_laid_down_anew_is_read_anew() -> None:
    with reader(SAMPLES["resident"], returns_after=0.05) as (sam_reader, _):
        assert sam_reader.read() == _after(0.06, sam_reader)


def _after(seconds: float, sam_reader: SamReader) -> object:
    time.sleep(seconds)
    return sam_reader.read()


@pytest.mark.parametrize("status", sorted(faults.STATUSES))
def test_every_status_of_the_list_is_a_device_error(status: int) -> None:
    if status in (faults.NOT_FOUND, faults.HOST_CHECKSUM):
        return
    with reader(SAMPLES["resident"], f"select:status={status:02X}") as (sam_reader, _):
        error = failure_of(sam_reader)
    assert (error.state, error.fault) == faults.STATUSES[status]


@pytest.mark.parametrize("step", ["find", "select", "read"])
def test_a_status_of_no_list_is_told_by_its_number(step: str) -> None:
    with reader(SAMPLES["resident"], f"{step}:status=E7") as (sam_reader, _):
        error = failure_of(sam_reader)
    assert (error.state, error.fault) == (DeviceState.UNSUPPORTED, faults.NOT_UNDERSTOOD)
    assert "E7" in error.title


def test_our_own_frame_arriving_broken_is_sent_again() -> None:
    with reader(SAMPLES["resident"], "select:status=10*1") as (sam_reader, _):
        assert sam_reader.read().name == "张三"
    with reader(SAMPLES["resident"], "select:status=10") as (sam_reader, _):
        assert failure_of(sam_reader).fault is faults.GARBLED


def test_a_late_answer_is_not_taken_for_another() -> None:
    with reader(SAMPLES["resident"], "find:status=90*1") as (sam_reader, _):
        assert sam_reader.read().name == "张三"


class OtherChip:
    """A reader with a card in it that is of no known layout, or whose text is short."""

    def __init__(self, base: bytes) -> None:
        self.replies = {
            STATUS: b"\0\0\x90",
            b"\x20\x01": b"\0\0\x9f" + bytes(4),
            b"\x20\x02": b"\0\0\x90" + bytes(8),
            b"\x30\x01": base,
        }

    def serve(self, master: int) -> None:
        stream = b""
        for _ in self.replies:
            while (found := cut(stream)).payload is None:
                stream += os.read(master, 100)
            stream = found.rest
            assert found.payload is not None
            os.write(master, encode(self.replies[found.payload]))


@pytest.mark.parametrize(
    ("base", "fault"),
    [
        (b"\0\0\x90\x01\x00\x04\x00" + b"Z\0" * 128 + bytes(1024), faults.WRONG_CARD),
        (b"\0\0\x90\x01\x00\x04\x00" + bytes(300), faults.INCOMPLETE),
        (b"\0\0\x90\x00\x10\x00\x00" + bytes(16), faults.INCOMPLETE),
        (b"\0\0\x90", faults.INCOMPLETE),
    ],
)
def test_a_text_that_is_no_document_is_refused(base: bytes, fault: Fault) -> None:
    master, slave = os.openpty()
    server = threading.Thread(target=OtherChip(base).serve, args=[master])
    sam_reader = SamReader(os.ttyname(slave), clock=clock, timing=QUICK)
    server.start()
    assert failure_of(sam_reader).fault is fault
    server.join()
    sam_reader.close()
    os.close(master)
    os.close(slave)


def test_a_missing_port_is_told() -> None:
    error = failure_of(SamReader("/dev/there-is-no-reader", clock=clock))
    assert (error.state, error.fault) == (DeviceState.ABSENT, faults.NO_READER)


def test_a_file_is_no_port(tmp_path: Path) -> None:
    (tmp_path / "port").touch()
    assert failure_of(SamReader(str(tmp_path / "port"), clock=clock)).state is DeviceState.ABSENT


def test_a_port_in_use_is_told() -> None:
    with reader() as (sam_reader, simulator):
        sam_reader.read()
        error = failure_of(SamReader(simulator.port, clock=clock))
    assert (error.state, error.fault) == (DeviceState.BUSY, faults.PORT_BUSY)


def test_a_line_that_takes_no_bytes_is_told() -> None:
    """A reader that hangs with its buffer full: the write times out."""
    master, slave = os.openpty()
    tty.setraw(slave)
    os.set_blocking(slave, False)
    while select.select([], [slave], [], 0)[1]:
        os.write(slave, bytes(1000))
    error = failure_of(SamReader(os.ttyname(slave), clock=clock, timing=QUICK))
    assert (error.state, error.fault) == (DeviceState.TIMED_OUT, faults.SILENT)
    os.close(master)
    os.close(slave)


def test_the_reader_is_found_again_when_it_is_plugged_in_again(tmp_path: Path) -> None:
    port = tmp_path / "reader"
    with Simulator(SAMPLES["resident"], [Failure.parse("find:unplug")]) as first:
        port.symlink_to(first.port)
        sam_reader = SamReader(str(port), clock=clock, timing=QUICK)
        assert failure_of(sam_reader).state is DeviceState.ABSENT
    port.unlink()
    assert failure_of(sam_reader).state is DeviceState.ABSENT
    with Simulator(SAMPLES["resident"]) as second:
        port.symlink_to(second.port)
        assert sam_reader.read().name == "张三"
        sam_reader.close()


def test_a_simulator_nobody_reads_from_still_ends() -> None:
    with Simulator(SAMPLES["resident"]) as simulator:
        line = os.open(simulator.port, os.O_RDWR | os.O_NOCTTY)
        for _ in range(400):
            os.write(line, encode(b"\x12\xff") + encode(FIND))
        time.sleep(0.1)
        os.close(line)


def test_the_simulated_sam_speaks_the_lesser_commands_too() -> None:
    simulated = SimulatedSam(None)
    assert (
        simulated.answer(STATUS).data == simulated.answer(b"\x10\xff").data == bytes.fromhex("AAAAAA96690004000090 94")
    )
    assert len(simulated.answer(b"\x12\xff").data) == 27
    assert simulated.answer(b"\x77\x77").data == encode(b"\0\0\x21")


def test_steps_out_of_order_are_refused_as_a_sam_does() -> None:
    simulated = SimulatedSam(SAMPLES["resident"])
    assert simulated.answer(b"\x20\x02").data == encode(b"\0\0\x81")
    assert simulated.answer(b"\x30\x01").data == encode(b"\0\0\x41")


def test_the_frames_of_a_reading_have_the_sizes_of_the_protocol() -> None:
    simulated = SimulatedSam(SAMPLES["resident-moved"])
    commands = (b"\x20\x01", b"\x20\x02", b"\x30\x01", b"\x30\x03")
    assert [len(simulated.answer(command).data) for command in commands] == [15, 19, 1295, 81]


@pytest.mark.parametrize("order", ["", "find", "find:explode", "walk:stall", "find:stall*x", "find:status=4"])
def test_an_order_that_cannot_be_understood_is_refused(order: str) -> None:
    with pytest.raises(ValueError, match="is not"):
        Failure.parse(order)


def test_a_card_is_read_from_the_command_line() -> None:
    with Simulator(SAMPLES["hmt-permit"]) as simulator:
        assert use.read_card(simulator.port, clock).pass_number == "H00000001"


PROGRAM = """
from devices.idcard.use import run_simulator
run_simulator(["resident"], ["read:checksum*1"], lambda port: print(port, flush=True))
"""


@contextmanager
def simulator_process(stdin: int) -> Iterator[subprocess.Popen[str]]:
    with bounded(
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            stdin=stdin,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
    ) as process:
        yield process


def _terminate(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)


def _close_input(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.close()


@pytest.mark.parametrize(
    ("stdin", "end"), [(subprocess.PIPE, _close_input), (subprocess.PIPE, _terminate), (subprocess.DEVNULL, _terminate)]
)
def test_the_simulator_runs_as_a_program_until_it_is_told_to_end(
    stdin: int, end: Callable[[subprocess.Popen[str]], None]
) -> None:
    with simulator_process(stdin) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        assert stat.S_ISCHR(Path(port).stat().st_mode)
        assert use.read_card(port, clock).name == "张三"
        assert use.read_card(port, clock).name == "张三", "the card is laid down again and again"
        end(process)
        assert process.wait(10) == 0


def test_an_unknown_sample_is_refused() -> None:
    with pytest.raises(ValueError, match="resident-rare"):
        use.run_simulator(["nobody"], [], print)


def test_the_simulator_says_so_where_there_are_no_pseudo_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pty", None)
    with pytest.raises(DeviceError) as caught, Simulator(None):
        pass
    assert caught.value.fault is simulator.NO_TERMINALS


def test_the_advice_of_the_exemplar_is_kept() -> None:
    assert faults.INCOMPLETE.code == "DEV-104"
    assert "F2" in faults.INCOMPLETE.advice
    assert sam.READER_NAME == "身份证阅读器"
