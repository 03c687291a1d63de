"""Loaded by the interpreter itself in a window under attack: writes down what a lane loads of Qt.

PySide makes its classes when they are first met and keeps no two threads apart: a lane that loads a page beside the
screen's thread ends the window, once in many times (docs/reliability.md).
"""

import os
import sys
import threading

QT = frozenset({"PySide6", "shiboken6", "ui"})
INTO = os.environ["OVERHEARD"]


def _overhear(event: str, arguments: tuple[object, ...]) -> None:
    if event == "import" and threading.current_thread() is not threading.main_thread():
        name = str(arguments[0])
        if name.partition(".")[0] in QT:
            with open(INTO, "a", encoding="utf-8") as file:  # noqa: PTH123 - pathlib would be loaded by every process
                file.write(f"{name} by {threading.current_thread().name}\n")


sys.addaudithook(_overhear)
