"""A reader's pipes on USB, held in the card child: found by its numbers, claimed, bytes out and in (pyusb)."""

import errno
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import usb.core
import usb.util

from devices.children.native import LibraryError
from devices.idcard.frames import PREAMBLE
from devices.idcard.libraries import OPENED

BACKEND: Any = None  # of pyusb: libusb as the system has it, unless a test stands one in

_HEAD = len(PREAMBLE) + 2  # where a reader has two pairs, this much of a frame goes through the first
_ROOM = 4096  # bytes asked for at once
_PROMPT = 1  # ms: what is there now
_WRITE = 1000  # ms
_TROUBLES: Mapping[int | None, str] = {
    errno.EACCES: "usb-forbidden",
    errno.EPERM: "usb-forbidden",
    errno.EBUSY: "usb-busy",
}


class UsbPipes:
    """The first reader that has one of the numbers `ids` (vendor, product). Raises LibraryError."""

    def __init__(self, ids: Sequence[Sequence[int]]) -> None:
        self._ids = [tuple(each) for each in ids]
        self._device: Any = None
        self._ins: Sequence[int] = ()
        self._outs: Sequence[int] = ()

    def open(self) -> int:
        """0x90 when its first interface is ours."""
        with _foreign_errors():
            self._device = self._found()
            self._claim()
        return OPENED

    def do(self, asked: Mapping[str, Any]) -> tuple[int, bytes]:
        """`send` a frame, or `receive` what came within `wait` ms; through as many `pairs` of pipes, if it has them."""
        ins, outs = self._ins[: asked["pairs"]], self._outs[: asked["pairs"]]
        with _foreign_errors():
            if asked["command"] == "receive":
                return OPENED, self._received(ins, asked["wait"])
            self._send(bytes.fromhex(asked["frame"]), outs)
        return OPENED, b""

    def close(self) -> None:
        with suppress(usb.core.USBError):  # it may be unplugged
            usb.util.dispose_resources(self._device)

    def _found(self) -> Any:  # noqa: ANN401 - pyusb has no types
        for vendor, product in self._ids:
            device = usb.core.find(backend=BACKEND, idVendor=vendor, idProduct=product)
            if device is not None:
                return device
        raise LibraryError("usb-absent")

    def _claim(self) -> None:
        """Linux binds drivers of its own to some readers; other systems cannot be asked for that."""
        with suppress(NotImplementedError):
            if self._device.is_kernel_driver_active(0):
                self._device.detach_kernel_driver(0)
        try:
            configuration = self._device.get_active_configuration()
        except usb.core.USBError:
            self._device.set_configuration()
            configuration = self._device.get_active_configuration()
        interface = configuration[(0, 0)]
        usb.util.claim_interface(self._device, interface)
        bulk = [
            each.bEndpointAddress
            for each in interface
            if usb.util.endpoint_type(each.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
        ]
        self._ins = sorted(each for each in bulk if each & usb.util.ENDPOINT_IN)
        self._outs = sorted(each for each in bulk if not each & usb.util.ENDPOINT_IN)
        if not (self._ins and self._outs):
            raise LibraryError("usb-absent")  # it has the number and not the pipes of a reader

    def _send(self, frame: bytes, outs: Sequence[int]) -> None:
        while self._received(self._ins, _PROMPT):  # what came late for an earlier command
            continue
        parts = (frame,) if len(outs) == 1 else (frame[:_HEAD], frame[_HEAD:])
        for pipe, part in zip(outs, parts, strict=True):
            self._device.write(pipe, part, _WRITE)

    def _received(self, ins: Sequence[int], wait: int) -> bytes:
        """The first pipe is waited for; a second one brings the rest of the same frame."""
        got = self._read(ins[0], wait)
        return got + b"".join(self._read(pipe, wait if got else _PROMPT) for pipe in ins[1:])

    def _read(self, pipe: int, wait: int) -> bytes:
        try:
            return bytes(self._device.read(pipe, _ROOM, wait))
        except usb.core.USBTimeoutError:
            return b""


@contextmanager
def _foreign_errors() -> Iterator[None]:
    """What pyusb and libusb say, in a word of the pipe; whatever else goes wrong is a reader that is gone."""
    try:
        yield
    except usb.core.NoBackendError as error:
        raise LibraryError("usb-none") from error
    except usb.core.USBError as error:
        raise LibraryError(_TROUBLES.get(error.errno, "usb-absent"), str(error)) from error
