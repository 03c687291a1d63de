"""The invariants of `make fuzz` in the suite: few inputs, drawn by hypothesis from the same seeds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.children.answers import GarbledError
from devices.scanner.escl_messages import capabilities_in, status_in
from tests.fuzz.targets import STATUS, TARGETS, Target


@pytest.mark.parametrize("name", TARGETS)
def test_a_parser_answers_anything_with_a_value_or_its_own_error(name: str) -> None:
    target = TARGETS[name]
    seeds = list(target.seeds())
    for seed in seeds:
        target.take(seed)
    slow = name in {"pages", "cleaning", "painter"}

    @settings(max_examples=20 if slow else 100, deadline=None, database=None, derandomize=True)
    @given(data=damaged(seeds, target))
    def holds(data: bytes) -> None:
        target.take(data)

    holds()


@st.composite
def damaged(draw: st.DrawFn, seeds: list[bytes], target: Target) -> bytes:
    """A seed that was cut, written over or put together wrongly; now and then noise alone."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=target.longest))
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 16)))
        data[start:end] = draw(st.binary(max_size=16))
    return bytes(data[: draw(st.integers(0, len(data)))]) if draw(st.booleans()) else bytes(data)


@pytest.mark.parametrize("encoding", ["no-such-thing", "gb2312", "idna"])
def test_an_answer_in_a_foreign_encoding_is_garbled_and_nothing_worse(encoding: str) -> None:
    """Found by the fuzzer: LookupError and ValueError came out of the parser."""
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    assert status_in(declared + STATUS).state == "Idle", "it is read as UTF-8, whatever it says it is"
    with pytest.raises(GarbledError):
        capabilities_in(declared + b"<a>\xff</a>")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_document_type_does_not_hide_in_another_encoding(encoding: str) -> None:
    """The look for `<!DOCTYPE` is one for bytes: in UTF-16 its entities were expanded."""
    bomb = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "Idle">]>'
    status = STATUS.decode().replace("Idle", "&b;")
    with pytest.raises(GarbledError):
        status_in((bomb + status).encode(encoding))
