"""What an eSCL scanner says of itself and is told, as values: Mopria eSCL Technical Specification 2.97, XML over HTTP.

Everything from the wire is foreign: what has a document type, or is not what it should be, raises GarbledError.
"""

from dataclasses import dataclass
from enum import StrEnum
from xml.etree import ElementTree as ET

from client.ports.scanner import ScanMode, ScanOrder, ScanSource
from devices.children.answers import GarbledError
from devices.scanner.sane_options import MM_PER_INCH

SCAN = "http://schemas.hp.com/imaging/escl/2011/05/03"
PWG = "http://www.pwg.org/schemas/2010/12/sm"
FINEST = 9600  # dpi; more than that is no resolution, and no JPEG can say it
UNITS = 300  # to the inch, in which regions are told (escl:ThreeHundredthsOfInches)
JPEG = "image/jpeg"

COLOUR_MODES = {ScanMode.COLOUR: "RGB24", ScanMode.GREY: "Grayscale8", ScanMode.BILEVEL: "Grayscale8"}
"""No JPEG has one bit a point: what is to be black and white comes grey and is cut here."""
_INPUTS: dict[ScanSource, tuple[str, ...]] = {  # where what an input can do is told, the best first
    ScanSource.FLATBED: ("Platen/PlatenInputCaps",),
    ScanSource.FEEDER: ("Adf/AdfSimplexInputCaps", "Adf/AdfDuplexInputCaps"),
    ScanSource.FEEDER_DUPLEX: ("Adf/AdfDuplexInputCaps",),
}


class AdfState(StrEnum):
    """How the feeder stands, as far as we tell it apart."""

    EMPTY = "ScannerAdfEmpty"
    LOADED = "ScannerAdfLoaded"
    JAM = "ScannerAdfJam"
    MULTIPICK = "ScannerAdfMultipickDetected"
    HATCH_OPEN = "ScannerAdfHatchOpen"
    MISPICK = "ScannerAdfMispick"


@dataclass(frozen=True, slots=True)
class Input:
    """What one of its inputs can do. Sizes in 1/300 inch; `dpi` are resolutions it names, `span` a range of them."""

    width: int
    height: int
    modes: frozenset[str]
    dpi: frozenset[int]
    span: tuple[int, int] | None

    def resolution(self, wanted: int) -> int | None:
        """The wanted one, or the next finer one it has; None: it has none as fine."""
        if self.span is not None and self.span[0] <= wanted <= self.span[1]:
            return wanted
        return min((each for each in self.dpi if wanted <= each <= FINEST), default=None)


@dataclass(frozen=True, slots=True)
class Capabilities:
    version: str
    model: str
    inputs: dict[ScanSource, Input]


@dataclass(frozen=True, slots=True)
class Status:
    """`state` is Idle, Processing, Testing, Stopped or Down; `adf` None without a feeder, or in one unknown here."""

    state: str
    adf: AdfState | None


def capabilities_in(body: bytes) -> Capabilities:
    """ScannerCapabilities. Raises GarbledError."""
    root = _root(body, "ScannerCapabilities")
    found: dict[ScanSource, Input] = {}
    for source, paths in _INPUTS.items():
        told = [root.find(path, {"": SCAN}) for path in paths]
        if (caps := next((each for each in told if each is not None), None)) is not None:
            found[source] = _input_in(caps)
    return Capabilities(
        version=_text(root, f"{{{PWG}}}Version") or "2.0",
        model=_text(root, f"{{{PWG}}}MakeAndModel"),
        inputs=found,
    )


def status_in(body: bytes) -> Status:
    """ScannerStatus. Raises GarbledError."""
    root = _root(body, "ScannerStatus")
    adf = _text(root, f"{{{SCAN}}}AdfState")
    return Status(_text(root, f"{{{PWG}}}State"), AdfState(adf) if adf in set(AdfState) else None)


def settings_for(order: ScanOrder, caps: Capabilities, dpi: int) -> bytes:
    """ScanSettings of an order, for its paper or as much of it as the input takes."""
    has = caps.inputs[order.source]
    paper = order.paper.size
    width, height = (round(mm / MM_PER_INCH * UNITS) for mm in paper) if paper else (has.width, has.height)
    root = ET.Element(f"{{{SCAN}}}ScanSettings")
    _put(root, PWG, "Version", caps.version)
    _put(root, SCAN, "Intent", "Document")
    region = _put(_put(root, PWG, "ScanRegions"), PWG, "ScanRegion")
    for name, value in (("Height", min(height, has.height)), ("Width", min(width, has.width))):
        _put(region, PWG, name, str(value))
    _put(region, PWG, "ContentRegionUnits", "escl:ThreeHundredthsOfInches")
    for name in ("XOffset", "YOffset"):
        _put(region, PWG, name, "0")
    _put(root, PWG, "InputSource", "Feeder" if order.source.is_feeder else "Platen")
    _put(root, SCAN, "ColorMode", COLOUR_MODES[order.mode])
    _put(root, PWG, "DocumentFormat", JPEG)
    _put(root, SCAN, "DocumentFormatExt", JPEG)
    _put(root, SCAN, "XResolution", str(dpi))
    _put(root, SCAN, "YResolution", str(dpi))
    if order.source.is_feeder:
        _put(root, SCAN, "Duplex", str(order.source is ScanSource.FEEDER_DUPLEX).lower())
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _input_in(caps: ET.Element) -> Input:
    exact = [_number(each, f"{{{SCAN}}}XResolution") for each in caps.iter(f"{{{SCAN}}}DiscreteResolution")]
    ranges = [
        (_number(each, f"{{{SCAN}}}Min"), _number(each, f"{{{SCAN}}}Max"))
        for each in caps.iter(f"{{{SCAN}}}XResolutionRange")
    ]
    return Input(
        width=_number(caps, f"{{{SCAN}}}MaxWidth"),
        height=_number(caps, f"{{{SCAN}}}MaxHeight"),
        modes=frozenset(_text(each, ".") for each in caps.iter(f"{{{SCAN}}}ColorMode")),
        dpi=frozenset(exact),
        span=ranges[0] if ranges else None,
    )


def _root(body: bytes, name: str) -> ET.Element:
    # Nothing of the protocol has a document type, and it is where bombs are kept; a NUL is UTF-16, where one hides.
    if b"<!DOCTYPE" in body or b"\0" in body:
        raise GarbledError
    try:
        # UTF-8 whatever it declares: a name of an encoding that is not known is no ParseError.
        root = ET.fromstring(body, parser=ET.XMLParser(encoding="utf-8"))  # noqa: S314 - no document type, no entity
    except ET.ParseError as error:
        raise GarbledError from error
    if root.tag != f"{{{SCAN}}}{name}":
        raise GarbledError
    return root


def _text(part: ET.Element, path: str) -> str:
    return (part.findtext(path) or "").strip() if path != "." else (part.text or "").strip()


def _number(part: ET.Element, path: str) -> int:
    try:
        return int(_text(part, path))
    except ValueError as error:
        raise GarbledError from error


def _put(parent: ET.Element, space: str, name: str, text: str | None = None) -> ET.Element:
    child = ET.SubElement(parent, f"{{{space}}}{name}")
    child.text = text
    return child
