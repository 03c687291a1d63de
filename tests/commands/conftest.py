"""A window with one accepted case, made once; each test gets a copy, since keys and PINs are slow by design."""

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from client.catalogue import load_catalogue
from client.config import write_settings
from client.demo import DEMO_SETTINGS
from tests.commands.typed import PIN, Done, typed
from tests.desk.counter import CHEAP

PASSPHRASE = "示例口令 of a test window"
SECRETS = {"YICHUANG_KEY_FILE": "key.txt", "YICHUANG_PIN_FILE": "pin.txt"}


@dataclass(frozen=True)
class Window:
    """The folder of one test: secrets, an example of a case, and the profile `profile`."""

    folder: Path
    entered: Any  # what `intake` said of the case that is in it

    @property
    def profile(self) -> Path:
        return self.folder / "profile"

    @property
    def number(self) -> str:
        return str(self.entered["case"]["number"])

    @property
    def paper_number(self) -> str:
        return str(self.entered["papers"][0]["number"])

    @property
    def example(self) -> Path:
        return self.folder / "example" / "CASE.json"

    def run(self, *words: str | Path) -> Done:
        """`yichuang WORDS --profile PROFILE --json`."""
        return typed(*words, "--profile", self.profile, "--json")

    def told(self, *words: str | Path) -> list[str]:
        """What `yichuang WORDS --profile PROFILE` tells a person, line by line; it must succeed."""
        done = typed(*words, "--profile", self.profile)
        assert (done.status, done.err) == (0, "")
        return done.out.splitlines()

    def write_setting(self, line: str) -> None:
        settings = self.profile / "settings.toml"
        settings.write_text(f"{line}\n{settings.read_text(encoding='utf-8')}", encoding="utf-8")

    def secret(self, name: str, words: str) -> Path:
        path = self.folder / name
        path.write_text(words, encoding="utf-8")
        return path


def environment(folder: Path) -> dict[str, str]:
    return {
        **{variable: str(folder / name) for variable, name in SECRETS.items()},
        "XDG_DATA_HOME": str(folder / "data"),
    }


@pytest.fixture(scope="session", autouse=True)
def _quick() -> Iterator[None]:
    """The real parts at their cheapest, in this process: Argon2id's smallest cost, the catalogue read once."""
    with patch("client.desk.staff.PasswordHasher", CHEAP), patch("client.house.load_catalogue", cache(load_catalogue)):
        yield


@pytest.fixture(scope="session", autouse=True)
def _in_the_halls_zone() -> Iterator[None]:
    with patch.dict(os.environ, {"TZ": str(DEMO_SETTINGS.zone)}):
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Window:
    folder = tmp_path_factory.mktemp("window")
    (folder / "key.txt").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    (folder / "pin.txt").write_text(f"{PIN}\n", encoding="utf-8")
    (folder / "profile").mkdir()
    write_settings(folder / "profile", DEMO_SETTINGS)
    with patch.dict(os.environ, environment(folder)):
        written = typed("intake", "--example", "食品经营许可", "--out", folder / "example", "--json")
        entered = typed("intake", written.document["case"], "--profile", folder / "profile", "--json")
    assert (entered.status, entered.err) == (0, "")
    return Window(folder, entered.document)


@pytest.fixture
def window(_made: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Window:
    """A window that took in and accepted one case; secrets and the data folder are in the environment."""
    folder = tmp_path / "window"
    shutil.copytree(_made.folder, folder)
    for name, value in environment(folder).items():
        monkeypatch.setenv(name, value)
    return Window(folder, _made.entered)
