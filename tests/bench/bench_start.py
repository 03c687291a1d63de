"""P10: process start → first paint of the window, beside a bare PySide6 window; and until somebody can sign in.

Both sides draw on a screen that is none (`offscreen`), with compiled code, in turns. The store is opened by a
passphrase: a keyring's own service is not what is measured.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from client.config import write_settings
from client.demo import DEMO_SETTINGS
from client.demo.ears import Ears
from tests.bench.rows import Goal, Row, row

ROUNDS = 9
BARE = """
import sys, time
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Bare(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.monotonic(), flush=True)
        QApplication.instance().quit()

app = QApplication(sys.argv)
bare = Bare()
bare.setCentralWidget(QLabel("一窗"))
bare.resize(1366, 768)
bare.show()
app.exec()
"""


def rows() -> list[Row]:
    """P10, and beside it how long until the store is open and the window asks who sits there (no goal of its own)."""
    with tempfile.TemporaryDirectory(dir=Path("build")) as folder:
        place = Path(folder)
        environment = _prepared(place)
        bare, painted, ready = list[float](), list[float](), list[float]()
        for number in range(ROUNDS + 1):  # the first warms the disk's cache
            sides = _bare(environment), *_ours(place, environment)
            if number:
                for times, side in zip((bare, painted, ready), sides, strict=True):
                    times.append(side * 1000)
    floor, first, asked = (statistics.median(times) for times in (bare, painted, ready))
    return [
        row("P10", "process start → first paint", first, floor, "ms", first / floor, Goal(2.0, at_least=False)),
        row("P10b", "process start → who sits here?", asked, floor, "ms", asked / floor, None),
    ]


def _prepared(place: Path) -> dict[str, str]:
    """A profile with its people, and the environment both sides start in: as on a machine of a hall."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "YICHUANG_KEY_FILE": str(place / "key.txt")}
    (place / "key.txt").write_text("benchmark", encoding="utf-8")
    (place / "profile").mkdir()
    write_settings(place / "profile", DEMO_SETTINGS)
    words = ["demo-people", "--profile", str(place / "profile")]
    subprocess.run([sys.executable, "-m", "yichuang", *words], env=environment, check=True, capture_output=True)
    return environment


def _bare(environment: dict[str, str]) -> float:
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", BARE], env=environment, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[0]) - began


def _ours(place: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds to the first paint, and to the sign-in with the store open."""
    narration = place / "window.jsonl"
    narration.write_text("", encoding="utf-8")
    words = ["run", "--profile", str(place / "profile"), "--size", "1366x768", "--narrate", str(narration)]
    began = time.monotonic()
    window = subprocess.Popen([sys.executable, "-m", "yichuang", *words], env=environment)
    ears = Ears(narration, lambda: window.poll() is None, narration)
    try:
        painted = float(ears.wait("painted")["at"]) - began
        ready = float(ears.wait("sign-in")["at"]) - began
    finally:
        window.kill()
        window.wait()
    return painted, ready
