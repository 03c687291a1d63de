"""Pages that are read: real print by the real engine, in a process that may open no socket; and no engine at all."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from client.errors import CaseError
from client.ports.pages import Picture
from client.ports.reading import PageReader
from client.rules.suggestions import Box, Line
from devices.pages import faults, reading
from devices.pages.reading import Reader
from tests.devices.forms import VALUES, form_page

ALONE = """
import socket, sys
def refused(*_, **__): raise OSError("no network")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refused
from client.rules.suggestions import suggestions
from devices.pages.painter import Painter
from devices.pages.reading import Reader
from datetime import date
import json
assert "rapidocr" not in sys.modules
lines = Reader(Painter())(open(sys.argv[1], "rb").read(), "image/png")
print(json.dumps([[each.kind, each.text] for each in suggestions(lines, date(2026, 11, 23))]))
"""


def painted(content: bytes, media_type: str, width: int, height: int, sheet: int = 0) -> Picture:
    return Picture(2, 1, bytes(range(8)))


def test_a_printed_form_is_read_without_any_network(tmp_path: Path) -> None:
    page = tmp_path / "form.png"
    page.write_bytes(form_page())
    done = subprocess.run([sys.executable, "-c", ALONE, str(page)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {tuple(each) for each in json.loads(done.stdout)} == {(kind.value, text) for kind, text in VALUES}


def test_the_engine_is_made_once_and_sees_blue_green_and_red() -> None:
    seen = []
    made = []

    def engine(pixels: object) -> SimpleNamespace:
        seen.append(pixels.tolist())  # type: ignore[attr-defined]  # an array of numpy
        return SimpleNamespace(boxes=[[(-1, 2.5), (9.2, 2), (9, 5), (0, 5)]], txts=("字",), scores=(0.5,))

    def load() -> reading.Engine:
        made.append(1)
        return engine

    reader: PageReader = Reader(painted, load)
    assert reader(b"", "image/png") == (Line("字", Box(0, 2, 10, 6), 0.5),)
    reader(b"", "image/png")
    assert made == [1]
    assert seen[0] == [[[0, 1, 2], [4, 5, 6]]]


def test_a_blank_page_has_no_lines() -> None:
    blank = SimpleNamespace(boxes=None, txts=None, scores=None)
    assert Reader(painted, lambda: lambda _: blank)(b"", "image/png") == ()


def test_without_the_component_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    there = importlib.util.find_spec
    monkeypatch.setattr(reading, "find_spec", lambda name: None if name == "onnxruntime" else there(name))
    assert not reading.is_available()
    with pytest.raises(CaseError) as caught:
        Reader(painted)(b"", "image/png")
    assert caught.value.fault is faults.NO_READER
