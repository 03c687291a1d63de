"""`yichuang scan` and `scan-simulate`: pages into a folder, by command, from a scanner in the network."""

import hashlib
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from tests.commands.typed import typed

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


def test_wrong_words(tmp_path: Path) -> None:
    assert typed("scan", "--device", "simulated", "--out", tmp_path / "nowhere").status == 2
    assert typed("scan", "--device", "elsewhere", "--out", tmp_path, "--json").error["code"] == "DEV-215"
    for words in (("--listen", "x"), ("--fail", "burning")):
        assert typed("scan-simulate", *words).status == 2
