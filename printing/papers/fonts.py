"""Finds the letter for a character: which vendored font draws it, and how wide it is. Loaded on first use only."""

import struct
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from types import MappingProxyType

from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

from printing.faults import FONT_MISSING, PaperError

REGULAR = ("NotoSansSC-Regular", "HanaMinB")
BOLD = ("NotoSansSC-Bold", "HanaMinB")
FALLBACK = "HanaMinB"
EM = 1000.0  # widths are in thousandths of the type size
DIGESTS: Mapping[str, str] = MappingProxyType(
    {
        "NotoSansSC-Regular": "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
        "NotoSansSC-Bold": "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
        "HanaMinB": "829543436cdf7b4c6730e2af5806fa406f8ddf0d4b656e0cd49c58d4db1c8d3c",
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
    code = ord(char)
    for name in chain:
        letters = face(name)
        index = letters.charToGlyph.get(code)
        if index:
            return Glyph(char, name, index, letters.charWidths[code], bold=chain is BOLD)
    return None


def glyphs(text: str, *, bold: bool = False) -> list[Glyph]:
    """The letters of `text`. A character no font has is written as 〔U+XXXX〕, never as an empty box."""
    chain = BOLD if bold else REGULAR
    letters: list[Glyph] = []
    for char in text:
        glyph = _find(char, chain)
        if glyph is not None:
            letters.append(glyph)
        elif not _invisible(char):
            letters.extend(glyphs(f"〔U+{ord(char):04X}〕", bold=bold))
    return letters


def undrawable(text: str) -> int:
    """How many characters of `text` no vendored font can draw."""
    return sum(1 for char in text if _find(char, REGULAR) is None and not _invisible(char))


def _invisible(char: str) -> bool:
    """Controls, joiners and variation selectors have no shape of their own."""
    code = ord(char)
    selector = 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF  # noqa: PLR2004  # Unicode blocks
    return selector or unicodedata.category(char) in {"Cc", "Cf"}
