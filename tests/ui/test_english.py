"""A window in English shows English; what it keeps, sends and prints is word for word what a Chinese one does."""

import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from client.config import load_settings, write_settings
from client.demo import DEMO_SETTINGS
from client.demo.secrets import KEY_FILE
from client.language import CHINESE, ENGLISH
from tests.desk.counter import COMPANY, FOOD, PASSPHRASE, Blank, Desk
from tests.house.sources import ROOT
from tests.pictures import filled

HAN = re.compile("[\u4e00-\u9fff]")
HANDS = {"reader_port": "simulated", "scanner": "simulated?pace=0", "printer": "simulated"}

Walked = dict[str, Any]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Walked]:
    """The same drafts at two windows; by language what each of them showed and kept."""
    folder = tmp_path_factory.mktemp("english")
    desk = Desk(Blank.prepare(folder / "blank"), folder / "profile")
    to_accept = filled(desk, FOOD)
    to_correct = filled(desk, COMPANY, without=["articles"])
    desk.close()
    (folder / "key.txt").write_text(PASSPHRASE, encoding="utf-8")
    for language in (CHINESE, ENGLISH):
        shutil.copytree(folder / "profile", folder / language)
        write_settings(folder / language, DEMO_SETTINGS.model_copy(update={**HANDS, "language": language}))
    with ThreadPoolExecutor() as pool:  # beside each other: a walk mostly waits
        walks = {each: pool.submit(walk, folder / each, to_accept, to_correct) for each in (CHINESE, ENGLISH)}
    return {language: walked.result() for language, walked in walks.items()}


def walk(profile: Path, *drafts: int) -> Walked:
    command = [sys.executable, "-m", "tests.ui.spoken", str(profile), *map(str, drafts)]
    environment = {**os.environ, KEY_FILE: str(profile.parent / "key.txt"), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=150)
    assert done.returncode == 0, done.stderr
    told: Walked = json.loads(done.stdout.splitlines()[-1])
    return told


def test_an_english_window_speaks_english(walked: dict[str, Walked]) -> None:
    seen = walked[ENGLISH]["seen"]
    assert seen["rail"] == ["Intake", "Cases", "Sync", "Devices", "Seals", "Papers"]
    strip = [told for told in seen["strip"] if "simulated" in told]
    assert strip == ["ID card reader simulated", "Scanner ready (simulated)", "Printer ready (simulated)"]
    assert seen["keys"][-1] == "Accept (1 missing)"
    assert seen["wrong_pin"].startswith("▲ Wrong staff number or PIN Type it again")
    assert seen["refused"].startswith("◐ Still missing: 1 Material")
    assert set(seen["shapes"]) == {"Complete 1 p."}
    assert seen["state"] == "✓ Accepted"
    assert seen["paper"] == ["Acceptance notice (受理通知书)"]


def test_a_chinese_window_speaks_chinese(walked: dict[str, Walked]) -> None:
    seen = walked[CHINESE]["seen"]
    assert seen["rail"] == ["受理", "办件", "同步", "设备", "用印", "文书"]
    assert seen["state"] == "✓ 受理"


def test_what_is_kept_is_the_same_in_both(walked: dict[str, Walked]) -> None:
    assert walked[ENGLISH]["store"] == walked[CHINESE]["store"]
    assert any("受理" in words for words in walked[ENGLISH]["store"])


def test_papers_are_chinese_whatever_the_window_speaks(walked: dict[str, Walked]) -> None:
    english, chinese = walked[ENGLISH]["pages"], walked[CHINESE]["pages"]
    assert len(english) == 2
    assert [HAN.findall(page) for page in english] == [HAN.findall(page) for page in chinese]
    letters = [re.sub("[^A-Za-z]+", " ", page).split() for page in english]
    assert [word for words in letters for word in words if word.istitle() and len(word) > 2] == []


def test_the_language_of_the_settings_is_read_back(tmp_path: Path) -> None:
    write_settings(tmp_path, DEMO_SETTINGS.model_copy(update={"language": ENGLISH}))
    assert load_settings(tmp_path).language == ENGLISH
