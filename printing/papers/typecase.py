"""The letters one paper uses: gives each its code on the page and embeds them with a true way back to the text."""

import zlib
from typing import Any

from reportlab.pdfbase import pdfdoc

from printing.papers import fonts
from printing.papers.fonts import Glyph
from printing.papers.subset import subset

_FAST = 1  # zlib level: outlines hardly shrink further, and a citizen is waiting


class Drawer:
    """The letters of one font in one paper, numbered in the order they are first used."""

    def __init__(self, name: str, number: int) -> None:
        self.name = name
        self.resource = f"F{number}"
        self.codes: dict[Glyph, str] = {}

    def code(self, glyph: Glyph) -> str:
        """Two bytes in hexadecimal, as written in a text string of the page."""
        code = self.codes.get(glyph)
        if code is None:
            code = self.codes[glyph] = f"{len(self.codes) + 1:04X}"  # 0 is .notdef
        return code

    def embed(self, document: Any) -> None:  # noqa: ANN401  # reportlab has no types
        """Add a Type 0 font (ISO 32000-1, 9.7) with the used letters to `document`.

        reportlab's own TrueType fonts write a wrong ToUnicode entry for characters beyond U+FFFF, so that a
        rare name could be read but not searched or copied; here the text is written in UTF-16 as it must be.
        """
        base = pdfdoc.PDFName(f"{'ABCDEFGHIJ'[int(self.resource[1:])] * 6}+{self.name}")
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": base,
                "CIDSystemInfo": "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
                "CIDToGIDMap": "/Identity",
                "DW": int(fonts.EM),
                "W": self._widths(),
                "FontDescriptor": document.Reference(self._descriptor(document, base)),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": base,
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant)]),
                "ToUnicode": document.Reference(_stream(self._to_unicode())),
            }
        )
        document.idToObject["BasicFonts"].dict[self.resource] = document.Reference(font)

    def _descriptor(self, document: Any, base: Any) -> Any:  # noqa: ANN401  # reportlab has no types
        face = fonts.face(self.name)
        program = subset(face, [0, *(glyph.index for glyph in self.codes)])
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": base,
                "Flags": 4,  # symbolic: the codes are ours
                "FontBBox": pdfdoc.PDFArray(face.bbox),
                "ItalicAngle": 0,
                "Ascent": face.ascent,
                "Descent": face.descent,
                "CapHeight": face.capHeight,
                "StemV": face.stemV,
                "FontFile2": document.Reference(_stream(program, Length1=len(program))),
            }
        )

    def _widths(self) -> str:
        narrow = (f"{int(code, 16)} [{glyph.width:g}]" for glyph, code in self.codes.items() if glyph.width != fonts.EM)
        return f"[{' '.join(narrow)}]"

    def _to_unicode(self) -> bytes:
        entries = [f"<{code}> <{glyph.char.encode('utf-16-be').hex()}>" for glyph, code in self.codes.items()]
        blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
        mapping = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
            "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            f"{mapping}\nendcmap CMapName currentdict /CMap defineresource pop end end"
        ).encode("ascii")


class Typecase:
    """All drawers of one paper."""

    def __init__(self) -> None:
        self._drawers: dict[str, Drawer] = {}

    def drawer(self, face: str) -> Drawer:
        drawer = self._drawers.get(face)
        if drawer is None:
            drawer = self._drawers[face] = Drawer(face, len(self._drawers))
        return drawer

    def embed(self, document: Any) -> None:  # noqa: ANN401  # reportlab has no types
        for drawer in self._drawers.values():
            drawer.embed(document)


def _stream(content: bytes, **entries: int) -> Any:  # noqa: ANN401  # reportlab has no types
    dictionary = pdfdoc.PDFDictionary({"Filter": "/FlateDecode", **entries})
    return pdfdoc.PDFStream(dictionary, zlib.compress(content, _FAST))
