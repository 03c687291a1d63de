"""Binds pages into one PDF without touching their pictures: JPEG goes in as it is, one bit a pixel as CCITT group 4."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import img2pdf
import pikepdf
from PIL import Image

from client.errors import CaseError
from devices.pages import faults


def bound(pages: Sequence[bytes], title: str, at: datetime) -> bytes:
    """A PDF of these picture files, each a page of its own size, as one document of that title.

    The same pages, title and instant give the same bytes. Raises CaseError for a file that is no picture.
    """
    try:
        made = img2pdf.convert(
            [_for_print(page) for page in pages],
            title=title,
            creationdate=at,
            moddate=at,
            rotation=img2pdf.Rotation.ifvalid,
            producer="Yichuang",
        )
    except (img2pdf.ImageOpenError, img2pdf.AlphaChannelError, OSError) as error:
        raise CaseError(faults.DAMAGED, name=title) from error
    file = BytesIO()
    with pikepdf.open(BytesIO(made)) as document:
        document.Root.Lang = pikepdf.String("zh-CN")
        document.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        if "/ID" in document.trailer:
            del document.trailer.ID  # img2pdf's is of the second it was made in
        document.save(file, deterministic_id=True, linearize=True)
    return file.getvalue()


def _for_print(page: bytes) -> bytes:
    """A PNG of one bit as a TIFF that img2pdf takes over as it is; everything else as it came."""
    if not page.startswith(b"\x89PNG"):
        return page
    with Image.open(BytesIO(page)) as image:
        if image.mode != "1":
            return page
        file = BytesIO()
        image.save(file, "TIFF", compression="group4", dpi=image.info.get("dpi"))
        return file.getvalue()
