"""What a process asked the disk for: its system calls as strace wrote them down, in the order in which they were done.

What it told over its pipe stands among them, so that each promise has its place between the writes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.attack.orders import Mark

WATCHED = (
    "openat,write,pwrite64,lseek,ftruncate,fsync,fdatasync,rename,link,unlink,mkdir,rmdir,"
    "creat,open,writev,pwritev,pwritev2,fallocate,copy_file_range,sendfile,renameat,renameat2,linkat,unlinkat,mkdirat"
)
UNPROMISED = "logs"  # the folder of which nothing is promised
LONGEST = 64 << 20  # bytes of one write that are written down

_LINE = re.compile(r"(\d+) +(?:<\.\.\. (\w+) resumed>|(\w+)\()(.*)", re.DOTALL)
_UNFINISHED = " <unfinished ...>"
_WORD = re.compile(r'["<]((?:\\x[0-9a-f]{2})*)[">]')
_NUMBERS = re.compile(r", (-?\d+)(?=[,)])")
_RESULT = re.compile(r"\) += (\d+)(?:<[^>]*>)?$")


@dataclass(frozen=True)
class Call:
    """One call that came back well, about a file in the watched folder; paths are relative to it."""

    name: str
    path: str
    to: str = ""  # the new name
    data: bytes = b""
    at: int = 0  # where the data goes; the new length
    creates: bool = False
    empties: bool = False

    def syncs(self, folder: str) -> bool:
        """Whether it is about what lies in `folder`, or about that itself."""
        return self.name == "sync" and (self.path == folder or self.path.startswith(f"{folder}/"))


def strace(trace: Path) -> tuple[str, ...]:
    """The words before a command whose calls, and those of its children, are to be written to `trace`."""
    how = ("-f", "--seccomp-bpf", "-y", "-xx", "-s", str(LONGEST))
    return ("strace", *how, "-o", str(trace), "-e", f"trace={WATCHED}")


def recorded(trace: Path, folder: Path) -> Iterator[Call | Mark]:
    """The calls in `trace` about `folder`, and the marks told between them. AssertionError for one it cannot read."""
    reader = _Reader(folder.resolve())
    with trace.open(encoding="ascii") as lines:
        for line in lines:
            yield from reader.read(line.rstrip("\n"))


class _Reader:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, str] = {}  # calls that another thread's came between
        self._places: dict[str, int] = {}  # where each descriptor stands

    def read(self, line: str) -> Iterator[Call | Mark]:
        found = _LINE.match(line)
        if found is None:
            return  # a signal, or an end
        thread, resumed, name, rest = found.groups()
        if resumed:
            name, rest = resumed, self._open.pop(thread) + rest
        if rest.endswith(_UNFINISHED):
            self._open[thread] = rest.removesuffix(_UNFINISHED)
            return
        result = _RESULT.search(rest)
        if result is not None:
            yield from self._call(name, rest, int(result[1]))

    def _call(self, name: str, rest: str, result: int) -> Iterator[Call | Mark]:
        words = [bytes.fromhex(word.replace("\\x", "")) for word in _WORD.findall(rest)]
        if name == "writev" and words[0].startswith(b"pipe:"):
            yield from map(Mark.parse, words[1].splitlines() if words[1].startswith(b'{"what"') else ())
            return
        paths = [self._inside(word) for word in words[:3]]
        if not any(paths):
            return
        descriptor = rest.partition("<")[0]
        if name == "openat":
            self._places[str(result)] = 0
            if "O_CREAT" in rest or "O_TRUNC" in rest:
                assert "O_APPEND" not in rest, rest
                yield Call("open", paths[-1], creates="O_CREAT" in rest, empties="O_TRUNC" in rest)
        elif name == "lseek":
            self._places[descriptor] = result
        elif name == "write":
            at = self._places[descriptor]
            self._places[descriptor] = at + result
            yield Call("write", paths[0], data=words[1][:result], at=at)
        elif name == "pwrite64":
            yield Call("write", paths[0], data=words[1][:result], at=int(_NUMBERS.findall(rest)[-1]))
        elif name == "ftruncate":
            yield Call("cut", paths[0], at=int(_NUMBERS.findall(rest)[-1]))
        elif name in {"fsync", "fdatasync"}:
            yield Call("sync", paths[0])
        else:
            assert name in {"rename", "link", "unlink", "mkdir", "rmdir"}, f"nobody reads {name}: {rest[:200]}"
            yield Call(name, paths[0], to=paths[1] if len(paths) > 1 else "")

    def _inside(self, word: bytes) -> str:
        """The path from the folder, "." for itself; "" for what lies elsewhere."""
        path = Path(word.decode(errors="replace"))
        if not path.is_relative_to(self._folder) or path.is_relative_to(self._folder / UNPROMISED):
            return ""
        return str(path.relative_to(self._folder))
