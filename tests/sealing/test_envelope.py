"""What is sealed: any recipient opens it, nobody else does, and not a byte of it can be changed, moved or cut off."""

import io
from contextlib import suppress

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from client.errors import StoreError
from client.sealing import envelope, faults
from client.sealing.envelope import opening, public_of, sealed_to, sealing
from client.sealing.public import PublicKey

HUB, HALL, STRANGER = (X25519PrivateKey.generate() for _ in range(3))
BOTH = [public_of(HUB), public_of(HALL)]


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envelope, "PIECE", 64)


def sealed(content: bytes) -> bytes:
    target = io.BytesIO()
    with sealing(target, BOTH) as file:
        for start in range(0, len(content), 50):
            file.write(content[start : start + 50])
    return target.getvalue()


def opened(content: bytes, private: X25519PrivateKey = HUB) -> bytes:
    return opening(io.BytesIO(content), private, "stick.bundle").read()


def refusal(content: bytes, private: X25519PrivateKey = HUB) -> str:
    with pytest.raises(StoreError) as refused:
        opened(content, private)
    assert "stick.bundle" in refused.value.title
    return refused.value.code


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 128, 1000])
@pytest.mark.parametrize("private", [HUB, HALL])
def test_each_recipient_opens_it(size: int, private: X25519PrivateKey) -> None:
    content = bytes(at % 251 for at in range(size))
    assert opened(sealed(content), private) == content


def test_it_is_read_in_parts_of_any_size() -> None:
    reader = opening(io.BytesIO(sealed(b"x" * 300)), HALL, "stick.bundle")
    assert [len(reader.read(size)) for size in (10, 100, 0, 500, 5)] == [10, 100, 0, 190, 0]


def test_nobody_else_opens_it() -> None:
    assert refusal(sealed(b"page"), STRANGER) == faults.NOT_FOR_THIS_KEY.code
    assert sealed_to(io.BytesIO(sealed(b"page"))) == {key.digest for key in BOTH}


@given(st.data())
def test_no_changed_byte_passes(data: st.DataObject) -> None:
    content = bytearray(sealed(b"page" * 60))
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(StoreError):
        opened(bytes(content))


def test_no_shortened_file_passes() -> None:
    content = sealed(b"page" * 60)
    for length in range(len(content)):
        with pytest.raises(StoreError):
            opened(content[:length])


def test_no_piece_is_left_out_moved_or_added() -> None:
    content = sealed(b"a" * 64 + b"b" * 64 + b"c" * 64)
    head, pieces = content[:229], [content[229:][at : at + 80] for at in (0, 80, 160)]
    assert len(content) == 229 + 240
    for order in ([0, 2], [1, 0, 2], [0, 1, 2, 2], [0, 1]):
        assert refusal(head + b"".join(pieces[at] for at in order)) == faults.ALTERED.code


def test_what_was_broken_off_while_it_was_written_is_no_whole_file() -> None:
    target = io.BytesIO()

    def fail(size: int) -> None:
        raise OSError(size)

    with suppress(OSError), sealing(target, BOTH) as file:
        file.write(b"page" * 100)
        fail(100)
    assert refusal(target.getvalue()) == faults.ALTERED.code


@pytest.mark.parametrize("content", [b"", b"YC", b"PK\3\4 a zip", b"YCS1"])
def test_another_kind_of_file_is_told_as_such(content: bytes) -> None:
    assert refusal(content) == faults.NOT_SEALED.code
    assert sealed_to(io.BytesIO(content)) == frozenset()


def test_a_public_key_is_copied_whole_or_not_at_all() -> None:
    key = public_of(HUB)
    assert PublicKey.parse(f" {key}\n", "hub_key") == key
    wrong = ("0" if str(key)[0] != "0" else "1") + str(key)[1:]
    for words in (wrong, str(key)[:-1], key.value.hex(), ""):
        with pytest.raises(StoreError) as refused:
            PublicKey.parse(words, "hub_key")
        assert refused.value.title.startswith("hub_key")
