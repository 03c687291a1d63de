"""Finds the letter for a character: which vendored font draws it, and how wide it is. Loaded on first use only."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from types import MappingProxyType

from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

from client.ports.glyphs import Drawn
from printing.faults import FONT_MISSING, PaperError
from printing.papers.letters import nature

RARE = ("HanaMinB", "YichuangRare")  # have no bold
REGULAR = ("NotoSerifSC-Regular", *RARE)
BOLD = ("NotoSerifSC-Bold", *RARE)
_LEFT_OUT = frozenset({Drawn.UNSEEN, Drawn.USUAL})
EM = 1000.0  # widths are in thousandths of the type size
DIGESTS: Mapping[str, str] = MappingProxyType(
    {
        "NotoSerifSC-Regular": "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
        "NotoSerifSC-Bold": "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6",
        "HanaMinB": "829543436cdf7b4c6730e2af5806fa406f8ddf0d4b656e0cd49c58d4db1c8d3c",
        "YichuangRare": "4ea1db244f77d310dccb263e09701f297bc6a70c5cca9a8d2475bb503ad2845a",
    }
)
"""SHA-256 of each file: one whose end is missing is read without complaint, and its letters come out blank."""


@dataclass(frozen=True, slots=True, eq=False)
class Glyph:
    """One letter of one font; `width` in thousandths of the size. Compared by identity, there is one of each."""

    char: str
    face: str
    index: int
    width: float
    bold: bool


@cache
def face(name: str) -> TTFontFace:
    """The parsed font file `name` of resources/fonts. Raises PaperError when it is absent or damaged."""
    try:
        return parsed(name, (files("resources") / "fonts" / f"{name}.ttf").read_bytes())
    except OSError as error:
        raise PaperError(FONT_MISSING, font=name) from error


def parsed(name: str, data: bytes) -> TTFontFace:
    """The font `name` out of its file's bytes. Raises PaperError when they are not those that came with the program."""
    if sha256(data).hexdigest() != DIGESTS.get(name):
        raise PaperError(FONT_MISSING, font=name)
    try:
        return TTFontFace(BytesIO(data))
    except (TTFError, KeyError, struct.error) as error:
        raise PaperError(FONT_MISSING, font=name) from error


@cache
def _find(char: str, chain: tuple[str, ...]) -> Glyph | None:
    if nature(char) is not Drawn.WHOLE:  # a font may have something there all the same, and it would be wrong
        return None
    code = ord(char)
    for name in chain:
        letters = face(name)
        index = letters.charToGlyph.get(code)
        if index:
            return Glyph(char, name, index, letters.charWidths[code], bold=chain is BOLD)
    return None


def drawn(char: str) -> Glyph | None:
    """The letter that stands for `char`; None where no font has it, or where one letter alone would be wrong."""
    return _find(char, REGULAR)


def glyphs(text: str, *, bold: bool = False) -> list[Glyph]:
    """The letters of `text`. One that cannot be drawn is written as 〔U+XXXX〕, never as an empty box.

    What has no shape of its own is left out; `glyph_report` tells of both.
    """
    chain = BOLD if bold else REGULAR
    letters: list[Glyph] = []
    for char in text:
        glyph = _find(char, chain)
        if glyph is not None:
            letters.append(glyph)
        elif nature(char) not in _LEFT_OUT:
            letters.extend(glyphs(f"〔U+{ord(char):04X}〕", bold=bold))
    return letters
