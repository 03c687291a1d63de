"""Which tests count for coverage: Python that is watched line by line takes twice as long, and some prove by numbers.

The floors (tests/floors.py) are lower bounds; they hold by what is watched alone.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

import pytest

ROOT = Path(__file__).parents[1]
APART = (str(ROOT / ".venv"), str(ROOT / "tests"))
CHILDREN = "COVERAGE_PROCESS_CONFIG"  # makes the processes a test starts record their coverage
WHOLE = ("tests/client/", "tests/desk/", "tests/rules/", "tests/store/", "tests/sync/")  # for the floors of 100 %


def as_it_counts(item: pytest.Item) -> AbstractContextManager[None]:
    """What this test is to run in."""
    if item.nodeid.startswith("tests/attack/"):
        return childless()
    if item.get_closest_marker("hypothesis") and not item.nodeid.startswith(WHOLE):
        return unmeasured()
    return nullcontext()


@contextmanager
def childless() -> Iterator[None]:
    """The processes that are started meanwhile are not watched: attacks kill them, and what is killed saves nothing."""
    found = os.environ.pop(CHILDREN, None)
    try:
        yield
    finally:
        if found is not None:
            os.environ[CHILDREN] = found


@contextmanager
def unmeasured() -> Iterator[None]:
    """This thread is not watched meanwhile."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


@contextmanager
def only_ours() -> Iterator[None]:
    """Of what is loaded meanwhile, our rooms alone are watched: collecting some thousand tests is nobody's coverage."""
    tracer, load = sys.gettrace(), SourceFileLoader.exec_module

    def loaded(loader: SourceFileLoader, module: ModuleType) -> None:
        before = sys.gettrace()
        sys.settrace(tracer if Path(loader.path).is_relative_to(ROOT) and not loader.path.startswith(APART) else None)
        try:
            load(loader, module)
        finally:
            sys.settrace(before)

    sys.settrace(None)
    try:
        with patch.object(SourceFileLoader, "exec_module", loaded):
            yield
    finally:
        sys.settrace(tracer)
