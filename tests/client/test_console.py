"""The voice of a command: what goes where, and in what form."""

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from client.console import Console
from client.errors import CaseError, Fault

LOST = Fault("CASE-901", "没有找到办件 {case}。", "请核对办件编号;\n也可以按姓名查找。")


class Colour(StrEnum):
    RED = "red"


@dataclass
class Line:
    name: str
    on: date
    colour: Colour
    path: Path


LINE = Line("张𠮷", date(2026, 3, 2), Colour.RED, Path("a") / "b")


def test_programs_get_exactly_one_json_document(capsys: pytest.CaptureFixture[str]) -> None:
    Console(as_json=True).show([LINE], ["for people"])
    told = capsys.readouterr()
    assert json.loads(told.out) == [{"name": "张𠮷", "on": "2026-03-02", "colour": "red", "path": str(LINE.path)}]
    assert "张𠮷" in told.out
    assert told.out.count("\n") == 1
    assert told.err == ""


def test_people_get_lines(capsys: pytest.CaptureFixture[str]) -> None:
    Console(as_json=False).show([LINE], ["第一行", "第二行"])
    assert capsys.readouterr() == ("第一行\n第二行\n", "")


def test_progress_is_for_people_and_beside_the_result(capsys: pytest.CaptureFixture[str]) -> None:
    Console(as_json=False).progress("1/4 张三")
    Console(as_json=True).progress("1/4 张三")
    assert capsys.readouterr() == ("", "1/4 张三\n")


def test_an_error_is_one_line_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    Console(as_json=False).fail(CaseError(LOST, case="7"))
    assert capsys.readouterr() == ("", "没有找到办件 7。请核对办件编号; 也可以按姓名查找（CASE-901）\n")


def test_an_error_is_one_json_line_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    Console(as_json=True).fail(CaseError(LOST, case="7"))
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    wanted = {"code": "CASE-901", "title": "没有找到办件 7。", "advice": "请核对办件编号; 也可以按姓名查找。"}
    assert json.loads(told.err) == wanted


def test_a_stream_that_is_only_memory_serves_too() -> None:
    with redirect_stdout(io.StringIO()) as out:
        Console(as_json=False).show(None, ["张𠮷"])
    assert out.getvalue() == "张𠮷\n"


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_a_redirected_stream_is_utf8_whatever_the_system_prefers(encoding: str) -> None:
    program = "from client.console import Console; Console(as_json=False).show(None, ['张𠮷', '\\udcff'])"
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
    assert done.stdout.decode("utf-8").splitlines() == ["张𠮷", "\\udcff"]
