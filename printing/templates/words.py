"""Whether a word of a pack may stand where the shipped one stands: of the same kind, with its places, and drawable."""

import unicodedata
from collections.abc import Sequence
from string import Formatter
from typing import Any, Final

from client.errors import DeskError
from client.ports.entries import ENTRIES
from client.ports.glyphs import not_whole
from client.ports.papers import OrganFacts, PaperFacts
from client.text import listed, tr
from printing.papers.glyph_report import Report

_MOST: Final = 600  # letters of one sentence: half a page
_SENTENCES: Final = 8  # of a gist
_LINE: Final = 120  # of what stands in one line or two
_NAMED: Final = frozenset(
    {
        *PaperFacts.model_fields,
        *OrganFacts.model_fields,
        *(name for entries in ENTRIES.values() for name in entries.model_fields),
        "organ",
    }
)
"""What a sentence in a second language may name."""


class Wrong(Exception):  # noqa: N818 - it is caught where it is noted, and shown to nobody as it is
    """Why a word cannot be used, as a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def checked(words: object, base: Any) -> None:  # noqa: ANN401 - a sentence, headings, or paragraphs of sentences
    """Raises Wrong unless `words` may stand for `base`: as many sentences, each with the places of the one it replaces.

    A sentence is left out where one of its places is not known: two that are put into one would be lost together.
    """
    if isinstance(base, str):
        _checked_text(words, _MOST)
        _checked_places(str(words), places_of(base))
        return
    if not isinstance(words, list) or len(words) != len(base):
        raise Wrong(tr("应当是 {count} 项文字").format(count=len(base)))
    for word, own in zip(words, base, strict=True):
        checked(word, own)


def checked_line(words: object) -> None:
    """Words without places, in one line or two."""
    _checked_text(words, _LINE)
    _checked_places(str(words), set())


def checked_gist(words: object) -> None:
    """Sentences that name facts of the paper."""
    if not isinstance(words, list) or len(words) > _SENTENCES:
        raise Wrong(tr("应当是至多 {most} 个句子").format(most=_SENTENCES))
    for sentence in words:
        _checked_text(sentence, _MOST)
        if unknown := places_of(str(sentence)) - _NAMED:
            raise Wrong(tr("没有这样的内容：{names}").format(names=_braced(unknown)))


def places_of(words: str) -> set[str]:
    """The names of its places. Raises Wrong where braces do not close, or a place does more than name a fact."""
    names: set[str] = set()
    try:
        parts = list(Formatter().parse(words))
    except ValueError as error:
        raise Wrong(tr("花括号不成对")) from error
    for _, name, spec, conversion in parts:
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise Wrong(tr("花括号里只能是内容的名称：{names}").format(names=_braced([name])))
        names.add(name)
    return names


def _checked_text(words: object, most: int) -> None:
    if not isinstance(words, str):
        raise Wrong(tr("应当是文字"))
    if not words.strip():
        raise Wrong(tr("没有文字"))
    if len(words) > most:
        raise Wrong(tr("超过 {most} 个字").format(most=most))
    if any(unicodedata.category(char) in {"Cc", "Zl", "Zp"} for char in words):
        raise Wrong(tr("有换行或者控制字符"))
    if words.count("**") % 2:
        raise Wrong(tr("** 不成对"))
    _checked_letters(words)


def _checked_letters(words: str) -> None:
    """Every letter is drawn as it is written, by a font that came with the program."""
    try:
        odd = not_whole(letter for letter in Report().letters(words) if letter.char not in "\u3000 ")
    except DeskError as error:
        raise Wrong(error.title) from error
    if odd:
        named = listed(f"{letter.char}（{letter.code}）" for letter in odd[:5])
        raise Wrong(tr("字体不能正确打印：{letters}").format(letters=named))


def _checked_places(words: str, wanted: set[str]) -> None:
    found = places_of(words)
    if unknown := found - wanted:
        raise Wrong(tr("这里没有这样的内容：{names}").format(names=_braced(unknown)))
    if missing := wanted - found:
        raise Wrong(tr("缺少内容：{names}").format(names=_braced(missing)))


def _braced(names: Sequence[str] | set[str]) -> str:
    return listed(f"{{{name}}}" for name in sorted(names))
