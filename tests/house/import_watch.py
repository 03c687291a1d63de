"""Imports the modules named on its command line and writes down what they did besides: one JSON list on stdout.

Run in an interpreter of its own, because an audit hook cannot be taken off again.
"""

import importlib
import json
import os
import sys
import threading
from types import FrameType

PACKAGES = (sys.prefix, sys.base_prefix)  # a library may read its own data there
DEEDS = ("socket.", "subprocess.", "sqlite3.connect", "shutil.", "winreg.")
CHANGES = {
    "os.chmod", "os.exec", "os.fork", "os.forkpty", "os.kill", "os.link", "os.mkdir", "os.posix_spawn", "os.putenv",
    "os.remove", "os.rename", "os.rmdir", "os.spawn", "os.symlink", "os.system", "os.truncate",
}  # fmt: skip
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

deeds: list[dict[str, str]] = []


def watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        path, _, flags = arguments
        told = _opening(str(path), flags if isinstance(flags, int) else 0)
    else:
        told = f"{event} {arguments!r:.120}" if event.startswith(DEEDS) or event in CHANGES else ""
    if told:
        deeds.append({"deed": told, "by": _who()})


def _opening(path: str, flags: int) -> str:
    if flags & WRITING:
        return f"writes {path}"
    is_code = path.endswith((".py", ".pyc", ".so", ".pyd"))
    return "" if is_code or path.startswith(PACKAGES) else f"reads {path}"


def _who() -> str:
    """Name the module whose import led here: the innermost whose own top level is running."""
    frame: FrameType | None = sys._getframe(2)
    while frame and frame.f_code.co_name != "<module>":
        frame = frame.f_back
    return str(frame.f_globals["__name__"]) if frame else "?"


def notice_threads() -> None:
    """Make the start of a thread or timer a deed: Python 3.11 has no audit event for it."""
    start = threading.Thread.start

    def noticed(self: threading.Thread) -> None:
        deeds.append({"deed": f"starts thread {self.name}", "by": _who()})
        start(self)

    threading.Thread.start = noticed  # type: ignore[method-assign] # that is the point


if __name__ == "__main__":
    notice_threads()
    sys.dont_write_bytecode = True
    sys.path.insert(0, os.getcwd())  # noqa: PTH109 - pathlib would be one import more to watch
    sys.addaudithook(watch)
    for module in sys.argv[1:]:
        importlib.import_module(module)
    json.dump(deeds, sys.stdout)
