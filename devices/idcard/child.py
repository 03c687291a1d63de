"""The process that holds a maker's library, or a reader's pipes on USB. Standard library alone, but for USB.

May run in another interpreter than ours: `PYTHON -m devices.idcard.child`, 32-bit where the library is.
"""

import faulthandler
from collections.abc import Mapping
from typing import Any, Protocol

from devices.children import inside
from devices.children.native import LibraryError
from devices.idcard.libraries import INITIALISED, OPENED, Sdtapi, Termb, Wlt


class Driver(Protocol):
    """What is held here: answers one question with a status and bytes."""

    def open(self) -> int: ...

    def do(self, asked: Mapping[str, Any]) -> tuple[int, bytes]: ...

    def close(self) -> None: ...


def serve() -> None:
    """Answer until standard input ends. Main thread of its process only."""
    voice = inside.own_voice()
    faulthandler.enable(inside.hush())  # where a library fell over, and nothing of what it had in hand
    holder = _Holder()
    for asked in inside.questions():
        words: dict[str, object] = {"job": asked["job"]}
        content = b""
        try:
            words["status"], content = holder.answer(asked)
        except LibraryError as error:
            words |= {"trouble": error.trouble, "detail": error.detail}
        inside.say(voice, inside.line({**words, "length": len(content)}), content)
    holder.close()


class _Holder:
    """One driver at a time, from its opening to its end."""

    def __init__(self) -> None:
        self._driver: Driver | None = None

    def answer(self, asked: Mapping[str, Any]) -> tuple[int, bytes]:
        if asked["do"] == "open":
            return self._open(asked), b""
        if asked["do"] == "close":
            self.close()
            return 0, b""
        if self._driver is None:
            raise LibraryError("closed")
        return self._driver.do(asked)

    def close(self) -> None:
        driver, self._driver = self._driver, None
        if driver is not None:
            driver.close()

    def _open(self, asked: Mapping[str, Any]) -> int:
        """The status of its port; nothing is held when that is not ours."""
        self.close()
        driver = _driver(asked)
        status = driver.open()
        if status in (OPENED, INITIALISED):
            self._driver = driver
        return status


def _driver(asked: Mapping[str, Any]) -> Driver:
    if asked["driver"] == "sdtapi":
        return Sdtapi(asked["library"], asked["port"])
    if asked["driver"] == "photo":
        return Wlt(asked["library"])
    if asked["driver"] == "usb":
        from devices.idcard.usb_pipes import UsbPipes  # noqa: PLC0415 - pyusb, which another interpreter may lack

        return UsbPipes(asked["ids"])
    return Termb(asked["library"], asked["port"], asked["folder"])


if __name__ == "__main__":
    serve()
