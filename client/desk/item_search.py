"""Items by what a clerk types: part of the name, the initials or the beginning of its pinyin, or a code.

Pinyin may begin at any character of the name, and each syllable may be typed whole or by its first letter. A
character with several readings (行 hang, xing) is found by each of them.
"""

import os
from collections.abc import Iterator, Sequence

from client.rules.characters import half_width
from client.rules.items import Item

Reading = tuple[str, ...]  # the ways one character is read, in pinyin without tones


class ItemFinder:
    """The items of a catalogue, prepared once; made off the screen's thread, for pinyin takes its time to load."""

    def __init__(self, items: Sequence[Item]) -> None:
        # Names are read a character at a time: without its table of phrases it loads in a fifth of the time, and no
        # other thread, the screen's among them, can do anything while Python reads such a table.
        os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
        os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
        from pypinyin import Style, pinyin  # noqa: PLC0415 - its tables take longer to load than a window to appear

        def reading(character: str) -> Reading:
            (found,) = pinyin(character, style=Style.NORMAL, heteronym=True)
            return tuple(each.casefold() for each in found)

        self._entries = [_Entry(item, [reading(each) for each in item.name if each.isalnum()]) for item in items]

    def find(self, words: str) -> tuple[Item, ...]:
        """Items that fit, the best first, equals in the catalogue's order; all of them for no words."""
        key = "".join(half_width(words).casefold().split())
        ranked = [(rank, entry.item) for entry in self._entries if (rank := entry.rank(key)) is not None]
        return tuple(item for _, item in sorted(ranked, key=lambda pair: pair[0]))


class _Entry:
    """One item with all that it is found by."""

    def __init__(self, item: Item, spoken: Sequence[Reading]) -> None:
        self.item = item
        self._name = half_width(item.name).casefold()
        self._codes = [code.casefold() for code in (item.task_handle_item, item.task_code, item.catalog_code)]
        self._spoken = spoken

    def rank(self, key: str) -> int | None:
        """0 is best; None: does not fit."""
        return next((rank for rank, fits in enumerate(self._tries(key)) if fits), None)

    def _tries(self, key: str) -> Iterator[bool]:
        yield self._name.startswith(key) or key in self._codes
        yield key in self._name
        yield _initials(self._spoken, key)
        yield _typed(self._spoken, key)
        yield any(_typed(self._spoken[start:], key) for start in range(1, len(self._spoken)))
        yield any(code.startswith(key) for code in self._codes)


def _initials(spoken: Sequence[Reading], key: str) -> bool:
    """Whether `key` is the first letters of the first characters."""
    return len(key) <= len(spoken) and all(
        any(reading.startswith(letter) for reading in readings) for letter, readings in zip(key, spoken, strict=False)
    )


def _typed(spoken: Sequence[Reading], key: str) -> bool:
    """Whether `key` begins what is spoken, each syllable typed whole or by its first letter, the last one in part."""
    rests = {key}
    for readings in spoken:
        pairs = [(rest, reading) for rest in rests for reading in readings]
        if any(reading.startswith(rest) for rest, reading in pairs):
            return True
        whole = {rest.removeprefix(reading) for rest, reading in pairs if rest.startswith(reading)}
        rests = whole | {rest[1:] for rest, reading in pairs if rest[0] == reading[0]}
    return "" in rests
