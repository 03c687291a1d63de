"""Which letters of a text the papers draw and by which font, asked before anything is printed."""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from client.ports.glyphs import Drawn, Letter
from client.rules.names import FoldingTable, folding_table
from printing.papers.letters import DOUBTFUL, nature

_LINE_ENDS = frozenset("\r\n")


class Report:
    """See `client.ports.glyphs.Lettering`."""

    def letters(self, text: str) -> Sequence[Letter]:
        return [_letter(text, at) for at, char in enumerate(text) if char not in _LINE_ENDS]

    def odd(self, text: str) -> Sequence[tuple[int, Letter]]:
        doubtful = [found.start() for found in DOUBTFUL.finditer(text)]
        asked = [(at + 1, _letter(text, at)) for at in doubtful]
        return [(position, letter) for position, letter in asked if not letter.is_whole]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of Unicode, named as GB 18030 and its users name it."""

    name: str
    codes: range
    characters: int  # that Unicode has put there


def blocks() -> Sequence[Block]:
    """The blocks that GB 18030-2022 asks for, and some beside them."""
    return [Block(each["name"], _range(each["first"], each["last"]), each["characters"]) for each in _table()["blocks"]]


def gb18030() -> Mapping[str, Sequence[range]]:
    """The codes of 汉字 and of 部首 in GB 18030-2022."""
    listed = _table()["gb18030_2022"].items()
    return {name: [_range(*each.split("-")) for each in ranges] for name, ranges in listed}


@cache
def _table() -> Any:  # noqa: ANN401 - as JSON has it
    return json.loads((files("resources") / "codes" / "unicode_blocks.json").read_text(encoding="utf-8"))


def _range(first: str, last: str) -> range:
    return range(int(first, 16), int(last, 16) + 1)


def block_of(char: str) -> str:
    """The name of the block; "" for one that no table of ours has."""
    return next((block.name for block in blocks() if ord(char) in block.codes), "")


def whole_fonts() -> Sequence[str]:
    """The fonts of the papers, each looked at. Raises PaperError for the first that is absent or damaged."""
    from printing.papers.fonts import DIGESTS, face  # noqa: PLC0415 - as below

    return [name for name in DIGESTS if face(name)]


def _letter(text: str, at: int) -> Letter:
    char = text[at]
    font = _font_of(char)
    if font:
        return Letter(char, Drawn.WHOLE, font=font)
    at_best = nature(char)
    if at_best is Drawn.WHOLE:
        return Letter(char, Drawn.LACKING)
    return Letter(char, at_best, better=_better(char, text[at - 1 : at], at_best))


def _font_of(char: str) -> str:
    from printing.papers.fonts import drawn  # noqa: PLC0415 - reportlab takes a third of a second to load

    letter = drawn(char)
    return letter.face if letter is not None else ""


def _better(char: str, before: str, at_best: Drawn) -> str:
    """What GB 18030-2022 has in the place of a private character; the one letter for a letter and its mark."""
    if at_best is Drawn.PRIVATE:
        return _folding().get(char, "")
    if at_best is Drawn.JOINED and before and unicodedata.combining(char):
        composed = unicodedata.normalize("NFC", before + char)
        return composed if len(composed) == 1 and _font_of(composed) else ""
    return ""


@cache
def _folding() -> FoldingTable:
    return folding_table((files("resources") / "codes" / "gb18030_pua.json").read_text(encoding="utf-8"))
