"""Pages that are read: what the engine is given and answers; and no engine at all."""

import importlib.util
from types import SimpleNamespace

import pytest

from client.errors import CaseError
from client.ports.pages import WHOLE, Part, Picture
from client.rules.suggestions import Box, Line
from devices.pages import faults, reading
from devices.pages.reading import Reader


def painted(content: bytes, media_type: str, width: int, height: int, sheet: int = 0, part: Part = WHOLE) -> Picture:
    return Picture(2, 1, bytes(range(8)))


def test_the_engine_is_made_once_and_sees_blue_green_and_red() -> None:
    seen = []
    made = []

    def engine(pixels: object) -> SimpleNamespace:
        seen.append(pixels.tolist())  # type: ignore[attr-defined]  # an array of numpy
        return SimpleNamespace(boxes=[[(-1, 2.5), (9.2, 2), (9, 5), (0, 5)]], txts=("字",), scores=(0.5,))

    def load() -> reading.Engine:
        made.append(1)
        return engine

    reader = Reader(painted, load)
    assert reader.read(b"", "image/png").lines == (Line("字", Box(0, 2, 10, 6), 0.5),)
    reader.read(b"", "image/png")
    assert made == [1]
    assert seen[0] == [[[0, 1, 2], [4, 5, 6]]]


def test_a_blank_page_has_no_lines() -> None:
    blank = SimpleNamespace(boxes=None, txts=None, scores=None)
    assert Reader(painted, lambda: lambda _: blank).read(b"", "image/png").lines == ()


def test_without_the_component_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    there = importlib.util.find_spec
    monkeypatch.setattr(reading, "find_spec", lambda name: None if name == "onnxruntime" else there(name))
    assert not reading.is_available()
    with pytest.raises(CaseError) as caught:
        Reader(painted).read(b"", "image/png")
    assert caught.value.fault is faults.NO_READER
