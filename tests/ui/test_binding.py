"""The binding to Qt that is locked: on CPython 3.11 newer ones lose a reference to None at each void call."""

import sys
from importlib.metadata import version

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

from tests.house.sources import ROOT

CALLS = 20_000
OTHERS = 2_000  # references to None that come and go meanwhile, in either direction


@pytest.mark.usefixtures("qapp")
def test_void_calls_lose_no_reference_to_none() -> None:
    label, parent = QLabel(), QObject()
    label.setText("")
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        label.setText("")
        parent.setObjectName("")
    assert abs(sys.getrefcount(None) - before) < OTHERS


def test_the_binding_that_is_installed_is_one_that_was_tried() -> None:
    found = tuple(int(part) for part in version("pyside6-essentials").split(".")[:2])
    assert (6, 8) <= found < (6, 12)
    assert found <= (6, 9)
    assert '"pyside6-essentials<=6.9.3; python_version < ' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
