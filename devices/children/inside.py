"""The child's side of its pipes. Standard library alone: the interpreter may be one that has nothing else (32 bits)."""

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
_LAST_WORDS = 2.0  # seconds it has then


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

    Another thread hears it: when the end comes while a library holds this one, the process is ended from there.
    """
    heard: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_hear, args=(heard,), name="questions", daemon=True).start()
    while asked := heard.get():
        yield json.loads(asked)


def _hear(heard: "queue.SimpleQueue[bytes]") -> None:
    # Unbuffered: a thread that waits in a buffered read keeps the interpreter from ending.
    source = FileIO(sys.stdin.fileno(), closefd=False)
    while asked := source.readline():
        heard.put(asked)
    heard.put(b"")
    time.sleep(_LAST_WORDS)
    os._exit(ORPHANED)
