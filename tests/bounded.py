"""A process of a test that ends with it, whatever the test comes to."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import AnyStr


@contextmanager
def bounded(process: subprocess.Popen[AnyStr]) -> Iterator[subprocess.Popen[AnyStr]]:
    """Kill it where the test fails: Popen's own `with` waits, and for one that hangs it would wait for ever.

    The time a test may take wakes it once; that wait would come after.
    """
    with process:
        try:
            yield process
        except BaseException:
            process.kill()
            raise
