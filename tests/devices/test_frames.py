import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.idcard.frames import (
    FIND,
    PREAMBLE,
    READ_ADDRESS,
    READ_BASE,
    SELECT,
    Reply,
    cut,
    decode_reply,
    encode,
    encode_reply,
)

PAYLOADS = st.binary(min_size=2, max_size=1500)
NOISE = st.binary(max_size=60).filter(lambda noise: b"\xaa" not in noise)


@pytest.mark.parametrize(
    ("command", "printed"),
    [
        (FIND, "AA AA AA 96 69 00 03 20 01 22"),
        (SELECT, "AA AA AA 96 69 00 03 20 02 21"),
        (READ_BASE, "AA AA AA 96 69 00 03 30 01 32"),
        (READ_ADDRESS, "AA AA AA 96 69 00 03 30 03 30"),
        (b"\x10\xff", "AA AA AA 96 69 00 03 10 FF EC"),
        (b"\x61\xff\x50", "AA AA AA 96 69 00 04 61 FF 50 CA"),
    ],
)
def test_commands_are_framed_as_printed_in_the_protocol(command: bytes, printed: str) -> None:
    assert encode(command) == bytes.fromhex(printed)


@pytest.mark.parametrize(
    ("reply", "printed"),
    [
        (Reply(0x90, b""), "AA AA AA 96 69 00 04 00 00 90 94"),
        (Reply(0x9F, bytes(4)), "AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97"),
        (Reply(0x80, b""), "AA AA AA 96 69 00 04 00 00 80 84"),
        (Reply(0x91, b""), "AA AA AA 96 69 00 04 00 00 91 95"),
        (Reply(0x90, bytes(8)), "AA AA AA 96 69 00 0C 00 00 90 00 00 00 00 00 00 00 00 9C"),
    ],
)
def test_replies_are_framed_as_printed_in_the_protocol(reply: Reply, printed: str) -> None:
    frame = bytes.fromhex(printed)
    assert encode_reply(reply) == frame
    payload = cut(frame).payload
    assert payload is not None
    assert decode_reply(payload) == reply


@given(NOISE, PAYLOADS, st.binary(max_size=40))
def test_a_frame_is_found_behind_any_noise_and_the_rest_is_kept(noise: bytes, payload: bytes, rest: bytes) -> None:
    found = cut(noise + encode(payload) + rest)
    assert (found.payload, found.rest, found.is_broken) == (payload, rest, False)


@given(NOISE, PAYLOADS, st.data())
def test_a_frame_is_whole_only_when_its_last_byte_came(noise: bytes, payload: bytes, data: st.DataObject) -> None:
    stream = noise + encode(payload)
    at = data.draw(st.integers(0, len(stream) - 1))
    first = cut(stream[:at])
    assert first.payload is None
    assert not first.is_broken
    assert cut(first.rest + stream[at:]).payload == payload


@given(PAYLOADS, PAYLOADS, st.data())
def test_a_spoilt_frame_is_passed_over_and_told(payload: bytes, after: bytes, data: st.DataObject) -> None:
    frame = bytearray(encode(payload.replace(b"\xaa", b"\x00")))
    at = data.draw(st.integers(7, len(frame) - 1))
    frame[at] ^= data.draw(st.integers(1, 255))
    found = cut(bytes(frame) + encode(after))
    if bytes(frame).count(PREAMBLE) == 1:
        assert (found.payload, found.is_broken) == (after, True)


@pytest.mark.parametrize("length", [0, 2, 4097, 65535])
def test_an_impossible_length_does_not_hold_up_the_line(length: int) -> None:
    found = cut(PREAMBLE + length.to_bytes(2, "big") + encode(FIND))
    assert (found.payload, found.is_broken) == (FIND, True)


@given(st.binary(max_size=300))
def test_any_bytes_leave_the_line_ready_for_a_frame(noise: bytes) -> None:
    found = cut(noise)
    while found.payload is not None:
        found = cut(found.rest)
    assert noise.endswith(found.rest)


def test_a_longer_run_of_the_first_byte_hides_nothing() -> None:
    assert cut(b"\xaa\xaa\xaa" + encode(SELECT)).payload == SELECT


def test_a_reply_without_status_is_none() -> None:
    assert decode_reply(b"\x00\x00") is None
