"""What lies under a reading: the speed that is found out, other makers' frames, the module's number, fingerprints."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from client.errors import DeviceError
from devices.idcard import faults
from devices.idcard.answers import BaseParts, IncompleteError, base_parts, sam_id
from devices.idcard.cards import SAMPLES, text_block
from devices.idcard.conversation import Exchange, Timing
from devices.idcard.dialects import dialect_named, dialects
from devices.idcard.frames import READ_BASE, SAM, Dialect, Reply, cut, decode_reply, encode, encode_reply
from devices.idcard.sam import SamFacts, SamReader
from devices.idcard.serial_line import RATES, SerialLine
from devices.idcard.simulated_sam import Failure, SimulatedSam
from devices.idcard.simulator import Simulator

QUICK = Timing(short=0.25, reading=0.5, patience=0.05, poll=0.02, slice=0.01, probe=0.12)
OTHER = dialect_named("eaebeced")
ID = "05.03-20090101-0000123456-0123456789"


def clock() -> datetime:
    return datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@contextmanager
def at(port: Path, *failures: Failure, rate: int | None = None, dialect: Dialect = SAM) -> Iterator[None]:
    with Simulator(SAMPLES["resident-moved"], failures, rate=rate, dialect=dialect) as simulator:
        port.symlink_to(simulator.port)
        try:
            yield
        finally:
            port.unlink()


@contextmanager
def reading(port: Path) -> Iterator[tuple[SamReader, list[Exchange]]]:
    seen: list[Exchange] = []
    reader = SamReader(str(port), clock=clock, timing=QUICK, witness=seen.append)
    try:
        yield reader, seen
    finally:
        reader.close()


@pytest.mark.parametrize("rate", RATES)
def test_the_speed_is_found_out_once_and_kept(tmp_path: Path, rate: int) -> None:
    with at(tmp_path / "reader", rate=rate), reading(tmp_path / "reader") as (reader, seen):
        assert reader.facts() == SamFacts(ID, rate, "sam")
        asked = [exchange.rate for exchange in seen if exchange.command == b"\x11\xff"]
        assert asked == list(RATES[: RATES.index(rate) + 1])
        reader.close()
        seen.clear()
        assert reader.read().name == "张三"
        assert {exchange.rate for exchange in seen} == {rate}, "a port opened anew begins with the speed it had"


def test_a_reader_that_comes_back_at_another_speed_is_found_again(tmp_path: Path) -> None:
    with reading(tmp_path / "reader") as (reader, _):
        for rate in (9600, 115200):
            with at(tmp_path / "reader", rate=rate):
                assert reader.read().name == "张三"
                assert reader.facts().rate == rate


def test_a_speed_changed_under_an_open_line_is_found_anew() -> None:
    with Simulator(SAMPLES["resident"], rate=9600) as simulator, reading(Path(simulator.port)) as (reader, _):
        assert reader.facts().rate == 9600
        simulator._rate = 115200
        assert reader.read().name == "张三"
        assert reader.facts().rate == 115200


@pytest.mark.parametrize("how", ["stall", "garbage"])
def test_a_reader_that_answers_at_no_speed_is_told(tmp_path: Path, how: str) -> None:
    with at(tmp_path / "reader", Failure.parse(f"probe:{how}")), reading(tmp_path / "reader") as (reader, seen):
        with pytest.raises(DeviceError) as caught:
            reader.read()
        assert caught.value.fault is (faults.SILENT if how == "stall" else faults.GARBLED)
        assert {exchange.rate for exchange in seen} == set(RATES)
        assert {exchange.status for exchange in seen} == {None}


def test_a_line_that_was_given_back_is_no_line() -> None:
    line = SerialLine("/dev/there-is-no-reader", name="reader", wait=0.01, patience=0.01)
    with pytest.raises(DeviceError) as caught:
        line.send(b"")
    assert caught.value.fault is faults.NO_READER


def test_another_makers_frames_are_understood_unasked(tmp_path: Path) -> None:
    with at(tmp_path / "reader", dialect=OTHER), reading(tmp_path / "reader") as (reader, seen):
        document = reader.read()
        assert (document.name, document.photo) == ("张三", SAMPLES["resident"].photo)
        assert document.address == "示例市示例区示例路2号"
        assert {exchange.dialect for exchange in seen} == {"eaebeced"}


def test_the_other_frame_is_the_published_one() -> None:
    """EA EB EC ED 05 05 00 B4, then 256 bytes of text and 1,024 of photo."""
    frame = encode_reply(Reply(faults.OK, bytes(256 + 1024)), OTHER)
    assert frame[:8] == bytes.fromhex("EAEBECED050500B4")
    found = cut(b"\xea" + frame + b"\xaa", dialects())
    assert (found.dialect, found.rest) == (OTHER, b"\xaa")
    assert decode_reply(found.payload or b"", found.dialect) == Reply(faults.OK, bytes(1280))
    assert decode_reply(b"\0", OTHER) is None
    assert encode(READ_BASE, OTHER) == encode(READ_BASE), "commands are the standard's"


def test_the_first_sound_frame_counts_in_whatever_dialect() -> None:
    spoilt = bytearray(encode_reply(Reply(0x90, b"text"), OTHER))
    spoilt[-1] ^= 1
    found = cut(bytes(spoilt) + encode_reply(Reply(0x9F, b"")), dialects())
    assert (found.payload, found.is_broken, found.dialect) == (b"\0\0\x9f", True, SAM)
    assert cut(b"noise\xea\xeb", dialects()).rest == b"\xea\xeb"
    assert cut(b"noise\xea\xeb").rest == b""


def test_an_unknown_dialect_is_refused() -> None:
    with pytest.raises(ValueError, match="sam, eaebeced"):
        dialect_named("morse")


def test_fingerprints_nobody_asked_for_are_dropped(tmp_path: Path) -> None:
    with Simulator(SAMPLES["resident"], sends_prints=True) as simulator:
        with reading(Path(simulator.port)) as (reader, seen):
            document = reader.read()
        assert {exchange.command for exchange in seen}.isdisjoint({b"\x30\x10"})
    assert (document.name, document.photo) == ("张三", SAMPLES["resident"].photo)


@pytest.mark.parametrize("prints", [1024, 512, 0, None])
def test_the_three_lengths_are_told_from_two(prints: int | None) -> None:
    text, photo = text_block(SAMPLES["resident"]), SAMPLES["resident"].photo
    lengths = [256, 1024] if prints is None else [256, 1024, prints]
    data = b"".join(length.to_bytes(2, "big") for length in lengths) + text + photo + bytes(prints or 0)
    assert base_parts(data) == BaseParts(text, photo)


@pytest.mark.parametrize("data", [b"", bytes(4), b"\x01\x00\x04\x00" + bytes(1279), b"\x02\x00\x00\x00" + bytes(512)])
def test_a_document_that_is_not_whole_is_refused(data: bytes) -> None:
    with pytest.raises(IncompleteError):
        base_parts(data)
    with pytest.raises(IncompleteError):
        base_parts(data[:200], tells_lengths=False)


def test_the_modules_number_is_told_as_on_its_label() -> None:
    told = cut(SimulatedSam(None).answer(b"\x12\xff").data).payload
    assert told is not None
    assert sam_id(told[3:]) == ID
    assert sam_id(bytes(15)) == ""


def test_an_exchange_is_told_without_its_data() -> None:
    seen = [Exchange(b"\x20\x01", 0x80, 3, 0.0123, 9600, "sam"), Exchange(b"\x20\x01", None, 0, 0.5, 9600, "sam")]
    assert seen[0].as_json() == {
        "command": "20 01", "status": "80", "bytes": 3, "ms": 12, "rate": 9600, "dialect": "sam",
    }  # fmt: skip
    assert seen[1].as_json()["status"] is None
