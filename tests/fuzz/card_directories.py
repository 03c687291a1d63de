"""Directories of a smart card that are fuzzed: the first byte says which, as the card's own names for them do."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from types import MappingProxyType

from devices.keys.pcsc import pkcs15
from devices.keys.pcsc.troubles import MalformedError
from devices.keys.virtual_card import layout
from devices.keys.virtual_card.secrets import training_keys

READ: Mapping[int, Callable[[bytes], object]] = MappingProxyType(
    {
        0x5031: pkcs15.directories,
        0x5032: pkcs15.token_info,
        0x4401: pkcs15.pins,
        0x4402: pkcs15.private_keys,
        0x4403: pkcs15.certificates,
        0x4404: pkcs15.data_objects,
    }
)
"""By the last two bytes of a file's path on our own card."""


def seeds() -> Iterator[bytes]:
    files = layout.files(training_keys(), "label", b"1")
    for place, name in enumerate(READ):
        yield bytes([place]) + files[layout.APPLICATION + name.to_bytes(2, "big")]


def take(data: bytes) -> None:
    """What a card tells is read or is none; what was read is within the bounds of a card."""
    if not data:
        return
    with suppress(MalformedError):
        told = list(READ.values())[data[0] % len(READ)](data[1:])
        if isinstance(told, tuple | list):
            assert len(told) <= pkcs15.MOST_OBJECTS
