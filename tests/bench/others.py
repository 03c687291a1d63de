"""The other sides of P3 and P5, of their own packages and processes, fetched when they are first asked for.

They need npm and the two package indexes, and are not of the project's own packages (`.ci/packages`): where they cannot
be had a row says so.
"""

import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2] / "build" / "bench"
HERE = Path(__file__).parent
NODE = ROOT / "node"
TUSPY = ROOT / "tuspy"
# What was compared against when the goals were set.
NODE_PACKAGES = ("@tus/server@1.10.2", "@tus/file-store@1", "pouchdb@9.0.0", "express@4", "express-pouchdb@4.2.0")
UNAVAILABLE = (OSError, subprocess.CalledProcessError, ValueError)
"""What comes when an other side cannot be had, or dies."""


class Side:
    """A process that answers each line with a figure."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def measured(self, count: int) -> float:
        """Its figure for so many. Raises ValueError when it has died."""
        if self._process.stdin is None or self._process.stdout is None:
            raise ValueError("no pipes")
        self._process.stdin.write(f"{count}\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())


@contextmanager
def pouchdb() -> Iterator[Side]:
    """PouchDB pushing to express-pouchdb: documents of 4 KiB a second."""
    _need_node()
    with TemporaryDirectory(dir=ROOT) as folder, _running(["node", NODE / "pouchdb_side.cjs", folder]) as process:
        yield Side(process)


@contextmanager
def tuspy(size: int) -> Iterator[Side]:
    """Files of `size` put up by tuspy to @tus/server: bytes a second."""
    _need_node()
    python = TUSPY / "bin" / "python"
    if not python.exists():
        venv.create(TUSPY, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "tuspy"], check=True, stderr=subprocess.DEVNULL)
    with TemporaryDirectory(dir=ROOT) as folder, _running(["node", NODE / "tus_side.cjs", folder]) as server:
        port = int(server.stdout.readline()) if server.stdout else 0
        url = f"http://127.0.0.1:{port}/files"
        with _running([python, HERE / "tuspy_side.py", url, str(size)]) as client:
            yield Side(client)


def _need_node() -> None:
    """The packages of npm, and our two scripts beside them, where they find them."""
    NODE.mkdir(parents=True, exist_ok=True)
    if not (NODE / "node_modules").exists():
        words = ["npm", "install", "--prefix", str(NODE), "--no-audit", "--no-fund", "--silent", *NODE_PACKAGES]
        subprocess.run(words, check=True, stdout=sys.stderr)
    for script in HERE.glob("*.cjs"):
        (NODE / script.name).write_bytes(script.read_bytes())


@contextmanager
def _running(words: Sequence[str | Path]) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            if process.stdin:
                process.stdin.close()
            process.terminate()
