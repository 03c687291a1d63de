"""Which letters of a text the papers draw and by which font, asked before anything is printed."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from client.ports.glyphs import Drawn, Letter
from client.rules.names import FoldingTable, folding_table
from printing.papers import fonts
from printing.papers.letters import nature

_LINE_ENDS = frozenset("\r\n")


class Report:
    """See `client.ports.glyphs.Lettering`. The fonts are read when the first text comes."""

    def letters(self, text: str) -> Sequence[Letter]:
        before = ["", *text]
        return [_letter(char, before[at]) for at, char in enumerate(text) if char not in _LINE_ENDS]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of Unicode, named as GB 18030 and its users name it."""

    name: str
    first: int
    last: int


@cache
def blocks() -> Sequence[Block]:
    """The blocks that GB 18030-2022 asks for, and some beside them."""
    told = json.loads((files("resources") / "codes" / "unicode_blocks.json").read_text(encoding="utf-8"))
    return [Block(each["name"], int(each["first"], 16), int(each["last"], 16)) for each in told["blocks"]]


def block_of(char: str) -> str:
    """The name of the block; "" for one that no table of ours has."""
    code = ord(char)
    return next((block.name for block in blocks() if block.first <= code <= block.last), "")


def _letter(char: str, before: str) -> Letter:
    glyph = fonts.drawn(char)
    if glyph is not None:
        return Letter(char, Drawn.WHOLE, font=glyph.face)
    at_best = nature(char)
    if at_best is Drawn.WHOLE:
        return Letter(char, Drawn.LACKING)
    return Letter(char, at_best, better=_better(char, before, at_best))


def _better(char: str, before: str, at_best: Drawn) -> str:
    """What GB 18030-2022 has in the place of a private character; the one letter for a letter and its mark."""
    if at_best is Drawn.PRIVATE:
        return _folding().get(char, "")
    if at_best is Drawn.JOINED and before and unicodedata.combining(char):
        composed = unicodedata.normalize("NFC", before + char)
        return composed if len(composed) == 1 and fonts.drawn(composed) is not None else ""
    return ""


@cache
def _folding() -> FoldingTable:
    return folding_table((files("resources") / "codes" / "gb18030_pua.json").read_text(encoding="utf-8"))
