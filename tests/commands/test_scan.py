"""`yichuang scan` and `scan-simulate`: pages into a folder, by command, from a scanner in the network."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from client.ports.scanner import ScannedPage
from client.rules.batches import UNCUT, Cut, Separator, SeparatorKind
from devices.pages.hand import Pages
from devices.scan_commands import Parts, _line, _row
from devices.scanner.folder import FOLDER_NAME, Patience, WatchedFolder
from printing.papers.slot_sheets import patch_sheet
from tests.commands.typed import typed
from tests.devices import drawn
from tests.devices.sheets import printed

BLANK = 255
BRISK = Patience(still=0.05, whole=0.3, first=0.3, look=0.01)
PROGRAM = (sys.executable, "-c", "import yichuang; yichuang.main()")


@contextmanager
def simulated(*words: str) -> Iterator[str]:
    process = subprocess.Popen([*PROGRAM, "scan-simulate", *words], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        process.stdout.close()


def test_pages_come_into_a_folder_and_nothing_there_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "page-001.jpg").write_bytes(b"somebody's own")
    with simulated("--sheets", "2") as address:
        words = ("scan", "--device", address, "--out", tmp_path, "--dpi", "75")
        made = typed(*words, "--feeder", "--json").document
        assert [Path(each["file"]).name for each in made] == ["page-002.jpg", "page-003.jpg"]
        for each in made:
            content = Path(each["file"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == each["sha256"]
            with Image.open(each["file"]) as page:
                assert (page.size, page.info["dpi"]) == ((each["width"], each["height"]), (75, 75))
        assert typed(*words, "--mode", "grey").out == f"{tmp_path / 'page-004.jpg'}\n"
    assert (tmp_path / "page-001.jpg").read_bytes() == b"somebody's own"
    assert typed(*words, "--json").error["code"] == "DEV-201"  # the scanner is gone


def test_what_was_scanned_before_a_jam_is_there_and_told(tmp_path: Path) -> None:
    with simulated("--fail", "jammed:2") as address:
        done = typed("scan", "--device", address, "--out", tmp_path, "--dpi", "75", "--feeder", "--json")
    assert (done.status, json.loads(done.err)["code"]) == (1, "DEV-203")
    assert [Path(each["file"]).name for each in done.document] == ["page-001.jpg"]


def test_of_each_page_is_told_what_somebody_should_look_at(inbox: Path, out: Path) -> None:
    straight = drawn.page()
    blank = drawn.page(lines=0)
    laid = [drawn.leaning(straight, 3.0), straight.filter(ImageFilter.GaussianBlur(7)), blank]
    for number, image in enumerate(laid):
        (inbox / f"{number}.jpg").write_bytes(drawn.jpeg(image))
    words = ("scan", "--device", f"folder:{inbox}", "--out", out, "--feeder")
    leaning, blurred, bare = typed(*words, "--json").document
    assert leaning["skew_degrees"] == pytest.approx(3.0, abs=0.2)
    assert (leaning["blank"], leaning["warnings"]) == (False, [])
    assert blurred["warnings"] == ["blurred"]
    assert (bare["blank"], bare["warnings"]) == (True, [])
    assert Path(leaning["file"]).stat().st_size == leaning["bytes"]


def test_what_is_wrong_stands_behind_a_page(tmp_path: Path) -> None:
    row: dict[str, object] = {"file": "page-001.jpg", "blank": True, "warnings": ["blurred"]}
    assert _line(row) == "page-001.jpg  blank  blurred"
    assert _row(tmp_path / "x.jpg", ScannedPage(b"no picture", 1, 1, 300), Pages())["warnings"] is None


def numbered(folder: Path, *levels: int) -> None:
    """Files of an all-in-one, one for each grey level; 255 is a blank page."""
    for place, level in enumerate(levels):
        image = drawn.page(lines=0) if level == BLANK else drawn.page(lines=4 + level)
        (folder / f"{place}.jpg").write_bytes(drawn.jpeg(image))
        os.utime(folder / f"{place}.jpg", (1_000_000 + place, 1_000_000 + place))


class Between:
    """Somebody at the keyboard between two passes: the stack is turned over, so its last sheet's back comes first."""

    def __init__(self, inbox: Path, *levels: int) -> None:
        self._inbox, self._levels = inbox, levels

    def readline(self) -> str:
        numbered(self._inbox, *self._levels)
        return "\n"


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that an all-in-one fills, and a command of little patience."""
    monkeypatch.setattr(WatchedFolder.__init__, "__kwdefaults__", {"name": FOLDER_NAME, "patience": BRISK})
    made = tmp_path / "inbox"
    made.mkdir()
    return made


@pytest.fixture
def out(tmp_path: Path) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    return made


def test_fronts_and_backs_come_in_order_without_the_blank_ones(
    inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (out / "page-007.jpg").write_bytes(b"somebody's own")
    numbered(inbox, 1, 3)
    monkeypatch.setattr(sys, "stdin", Between(inbox, 4, BLANK))
    rows = typed("scan", "--device", f"folder:{inbox}", "--out", out, "--fronts-then-backs", "--json").document
    assert [Path(row["file"]).name for row in rows] == ["page-008.jpg", "back-002.jpg", "page-009.jpg", "page-010.jpg"]
    assert [row["left_out"] for row in rows] == [False, True, False, False]
    hashes = [hashlib.sha256(drawn.jpeg(drawn.page(lines=4 + level))).hexdigest() for level in (1, 3, 4)]
    assert [hashlib.sha256(Path(row["file"]).read_bytes()).hexdigest() for row in rows if not row["left_out"]] == hashes
    assert sorted(file.name for file in out.iterdir())[:2] == ["back-002.jpg", "page-007.jpg"]


def test_passes_that_do_not_match_stay_as_they_came(inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    numbered(inbox, 1, 3)
    monkeypatch.setattr(sys, "stdin", Between(inbox, 4))
    done = typed("scan", "--device", f"folder:{inbox}", "--out", out, "--fronts-then-backs", "--json")
    assert (done.status, json.loads(done.err)["code"]) == (1, "CASE-335")
    names = [Path(row["file"]).name for row in done.document]
    assert names == ["front-001.jpg", "front-002.jpg", "back-001.jpg"]


def test_the_parts_of_a_batch_are_told(inbox: Path, out: Path) -> None:
    numbered(inbox, 1, 2, 3)
    (inbox / "1.jpg").write_bytes(drawn.jpeg(printed(patch_sheet())))
    os.utime(inbox / "1.jpg", (1_000_001, 1_000_001))
    words = ("scan", "--device", f"folder:{inbox}", "--out", out, "--feeder", "--separate", "patch_t", "--json")
    assert [(row["part"], row["separator"]) for row in typed(*words).document] == [(1, False), (2, True), (2, False)]


def test_parts_are_counted() -> None:
    parts, seen = Parts(Separator(SeparatorKind.EVERY, every=2)), []
    for _ in range(5):
        parts, told = parts.after(None)
        seen.append(told["part"])
    assert seen == [1, 1, 2, 2, 3]
    first, told = Parts(UNCUT).after(Cut("a"))
    assert (first.part, told) == (1, {"part": 1, "separator": True, "code": "a"}), (
        "on top of a stack it begins the first"
    )
    assert _line({"file": "p.jpg", "blank": False, "warnings": [], **told}) == "p.jpg  #1 separator"


def test_wrong_words(tmp_path: Path) -> None:
    assert typed("scan", "--device", "simulated", "--out", tmp_path / "nowhere").status == 2
    assert typed("scan", "--device", "elsewhere", "--out", tmp_path, "--json").error["code"] == "DEV-215"
    for words in (("--listen", "x"), ("--fail", "burning")):
        assert typed("scan-simulate", *words).status == 2
