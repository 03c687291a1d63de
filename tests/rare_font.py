"""Makes resources/fonts/YichuangRare.ttf: `python -m tests.rare_font JIGMO NOTO`, the folders of its sources.

What neither the text fonts nor HanaMinB have, out of Jigmo (TrueType files, or its pieces as WOFF2, which want the
package brotli) and of the Noto fonts of other scripts. The same sources give the same bytes; resources/fonts/README.md
names them. Hints and tables of layout are left out: nothing here uses them.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from client.ports.glyphs import Drawn
from printing.papers.letters import nature

FONTS = Path(__file__).parents[1] / "resources" / "fonts"
FAMILY = "YichuangRare"
EM, ASCENT, DESCENT = 1024, 901, -123  # Jigmo's own
EPOCH = 3_849_984_000  # seconds since 1904: a font made again is the same font
HAD = ("NotoSerifSC-Regular", "HanaMinB")
HAN = (
    range(0x2FF0, 0x3000), range(0x3130, 0x3190), range(0x31A0, 0x31F0), range(0x3400, 0x4DC0), range(0x4E00, 0xA000),
    range(0xAC00, 0xD7A4), range(0xF900, 0xFB00), range(0x20000, 0x33480),
)  # fmt: skip
SCRIPTS: Mapping[str, tuple[range, ...]] = {
    "NotoSansYi": (range(0xA000, 0xA4D0),),
    "NotoSansLisu": (range(0xA4D0, 0xA500),),
    "NotoSansTaiLe": (range(0x1950, 0x1980),),
    "NotoSansNewTaiLue": (range(0x1980, 0x19E0),),
    "NotoSerif": (range(0xA0, 0x250), range(0x370, 0x530), range(0x1E00, 0x1F00), range(0x2000, 0x2190)),
    "NotoSansMath": (range(0x2190, 0x2300),),
    "NotoSansSymbols2": (range(0x25A0, 0x27C0),),
}
RIGHTS = (
    "Han and Hangul: Jigmo, CC0 1.0. Other scripts: Copyright 2015-2020 Google LLC, and The Noto Project Authors, "
    "SIL Open Font License 1.1"
)


def make(jigmo: Path, noto: Path) -> None:
    """Write the font."""
    taken = {code for name in HAD for code in TTFont(FONTS / f"{name}.ttf", lazy=True).getBestCmap()}
    glyphs: dict[int, tuple[Any, int]] = {}
    for file, ranges in _sources(jigmo, noto):
        font = TTFont(file)
        letters = font.getGlyphSet()
        for code, name in font.getBestCmap().items():
            is_new = code not in taken and code not in glyphs and any(code in each for each in ranges)
            if is_new and nature(chr(code)) is Drawn.WHOLE:
                glyphs[code] = _drawn(letters, name, EM / font["head"].unitsPerEm)
    _build(dict(sorted(glyphs.items()))).save(FONTS / f"{FAMILY}.ttf", reorderTables=True)


def _sources(jigmo: Path, noto: Path) -> Iterator[tuple[Path, Iterable[range]]]:
    """Each file with what is taken from it; what one has, a later one is not asked for."""
    for file in sorted(each for each in jigmo.iterdir() if each.suffix in {".ttf", ".woff2"}):
        yield file, HAN
    for name, ranges in SCRIPTS.items():
        yield noto / f"{name}-Regular.ttf", ranges


def _drawn(letters: Any, name: str, scale: float) -> tuple[Any, int]:
    """The outline as one simple glyph of our em, and its width."""
    parts, pen = DecomposingRecordingPen(letters), TTGlyphPen(None)
    letters[name].draw(parts)
    parts.replay(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
    return pen.glyph(), round(letters[name].width * scale)


def _build(glyphs: Mapping[int, tuple[Any, int]]) -> Any:
    names = {code: f"u{code:04X}" for code in glyphs}
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), **{names[code]: glyphs[code][0] for code in glyphs}})
    bearings = builder.font["glyf"]
    metrics = {names[code]: (glyphs[code][1], getattr(bearings[names[code]], "xMin", 0)) for code in glyphs}
    builder.setupHorizontalMetrics({".notdef": (EM, 0), **metrics})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupNameTable(
        {"familyName": "Yichuang Rare", "styleName": "Regular", "psName": FAMILY, "copyright": RIGHTS}, mac=False
    )
    builder.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWinAscent=ASCENT, usWinDescent=-DESCENT)
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=EPOCH, modified=EPOCH)
    builder.font.recalcTimestamp = False
    return builder.font


if __name__ == "__main__":
    make(*map(Path, sys.argv[1:3]))
