"""How a command speaks: its result on stdout, everything else on stderr, for people or (`--json`) for programs."""

import io
import json
import sys
from collections.abc import Iterable
from typing import TextIO

from client.errors import DeskError
from client.text import bracketed, sentences


class Console:
    """The voice of one command; UTF-8 whatever the system's own encoding is."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def show(self, document: object, lines: Iterable[str]) -> None:
        """The one result of a command: `document` as JSON for programs, or `lines` for people.

        `document` may hold dates (written ISO 8601), enums, paths, dataclasses and pydantic models.
        """
        if self.as_json:
            from pydantic_core import to_jsonable_python  # noqa: PLC0415 - people are not told in JSON

            lines = [json.dumps(to_jsonable_python(document), ensure_ascii=False)]
        _write(sys.stdout, lines)

    def progress(self, line: str) -> None:
        """Tell a person what is going on; programs are not told."""
        if not self.as_json:
            _write(sys.stderr, [line])

    def fail(self, error: DeskError) -> None:
        """Write what happened and what to do now, in one line."""
        title, advice = _one_line(error.title), _one_line(error.advice)
        if self.as_json:
            line = json.dumps({"code": error.code, "title": title, "advice": advice}, ensure_ascii=False)
        else:
            line = sentences([title.rstrip("。."), advice.rstrip("。.")]) + bracketed(error.code)
        _write(sys.stderr, [line])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _write(stream: TextIO, lines: Iterable[str]) -> None:
    if isinstance(stream, io.TextIOWrapper):
        # A redirected stream on Windows has the ANSI code page; a name outside it must not break the command.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    stream.writelines(f"{line}\n" for line in lines)
    stream.flush()
