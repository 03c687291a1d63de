"""The initial of a character's pinyin, for choosing by a letter; without a dictionary, which takes too long to load.

The common characters of GB 2312 stand in the order of their pinyin, so their code tells the letter. A rare one has
none, and one that is read in several ways has its commonest.
"""

from bisect import bisect

_FIRST = (  # the first character of each letter, and the end
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"), (0xB8C1, "g"),
    (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"), (0xC4C3, "n"), (0xC5B6, "o"),
    (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"), (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"),
    (0xD1B9, "y"), (0xD4D1, "z"), (0xD7FA, ""),
)  # fmt: skip
_CODES = [code for code, _ in _FIRST]


def initials(words: str) -> str:
    """食品销售 → spxs; Latin letters and digits are themselves, everything else is left out."""
    return "".join(map(_initial, words.casefold()))


def _initial(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else ""
    try:
        code = int.from_bytes(character.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    place = bisect(_CODES, code)
    return _FIRST[place - 1][1] if place else ""
