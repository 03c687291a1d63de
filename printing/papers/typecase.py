"""The letters one paper uses: gives each its code on the page and embeds them with a true way back to the text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from reportlab.pdfbase import pdfdoc

from printing.papers import fonts
from printing.papers.fonts import Glyph
from printing.papers.streams import deflated, stream
from printing.papers.subset import subset


@dataclass(slots=True)
class Drawer:
    """Letters of one font, in the order of their codes from 1 on (0 is .notdef); `resource` is its name on the page."""

    face: str
    resource: str
    letters: list[Glyph] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A font cut down to some letters, ready to be embedded; the streams are deflated."""

    program: bytes
    length: int
    to_unicode: bytes
    widths: str


class Typecase:
    """All drawers of one paper.

    `stock` are letters of the text font which nearly every paper of its kind needs: they have a drawer of their
    own, which is cut once and embedded as it is, so that only the letters of names and materials are cut anew.
    """

    def __init__(self, stock: Sequence[Glyph] = ()) -> None:
        self._drawers: dict[str, Drawer] = {}
        self._stock = Drawer(fonts.REGULAR[0], "F0", list(stock))
        self._places = {glyph: (self._stock, f"{code:04X}") for code, glyph in enumerate(stock, start=1)}

    def place(self, glyph: Glyph) -> tuple[Drawer, str]:
        """The drawer of a letter and its code: two bytes in hexadecimal, as in a text string of the page."""
        place = self._places.get(glyph)
        return place if place is not None else self._add(glyph)

    def _add(self, glyph: Glyph) -> tuple[Drawer, str]:
        drawer = self._drawers.get(glyph.face)
        if drawer is None:
            drawer = self._drawers[glyph.face] = Drawer(glyph.face, f"F{len(self._drawers) + 1}")
        drawer.letters.append(glyph)
        place = self._places[glyph] = (drawer, f"{len(drawer.letters):04X}")
        return place

    def embed(self, document: Any) -> None:  # noqa: ANN401  # reportlab has no types
        """Add all letters to `document`."""
        _embed(document, self._stock, _cut_once(self._stock.face, tuple(self._stock.letters)))
        for drawer in self._drawers.values():
            _embed(document, drawer, _cut(drawer.face, drawer.letters))


def _cut(face: str, letters: Sequence[Glyph], *, small: bool = False) -> _Cut:
    program = subset(fonts.face(face), [0, *(glyph.index for glyph in letters)])
    return _Cut(
        deflated(program, small=small),
        len(program),
        deflated(_to_unicode(letters), small=small),
        _widths(letters),
    )


@cache
def _cut_once(face: str, letters: tuple[Glyph, ...]) -> _Cut:
    return _cut(face, letters, small=True)


def _embed(document: Any, drawer: Drawer, cut: _Cut) -> None:  # noqa: ANN401  # reportlab has no types
    """Add a Type 0 font (ISO 32000-1, 9.7) to `document`.

    reportlab's own TrueType fonts write a wrong ToUnicode entry for characters beyond U+FFFF, so that a rare
    name could be read but not searched or copied, and copy the whole file for each subset.
    """
    face = fonts.face(drawer.face)
    base = f"/{'ABCDEFGHIJ'[int(drawer.resource[1:])] * 6}+{drawer.face}"
    descriptor = {
        "Type": "/FontDescriptor",
        "FontName": base,
        "Flags": 4,  # symbolic: the codes are ours
        "FontBBox": pdfdoc.PDFArray(face.bbox),
        "ItalicAngle": 0,
        "Ascent": face.ascent,
        "Descent": face.descent,
        "CapHeight": face.capHeight,
        "StemV": face.stemV,
        "FontFile2": document.Reference(stream(cut.program, Length1=cut.length)),
    }
    descendant = {
        "Type": "/Font",
        "Subtype": "/CIDFontType2",
        "BaseFont": base,
        "CIDSystemInfo": "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
        "CIDToGIDMap": "/Identity",
        "DW": int(fonts.EM),
        "W": cut.widths,
        "FontDescriptor": document.Reference(pdfdoc.PDFDictionary(descriptor)),
    }
    font = {
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": base,
        "Encoding": "/Identity-H",
        "DescendantFonts": pdfdoc.PDFArray([document.Reference(pdfdoc.PDFDictionary(descendant))]),
        "ToUnicode": document.Reference(stream(cut.to_unicode)),
    }
    document.idToObject["BasicFonts"].dict[drawer.resource] = document.Reference(pdfdoc.PDFDictionary(font))


def _widths(letters: Sequence[Glyph]) -> str:
    narrow = (f"{code} [{glyph.width:g}]" for code, glyph in enumerate(letters, start=1) if glyph.width != fonts.EM)
    return f"[{' '.join(narrow)}]"


def _to_unicode(letters: Sequence[Glyph]) -> bytes:
    """The text of each code, in UTF-16 (ISO 32000-1, 9.10.3)."""
    entries = [f"<{code:04X}> <{glyph.char.encode('utf-16-be').hex()}>" for code, glyph in enumerate(letters, start=1)]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    mapping = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{mapping}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")
