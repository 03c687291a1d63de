"""The watch over the log, threads and processes, turned on tests that break its rules."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT

BAD = """
import logging, subprocess, threading, pytest, structlog
from tests.hubs import HubProcess

def test_is_quiet(): pass
def test_warns(): logging.getLogger("here").warning("standard library")
def test_warns_by_structlog(): structlog.get_logger("here").warning("structlog", case=7)
def test_informs(): structlog.get_logger("here").info("nothing to see")

@pytest.mark.expected_warnings("stan.ard", "case=7")
def test_warns_as_expected():
    test_warns()
    test_warns_by_structlog()

@pytest.mark.expected_warnings("standard")
def test_warns_of_more_than_expected():
    test_warns()
    test_warns_by_structlog()

@pytest.mark.expected_warnings("standard")
def test_does_not_warn_though_expected(): pass

def test_leaves_a_thread(): threading.Thread(target=threading.Event().wait, name="left", daemon=True).start()
def test_ends_its_thread(): threading.Timer(0.01, int).start()
def test_leaves_a_timer():
    timer = threading.Timer(60, int)
    timer.daemon = True
    timer.start()
def test_leaves_a_process():
    global process
    process = subprocess.Popen(["sleep", "3"])
def test_leaves_no_process(): subprocess.run(["true"])
def test_leaves_a_hub(tmp_path):
    global hub
    hub = HubProcess(tmp_path)
    hub.start()
def test_ends_its_hub(tmp_path):
    with HubProcess(tmp_path): pass

def test_cleans_up():
    hub.kill()
    process.kill()
    process.wait()
"""

FAILING = {
    "test_warns": "WARNING here: event='standard library'|WARNING here: standard library",
    "test_warns_by_structlog": "event='structlog' case=7",
    "test_warns_of_more_than_expected": "not expected: WARNING here: event='structlog'",
    "test_does_not_warn_though_expected": "expected, not seen: standard",
    "test_leaves_a_thread": "thread left",
    "test_leaves_a_timer": "thread Thread-",
    "test_leaves_a_process": "process [0-9]+ sleep 3",
    "test_leaves_a_hub": "process [0-9]+ .* tests.hub_nursery",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest prints about the bad tests, watched by the house's own conftest."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "test_bad.py").write_text(BAD)
    options = ["-p", "tests.conftest", "-p", "no:cacheprovider", "-c", str(ROOT / "pyproject.toml"), "-rA"]
    command = [sys.executable, "-m", "pytest", *options, "--rootdir", str(folder), str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout


def test_every_offence_is_an_error_and_nothing_else_is(report: str) -> None:
    assert set(re.findall(r"^ERROR \S*::(\w+)", report, re.MULTILINE)) == set(FAILING)


@pytest.mark.parametrize(("test", "words"), FAILING.items(), ids=list(FAILING))
def test_the_error_says_what_was_left_or_logged(report: str, test: str, words: str) -> None:
    told = re.search(rf"ERROR at teardown of {test} _+\n(.*?)\n(_{{5}}|={{5}})", report, re.DOTALL)
    assert told is not None
    assert re.search(words, told[1])


COUNTING = {  # what tests in these files find, with a tracer or without
    "attack/test_attack.py": """
def test_it(): assert 'COVERAGE_PROCESS_CONFIG' not in os.environ and sys.gettrace()
""",
    "ui/test_numbers.py": """
from hypothesis import given, strategies
@given(strategies.integers())
def test_it(_): assert sys.gettrace() is None
def test_other(): assert sys.gettrace() is not None and 'COVERAGE_PROCESS_CONFIG' in os.environ
""",
    "rules/test_rules.py": """
from hypothesis import given, strategies
@given(strategies.integers())
def test_it(_): assert sys.gettrace() is not None
""",
}


def test_what_proves_by_numbers_does_not_count_for_coverage(tmp_path: Path) -> None:
    for name, code in COUNTING.items():
        file = tmp_path / "tests" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"import os\nimport sys\n{code}")
    options = ["-p", "tests.conftest", "-p", "no:cacheprovider", "-c", str(ROOT / "pyproject.toml")]
    options += ["--cov", "--cov-report=", "--rootdir", str(tmp_path)]
    command = [sys.executable, "-m", "pytest", *options, str(tmp_path)]
    environment = {"PATH": "/usr/bin:/bin", "COVERAGE_FILE": str(tmp_path / "coverage")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert "4 passed" in done.stdout, done.stdout
