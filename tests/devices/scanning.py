"""What the tests of the scanner do again and again: scan to the end, look at a page, wait for an error."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from client.errors import DeviceError
from client.ports.scanner import ScannedPage, Scanner, ScanOrder, ScanProgress, ScanSource
from devices.scanner.sane_scanner import SaneScanner

PAGES = Path(__file__).parents[2] / "resources" / "samples" / "pages"
CHILD = (sys.executable, "-c", "from devices.scanner.child import serve; serve()")
"""The scanning process without the front door, which takes it most of its start."""

QUICK = ScanOrder(dpi=75)
FEEDER = ScanOrder(ScanSource.FEEDER, dpi=75)
SLOW = {"read-delay": "yes", "read-delay-duration": "200000", "test-picture": "Color pattern"}
"""About twenty seconds for A4 in colour at 150 dpi: 200 ms for each piece of it."""


AS_DELIVERED = {"read-return-value": "Default", "hand-scanner": "no", "ppl-loss": "0", "test-picture": "Solid black"}
"""The `test` backend remembers its options while its process lives."""


def set_to(scanner: SaneScanner, device: str = "test:0", **options: str) -> SaneScanner:
    named = {name.replace("_", "-"): value for name, value in options.items()}
    scanner._device, scanner._options = device, {**AS_DELIVERED, **named} if device == "test:0" else named
    return scanner


@dataclass
class Told:
    """What a scan told while it went on, and what came of it."""

    pages: list[ScannedPage] = field(default_factory=list)
    progress: list[ScanProgress] = field(default_factory=list)
    error: DeviceError | None = None


def never() -> bool:
    return False


def scanned(scanner: Scanner, order: ScanOrder = QUICK, cancelled: Callable[[], bool] = never) -> Told:
    """A whole scan; its progress never goes back."""
    told = Told()
    try:
        told.pages.extend(scanner.scan(order, told.progress.append, cancelled))
    finally:
        steps = [(made.page, made.share) for made in told.progress]
        assert steps == sorted(steps)
        assert all(0 <= share <= 1 for _, share in steps)
    return told


def failed(scanner: Scanner, order: ScanOrder = QUICK) -> Told:
    """A scan that fails; the pages before stand."""
    told = Told()
    with pytest.raises(DeviceError) as caught:  # noqa: PT012 - the pages before the error are wanted
        for page in scanner.scan(order, told.progress.append, never):
            told.pages.append(page)
    told.error = caught.value
    assert caught.value.title, "every place of the sentence is filled"
    assert caught.value.advice
    return told


def picture(page: ScannedPage) -> Image.Image:
    """The page, decoded to its end; what is said of it is true of the file."""
    image = Image.open(BytesIO(page.content))
    image.load()
    assert image.format == "JPEG"
    assert image.size == (page.width, page.height)
    assert image.info["dpi"] == (page.dpi, page.dpi)
    return image
