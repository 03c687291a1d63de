"""Types commands as a person does: in this process through `main`, or in one of their own."""

import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yichuang

PIN = "135790"
PROGRAM = (sys.executable, "-m", "yichuang")


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """What is on stdout: one line, one JSON document."""
        assert self.out.count("\n") == 1, self.out
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, str]:
        """What is on stderr: one line, one JSON document of code, title and advice; nothing on stdout."""
        assert (self.out, self.err.count("\n")) == ("", 1), self
        told: dict[str, str] = json.loads(self.err)
        assert list(told) == ["code", "title", "advice"]
        assert all(told.values())
        return told


def typed(*words: str | Path) -> Done:
    """Run `yichuang WORDS` through `main`, in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    argv = ["yichuang", *map(str, words)]
    status: int | str | None = 0
    with patch.object(sys, "argv", argv), redirect_stdout(out), redirect_stderr(err):
        try:
            yichuang.main()
        except SystemExit as end:
            status = end.code
    assert isinstance(status, int | None)
    return Done(status or 0, _text(out), _text(err))


def started(*words: str | Path) -> Done:
    """Run `yichuang WORDS` in a process of its own."""
    command = [*PROGRAM, *map(str, words)]
    done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=60, check=False)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
