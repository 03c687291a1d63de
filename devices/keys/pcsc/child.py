"""The process that speaks to cards: a transmission to a card that fell silent can only be ended with its process."""

import faulthandler
import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

from devices.children import inside
from devices.keys.pcsc import acts
from devices.keys.pcsc.troubles import CardError, Trouble

Words = dict[str, object]


def serve() -> None:
    """Answer until standard input ends. Main thread of its process only."""
    voice = inside.own_voice()
    inside.keep_no_core()
    faulthandler.enable(inside.hush())  # where PC/SC's library fell over, and nothing of what it had in hand
    for asked in inside.questions():
        words: Words = {"job": asked["job"]}
        parts: Sequence[bytes] = ()
        try:
            parts = _answer(voice, asked)
        except CardError as error:
            words |= {"trouble": error.trouble, "detail": error.detail, "tries": error.tries}
        finally:
            secret = asked.get("secret", bytearray())
            secret[:] = bytes(len(secret))
        inside.say(voice, inside.line({**words, "parts": [len(part) for part in parts]}), *parts)


def _answer(voice: int, asked: Mapping[str, Any]) -> Sequence[bytes]:
    def taken() -> None:
        """There is no taking back a wait for a transaction: say why, and go."""
        words = {"job": asked["job"], "trouble": Trouble.TAKEN, "detail": "begin", "parts": []}
        inside.say(voice, inside.line(words))
        os._exit(0)

    if asked["do"] == "sign":
        return [acts.sign(asked, taken)]
    if asked["do"] == "seals":
        return acts.seals(asked["reader"], taken)
    return [json.dumps(acts.keys(asked["part"], taken)).encode()]


if __name__ == "__main__":
    serve()
