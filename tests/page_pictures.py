"""Sends sample pages through the pipeline and draws before and after: `python -m tests.page_pictures SAMPLES FOLDER`.

Prints the table of docs/pages/README.md. SAMPLES is a folder with page files.
"""

import sys
import time
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from devices.opencv import cv2
from devices.pages.clean import Wishes, clean_all
from devices.pages.decode import sources_of
from devices.pages.ink import Ink
from devices.pages.skew import skew_of

SMALL = (300, 300)


def main(samples: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    print("| page | size | skew before | after | cut | blank | sharpness | warnings | ms |")  # noqa: T201 - a table
    print("|---|---|---|---|---|---|---|---|---|")  # noqa: T201 - the same
    for file in sorted(samples.iterdir()):
        content = file.read_bytes()
        pages = clean_all(content, file.name, Wishes())
        before = sources_of(content, file.name)
        for number, source in enumerate(before, 1):
            began = time.perf_counter()
            page = next(pages)
            took = time.perf_counter() - began
            after = Image.open(BytesIO(page.content)).convert("RGB")
            left = skew_of(Ink.of(np.asarray(after.convert("L"))))
            name = f"{file.stem}-{number}" if file.suffix == ".pdf" else file.stem
            _beside(Image.fromarray(cv2.cvtColor(source.look, cv2.COLOR_BGR2RGB)), after).save(
                folder / f"{name}.jpg", quality=60
            )
            cells = (
                f"[{name}]({name}.jpg)",
                f"{page.width}×{page.height}",
                _degrees(page.skew_degrees),
                _degrees(left),
                "yes" if page.cropped else "–",
                "yes" if page.blank else "–",
                f"{page.sharpness:,.0f}",
                ", ".join(page.warnings) or "–",
                f"{took * 1000:.0f}",
            )
            print(f"| {' | '.join(cells)} |")  # noqa: T201 - the table


def _degrees(angle: float | None) -> str:
    return "–" if angle is None else f"{angle + 0.0:.2f}°"


def _beside(before: Image.Image, after: Image.Image) -> Image.Image:
    sheet = Image.new("RGB", (2 * SMALL[0] + 10, SMALL[1]), "#8090a0")
    for place, image in ((0, before), (SMALL[0] + 10, after)):
        image.thumbnail(SMALL, Image.Resampling.LANCZOS)
        sheet.paste(image, (place, 0))
    return sheet


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
