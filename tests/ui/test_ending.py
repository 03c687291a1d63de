"""A window that its terminal or its session asks to end closes as its user would close it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PATIENCE = 30.0  # seconds


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_window_that_is_asked_to_end_closes_and_breaks_nothing(tmp_path: Path, number: signal.Signals) -> None:
    told = tmp_path / "told"
    told.touch()
    words = ["-m", "yichuang", "run", "--profile", str(tmp_path / "new"), "--narrate", str(told)]
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    window = subprocess.Popen([sys.executable, *words], stderr=subprocess.PIPE, text=True, env=offscreen)
    try:
        until = time.monotonic() + PATIENCE
        while "first-run" not in told.read_text(encoding="utf-8"):
            assert time.monotonic() < until
            time.sleep(0.05)
        window.send_signal(number)
        _, said = window.communicate(timeout=PATIENCE)
    finally:
        window.kill()
    assert (window.returncode, "Traceback" in said) == (0, False)
