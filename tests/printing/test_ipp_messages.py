"""IPP on the wire: what is written is read again, what is broken is told, and others read it as we do."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from printing.ipp.messages import (
    Attribute,
    BrokenMessageError,
    Group,
    Message,
    Section,
    Tag,
    Value,
    decode,
    encode,
    first,
    integer,
    texts,
)
from tests.printing.answers import enum, odd_printer, printer, said

NAMES = st.text("abcdefghijklmnopqrstuvwxyz-0123456789", min_size=1, max_size=30)
VALUES = st.builds(Value, st.integers(0x10, 0xFF), st.binary(max_size=40))
ATTRIBUTES = st.builds(Attribute, NAMES, st.lists(VALUES, min_size=1, max_size=4).map(tuple))
GROUPS = st.builds(Group, st.sampled_from([0x01, 0x02, 0x04, 0x05, 0x0F]), st.lists(ATTRIBUTES, max_size=4).map(tuple))
MESSAGES = st.builds(
    Message,
    st.integers(0, 0xFFFF),
    st.integers(1, 2**31 - 1),
    st.lists(GROUPS, max_size=3).map(tuple),
    st.binary(max_size=50),
    st.sampled_from([(1, 1), (2, 0), (2, 1)]),
)


@given(MESSAGES)
def test_what_is_written_is_read_again(message: Message) -> None:
    assert decode(encode(message)) == message


@given(st.binary(max_size=200))
@example(b"<html><body>It works!</body></html>")
def test_bytes_that_are_no_message_are_told(content: bytes) -> None:
    try:
        message = decode(content)
    except BrokenMessageError:
        return
    assert isinstance(message, Message)


@given(MESSAGES, st.data())
def test_a_message_cut_short_is_told(message: Message, data: st.DataObject) -> None:
    whole = encode(Message(message.code, message.request_id, message.groups))
    with pytest.raises(BrokenMessageError):
        decode(whole[: data.draw(st.integers(0, len(whole) - 1))])


@pytest.mark.parametrize(
    "content",
    [
        b"\x01\x01\x00\x00\x00\x00\x00\x01\x44\x00\x01a\x00\x01b\x03",  # outside of a group
        b"\x01\x01\x00\x00\x00\x00\x00\x01\x01\x44\x00\x00\x00\x01b\x03",  # a further value without a first
        b"\x01\x01\x00\x00\x00\x00\x00\x01\x01\x44\x00\x01\xe9\x00\x01b\x03",  # a name that is not ASCII
    ],
)
def test_values_in_the_wrong_place_are_told(content: bytes) -> None:
    with pytest.raises(BrokenMessageError):
        decode(content)


@pytest.mark.parametrize("attribute", [Attribute("", (Value(0x44, b"a"),)), Attribute("a", ())])
def test_an_attribute_without_name_or_value_is_not_written(attribute: Attribute) -> None:
    with pytest.raises(ValueError, match="lacks its name or its value"):
        encode(Message(1, 1, (Group(1, (attribute,)),)))


def test_a_value_too_long_is_not_written() -> None:
    assert encode(Message(1, 1, (Group(1, (texts(Tag.TEXT, "a", "x" * 0x7FFF),)),)))
    with pytest.raises(ValueError, match="32768 bytes"):
        encode(Message(1, 1, (Group(1, (texts(Tag.TEXT, "a", "x" * 0x8000),)),)))


def test_a_request_has_the_bytes_of_the_standard() -> None:
    """The beginning of RFC 8010, appendix A.1."""
    head = Group(Section.OPERATION, (texts(Tag.CHARSET, "attributes-charset", "utf-8"), integer("copies", 20)))
    assert encode(Message(0x0002, 1, (head,), b"%PDF")) == (
        b"\x01\x01\x00\x02\x00\x00\x00\x01"
        b"\x01\x47\x00\x12attributes-charset\x00\x05utf-8"
        b"\x21\x00\x06copies\x00\x04\x00\x00\x00\x14"
        b"\x03%PDF"
    )


def test_values_are_read_as_what_they_are() -> None:
    group = Group(
        Section.PRINTER,
        (
            enum("printer-state", 4),
            Attribute("printer-is-accepting-jobs", (Value(Tag.BOOLEAN, b"\x01"),)),
            Attribute("printer-info", (Value(Tag.TEXT_WITH_LANGUAGE, b"\x00\x05zh-cn\x00\x06" + "窗口".encode()),)),
            Attribute("odd", (Value(Tag.TEXT_WITH_LANGUAGE, b"\x00"),)),
            Attribute("odd-number", (Value(Tag.INTEGER, b"\x00"),)),
            texts(Tag.KEYWORD, "printer-state-reasons", "media-low", "media-empty-warning"),
        ),
    )
    assert (group.number("printer-state"), group.number("printer-is-accepting-jobs")) == (4, 1)
    assert (group.text("printer-info"), group.text("odd")) == ("窗口", "\x00")
    assert (group.number("odd-number"), group.number("not-there"), group.text("not-there")) == (None, None, "")
    assert group.texts("printer-state-reasons") == ("media-low", "media-empty-warning")
    assert first(Message(0, 1), Section.JOB) == Group(Section.JOB)


IPPTOOL = """{
    NAME "ours"
    OPERATION Get-Printer-Attributes
    GROUP operation-attributes-tag
    ATTR charset attributes-charset utf-8
    ATTR naturalLanguage attributes-natural-language zh-cn
    ATTR uri printer-uri $uri
    ATTR keyword requested-attributes printer-state,printer-info
    STATUS successful-ok
    EXPECT printer-state OF-TYPE enum WITH-VALUE 5
    EXPECT copies OF-TYPE integer WITH-VALUE -1
    EXPECT printer-state-reasons OF-TYPE keyword COUNT 2
    EXPECT printer-info OF-TYPE text WITH-VALUE "窗口"
}
"""


def test_another_program_reads_what_we_write_and_writes_what_we_read(tmp_path: Path) -> None:
    (tmp_path / "ours.test").write_text(IPPTOOL)
    attributes = (
        integer("copies", -1),
        texts(Tag.KEYWORD, "printer-state-reasons", "paused", "media-empty"),
        texts(Tag.TEXT, "printer-info", "窗口"),
    )
    with odd_printer(said(printer(*attributes, state=5))) as odd:
        command = ["ipptool", "-tv", odd.address, str(tmp_path / "ours.test")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert "[PASS]" in done.stdout, done.stdout
    asked = first(odd.asked[0], Section.OPERATION)
    assert odd.asked[0].code == 0x000B
    assert asked.text("printer-uri") == odd.address
    assert asked.texts("requested-attributes") == ("printer-state", "printer-info")
