"""The process that holds a maker's SKF library. Standard library alone.

May run in another interpreter than ours: `PYTHON -m devices.keys.skf.child`, 32-bit where the library is.
"""

import faulthandler
import json
from collections.abc import Mapping, Sequence
from typing import Any

from devices.children import inside
from devices.children.native import LibraryError
from devices.keys.skf import acts
from devices.keys.skf.library import PinError, SarError, Skf
from devices.keys.skf.watching import Watching

Words = dict[str, object]


def serve() -> None:
    """Answer until standard input ends. Main thread of its process only."""
    voice = inside.own_voice()
    inside.keep_no_core()
    faulthandler.enable(inside.hush())  # where a library fell over, and nothing of what it had in hand
    holder = _Holder(voice)
    for asked in inside.questions():
        words: Words = {"job": asked["job"]}
        parts: Sequence[bytes] | None = ()
        try:
            parts = holder.answer(asked)
        except LibraryError as error:
            words |= {"trouble": error.trouble, "detail": error.detail}
        except PinError as error:
            words |= {"step": error.step, "status": error.status, "tries": error.tries}
        except SarError as error:
            words |= {"step": error.step, "status": error.status}
        finally:
            secret = asked.get("secret", bytearray())
            secret[:] = bytes(len(secret))
        if parts is not None:
            inside.say(voice, inside.line({**words, "parts": [len(part) for part in parts]}), *parts)
    holder.close()


class _Holder:
    """One library, from its first use to the end."""

    def __init__(self, voice: int) -> None:
        self._voice = voice
        self._skf: Skf | None = None
        self._watching: Watching | None = None

    def answer(self, asked: Mapping[str, Any]) -> Sequence[bytes] | None:
        """None where another thread speaks from here on. Raises LibraryError, SarError."""
        if self._skf is None:
            self._skf = Skf(asked["library"], asked["ulong"])
        if asked["do"] == "sign":
            return [acts.sign(self._skf, asked)]
        if asked["do"] == "seals":
            return acts.seals(self._skf, asked)
        if asked["do"] == "watch":
            self._watch(self._skf, asked)
            return None
        return [json.dumps(acts.keys(self._skf)).encode()]

    def close(self) -> None:
        if self._watching is not None:
            self._watching.close()

    def _watch(self, skf: Skf, asked: Mapping[str, Any]) -> None:
        def say(words: Mapping[str, object]) -> None:
            inside.say(self._voice, inside.line({"job": asked["job"], "parts": [], **words}))

        self._watching = Watching(skf, say, events=asked["events"])
        self._watching.start()


if __name__ == "__main__":
    serve()
