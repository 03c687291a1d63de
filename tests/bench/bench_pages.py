"""P7: a photographed page found, laid flat, levelled, judged, written and sealed to disk, against Pillow and unpaper.

Both open the same JPEG and write one of the same quality, with the same (linear) interpolation. Pillow is told the
corners, which ours has to find, and does nothing but the perspective and the JPEG, in colour; ours finds out that a
page needs no colours and carries none, so a page with a seal, which keeps them, has a row of its own. unpaper, of
Debian, levels a page and knows no perspective. Each in turns, round by round; medians. All on one thread, but for a
scan, which cleans two pages at once on more than two processors: that is what the goal is set on. Pillow on two
threads stands beside it.
"""

import secrets
import shutil
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from client.desk.keeping import KeptPage
from client.ports.pages import Tint
from client.ports.scanner import ScanOrder
from client.store.keys import StoreKey
from client.store.sealed import SealedFiles
from devices.opencv import cv2
from devices.pages.clean import Wishes, clean
from tests.bench.rows import Goal, Row, row
from tests.devices.drawn import jpeg, on_table, page
from tests.scanned import Feeder
from ui.clerk.intake.batch import OneMaterial
from ui.clerk.intake.scan import Scan

ROUNDS = 7
AT_A_TIME = 6  # pages of a scan
SIZE = (2480, 3508)  # A4 at 300 dpi, the table around it included
CORNERS = [(180, 150), (2290, 210), (2330, 3330), (140, 3280)]
PAPER = (2130, 3120)
GOAL = Goal(6.0, at_least=True)
OURS = ("ours", "ours, in colour", "a scan")


def rows() -> list[Row]:
    """Pages a second of each side."""
    picture, sealed = _photographed(""), _photographed("seal")
    with TemporaryDirectory(dir="build") as folder:
        files = SealedFiles(Path(folder), StoreKey(secrets.token_bytes(32)))
        sides: dict[str, Callable[[], object]] = {
            "ours": lambda: files.put(_cleaned(picture, Tint.GREY) + secrets.token_bytes(1)),
            "ours, in colour": lambda: files.put(_cleaned(sealed, Tint.COLOUR) + secrets.token_bytes(1)),
            "Pillow": lambda: _pillow(picture, Image.Resampling.BILINEAR),
            "Pillow, cubic": lambda: _pillow(picture, Image.Resampling.BICUBIC),
        }
        several: dict[str, Callable[[], object]] = {
            "a scan": lambda: _scan(files, picture),
            "Pillow, two threads": lambda: _pillow_beside(picture),
        }
        sides |= several
        if shutil.which("unpaper"):
            Image.open(BytesIO(picture)).save(source := Path(folder) / "in.ppm")
            sides["unpaper"] = lambda: _unpaper(source, Path(folder) / "out.ppm")
        took: dict[str, list[float]] = {name: [] for name in sides}
        for _ in range(ROUNDS):
            for name, side in sides.items():
                began = time.perf_counter()
                side()
                took[name].append((time.perf_counter() - began) / (AT_A_TIME if name in several else 1))
    rate = {name: 1 / median(times) for name, times in took.items()}
    against = [(ours, name) for ours in OURS for name in rate if name not in OURS]
    return [
        row(
            "P7",
            f"page cleaned and sealed: {ours} ÷ {name}",
            rate[ours],
            rate[name],
            "1/s",
            rate[ours] / rate[name],
            goal,
        )
        for ours, name in against
        for goal in [GOAL if (ours, name) == ("a scan", "Pillow") else None]
    ]


def _photographed(extra: str) -> bytes:
    sheet = page(extra=extra).resize(PAPER, Image.Resampling.LANCZOS)
    return jpeg(on_table(sheet, CORNERS, SIZE), dpi=(300, 300))


def _cleaned(picture: bytes, tint: Tint) -> bytes:
    cleaned = clean(picture, "p.jpg", Wishes(codes=False))
    assert (cleaned.tint, cleaned.cropped) == (tint, True), "what is measured is another way than that of the row"
    return cleaned.content


def _pillow(picture: bytes, interpolation: Image.Resampling) -> bytes:
    image = Image.open(BytesIO(picture)).convert("RGB")
    laid = image.transform(PAPER, Image.Transform.PERSPECTIVE, _coefficients(), interpolation)
    file = BytesIO()
    laid.save(file, "JPEG", quality=85)
    return file.getvalue()


def _scan(files: SealedFiles, picture: bytes) -> None:
    """As the window takes the pages of a batch, without their rows."""

    def clean_and_seal(name: str, content: bytes) -> KeptPage:
        cleaned = clean(content, name, Wishes(codes=False))
        return KeptPage(name, files.put(cleaned.content + secrets.token_bytes(1)), cleaned.facts)

    scan = Scan(Feeder([picture] * AT_A_TIME), 1, OneMaterial("rules", 0, clean_and_seal, lambda _page: None))
    scan.run(ScanOrder())
    assert (scan.kept, scan.trouble) == (AT_A_TIME, None)


def _pillow_beside(picture: bytes) -> None:
    with ThreadPoolExecutor(2) as beside:
        list(beside.map(partial(_pillow, interpolation=Image.Resampling.BILINEAR), [picture] * AT_A_TIME))


def _coefficients() -> list[float]:
    """Pillow's eight numbers: from a place in the laid page to one in the picture."""
    width, height = PAPER
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getPerspectiveTransform(flat, np.array(CORNERS, np.float32))
    return [float(value) for value in (turn / turn[2, 2]).ravel()[:8]]


def _unpaper(source: Path, out: Path) -> None:
    subprocess.run(["unpaper", "--overwrite", source, out], check=True, capture_output=True)
