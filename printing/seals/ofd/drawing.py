"""Draws an OFD as PDF, for a look: words, lines, pictures, what was laid over, seals.

reportlab writes it: text stays text, pdfium paints it as every other paper here, and nothing is drawn twice. Fonts are
those of this house, whatever the file brings. What is not understood is left out, counted, and said on the page.
"""

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from time import monotonic
from types import MappingProxyType
from typing import Any, Final
from xml.etree import ElementTree as ET

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from client.errors import Cancelled
from client.ports.seals import SealPicture, never
from client.proof.faults import ProofError
from client.text import tr
from printing.papers.fonts import EM, glyphs
from printing.papers.typecase import Typecase
from printing.seals.ofd.container import Package
from printing.seals.ofd.document import MOST_PAGES, Document, Page, Resources
from printing.seals.ofd.shapes import Matrix, box, colour, matrix, number, path, steps
from printing.seals.ofd.signatures import Stamp, listings, signed
from printing.seals.pdf.picture import MOST_PIXELS, opened
from printing.seals.structures import SesSignature

MOST_DRAWN: Final = 200_000
"""Letters and objects of one preview; what would come after them is left out."""

MOST_SECONDS: Final = 20.0
_POINT = 72 / 25.4
_FINE = 2000  # pixels a side of a picture
_DEEPEST = 6  # drawings within drawings
_BOLD = 600  # weight of a font
_NOT_DRAWN = (ProofError, ValueError, ArithmeticError)
_PICTURES: Final = ("PNG", "JPEG", "BMP", "GIF")
_BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError, struct.error,
    zlib.error, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


def preview(content: bytes, is_taken_back: Callable[[], bool] = never) -> bytes:
    """An OFD as PDF. Raises ProofError for what is no OFD, Cancelled soon after `is_taken_back`."""
    document = Document.parse(content)
    stamps = list(_stamps(document.package))
    into = BytesIO()
    pen = _Pen(Canvas(into, pageCompression=1, invariant=1), is_taken_back)
    left_out = max(0, document.page_count - MOST_PAGES)
    for page in document.pages():
        pen.left_out = left_out
        with pen.sheet(page):
            pen.page(document, page)
            for stamp, picture in stamps:
                if stamp.page == page.number:
                    pen.stamp(stamp, picture)
        if pen.is_spent:
            break
    return pen.finished(into)


def _stamps(package: Package) -> Iterator[tuple[Stamp, SealPicture | None]]:
    """Where each seal is drawn, and its picture; None where it has none that can be read."""
    try:
        found = [(listing, *entry) for listing in listings(package) for entry in listing.entries]
    except ProofError:
        return
    for listing, kind, location in found:
        try:
            each = signed(package, listing, kind, location)
        except ProofError:
            continue  # the verdict says so
        try:
            picture = SesSignature.parse(each.value).seal.seal.picture
        except ProofError:
            picture = None
        yield from ((stamp, picture) for stamp in each.stamps)


@dataclass
class _Pen:
    """Draws on one sheet after another; millimetres from the upper left corner."""

    canvas: Any  # reportlab has no types
    is_taken_back: Callable[[], bool] = never
    typecase: Typecase = field(default_factory=Typecase)
    until: float = field(default_factory=lambda: monotonic() + MOST_SECONDS)
    drawn: int = 0
    left_out: int = 0
    depth: int = 0

    @contextmanager
    def sheet(self, page: Page) -> Iterator[None]:
        left, top, width, height = page.box
        self.canvas.setPageSize((width * _POINT, height * _POINT))
        self.canvas.saveState()
        self.canvas.transform(_POINT, 0, 0, -_POINT, -left * _POINT, (height + top) * _POINT)
        yield
        if self.left_out:
            self._words(tr("预览中有{count}处内容没有画出").format(count=self.left_out), left + 5, top + height - 3, 3)
        self.canvas.restoreState()
        self.canvas.showPage()

    def finished(self, into: BytesIO) -> bytes:
        self.typecase.embed(self.canvas._doc)  # noqa: SLF001 - reportlab has no other way to its document
        self.canvas.save()
        return into.getvalue()

    def page(self, document: Document, page: Page) -> None:
        """Layers, then what was laid over them."""
        self.left_out += page.left_out
        scene = _Scene(document, page.resources)
        for layer in page.layers:
            self.objects(layer, scene.by(layer))
        for each in document.annotations(page.number):
            with self._one(), self._moved(each):
                self.objects(each, scene)

    def objects(self, within: ET.Element, scene: "_Scene") -> None:
        for element in within:
            if (draw := _DRAWN.get(element.tag)) is None:
                self.left_out += element.tag not in _SILENT
                continue
            if element.get("Visible", "true") != "false":
                with self._one():
                    self._counted(1)
                    draw(self, element, scene)

    def stamp(self, stamp: Stamp, picture: SealPicture | None) -> None:
        """A seal in its box, or the part of it that its clip tells."""
        with self._one(), self._kept():
            if picture is None:
                raise ValueError(stamp.page)
            left, top, width, height = box(stamp.boundary)
            self.canvas.transform(1, 0, 0, 1, left, top)
            if stamp.clip.strip():
                self._clip(box(stamp.clip))
            self._picture_of_seal(picture, width, height)

    def _picture_of_seal(self, picture: SealPicture, width: float, height: float) -> None:
        if not picture.content.startswith(b"PK"):
            self._image(opened(picture), (width, 0, 0, height, 0, 0))
            return
        drawing = Document.parse(picture.content)
        page = next(drawing.pages(), None)
        if page is None:
            raise ValueError(picture.type)
        with self._deeper():
            left, top, wide, high = page.box
            self.canvas.transform(width / wide, 0, 0, height / high, 0, 0)
            self.canvas.transform(1, 0, 0, 1, -left, -top)
            self.page(drawing, page)

    # One kind of object each

    def block(self, element: ET.Element, scene: "_Scene") -> None:
        with self._deeper():
            self.objects(element, scene)

    def unit(self, element: ET.Element, scene: "_Scene") -> None:
        unit = scene.resources.units.get(element.get("ResourceID", ""))
        if unit is None:
            raise ValueError(element.tag)
        with self._deeper(), self._moved(element):
            for content in unit.findall("Content"):
                self.objects(content, scene)

    def picture(self, element: ET.Element, scene: "_Scene") -> None:
        name = scene.resources.media.get(element.get("ResourceID", ""))
        if name is None:
            raise ValueError(element.tag)
        image = _opened(scene.document.package.read(name))
        left, top, width, height = box(element.get("Boundary", ""))
        told = element.get("CTM", "")
        placed = matrix(told) if told.strip() else (width, 0.0, 0.0, height, 0.0, 0.0)
        with self._kept():
            self.canvas.transform(1, 0, 0, 1, left, top)
            self.canvas.setFillAlpha(_alpha(element))
            self._image(image, placed)

    def path(self, element: ET.Element, scene: "_Scene") -> None:
        operators = list(islice(path(element.findtext("AbbreviatedData", "")), MOST_DRAWN + 1))
        self._counted(len(operators))
        fills, strokes = element.get("Fill", "false") == "true", element.get("Stroke", "true") != "false"
        if not operators or not (fills or strokes):
            return
        with self._moved(element):
            self.canvas.setLineWidth(number(scene.said(element, "LineWidth", "0.353")))
            self._colours(element, scene)
            rule = "*" if element.get("Rule") == "Even-Odd" else ""
            how = "B" + rule if fills and strokes else "f" + rule if fills else "S"
            self._code(" ".join((*operators, how)))

    def text(self, element: ET.Element, scene: "_Scene") -> None:
        size, wide = number(element.get("Size", "")), number(element.get("HScale", "1"))
        font = scene.resources.fonts.get(element.get("Font", ""))
        bold = _is_bold(element, font)
        with self._moved(element):
            self._colours(element, scene)
            x = y = 0.0
            for code in element.findall("TextCode"):
                x, y = number(code.get("X", str(x))), number(code.get("Y", str(y)))
                self._counted(len(code.text or ""))
                across, down = steps(code.get("DeltaX", "")), steps(code.get("DeltaY", ""))
                self._letters(code.text or "", (x, y), (size, wide), (across, down), bold=bold)

    def _letters(
        self,
        text: str,
        start: tuple[float, float],
        shape: tuple[float, float],
        told: tuple[list[float], list[float]],
        *,
        bold: bool,
    ) -> None:
        """Letters, each as far from the one before as was told, else as wide as it is."""
        (x, y), (size, wide), (across, down) = start, shape, told
        for place, char in enumerate(text):
            width = 0.0
            for glyph in glyphs(char, bold=bold):
                drawer, code = self.typecase.place(glyph)
                at = x + width
                self._code(f"BT /{drawer.resource} {size:.4f} Tf {wide:.4f} 0 0 -1 {at:.4f} {y:.4f} Tm <{code}> Tj ET")
                width += glyph.width / EM * size * wide
            natural = 0.0 if down and not across else width
            x += across[min(place, len(across) - 1)] if across else natural
            y += down[min(place, len(down) - 1)] if down else 0.0

    # How it is drawn

    def _words(self, text: str, left: float, baseline: float, size: float) -> None:
        self.canvas.setFillColorRGB(0.7, 0, 0)
        self._letters(text, (left, baseline), (size, 1.0), ([], []), bold=False)

    def _colours(self, element: ET.Element, scene: "_Scene") -> None:
        opaque = _alpha(element)
        fill, stroke = scene.colour(element, "FillColor"), scene.colour(element, "StrokeColor")
        self.canvas.setFillColorRGB(*fill[0])
        self.canvas.setStrokeColorRGB(*stroke[0])
        self.canvas.setFillAlpha(fill[1] * opaque)
        self.canvas.setStrokeAlpha(stroke[1] * opaque)

    def _image(self, image: Image.Image, placed: Matrix) -> None:
        self.canvas.transform(*placed)
        self.canvas.transform(1, 0, 0, -1, 0, 1)
        self.canvas.drawImage(ImageReader(image), 0, 0, 1, 1, mask="auto")

    def _clip(self, told: tuple[float, float, float, float]) -> None:
        left, top, width, height = told
        self._code(f"{left:.4f} {top:.4f} {width:.4f} {height:.4f} re W n")

    def _code(self, operators: str) -> None:
        self.canvas._code.append(operators)  # noqa: SLF001 - reportlab's own text costs a font of its own

    @property
    def is_spent(self) -> bool:
        return self.drawn > MOST_DRAWN or monotonic() > self.until

    def _counted(self, count: int) -> None:
        self.drawn += count
        if self.is_taken_back():
            raise Cancelled
        if self.is_spent:
            raise ValueError(count)

    @contextmanager
    def _one(self) -> Iterator[None]:
        """One object; what is wrong with it leaves it out and nothing else."""
        try:
            yield
        except _NOT_DRAWN:
            self.left_out += 1

    @contextmanager
    def _kept(self) -> Iterator[None]:
        self.canvas.saveState()
        try:
            yield
        finally:
            self.canvas.restoreState()

    @contextmanager
    def _moved(self, element: ET.Element) -> Iterator[None]:
        left, top, _, _ = box(element.get("Boundary", ""))
        with self._kept():
            self.canvas.transform(1, 0, 0, 1, left, top)
            self.canvas.transform(*matrix(element.get("CTM", "")))
            yield

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        if self.depth >= _DEEPEST:
            raise ValueError(self.depth)
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1


@dataclass(frozen=True)
class _Scene:
    """What an object is drawn with: its document's resources, and the pen of its layer."""

    document: Document
    resources: Resources
    layer_pen: str | None = None

    def by(self, layer: ET.Element) -> "_Scene":
        return _Scene(self.document, self.resources, layer.get("DrawParam"))

    def said(self, element: ET.Element, name: str, otherwise: str) -> str:
        return next((told for each in self._asked(element) if (told := each.get(name))), otherwise)

    def colour(self, element: ET.Element, name: str) -> tuple[tuple[float, float, float], float]:
        """A colour and how opaque it is; of a shading its first one, of nothing black."""
        told = next((found for each in self._asked(element) if (found := each.find(name)) is not None), None)
        if told is None:
            return (0.0, 0.0, 0.0), 1.0
        plain = next((each for each in told.iter() if each.get("Value")), None)
        return colour(plain.get("Value", "0 0 0") if plain is not None else "0 0 0"), _alpha(told)

    def _asked(self, element: ET.Element) -> Iterator[ET.Element]:
        yield element
        yield from self.resources.pen(element.get("DrawParam"))
        yield from self.resources.pen(self.layer_pen)


_DRAWN: Final[Mapping[str, Callable[[_Pen, ET.Element, _Scene], None]]] = MappingProxyType(
    {
        "TextObject": _Pen.text,
        "PathObject": _Pen.path,
        "ImageObject": _Pen.picture,
        "CompositeObject": _Pen.unit,
        "PageBlock": _Pen.block,
    }
)
_SILENT: Final = frozenset({"Actions", "Clips"})
"""Draw nothing themselves."""


def _alpha(element: ET.Element) -> float:
    return min(max(number(element.get("Alpha", "255")) / 255, 0.0), 1.0)


def _is_bold(element: ET.Element, font: ET.Element | None) -> bool:
    name = font.get("FontName", "") if font is not None else ""
    told = font.get("Bold", "") if font is not None else ""
    return told == "true" or "Bold" in name or number(element.get("Weight", "400")) >= _BOLD


def _opened(content: bytes) -> Image.Image:
    """A picture of a page. Raises ValueError for one too large, broken, or of a kind nobody knows."""
    try:
        image = Image.open(BytesIO(content), formats=_PICTURES)
        if image.width * image.height <= MOST_PIXELS:
            shown = image.convert("RGBA")
            shown.thumbnail((_FINE, _FINE))
            return shown
    except _BROKEN as error:
        raise ValueError(len(content)) from error
    raise ValueError(len(content))
