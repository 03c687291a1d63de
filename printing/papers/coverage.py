"""What the fonts of the papers draw of GB 18030-2022 and of Unicode, counted character by character."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from printing.papers.fonts import drawn
from printing.papers.glyph_report import blocks, gb18030


@dataclass(frozen=True, slots=True)
class Covered:
    """A set of `characters`: how many of them each font draws."""

    name: str
    codes: str
    characters: int
    fonts: Mapping[str, int]

    @property
    def drawn(self) -> int:
        return sum(self.fonts.values())


def by_block() -> Sequence[Covered]:
    """Every block of the list, the private ones too."""
    return [_covered(each.name, [each.codes], each.characters) for each in blocks()]


def of_gb18030() -> Sequence[Covered]:
    """汉字 (87,887) and 部首 (228) of GB 18030-2022."""
    return [_covered(name, ranges, sum(map(len, ranges))) for name, ranges in gb18030().items()]


def _covered(name: str, ranges: Sequence[range], characters: int) -> Covered:
    found = Counter(letter.face for code in _codes(ranges) if (letter := drawn(chr(code))) is not None)
    return Covered(name, f"{ranges[0].start:04X}–{ranges[-1].stop - 1:04X}", characters, dict(found))


def _codes(ranges: Iterable[range]) -> Iterable[int]:
    return (code for each in ranges for code in each)
