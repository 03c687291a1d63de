"""Marks the sentences people read, and says them in the window's language: Chinese (zh_CN) is what stands in the code.

Which language it is, the front door settles before anything that holds a sentence is imported (`client.language`).
In Chinese no translation is read, and every sentence is the one in the code.
"""

from collections.abc import Iterable, Mapping

_TABLE: dict[str, str] = {}  # the one thing here that changes, and once: before any sentence is said


class Said(str):
    """A sentence in another language, with the one in the code behind it."""

    __slots__ = ("source",)
    source: str


def tr(sentence: str, about: str = "") -> str:
    """`sentence` in the window's language; `{name}` places are filled by whoever shows it.

    `about` (English) tells apart what Chinese says in one word. A literal is a mark for Qt Linguist; what comes out of
    a variable was marked where it stands.
    """
    told = _TABLE.get(key_of(sentence, about))
    if told is None:
        return sentence
    said = Said(told)
    said.source = sentence
    return said


def marked(sentence: str) -> str:
    """Mark a sentence that is stored or sent, and so stays Chinese; `client.retold` says it to a person."""
    return sentence


def chinese(words: str) -> str:
    """Words that are Chinese in every language: of papers, of the law, of what the hall keeps. Not translated."""
    return words


def source_of(words: str) -> str:
    """What store, log and platform are told: the Chinese behind what was said; anything else as it is."""
    return words.source if isinstance(words, Said) else words


def key_of(sentence: str, about: str = "") -> str:
    """Under what a table has a sentence."""
    return f"{sentence}\x04{about}" if about else sentence


def speak(table: Mapping[str, str]) -> None:
    """From here on say what is in `table`, by `key_of`; the rest stays Chinese."""
    _TABLE.clear()
    _TABLE.update(table)


def spoken() -> Mapping[str, str]:
    """The table in use; empty in Chinese."""
    return _TABLE


def listed(parts: Iterable[object]) -> str:
    """Things side by side: 甲、乙."""
    return tr("、").join(map(str, parts))


def clauses(parts: Iterable[str]) -> str:
    """Parts of one sentence: 甲；乙."""
    return tr("；").join(parts)


def sentences(parts: Iterable[str]) -> str:
    """Whole sentences, the last without a stop of its own: 甲。乙."""
    return tr("。").join(parts)


def apart(parts: Iterable[str]) -> str:
    """What stands in one line with room between."""
    return tr("\u3000").join(parts)


def bracketed(words: object) -> str:
    """（甲）, behind a word; nothing for nothing."""
    return tr("（{words}）").format(words=words) if words else ""


def labelled(name: object, words: object) -> str:
    """甲：乙."""
    return tr("{name}：{words}").format(name=name, words=words)
