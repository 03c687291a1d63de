"""`yichuang page`: what a page says, and what a window without the component says."""

from pathlib import Path

import pytest

from devices.pages import reading
from tests.commands.typed import typed

PAGE = Path(__file__).parents[2] / "resources" / "samples" / "pages" / "ch_en_num.jpg"


def test_a_photographed_label_is_read_and_offers_nothing() -> None:
    done = typed("page", "read", str(PAGE), "--json")
    assert (done.status, done.err) == (0, "")
    assert list(done.document) == ["width", "height", "lines", "suggestions"]
    assert done.document["suggestions"] == []
    texts = [line["text"] for line in done.document["lines"]]
    assert {"正品促销", "大桶装更划算", "极速发货"} <= set(texts)


def test_without_the_component_it_says_what_to_do() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "find_spec", lambda _: None)
        done = typed("page", "read", str(PAGE))
    assert done.status == 1
    assert "CASE-333" in done.err


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert typed("page", "read", str(tmp_path / "none.jpg")).status == 2


def test_a_cleaned_page_tells_the_size_of_its_file(tmp_path: Path) -> None:
    out = tmp_path / "page.jpg"
    told = typed("page", "clean", PAGE, "--out", out, "--json").document
    assert told["bytes"] == out.stat().st_size > 0
    sides = tmp_path / "sides.jpg"
    told = typed("page", "sides", PAGE, PAGE, "--out", sides, "--json").document
    assert told["bytes"] == sides.stat().st_size > 0
