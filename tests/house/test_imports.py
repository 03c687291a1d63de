"""Importing a module does nothing: no file, no socket, no thread, no process."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.house.sources import ROOT, modules

WATCH = Path(__file__).with_name("import_watch.py")
ALLOWED = {
    "cv2": "sets LD_LIBRARY_PATH",
    "devices.opencv": "takes that back",
    "numpy._core": "tells OpenBLAS in this process's environment to leave threads where they are, and takes it back",
    "pyhanko.sign.validation.qualified.assess": "reads the time zone of an office in Brussels",
    "reportlab": "looks for a person's own additions to it in the home folder",
    "reportlab.rl_config": "looks for a person's own settings of it there",
    "shibokensupport.signature.parser": "PySide6 notes in this process's environment which enums it was built with",
    "urllib3.util.connection": "asks once whether this system has IPv6, by a socket bound to ::1 that it closes again",
}


def deeds_of(names: list[str], folder: Path) -> list[dict[str, str]]:
    # Coverage would write its own file at the end; it is not what is watched.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    command = [sys.executable, str(WATCH), *names]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, str]] = json.loads(done.stdout)
    return found


def test_importing_any_module_of_the_house_does_nothing() -> None:
    assert [deed for deed in deeds_of(list(modules()), ROOT) if deed["by"] not in ALLOWED] == []


def test_the_watch_sees_a_module_that_does_something(tmp_path: Path) -> None:
    (tmp_path / "busy.py").write_text(
        "import socket, subprocess, threading\n"
        "open('left.txt', 'w').close()\n"
        "socket.socket().close()\n"
        "threading.Thread(target=int).start()\n"
        "subprocess.run(['true'])\n"
        "open('left.txt').close()\n"
    )
    seen = [deed["deed"] for deed in deeds_of(["busy"], tmp_path) if deed["by"] == "busy"]
    wanted = ("writes left.txt", "socket.__new__", "starts thread", "subprocess.Popen", "reads left.txt")
    assert [deed for deed in wanted if not any(each.startswith(deed) for each in seen)] == []
