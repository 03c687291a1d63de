"""Bytes in the 45 characters a QR code packs closest (RFC 9285): two bytes are three of them, an odd one is two."""

from typing import Final

_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_BASE: Final = len(_DIGITS)
_VALUES: Final = {digit: value for value, digit in enumerate(_DIGITS)}
_GROUP, _PAIR = 3, 2


def encoded(content: bytes) -> str:
    """The characters of `content`."""
    told = []
    for start in range(0, len(content), _PAIR):
        pair = content[start : start + _PAIR]
        value = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            value, digit = divmod(value, _BASE)
            told.append(_DIGITS[digit])
    return "".join(told)


def decoded(text: str) -> bytes:
    """The bytes of `text`. Raises ValueError for what is no Base45."""
    content = bytearray()
    for start in range(0, len(text), _GROUP):
        group = text[start : start + _GROUP]
        try:
            value = sum(_VALUES[digit] * _BASE**place for place, digit in enumerate(group))
            content += value.to_bytes(len(group) - 1, "big")
        except (KeyError, OverflowError) as error:
            raise ValueError(group) from error
        if len(group) == 1:
            raise ValueError(group)
    return bytes(content)
