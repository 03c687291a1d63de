"""Makes room for a signature on a PDF: what was there stays byte for byte, and the seal is drawn where it belongs.

A paper of several pages has its first seal across its edges too (骑缝章), a strip of it on each page.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.sign.fields import SigFieldSpec, enumerate_sig_fields
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigAppearanceSetup, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import PdfSignedData
from pyhanko.stamp import StaticStampStyle

from client.ports.seals import Place, SealPicture
from client.proof.faults import ProofError
from printing.seals.pdf.faults import NO_PLACE, NOT_PDF
from printing.seals.pdf.picture import opened
from printing.seals.pdf.reading import readable

DIGEST: Final = "sha256"
POINT: Final = 72 / 25.4  # of a millimetre
_WHOLE: Final = SimpleBoxLayoutRule(
    AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, Margins(0, 0, 0, 0), InnerScaling.STRETCH_FILL
)
_FIELD: Final = re.compile(r"Seal([0-9]+)")
_EDGE_FROM_TOP: Final = 0.45  # of the page's height


@dataclass(frozen=True)
class Room:
    """A PDF about to be sealed: `writer` holds what is added to it, `field` the place and `style` the look of it."""

    writer: IncrementalPdfFileWriter
    field: SigFieldSpec
    style: StaticStampStyle


def opened_for_more(pdf: bytes) -> IncrementalPdfFileWriter:
    """A PDF something is added to. Raises ProofError for what is none, or is enciphered."""
    with readable():
        writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=True)
        if writer.prev.encrypted:
            raise ProofError(NOT_PDF, reason="encrypted")
        return writer


def room_for(writer: IncrementalPdfFileWriter, picture: SealPicture, place: Place) -> Room:
    """Room for a seal with its middle at `place`. Raises ProofError for a page that is not there."""
    pages = int(writer.root["/Pages"]["/Count"])
    if not 1 <= place.page <= pages:
        raise ProofError(NO_PLACE)
    image = opened(picture)
    wide, high = picture.width_mm * POINT, picture.height_mm * POINT
    height = _page_height(writer, place.page - 1)
    left, foot = place.x_mm * POINT - wide / 2, height - place.y_mm * POINT - high / 2
    is_signed = next(enumerate_sig_fields(writer, filled_status=True), None) is not None
    if pages > 1 and not is_signed:  # what is drawn beside a later signature would be a change of the first one's paper
        _seal_edges(writer, image, pages, (wide, high))
    taken = [int(found[1]) for name, _, _ in enumerate_sig_fields(writer) if (found := _FIELD.fullmatch(name))]
    box = round(left), round(foot), round(left + wide), round(foot + high)
    field = SigFieldSpec(f"Seal{max(taken, default=0) + 1}", on_page=place.page - 1, box=box)
    return Room(writer, field, _look_of(image, (wide, high)))


@dataclass(frozen=True)
class Hole:
    """A PDF with all that will be in it but the signature: that has its place from `start` to `end`, in hex digits.

    `digest` is SHA-256 of the rest.
    """

    content: bytes
    start: int
    end: int
    digest: bytes

    @property
    def around(self) -> bytes:
        """What the signature covers."""
        return self.content[: self.start] + self.content[self.end :]

    def filled(self, der: bytes) -> bytes:
        """The PDF with the signature in its place; what stays over is zeros."""
        told = der.hex().upper().encode().ljust(self.end - self.start - 2, b"0")
        return self.content[: self.start + 1] + told + self.content[self.end - 1 :]


def put_hole(room: Room, filter_: str, subfilter: str, at: datetime, reserved: int) -> Hole:
    """Write the increment, with a hole for so many bytes."""
    placeholder = PdfSignedData(generic.pdf_name("/Sig"), timestamp=at, bytes_reserved=2 * reserved)
    placeholder[generic.pdf_name("/Filter")] = generic.pdf_name(filter_)
    placeholder[generic.pdf_name("/SubFilter")] = generic.pdf_name(subfilter)
    steps = PdfCMSEmbedder(room.field).write_cms(room.field.sig_field_name, room.writer)
    next(steps)
    steps.send(SigObjSetup(placeholder, appearance_setup=SigAppearanceSetup(room.style, at, None)))
    prepared, output = steps.send(SigIOSetup(DIGEST))
    found: bytes = output.getvalue()
    return Hole(found, prepared.reserved_region_start, prepared.reserved_region_end, prepared.document_digest)


def _look_of(image: Image.Image, size: tuple[float, float]) -> StaticStampStyle:
    drawn = PdfImage(image, box=BoxConstraints(round(size[0]), round(size[1])))
    return StaticStampStyle(border_width=0, background=drawn, background_opacity=1.0, background_layout=_WHOLE)


def _seal_edges(writer: IncrementalPdfFileWriter, image: Image.Image, pages: int, size: tuple[float, float]) -> None:
    """The seal cut into as many strips as there are pages, each on the right edge of one."""
    wide, high = size[0] / pages, size[1]
    for number in range(pages):
        left, right = (round(image.width * part / pages) for part in (number, number + 1))
        strip = image.crop((left, 0, max(right, left + 1), image.height))
        page_ref, _ = writer.find_page_for_modification(number)
        page = page_ref.get_object()
        page_wide, page_high = page_size(writer, number)
        foot = page_high * (1 - _EDGE_FROM_TOP) - high / 2
        look = _look_of(strip, (wide, high)).create_stamp(writer, BoxConstraints(round(wide), round(high)), {})
        stamp = generic.DictionaryObject(
            {
                generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
                generic.pdf_name("/Subtype"): generic.pdf_name("/Stamp"),
                generic.pdf_name("/Rect"): numbers(page_wide - wide, foot, page_wide, foot + high),
                generic.pdf_name("/F"): generic.NumberObject(PRINTED_AND_LOCKED),
                generic.pdf_name("/AP"): look.as_appearances().as_pdf_object(),
            }
        )
        annotations = page.get("/Annots", generic.ArrayObject())
        annotations.append(writer.add_object(stamp))
        page[generic.pdf_name("/Annots")] = annotations
        writer.update_container(annotations)
        writer.mark_update(page_ref)


PRINTED_AND_LOCKED: Final = 0x04 | 0x80  # ISO 32000, table 167


def numbers(*values: float) -> generic.ArrayObject:
    """An array of PDF."""
    return generic.ArrayObject(generic.FloatObject(f"{value:.2f}") for value in values)


def _page_height(writer: IncrementalPdfFileWriter, page: int) -> float:
    return page_size(writer, page)[1]


def page_size(writer: IncrementalPdfFileWriter, page: int) -> tuple[float, float]:
    """Width and height of a page (from 0), in points."""
    box: Any = _inherited(writer.find_page_for_modification(page)[0].get_object(), "/MediaBox")
    left, foot, right, top = (float(each) for each in box)
    return right - left, top - foot


def _inherited(page: Any, name: str) -> Any:  # noqa: ANN401 - objects of any kind
    while name not in page:
        page = page["/Parent"]
    return page[name]
