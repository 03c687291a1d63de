"""What a card says is not trusted: directories cut, overwritten and random; answers in pieces; stacks side by side."""

import os
import random
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from client.errors import DeviceError
from client.ports.keys import Pin
from devices.keys.pcsc import apdu
from devices.keys.pcsc.apdu import Command
from devices.keys.pcsc.card import Card
from devices.keys.pcsc.pkcs15 import PinRules, PinType
from devices.keys.pcsc.troubles import CardError, MalformedError, Trouble
from devices.keys.simulated import SimulatedKeys
from devices.keys.use import keys_of
from devices.keys.virtual_card import layout
from devices.keys.virtual_card.secrets import training_keys
from tests.fuzz.card_directories import READ


def test_directories_that_are_none_are_told_as_such_and_nothing_else() -> None:
    files = layout.files(training_keys(), "label", b"1")
    chance = random.Random(15)
    told = 0
    for name, read in READ.items():
        content = files[layout.APPLICATION + name.to_bytes(2, "big")]
        assert read(content)
        assert read(content + bytes(9)) == read(content), "what fills the file up is none of it"
        for _ in range(300):
            spoilt = bytearray(content[: chance.randrange(1, len(content) + 1)])
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
            try:
                read(bytes(spoilt))
            except MalformedError:
                told += 1
    assert told > 500


def test_long_commands_go_in_a_chain_and_long_answers_come_in_pieces() -> None:
    heard: list[bytes] = []
    answers = iter((b"\x90\x00", b"ab\x61\x02", b"cd\x90\x00"))

    def transmit(asked: bytes | bytearray) -> bytes:
        heard.append(bytes(asked))
        return next(answers)

    answer = apdu.exchanged(transmit, Command(apdu.SIGN, 0x9E, 0x9A, bytes(300), 256))
    assert (answer.data, answer.word) == (b"abcd", apdu.OK)
    assert [each[:5] for each in heard] == [b"\x10\x2a\x9e\x9a\xff", b"\x00\x2a\x9e\x9a\x2d", b"\x00\xc0\x00\x00\x02"]


def test_a_card_that_wants_another_length_is_asked_again_and_a_secret_is_overwritten() -> None:
    answers = iter((b"\x6c\x03", b"abc\x90\x00"))
    assert apdu.exchanged(lambda _: next(answers), Command(apdu.READ_BINARY, 0, 0, expects=256)).data == b"abc"
    command = bytearray(b"\x00\x20\x00\x01\x04secr")
    assert apdu.said(lambda _: b"\x63\xc2", command).tries_left == 2
    assert not any(command)
    with pytest.raises(MalformedError):
        apdu.said(lambda _: b"\x90", bytearray(5))


@pytest.mark.expected_warnings("keys not asked.*DEV-545")
def test_a_stack_that_fails_hides_no_key_of_another(tmp_path: Path) -> None:
    together = keys_of(f"skf:{tmp_path / 'gone.so'};simulated?pace=0")
    found = together.plugged()
    assert [key.id for key in found] == [key.id for key in SimulatedKeys().plugged()]
    with Pin(b"123456") as pin:
        signature = together.sign(found[0].id, found[0].certificates[0], b"message", pin)
    assert found[0].certificates[0].has_signed(b"message", signature)
    assert len(together.seals(found[0].id)) == 1
    assert together.present() == {key.id for key in found}
    with pytest.raises(DeviceError, match="DEV-501"):
        together.seals("pcsc:none")
    together.close()


def test_the_command_puts_a_card_into_a_reader() -> None:
    """Up to its first answer; what else it says is heard by a real pcscd in `test_pcsc_keys`."""
    with socket.create_server(("127.0.0.1", 0)) as reader:
        port = reader.getsockname()[1]
        command = (sys.executable, "-m", "yichuang", "key", "simulate", "--port", str(port))
        with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "LANG": "zh_CN.UTF-8"}) as played:
            reader.settimeout(20.0)
            line, _ = reader.accept()
            with line:
                line.sendall(b"\x00\x01\x04")
                assert line.recv(64)[2] == 0x3B
            told, _ = played.communicate(timeout=20.0)
        assert str(port) in told.decode()
        assert played.returncode == 0


class Locked:
    """A card of one PIN: takes what is sent for right where it is the expected."""

    def __init__(self, expected: bytes, counted: bytes = b"\x63\xc3") -> None:
        self.expected, self.counted = expected, counted

    def transmit(self, asked: bytes | bytearray) -> bytes:
        if asked[1] != apdu.VERIFY:
            return b"\x90\x00"
        if len(asked) == 4:
            return self.counted
        return b"\x90\x00" if bytes(asked[5:]) == self.expected else b"\x63\x00"


def rules(kind: PinType, filler: int | None = None) -> PinRules:
    return PinRules(b"\x01", 1, kind, shortest=4, longest=8, stored=8, filler=filler, path=None)


@pytest.mark.parametrize(
    ("of", "sent"),
    [
        (rules(PinType.ASCII), b"12345"),
        (rules(PinType.ASCII, 0), b"12345\0\0\0"),
        (rules(PinType.UTF8, 0xFF), b"12345\xff\xff\xff"),
        (rules(PinType.BCD), b"\x12\x34\x5f"),
        (rules(PinType.BCD, 0xFF), b"\x12\x34\x5f\xff\xff\xff\xff\xff"),
        (rules(PinType.HALF_NIBBLE), b"\xf1\xf2\xf3\xf4\xf5"),
    ],
)
def test_a_pin_is_written_as_its_card_says(of: PinRules, sent: bytes) -> None:
    Card(Locked(sent).transmit).verify(of, bytearray(b"12345"))
    with pytest.raises(CardError) as refused:
        Card(Locked(b"another").transmit).verify(of, bytearray(b"12345"))
    assert (refused.value.trouble, refused.value.tries) == (Trouble.PIN, None)


def test_a_pin_of_the_wrong_shape_or_for_a_locked_card_is_not_sent() -> None:
    for digits in (b"123", b"123456789", b"12a45"):
        with pytest.raises(CardError) as refused:
            Card(Locked(digits).transmit).verify(rules(PinType.ASCII), bytearray(digits))
        assert refused.value.trouble is Trouble.PIN_SHAPE
    with pytest.raises(CardError) as locked:
        Card(Locked(b"12345", counted=b"\x69\x83").transmit).verify(rules(PinType.ASCII), bytearray(b"12345"))
    assert (locked.value.trouble, locked.value.tries) == (Trouble.PIN_LOCKED, 0)
