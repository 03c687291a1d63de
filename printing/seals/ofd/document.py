"""What an OFD's pages are made of: where each part stands, fonts, pictures and pens by their numbers."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Self
from xml.etree import ElementTree as ET

from client.proof.faults import ProofError
from printing.seals.ofd.container import Package
from printing.seals.ofd.faults import NOT_OFD
from printing.seals.ofd.shapes import box
from printing.seals.ofd.signatures import ROOT

MOST_PAGES: Final = 200
A4: Final = (0.0, 0.0, 210.0, 297.0)
_LONGEST = 3000.0  # millimetres a side
_MOST_LINKS = 8  # from one pen to the one it goes by
_BEHIND, _BEFORE = "Background", "Foreground"


@dataclass(frozen=True)
class Resources:
    """Fonts, files of pictures, drawn units and pens, each by its number."""

    fonts: Mapping[str, ET.Element] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, ET.Element] = field(default_factory=dict)
    pens: Mapping[str, ET.Element] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package, parts: list[str]) -> Self:
        """Out of those files that can be read; what cannot is missed where it is drawn with."""
        found = cls({}, {}, {}, {})
        for part in parts:
            try:
                root = package.xml(part)
            except ProofError:
                continue
            found = found.more(package, root, part)
        return found

    def more(self, package: Package, root: ET.Element, part: str) -> Self:
        folder = posixpath.join("/", posixpath.dirname(part), root.get("BaseLoc", ""))
        media = {}
        for each in root.iter("MultiMedia"):
            name = package.find(posixpath.join(folder, each.findtext("MediaFile", "").strip()), "")
            if name is not None:
                media[each.get("ID", "")] = name
        return type(self)(
            {**self.fonts, **_by_number(root, "Font")},
            {**self.media, **media},
            {**self.units, **_by_number(root, "CompositeGraphicUnit")},
            {**self.pens, **_by_number(root, "DrawParam")},
        )

    def pen(self, number: str | None) -> Iterator[ET.Element]:
        """A pen, and those it goes by where it says nothing itself."""
        for _ in range(_MOST_LINKS):
            if (found := self.pens.get(number or "")) is None:
                return
            yield found
            number = found.get("Relative")


@dataclass(frozen=True)
class Page:
    """One page: its box, and what is drawn on it from behind to before."""

    number: str
    box: tuple[float, float, float, float]
    layers: tuple[ET.Element, ...]
    resources: Resources
    left_out: int  # parts that are not there


@dataclass(frozen=True)
class Document:
    """The first document of an OFD."""

    package: Package
    path: str
    root: ET.Element
    resources: Resources

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """Raises ProofError for what is no OFD, or has no page."""
        package = Package.parse(content)
        told = package.xml(package.find(ROOT) or ROOT).findtext("DocBody/DocRoot", "")
        path = package.find(told) if told.strip() else None
        if path is None:
            raise ProofError(NOT_OFD, reason="DocRoot")
        root = package.xml(path)
        common = root.find("CommonData")
        told_parts = [*common.findall("PublicRes"), *common.findall("DocumentRes")] if common is not None else []
        parts = [name for each in told_parts if (name := package.find(each.text or "", path)) is not None]
        return cls(package, path, root, Resources.of(package, parts))

    @property
    def page_count(self) -> int:
        return len(self.root.findall("Pages/Page"))

    def pages(self) -> Iterator[Page]:
        """The pages, at most `MOST_PAGES`; one that cannot be read is empty."""
        for each in self.root.findall("Pages/Page")[:MOST_PAGES]:
            yield self._page(each)

    def _page(self, entry: ET.Element) -> Page:
        number, read = entry.get("ID", ""), self._read(entry.get("BaseLoc", ""), self.path)
        if read is None:
            return Page(number, self._box(None), (), self.resources, 1)
        root, path = read
        parts = [name for each in root.findall("PageRes") if (name := self.package.find(each.text or "", path))]
        own = Resources.of(self.package, parts)
        resources = Resources(
            {**self.resources.fonts, **own.fonts},
            {**self.resources.media, **own.media},
            {**self.resources.units, **own.units},
            {**self.resources.pens, **own.pens},
        )
        behind, before, missing = self._templates(root)
        return Page(number, self._box(root), (*behind, *_layers(root), *before), resources, missing)

    def _templates(self, root: ET.Element) -> tuple[list[ET.Element], list[ET.Element], int]:
        behind, before, missing = list[ET.Element](), list[ET.Element](), 0
        told = {each.get("ID"): each for each in self.root.findall("CommonData/TemplatePage")}
        for use in root.findall("Template"):
            entry = told.get(use.get("TemplateID"))
            read = self._read(entry.get("BaseLoc", ""), self.path) if entry is not None else None
            if entry is None or read is None:
                missing += 1
                continue
            order = use.get("ZOrder") or entry.get("ZOrder") or _BEHIND
            (before if order == _BEFORE else behind).extend(_layers(read[0]))
        return behind, before, missing

    def annotations(self, page: str) -> Iterator[ET.Element]:
        """What was laid over a page later: the appearance of each, where it can be seen."""
        read = self._read(self.root.findtext("Annotations", ""), self.path)
        for each in read[0].findall("Page") if read else ():
            found = self._read(each.findtext("FileLoc", ""), read[1]) if read and each.get("PageID") == page else None
            for annotation in found[0].findall("Annot") if found else ():
                if annotation.get("Visible", "true") != "false":
                    yield from annotation.findall("Appearance")

    def _read(self, told: str, beside: str) -> tuple[ET.Element, str] | None:
        path = self.package.find(told, beside) if told.strip() else None
        if path is None:
            return None
        try:
            return self.package.xml(path), path
        except ProofError:
            return None

    def _box(self, page: ET.Element | None) -> tuple[float, float, float, float]:
        told = [page.findtext("Area/PhysicalBox") if page is not None else None]
        told.append(self.root.findtext("CommonData/PageArea/PhysicalBox"))
        for each in told:
            try:
                found = box(each or "")
            except ValueError:
                continue
            if all(1 <= side <= _LONGEST for side in found[2:]):
                return found
        return A4


def _layers(root: ET.Element) -> list[ET.Element]:
    order = {_BEHIND: 0, _BEFORE: 2}
    return sorted(root.findall("Content/Layer"), key=lambda layer: order.get(layer.get("Type", ""), 1))


def _by_number(root: ET.Element, name: str) -> dict[str, ET.Element]:
    return {each.get("ID", ""): each for each in root.iter(name)}
