"""The messages: what one end writes, the other reads, and nothing else passes."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from client.ports.platform import Event, EventAnswer, Verdict
from sync.hub.problems import Kind, problem
from sync.protocol import (
    EVENTS,
    CloudEvent,
    Result,
    Results,
    decode_missing,
    decode_page,
    decode_results,
    encode_batch,
)
from tests.sync.sample import Window, number

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["item", "姓名", "note"]), JSON), st.integers(1, 10**18))
def test_what_the_window_writes_the_hub_reads(data: dict[str, object], sequence: int) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1).encode()
    files = ("a" * 64, "0" * 64)
    time = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    sent = Event("id-1", "urn:yichuang:w", "case.accepted", number(1), sequence, time, text, files)
    (read,) = EVENTS.validate_json(encode_batch([sent]))
    assert read.data == data
    assert (read.id, read.source, read.type, read.subject, read.time) == (
        "id-1",
        sent.source,
        sent.type,
        number(1),
        time,
    )
    assert int(read.sequence) == sequence
    assert len(read.sequence) == 20
    assert read.digests == files


def test_the_data_goes_out_byte_for_byte() -> None:
    event = Window().event(number(1), size=10)
    assert event.data in encode_batch([event])


def test_sequences_sort_as_text_as_they_do_as_numbers() -> None:
    window = Window()
    batch = json.loads(encode_batch([window.event(number(1)) for _ in range(12)]))
    sequences = [event["sequence"] for event in batch]
    assert sequences == sorted(sequences)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("specversion", "0.3"),
        ("id", ""),
        ("id", "a b"),
        ("source", None),
        ("type", "Case.Accepted"),
        ("subject", "x\u0000y"),
        ("sequence", "1"),
        ("sequence", 1),
        ("sequence", "9" * 20),
        ("time", "2026-11-30T09:00:00"),
        ("time", 1764493200),
        ("dataschema", "urn:yichuang:case-event/v2"),
        ("datacontenttype", "text/plain"),
        ("data", "text"),
        ("files", "abc"),
        ("files", ["a" * 64]),
    ],
)
def test_an_event_that_breaks_the_form_is_not_an_event(field: str, value: object) -> None:
    (event,) = json.loads(encode_batch([Window().event(number(1), files=[b"page"])]))
    CloudEvent.model_validate_json(json.dumps(event))
    with pytest.raises(ValidationError):
        CloudEvent.model_validate_json(json.dumps(event | {field: value}))


def test_answers_keep_ack_code_and_reason() -> None:
    results = [
        Result(source="s", id="1", verdict=Verdict.ACCEPTED, ack="2026A"),
        Result(source="s", id="2", verdict=Verdict.REFUSED, problem=problem(Kind.NOT_LAWFUL)),
        Result(source="s", id="3", verdict=Verdict.RETRY, problem=problem(Kind.FILES_MISSING, "还缺 1 个")),
    ]
    body = Results(results=results).model_dump_json(exclude_none=True).encode()
    assert decode_results(body) == [
        EventAnswer("1", Verdict.ACCEPTED, ack="2026A"),
        EventAnswer("2", Verdict.REFUSED, code="not-lawful", reason="办件状态不能这样变化"),
        EventAnswer("3", Verdict.RETRY, code="files-missing", reason="平台还没有收齐该事件的材料文件：还缺 1 个"),
    ]


@pytest.mark.parametrize("decode", [decode_results, decode_missing, decode_page])
@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"{}", b'{"results": [{"id": "1"', b'{"results": [{"id": 1}]}']
)
def test_anything_else_is_no_answer(decode: object, body: bytes) -> None:
    assert callable(decode)
    with pytest.raises(ValueError, match="validation error"):
        decode(body)
