"""A window that its terminal or its session asks to end closes as its user would close it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from client.config import write_settings
from client.demo import DEMO_SETTINGS
from client.demo.secrets import KEY_FILE
from tests.desk.counter import PASSPHRASE, Blank

PATIENCE = 30.0  # seconds


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_window_that_is_asked_to_end_closes_and_breaks_nothing(
    tmp_path: Path, blank: Blank, number: signal.Signals
) -> None:
    told, key, profile = (tmp_path / name for name in ("told", "key.txt", "profile"))
    told.touch()
    key.write_text(PASSPHRASE, encoding="utf-8")
    shutil.copytree(blank.folder, profile)
    write_settings(profile, DEMO_SETTINGS)
    words = ["-m", "yichuang", "run", "--profile", str(profile), "--narrate", str(told)]
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen", KEY_FILE: str(key)}
    window = subprocess.Popen([sys.executable, *words], stderr=subprocess.PIPE, text=True, env=offscreen)
    try:
        until = time.monotonic() + PATIENCE
        while "sign-in" not in told.read_text(encoding="utf-8"):
            assert time.monotonic() < until
            time.sleep(0.05)
        window.send_signal(number)
        _, said = window.communicate(timeout=PATIENCE)
    finally:
        window.kill()
    assert (window.returncode, "Traceback" in said) == (0, False)
