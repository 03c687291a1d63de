"""The translated sentences, read with the plain library alone: commands speak without Qt.

A .qm is what Qt Linguist's lrelease makes of a .ts (qttools, src/linguist/shared/qm.cpp): blocks of a tag, a length and
bytes; the messages are one of them.
"""

import struct
from collections.abc import Iterator, Mapping
from importlib.resources import files

from client.text import key_of

_MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_MESSAGES = 0x69
_END, _TRANSLATION, _SOURCE, _COMMENT = 1, 3, 6, 8


def table_of(language: str) -> Mapping[str, str]:
    """Every translated sentence, by `client.text.key_of`."""
    data = (files("resources") / "translations" / f"yichuang_{language}.qm").read_bytes()
    return {key_of(message[_SOURCE], message.get(_COMMENT, "")): message[_TRANSLATION] for message in _messages(data)}


def _messages(data: bytes) -> Iterator[dict[int, str]]:
    """Each message by the tags of its parts."""
    if not data.startswith(_MAGIC):
        raise ValueError("not a .qm file")
    block, place, message = _block(data, _MESSAGES), 0, dict[int, str]()
    while place < len(block):
        tag = block[place]
        place += 1
        if tag == _END:
            yield message
            message = {}
            continue
        (length,) = struct.unpack_from(">I", block, place)
        part = block[place + 4 : place + 4 + length]
        place += 4 + length
        message[tag] = part.decode("utf-16-be" if tag == _TRANSLATION else "utf-8")


def _block(data: bytes, wanted: int) -> bytes:
    place = len(_MAGIC)
    while place < len(data):
        tag, length = struct.unpack_from(">BI", data, place)
        place += 5
        if tag == wanted:
            return data[place : place + length]
        place += length
    return b""
