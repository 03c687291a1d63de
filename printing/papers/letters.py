"""What a character is before any font is asked: a letter that stands by itself, or one of those that do not.

Papers draw one letter after the other from left to right. What needs more than that is not drawn wrongly, but named by
its code point; and nothing is normalised: compatibility ideographs (U+F900, U+2F800) are letters of their own.
"""

import re
import unicodedata

from client.ports.glyphs import Drawn

DOUBTFUL = re.compile("[^\r\n -~·—‘’“”…、。〇〈-】〔〕\u3000！-～\u3400-\u4dbf\u4e00-\u9fff]")
"""What is not for certain drawn whole by the text fonts; anything else needs no font to be asked."""

_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_FILLERS = frozenset({0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0})  # letters by category, and empty
_MONGOLIAN_FORMS = frozenset({0x180B, 0x180C, 0x180D, 0x180E, 0x180F})  # selectors and the vowel separator
_SEEN_FORMATS = (range(0x0600, 0x0606), range(0x06DD, 0x06DE), range(0x070F, 0x0710), range(0x0890, 0x0892))
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
_MARKS = frozenset({"Mn", "Mc", "Me"})
_FROM_THE_RIGHT = frozenset({"R", "AL", "AN"})
_JOINED = (  # scripts whose letters change by their neighbours, or stand above one another
    range(0x0900, 0x0E00),  # of India
    range(0x0F00, 0x1000),  # Tibetan
    range(0x1000, 0x10A0),  # Myanmar, Dehong among it
    range(0x1100, 0x1200),  # Hangul in parts
    range(0x1780, 0x1800),  # Khmer
    range(0x1800, 0x18B0),  # Mongolian, Todo, Sibe and Manchu
    range(0x1A20, 0x1AB0),  # Tai Tham
    range(0xA840, 0xA880),  # Phags-pa
    range(0xA960, 0xA980),  # Hangul in parts
    range(0xD7B0, 0xD800),  # Hangul in parts
    range(0x11660, 0x11680),  # Mongolian
    range(0x16F00, 0x16FA0),  # Miao
)


def nature(char: str) -> Drawn:
    """How `char` could be drawn at best; WHOLE where it only needs a font that has it."""
    code, category = ord(char), unicodedata.category(char)
    if category == "Co":
        return Drawn.PRIVATE
    if _is_in(code, _SELECTORS):
        return Drawn.USUAL
    if code in _FILLERS or code in _MONGOLIAN_FORMS:
        return Drawn.UNSEEN
    if category in _UNSEEN and not _is_in(code, _SEEN_FORMATS):
        return Drawn.UNSEEN
    if category in _MARKS or unicodedata.bidirectional(char) in _FROM_THE_RIGHT or _is_in(code, _JOINED):
        return Drawn.JOINED
    return Drawn.WHOLE


def _is_in(code: int, ranges: tuple[range, ...]) -> bool:
    return any(code in each for each in ranges)
