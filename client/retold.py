"""What was kept or sent in Chinese, said in the window's language: why a print failed, what the platform refused."""

import re
from functools import cache

from client.text import sentences, spoken, tr

_HAN = re.compile("[\u4e00-\u9fff]")
_PLACE = re.compile(r"{([a-z]\w*)}")
_CODED = re.compile(r"([A-Z]+-[\w-]+) (.+)", re.DOTALL)  # an error as it is kept: its code, its sentences


def retold(kept: str) -> str:
    """`kept` in the window's language; what is no marked sentence, filled or not, stays as it is."""
    if not spoken() or not _HAN.search(kept):
        return kept
    if coded := _CODED.fullmatch(kept):
        return f"{coded[1]} {retold(coded[2])}"
    ends = [place for place, sign in enumerate(kept) if sign == "。"]  # several sentences, each of them ours
    for bare in (False, True):  # those of signs alone (甲；乙) last: they fit across sentences
        if (told := _told(kept, bare=bare)) is not None:
            return told
        for end in ends:
            if (told := _told(kept[:end], bare=bare)) is not None:
                return sentences(filter(None, (told, retold(kept[end + 1 :]))))
    return kept


def _told(sentence: str, *, bare: bool) -> str | None:
    if sentence in spoken():
        return tr(sentence)
    for pattern, template in _templates():
        if not bare and not _HAN.search(_PLACE.sub("", template)):
            continue
        if found := pattern.fullmatch(sentence):
            return tr(template).format_map({name: retold(value) for name, value in found.groupdict().items()})
    return None


@cache
def _templates() -> list[tuple[re.Pattern[str], str]]:
    """The marked sentences with places and words of their own; where several fit, the one with the most words."""
    filled = [key for key in spoken() if _PLACE.search(key) and _PLACE.sub("", key) and "\x04" not in key]
    return [(_pattern(key), key) for key in sorted(filled, key=lambda key: len(_PLACE.sub("", key)), reverse=True)]


def _pattern(template: str) -> re.Pattern[str]:
    """What matches `template` with its places filled; a name that comes twice is filled alike."""
    parts, names = _PLACE.split(template), set[str]()
    for place, name in enumerate(parts[1::2]):
        parts[2 * place + 1] = f"(?P={name})" if name in names else f"(?P<{name}>.*?)"
        names.add(name)
    parts[::2] = [re.escape(part) for part in parts[::2]]
    return re.compile("".join(parts), re.DOTALL)
