"""Whether a page only parts a batch: one of our own sheets by its QR code, or one with the patch code T."""

import numpy as np
import zxingcpp

from client.errors import CaseError
from client.rules.batches import Cut, SeparatorKind, cut_in
from devices.opencv import cv2
from devices.pages import faults
from devices.pages.ink import LOOKED_AT, Pixels, reduced
from devices.pages.patch import has_patch_t


def cut_on(content: bytes, name: str, kind: SeparatorKind) -> Cut | None:
    """What the page cuts, where a batch is cut so; None for a page that is to be kept.

    Raises CaseError for a picture that does not open.
    """
    if kind is SeparatorKind.SLOT_SHEET:
        return _named(_grey(content, name))
    if kind is SeparatorKind.PATCH_T:
        return Cut() if has_patch_t(_grey(content, name)) else None
    return None


def _named(grey: Pixels) -> Cut | None:
    kinds = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    codes = zxingcpp.read_barcodes(reduced(grey, LOOKED_AT), formats=kinds)
    return next((cut for each in codes if each.valid and (cut := cut_in(each.text)) is not None), None)


def _grey(content: bytes, name: str) -> Pixels:
    try:
        pixels = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error as error:
        raise CaseError(faults.DAMAGED, name=name) from error
    if pixels is None:
        raise CaseError(faults.DAMAGED, name=name)
    return np.asarray(pixels, np.uint8)
