"""The child's side of its pipes. Standard library alone: the interpreter may be one that has nothing else (32 bits)."""

import ctypes
import json
import os
import queue
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from io import FileIO
from typing import Any, TextIO

ORPHANED = 3  # status of a child whose library still held it after the window was gone
SECRET = b"!"
"""Begins a line that a secret goes before its question with: `!6`, LF, six bytes. It is at least one long."""

_LAST_WORDS = 2.0  # seconds it has then
_MOST_SECRET = 256  # bytes; no PIN comes near
_NO_DUMPS = (4, 0, 0, 0, 0)  # PR_SET_DUMPABLE, of prctl(2)


def own_voice() -> int:
    """Where our answers go: what a library prints goes to standard error instead of among them."""
    voice = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return voice


def hush() -> TextIO:
    """What a library prints from here on goes nowhere, for it may be what it read; where our own last words go."""
    words = os.fdopen(os.dup(sys.stderr.fileno()), "w")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    sys.stderr = words
    return words


def keep_no_core() -> None:
    """When this process falls over, nothing of its memory is left behind: a secret may be in it."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        ctypes.CDLL(None).prctl(*_NO_DUMPS)  # counts where cores are piped to a program, for which no limit does


def say(voice: int, *parts: bytes) -> None:
    """All of it, in however many pieces the pipe takes."""
    for data in parts:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(voice, rest) :]


def line(words: Mapping[str, object]) -> bytes:
    """One line for the pipe."""
    return json.dumps(words).encode() + b"\n"


def questions() -> Iterator[Mapping[str, Any]]:
    """What the window asks, until it closes our input or is gone.

    Another thread hears it: when the end comes while a library holds this one, the process is ended from there. A
    question that a secret went before has it as `secret`, to be overwritten by whoever uses it.
    """
    heard: queue.SimpleQueue[bytes | bytearray] = queue.SimpleQueue()
    threading.Thread(target=_hear, args=(heard,), name="questions", daemon=True).start()
    secret = bytearray()
    while asked := heard.get():
        if isinstance(asked, bytearray):
            secret = asked
            continue
        yield {**json.loads(asked), "secret": secret} if secret else json.loads(asked)
        secret = bytearray()


def _hear(heard: "queue.SimpleQueue[bytes | bytearray]") -> None:
    # Unbuffered: a thread that waits in a buffered read keeps the interpreter from ending.
    source = FileIO(sys.stdin.fileno(), closefd=False)
    while asked := source.readline():
        heard.put(_secret(source, asked) if asked.startswith(SECRET) else asked)
    heard.put(b"")
    time.sleep(_LAST_WORDS)
    os._exit(ORPHANED)


def _secret(source: FileIO, announced: bytes) -> bytearray:
    """Read into the one place where it lies, so that whoever used it can overwrite it."""
    secret = bytearray(min(int(announced.removeprefix(SECRET)), _MOST_SECRET))
    rest = memoryview(secret)
    while rest and (came := source.readinto(rest)):
        rest = rest[came:]
    return secret
