"""`yichuang seals`: a seal brought in, a notice sealed with a key, and the ledger, as a person types them."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from client.desk.sealing import Sealing
from client.secret_files import KEY_PIN_FILE
from tests.commands.conftest import Window
from tests.seals.hall import SEALS, TRAINING

ORGAN = "11110101000000001D"


@pytest.fixture
def key_pin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "key-pin"
    file.write_text("123456\n")
    monkeypatch.setenv(KEY_PIN_FILE, str(file))
    return file


def training_seal(folder: Path) -> Path:
    words = json.loads((TRAINING / "organ-1.json").read_text(encoding="utf-8"))
    file = folder / "organ-1.esl"
    file.write_bytes(base64.b64decode(words["seals"][0]))
    return file


def accepted(window: Window) -> str:
    """The number of a notice that waits for its seal."""
    return next(str(paper["number"]) for paper in window.entered["papers"] if paper["number"])


@pytest.mark.usefixtures("key_pin")
def test_a_notice_is_sealed_with_the_organs_key(window: Window, tmp_path: Path) -> None:
    number = accepted(window)
    (owed,) = window.run("seals", "owed").document
    assert (owed["paper_number"], owed["organ"]) == (number, ORGAN)
    assert number in window.told("seals", "owed")[0]
    window.write_setting('seal_key = "simulated?pace=0"')
    sealed = window.run("seals", "apply", number).document
    assert (sealed["number"], sealed["seal"]) == (number, "示例市市场监督管理局行政许可专用章（训练用）")
    window.run("paper", "render", number, "--out", tmp_path / "sealed.pdf")
    (verdict,) = SEALS.judge((tmp_path / "sealed.pdf").read_bytes(), "sealed", datetime.now(UTC))
    assert verdict.ok
    (entry,) = window.run("seals", "ledger").document
    assert (entry["paper_number"], entry["certificate"]) == (number, sealed["certificate"])
    assert "电子印章 11010100000001" in window.told("seals", "ledger")[0]
    assert window.run("seals", "owed").document == []
    assert window.run("seals", "apply", number).error["code"] == "PAPER-243"


@pytest.mark.usefixtures("key_pin")
def test_what_keeps_a_notice_from_its_seal_is_told(window: Window, key_pin: Path) -> None:
    number = accepted(window)
    assert window.run("seals", "apply", number).error["code"] == "PAPER-244"
    apply = "seals", "apply", number, "--keys"
    assert window.run(*apply, "simulated?pace=0&units=11110101000000002G").error["code"] == "PAPER-232"
    assert window.run(*apply, "simulated?pace=0", "--key", "simulated:TRAINING0002").error["code"] == "PAPER-232"
    assert window.run(*apply, "simulated?pace=0&fail=absent:1").error["code"] == "DEV-502"
    key_pin.write_text("000000")
    assert window.run(*apply, "simulated?pace=0").error["code"] == "DEV-503"
    key_pin.write_text("")
    assert window.run(*apply, "simulated?pace=0").error["code"] == "PAPER-245"
    assert len(window.run("seals", "owed").document) == 1


def test_seals_are_brought_in_listed_and_withdrawn(window: Window, tmp_path: Path) -> None:
    file = training_seal(tmp_path)
    added = window.run("seals", "add", file).document
    assert added["es_id"] == "11010100000001"
    (listed,) = window.run("seals", "list").document
    assert (listed["organ"], listed["version"]) == (ORGAN, 4)
    assert "示例市市场监督管理局" in window.told("seals", "list")[0]
    file.write_bytes(b"rubbish")
    assert window.run("seals", "add", file).error["code"] == "SEAL-104"
    assert window.run("seals", "add", tmp_path / "none.esl").error["code"] == "PAPER-241"
    assert window.told("seals", "withdraw", "11010100000001", "--organ", ORGAN) == ["已停用"]
    assert window.run("seals", "withdraw", "11010100000001", "--organ", ORGAN).error["code"] == "PAPER-240"
    assert window.run("seals", "list").document == []


@pytest.mark.usefixtures("key_pin")
def test_of_several_that_may_one_is_named(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = accepted(window)
    window.run("seals", "add", training_seal(tmp_path))
    monkeypatch.setattr(Sealing, "choices", _twice(Sealing.choices))
    refused = window.run("seals", "apply", number, "--keys", "simulated?pace=0").error
    assert refused["code"] == "PAPER-242"
    assert "simulated:TRAINING0001" in refused["advice"]


def _twice(choices: Callable[..., tuple[Any, ...]]) -> Callable[..., tuple[Any, ...]]:
    return lambda *given: choices(*given) * 2
