"""How far the window's clock may be from the platform's before people are told (protocol.md, time).

Order and keys never depend on it: the local sequence is the order, and no id is made of the clock alone. Days and
times printed on papers do, so the window says it; it goes on accepting, and changes no time that is written.
"""

from datetime import timedelta

TOLD_FROM = timedelta(minutes=2)
"""What a hall's clock may differ by and nobody needs to do anything."""

CLOSE_ENOUGH = timedelta(seconds=5)
"""No difference: the Date of an answer has whole seconds, and the answer was under way."""


def is_told(drift: timedelta | None) -> bool:
    """Whether people are told of it; None: nobody has compared the clocks yet."""
    return drift is not None and abs(drift) >= TOLD_FROM
