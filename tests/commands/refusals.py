"""What every refusal of a command is held to: one line for people's eyes, and nothing lost."""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from client.demo import DEMO_SETTINGS
from client.rules.case import State
from client.store.memory import Memory
from client.store.opening import read_memory
from client.store.profile import Profile
from tests.commands.conftest import PASSPHRASE, Window
from tests.commands.typed import PROGRAM, Done, typed

CHINESE = re.compile(r"[\u4e00-\u9fff]")
CALM = ("Traceback", "Error", "None", "{", "BUG")


def start(*words: str | Path, environment: Mapping[str, str] | None = None, most: int | None = None) -> Done:
    """`yichuang WORDS` in a process of its own; no file of it may grow past `most` 512-byte blocks."""
    limit = () if most is None else ("sh", "-c", 'ulimit -f "$0" && exec "$@"', str(most))
    command = [*limit, *PROGRAM, *map(str, words)]
    kept = {name: value for name, value in os.environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
    done = subprocess.run(
        command,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
        env={**kept, **(environment or {})},
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def refusal(done: Done) -> dict[str, str]:
    """The one line of a command that failed: title and advice are Chinese sentences without our own words in them."""
    assert done.status == 1, done
    error = done.error
    for sentence in (error["title"], error["advice"]):
        assert CHINESE.search(sentence), error
        assert not any(word in sentence for word in CALM), error
    return error


def refused(window: Window, *words: str | Path, most: int | None = None) -> dict[str, str]:
    """The refusal of `yichuang WORDS` on this window, which has lost nothing by it."""
    words = (*words, "--profile", window.profile, "--json")
    error = refusal(typed(*words) if most is None else start(*words, most=most))
    nothing_lost(window)
    return error


def nothing_lost(window: Window) -> None:
    """The earlier case is still there, with its events, and nothing but drafts came beside it."""
    with remembered(window) as memory:
        with memory.read() as connection:
            cases = memory.cases.lines(connection)
        events = memory.outbox().entries()
    assert [(case.number, case.state) for case in cases if case.state is not State.DRAFT] == [
        (window.number, State.ACCEPTED)
    ]
    assert [event.case for event in events] == [window.number] * 2


@contextmanager
def remembered(window: Window) -> Iterator[Memory]:
    """What the window has on its disk, read beside the commands."""
    zone = DEMO_SETTINGS.zone
    with read_memory(Profile(window.profile), passphrase=PASSPHRASE, zone=zone) as memory:
        yield memory
