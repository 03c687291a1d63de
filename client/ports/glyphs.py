"""How the letters of a text will stand on a paper, asked before the paper is made: no silent box, no question mark."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from client.text import tr


class Drawn(StrEnum):
    """How a character is drawn."""

    WHOLE = "whole"
    USUAL = "usual"  # a variation selector: the letter before it is drawn in its usual form
    UNSEEN = "unseen"  # it has no shape of its own and leaves no trace
    JOINED = "joined"  # it would have to be joined, stacked or turned about, which is not done here
    PRIVATE = "private"  # of an old system's private area: what it means is not public, or the standard has moved it
    LACKING = "lacking"  # no font that came with the program has it


CODE_POINT = frozenset({Drawn.JOINED, Drawn.PRIVATE, Drawn.LACKING})
"""Those that the paper names by their code point, 〔U+XXXX〕."""

DRAWN_WORDS: Mapping[Drawn, str] = MappingProxyType(
    {
        Drawn.WHOLE: tr("可以打印"),
        Drawn.USUAL: tr("字形选择符不打印，按通用字形打印"),
        Drawn.UNSEEN: tr("不可见的控制字符，不打印"),
        Drawn.JOINED: tr("需要连写或者叠加的文字，本程序不能正确打印"),
        Drawn.PRIVATE: tr("系统专用字符，没有公开的含义，不能打印"),
        Drawn.LACKING: tr("随程序提供的字体都没有这个字，不能打印"),
    }
)


@dataclass(frozen=True, slots=True)
class Letter:
    """One character; `font` draws it. `better` is what the standard writes for it, where it does."""

    char: str
    drawn: Drawn
    font: str = ""
    better: str = ""

    @property
    def code(self) -> str:
        """U+20BB7."""
        return f"U+{ord(self.char):04X}"

    @property
    def is_whole(self) -> bool:
        return self.drawn is Drawn.WHOLE


class Lettering(Protocol):
    """Who knows the fonts of the papers. Raises DeskError where a font it has to ask is not whole."""

    def letters(self, text: str) -> Sequence[Letter]:
        """Every character of `text` in order, line ends left out."""
        ...

    def odd(self, text: str) -> Sequence[tuple[int, Letter]]:
        """Those that are not drawn whole, with their places, counted from 1 in code points.

        Quick for what people are usually called and write; the first rare letter reads the fonts, which takes a moment.
        """
        ...


def advice_of(letter: Letter) -> str:
    """What to do about a character that is not drawn whole; "" for one that is."""
    if letter.is_whole:
        return ""
    if letter.better:
        return tr("请与证件核对后改为“{better}”").format(better=letter.better)
    return _ADVICE[letter.drawn].format(code=letter.code)


_ADVICE: Mapping[Drawn, str] = MappingProxyType(
    {
        Drawn.USUAL: tr("请核对字形；证件上是另一个字的，请改为该字"),
        Drawn.UNSEEN: tr("请核对前后的字；多余的请删去"),
        Drawn.JOINED: tr("文书上印〔{code}〕，请另附纸质说明或者按证件改用汉字姓名"),
        Drawn.PRIVATE: tr("请对照证件改为正确的字；不改的，文书上印〔{code}〕"),
        Drawn.LACKING: tr("请核对是否输错；没有错的可以继续办理，文书上印〔{code}〕，并告知申请人"),
    }
)


def not_whole(letters: Iterable[Letter]) -> tuple[Letter, ...]:
    """Those that somebody must be told of, each once, in order."""
    return tuple(dict.fromkeys(letter for letter in letters if not letter.is_whole))
