"""`yichuang scan` and `scan-simulate`: pages into a folder, by command, from a scanner in the network."""

import hashlib
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from client.ports.scanner import ScannedPage
from devices.pages.hand import Pages
from devices.scan_commands import _line, _row
from tests.commands.typed import typed
from tests.devices import drawn

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


def test_of_each_page_is_told_what_somebody_should_look_at(tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    for folder in (inbox, out):
        folder.mkdir()
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


def test_wrong_words(tmp_path: Path) -> None:
    assert typed("scan", "--device", "simulated", "--out", tmp_path / "nowhere").status == 2
    assert typed("scan", "--device", "elsewhere", "--out", tmp_path, "--json").error["code"] == "DEV-215"
    for words in (("--listen", "x"), ("--fail", "burning")):
        assert typed("scan-simulate", *words).status == 2
