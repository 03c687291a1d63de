"""Which tests count for coverage: Python that is watched line by line takes twice as long, and some prove by numbers.

The floors (tests/floors.py) are lower bounds; they hold by what is watched alone.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

import pytest

ROOT = Path(__file__).parents[1]
APART = (str(ROOT / ".venv"), str(ROOT / "tests"))
CHILDREN = "COVERAGE_PROCESS_CONFIG"  # makes the processes a test starts record their coverage
WHOLE = ("tests/client/", "tests/desk/", "tests/rules/", "tests/store/", "tests/sync/")  # for the floors of 100 %


def counts(item: pytest.Item) -> bool:
    """An attack kills what it starts, and what is killed saves no coverage; Hypothesis makes a hundred cases."""
    if item.nodeid.startswith(WHOLE):
        return True
    return not (item.nodeid.startswith("tests/attack/") or item.get_closest_marker("hypothesis"))


@contextmanager
def unmeasured() -> Iterator[None]:
    """Neither this thread nor the processes it starts are watched meanwhile."""
    tracer, children = sys.gettrace(), os.environ.pop(CHILDREN, None)
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)
        if children is not None:
            os.environ[CHILDREN] = children


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
