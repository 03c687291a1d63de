"""Which language is spoken: the environment's, else the settings'; and what is read for it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from client import language, translations
from client.config import load_settings, write_settings
from client.demo import DEMO_SETTINGS
from client.errors import StoreError
from client.language import CHINESE, ENGLISH, VARIABLE, settle
from client.text import speak, spoken, tr
from tests.house.sources import ROOT


@pytest.fixture(autouse=True)
def chinese_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv(VARIABLE, raising=False)
    yield
    speak({})


@pytest.fixture
def english_window(tmp_path: Path) -> Path:
    write_settings(tmp_path, DEMO_SETTINGS.model_copy(update={"language": ENGLISH}))
    return tmp_path


def test_the_settings_of_the_named_profile_say_it(english_window: Path) -> None:
    settle(["doctor", "--profile", str(english_window)])
    assert tr("办件") == "Cases"


def test_an_option_with_its_value_in_one_word_is_heard_too(english_window: Path) -> None:
    settle([f"--profile={english_window}"])
    assert tr("办件") == "Cases"


@pytest.mark.parametrize("said", [CHINESE, "fr"])
def test_the_environment_goes_before_the_file(english_window: Path, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv(VARIABLE, said)
    settle(["--profile", str(english_window)])
    assert spoken() == {}


def test_the_environment_speaks_where_there_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, ENGLISH)
    settle(["run", "--profile", str(tmp_path)])
    assert tr("办件") == "Cases"


def test_a_command_without_a_profile_asks_the_usual_one(english_window: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "profile_folder", lambda name: english_window if name == "default" else Path())
    settle(["card", "read"])
    assert tr("办件") == "Cases"


def test_a_language_that_is_not_there_is_a_wrong_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_settings(tmp_path, DEMO_SETTINGS)
    assert load_settings(tmp_path).language == CHINESE
    monkeypatch.setenv(VARIABLE, "fr")
    with pytest.raises(StoreError, match="language"):
        load_settings(tmp_path)


def test_what_is_no_qm_is_not_read() -> None:
    with pytest.raises(ValueError, match="qm"):
        list(translations._messages(b"MO"))
    assert list(translations._messages(translations._MAGIC)) == []


WATCHED = """
import sys
def watch(event, arguments):
    if event == "open" and "translations" in str(arguments[0]):
        print("read", arguments[0], file=sys.stderr)
sys.addaudithook(watch)
import yichuang
sys.argv = ["yichuang", "doctor", "--profile", sys.argv[1]]
yichuang.main()
"""


@pytest.mark.parametrize(("spoken_here", "told"), [(CHINESE, "没有找到窗口设置"), (ENGLISH, "not found")])
def test_a_translation_is_read_where_it_is_spoken_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoken_here: str, told: str
) -> None:
    monkeypatch.setenv(VARIABLE, spoken_here)
    command = [sys.executable, "-c", WATCHED, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told in done.stdout
    assert ("read" in done.stderr) is (spoken_here == ENGLISH)


def test_no_sentence_is_said_before_the_language_is_settled() -> None:
    program = (
        "import client.text\n"
        "said = []\n"
        "client.text.tr = lambda sentence, about='': said.append(sentence) or sentence\n"
        "import yichuang\n"
        "assert said == [], said\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
