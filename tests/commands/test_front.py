"""The front door: help for people, one line for every failure, and nothing loaded that a command does not need."""

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version

import pytest
import structlog
from typer.main import get_command

import yichuang
from client.commands import cases
from client.commands.usage import in_words
from tests.commands.conftest import Window
from tests.commands.typed import started, typed

HEAVY = ("PIL", "alembic", "barcode", "fastapi", "keyring", "pypdf", "reportlab", "requests", "serial", "uvicorn")

USAGE = [
    ("--nope",),
    ("nope",),
    ("paper",),
    ("intake",),
    ("cases", "--state", "nope"),
    ("case",),
    ("sync",),
    ("paper", "render", "1"),
    ("card", "read"),
    ("card", "simulate", "--kind", "nope"),
    ("card", "simulate", "--kind", "resident", "--fail", "nope"),
    ("hub", "serve", "--listen", "nope"),
    ("hub", "serve", "--listen", "127.0.0.1:65536"),
    ("demo", "--cases", "0"),
    ("demo", "--cases", "4", "--outage", "3-2"),
    ("demo", "--cases", "4", "--outage", "2-5"),
    ("demo", "--outage", "never"),
    ("staff", "add", "0207", "张三", "--role", "king", "--pin-file", "pin.txt"),
    ("backup", "no-such-folder/window.backup"),
]


def leaves() -> Iterator[tuple[str, ...]]:
    """Every command there is, by its words."""
    for name, command in get_command(yichuang.program()).commands.items():  # type: ignore[attr-defined] # typer calls a group a command
        if command.hidden:
            continue
        for sub in getattr(command, "commands", {}):
            yield name, sub
        if not hasattr(command, "commands"):
            yield (name,)


def test_without_words_it_explains_itself() -> None:
    done = typed()
    assert (done.status, done.err) == (0, "")
    for word in ("Exit status", "YICHUANG_KEY_FILE", "YICHUANG_PIN_FILE", "intake", "doctor", "demo"):
        assert word in done.out
    assert "demo-window" not in done.out
    assert "..." not in done.out.partition("Commands:")[2]  # every summary fits its line


def test_the_version_is_the_packages() -> None:
    assert typed("--version").out == f"{version('yichuang')}\n"


@pytest.mark.parametrize("words", list(leaves()), ids=" ".join)
def test_help_explains_every_option_and_argument(words: tuple[str, ...]) -> None:
    command = get_command(yichuang.program())
    for word in words:
        command = command.commands[word]  # type: ignore[attr-defined] # see leaves
    silent = [each.name for each in command.params if not getattr(each, "help", None)]
    assert silent == []
    assert command.help
    assert typed(*words, "--help").status == 0


@pytest.mark.parametrize("words", USAGE, ids=" ".join)
def test_wrong_usage_is_one_line_and_status_2(words: tuple[str, ...]) -> None:
    done = typed(*words, "--json")
    assert done.status == 2
    assert done.error["code"] == "USAGE-001"
    told = typed(*words)
    assert (told.status, told.out, told.err.count("\n")) == (2, "", 1)
    assert told.err.startswith("命令写法不对：")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--nope",), "没有选项 --nope"),
        (("nope",), "没有命令 nope"),
        (("paper",), "缺少子命令"),
        (("case",), "缺少 NUMBER"),
        (("case", "1", "2"), "多出了 2"),
        (("cases", "--profile"), "选项 --profile 后面缺少值"),
        (("card", "read"), "--port / --library / --usb / --mrz：只取其一"),
        (("cases", "--state", "nope"), "--state 只能是下列之一：'draft', "),
        (("demo", "--cases", "0"), "--cases 的值不能使用"),
        (("demo", "--cases", "4", "--outage", "3-2"), "--outage：应写作 A-B，且 1 ≤ A ≤ B ≤ 4"),
        (("intake",), "CASE.json：请给出办件文件，或者用 --schema、--example"),
        (("backup", "no-such-folder/window.backup"), "FILE：没有目录 no-such-folder"),
        (("run", "--size", "wide"), "--size：WIDTHxHEIGHT, e.g. 1366x768"),
    ],
    ids=str,
)
def test_wrong_usage_is_told_in_chinese(words: tuple[str, ...], said: str) -> None:
    assert typed(*words).err.startswith(f"命令写法不对：{said}")


def test_what_the_parser_says_otherwise_stays_as_it_is() -> None:
    assert in_words("Something else.") == "Something else"


def test_a_command_speaks_english_where_it_is_asked_to(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YICHUANG_LANGUAGE", "en")
    told = started("case", "43", "--profile", window.profile).err
    assert told.startswith("This is not a whole case number. A case number has 23 digits")
    assert started("fly").err.startswith("Wrong use of the command: There is no command fly. See its --help")
    assert "FILE: No such folder: no-such-folder. " in started("backup", "no-such-folder/window.backup").err


def test_a_failure_is_one_line_and_status_1(window: Window) -> None:
    done = typed("case", "43", "--profile", window.profile)
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert done.err.rstrip().endswith("（RULE-201）")


@pytest.mark.expected_warnings("command broke off")
def test_a_bug_is_told_calmly_and_its_traceback_lies_in_the_log(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("of 110101190203040027")

    monkeypatch.setattr(cases, "_line_document", broken)
    done = window.run("cases")
    logs = window.folder / "data" / "yichuang" / "logs"
    assert done.status == 1
    assert done.error["code"] == "BUG-001"
    assert str(logs) in done.error["advice"]
    (line,) = (logs / "yichuang.log").read_text(encoding="utf-8").splitlines()
    assert "ZeroDivisionError" in line
    assert "110101190203040027" not in line


def test_a_bug_without_room_for_a_log_is_told_all_the_same(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    (window.folder / "data").write_text("no folder")
    monkeypatch.setattr(cases, "_line_document", None)
    assert window.run("cases").error["code"] == "BUG-001"


@pytest.mark.expected_warnings("command broke off")
def test_whoever_looks_for_a_bug_gets_the_traceback(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "_line_document", None)
    monkeypatch.setenv("YICHUANG_DEBUG", "1")
    with pytest.raises(TypeError):
        window.run("cases")


@pytest.mark.expected_warnings("a thing worth knowing")
def test_a_warning_never_reaches_stdout(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    def loud(_: object) -> dict[str, str]:
        structlog.get_logger("a room").warning("a thing worth knowing", card="110101190203040027")
        return {}

    monkeypatch.setattr(cases, "_line_document", loud)
    assert window.run("cases").document == [{}]


@pytest.mark.parametrize(
    ("variable", "content"), [("YICHUANG_KEY_FILE", None), ("YICHUANG_PIN_FILE", None), ("YICHUANG_PIN_FILE", b"\xff")]
)
def test_a_secret_that_cannot_be_read_is_named_by_its_variable(
    window: Window, monkeypatch: pytest.MonkeyPatch, variable: str, content: bytes | None
) -> None:
    path = window.folder / "secret"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv(variable, str(path))
    error = window.run("intake", window.example).error
    assert error["code"] == "STORE-161"
    assert variable in error["title"]


def test_reading_loads_no_printer_no_network_and_no_device(window: Window) -> None:
    """The time a person waits for `yichuang cases` is the time Python takes to load what it needs."""
    program = (
        "import sys, yichuang\n"
        f"sys.argv = ['yichuang', 'cases', '--profile', {str(window.profile)!r}]\n"
        "try:\n    yichuang.main()\n"
        f"finally:\n    print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert window.number in done.stdout
    assert done.stderr.split() == []


def test_the_program_runs_as_a_program_where_the_system_speaks_no_utf_8(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = started("cases", "--profile", window.profile)
    assert (done.status, done.err) == (0, "")
    assert "食品经营许可" in done.out
