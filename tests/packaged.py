"""Tries the packaged program where there is no source: `python -m tests.packaged FOLDER`, part of `make build`.

Its version, its doctor, two whole cases by keys at its window, a page cleaned, a slip on a roll; and that nothing in it
is under the GPL.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.devices.drawn import jpeg, leaning, page

GPL_MODULES = re.compile(
    r"Qt6?(Charts|Graphs|DataVisualization|VirtualKeyboard|NetworkAuth|Quick3D|Lottie)|fitz|pymupdf|cups\."
)
COVERAGE = ("fonts", "coverage", "--json")
ALL_OF_GB18030 = {"汉字": 87_887, "部首": 228}
CUT = b"\x1bd\x06\x1dV\x01"  # what ends a slip
DEMO = ("demo", "--cases", "2", "--outage", "2-2", "--simulated", "--json")


def main(folder: Path) -> None:
    program = str((folder / "yichuang").resolve())
    with tempfile.TemporaryDirectory() as elsewhere:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
        environment["XDG_DATA_HOME"] = elsewhere

        def run(*words: str, status: int = 0) -> str:
            done = subprocess.run(
                [program, *words], cwd=elsewhere, env=environment, capture_output=True, text=True, check=False
            )
            if done.returncode != status:
                sys.exit(f"{' '.join(words)} ended with {done.returncode}: {done.stderr}{done.stdout}")
            return done.stdout

        Path(elsewhere, "askew.jpg").write_bytes(jpeg(leaning(page(extra="qr"), 3.0)))
        cleaned = json.loads(run("page", "clean", "askew.jpg", "--out", "level.pdf", "--json"))
        drawn = {each["name"]: sum(each["fonts"].values()) for each in json.loads(run(*COVERAGE))["gb18030_2022"]}
        roll = _roll(Path(elsewhere))
        environment["YICHUANG_DEVICES_FILE"] = f"{elsewhere}/devices.toml"
        run("devices", "--test", "printer", "--profile", f"{elsewhere}/none", status=1)  # nobody knows if it came out
        del environment["YICHUANG_DEVICES_FILE"]
        slip = roll.read_bytes()
        began = time.monotonic()
        version = run("--version").strip()
        start = time.monotonic() - began
        summary = json.loads(run(*DEMO, "--out", f"{elsewhere}/demo"))
        environment["YICHUANG_KEY_FILE"] = f"{elsewhere}/demo/key.txt"
        # The demo's platform and reader are gone with it, and its hall is a sample: the doctor must say just that.
        doctor = json.loads(run("doctor", "--profile", f"{elsewhere}/demo/profile", "--json", status=1))
    viral = [str(path.relative_to(folder)) for path in folder.rglob("*") if GPL_MODULES.search(path.name)]
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    told = [name for name, check in doctor.items() if not check["ok"]]
    print(f"version {version} after {start:.2f} s; doctor complains of {', '.join(told)}")
    told_of = f"{summary['accepted']} accepted, {summary['printed']} printed"
    print(f"two cases at the window, one through an outage and a kill: {told_of}")
    print(f"a page levelled by {cleaned['skew_degrees']}°, codes {cleaned['codes']}; a slip of {len(slip)} bytes")
    print(f"of GB 18030-2022 its papers draw {drawn}")
    print(f"{size / 1e6:.0f} MB; modules under the GPL: {viral or 'none'}")
    is_clean = abs(cleaned["skew_degrees"] - 3.0) < 0.2 and cleaned["codes"]
    wrong = (
        not is_clean
        or not slip.endswith(CUT)
        or drawn != ALL_OF_GB18030
        or summary["accepted"] != 2
        or summary["printed"] != 2
        or set(told) - {"devices", "hub", "settings"}
        or viral
    )
    sys.exit(1 if wrong else 0)


def _roll(folder: Path) -> Path:
    """What stands for the node of a receipt printer; a devices.toml beside it names it."""
    roll = folder / "roll"
    roll.touch()
    address = f"escpos:file:{roll.as_posix()}?status=no&profile=TM-T88V"
    (folder / "devices.toml").write_text(f'[printer]\naddress = "{address}"\n', encoding="utf-8")
    return roll


if __name__ == "__main__":
    main(Path(sys.argv[1]))
