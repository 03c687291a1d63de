"""Stand-ins for makers' libraries, built from C: a card out of files, failures by an order that is done once."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image

from devices.idcard.card_child import Terms
from devices.idcard.cards import SAMPLES, SampleCard, address_block, text_block
from devices.idcard.conversation import Timing
from devices.idcard.photo import HEIGHT, WIDTH

SOURCES = Path(__file__).with_name("standins")
CHILD = (sys.executable, "-c", "from devices.idcard.child import serve; serve()")
"""The card child without the front door, which takes it most of its start."""

QUICK = Timing(short=0.1, reading=0.1, patience=0.05, poll=0.02)
HASTY = Terms(CHILD, opening=10.0, grace=1.5)


def clock() -> datetime:
    return datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def built(source: str, library: Path, *flags: str) -> Path:
    """The shared library out of one of the C files."""
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, SOURCES / source, *flags], check=True)
    return library


@dataclass(frozen=True)
class Counter:
    """What lies on the reader, and what the library is told to do wrong."""

    folder: Path

    def place(self, card: SampleCard | None) -> None:
        for name in ("text", "photo", "address"):
            (self.folder / name).unlink(missing_ok=True)
        if card is not None:
            (self.folder / "text").write_bytes(text_block(card))
            (self.folder / "photo").write_bytes(card.photo)
            if card.newer_address is not None:
                (self.folder / "address").write_bytes(address_block(card.newer_address))

    def lift(self) -> None:
        """Take the card up and put it down again."""
        (self.folder / "lifted").touch()

    def order(self, failure: str) -> None:
        (self.folder / "order").write_text(failure)

    def getters(self, **words: str) -> None:
        """What Termb's getters say, in GBK."""
        folder = self.folder / "getters"
        folder.mkdir(exist_ok=True)
        for name, word in words.items():
            (folder / name).write_bytes(word.encode("gbk", errors="replace"))


MOVED = SAMPLES["resident-moved"]


def drawn_photo() -> Image.Image:
    """A picture of the size of a chip's photo: red on top, blue below, and nobody on it."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), "red")
    picture.paste("blue", (0, HEIGHT // 2, WIDTH, HEIGHT))
    return picture


def as_bmp(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "BMP")
    return file.getvalue()
