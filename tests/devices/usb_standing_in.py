"""A reader on USB without a bus: what pyusb's backend would do, answered by the simulated SAM.

`served` is the card child with it: STANDIN names a folder with `usb` ("PAIRS [FAILURE...]") and, while somebody has
pulled the cable, `unplugged`; `busy` and `forbidden` are what the system says of the interface.
"""

import errno
import os
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import usb.backend
import usb.core

from devices.idcard import child, usb_pipes
from devices.idcard.cards import SAMPLES
from devices.idcard.frames import cut
from devices.idcard.simulated_sam import Failure, SimulatedSam

INS, OUTS = (0x81, 0x85), (0x02, 0x06)
HEAD = 7


@dataclass
class Pipes:
    """What went into the pipes and what waits to come out of them."""

    sam: SimulatedSam
    pairs: int
    stream: bytes = b""
    waiting: tuple[bytearray, ...] = (bytearray(), bytearray())
    is_gone: bool = False

    def take(self, pipe: int, data: bytes) -> None:
        if self.pairs == 2 and (pipe == OUTS[0]) != (len(data) == HEAD):
            return  # a frame that comes otherwise than its pipes are laid is not one
        found = cut(self.stream + data)
        self.stream = found.rest
        if found.payload is None:
            return
        answer = self.sam.answer(found.payload)
        self.is_gone = answer.is_unplugged
        if self.pairs == 1:
            self.waiting[0].extend(answer.data)
        else:
            self.waiting[0].extend(answer.data[:HEAD])
            self.waiting[1].extend(answer.data[HEAD:])


class StandIn(usb.backend.IBackend):  # type: ignore[misc] # it has no types
    """One device, one interface, one or two pairs of bulk pipes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        pairs, *failures = (folder / "usb").read_text().split()
        sam = SimulatedSam(SAMPLES["resident-moved"], tuple(map(Failure.parse, failures)))
        self.pipes = Pipes(sam, int(pairs))
        self._configuration = 0  # nobody has set one yet
        self._ends = [end for pair in zip(INS, OUTS, strict=True) for end in pair][: 2 * int(pairs)]

    def enumerate_devices(self) -> list[object]:
        return [] if (self._folder / "unplugged").exists() else [self]

    def get_device_descriptor(self, _dev: object) -> object:
        blank = dict.fromkeys(
            ("bcdUSB", "bDeviceClass", "bDeviceSubClass", "bDeviceProtocol", "bcdDevice", "iManufacturer", "iProduct",
             "iSerialNumber", "address", "bus", "port_number", "port_numbers", "speed"), 0,
        )  # fmt: skip
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bMaxPacketSize0=64, idVendor=0x0400, idProduct=0xC35A,
            bNumConfigurations=1, **blank,
        )  # fmt: skip

    def get_configuration_descriptor(self, _dev: object, _config: int) -> object:
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=0, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0x80, bMaxPower=50, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, _dev: object, intf: int, alt: int, _config: int) -> object:
        if intf or alt:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=len(self._ends),
            bInterfaceClass=0xFF, bInterfaceSubClass=0, bInterfaceProtocol=0, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, _dev: object, ep: int, _intf: int, _alt: int, _config: int) -> object:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=self._ends[ep], bmAttributes=2, wMaxPacketSize=64,
            bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, _dev: object) -> object:
        self.pipes.is_gone = False  # whoever finds it again has plugged it in again
        self.pipes.sam.place(self.pipes.sam.card)
        if (self._folder / "forbidden").exists():
            raise usb.core.USBError("Access denied", -3, errno.EACCES)
        return self

    def close_device(self, _dev_handle: object) -> None: ...

    def is_kernel_driver_active(self, _dev_handle: object, _intf: int) -> bool:
        return True

    def detach_kernel_driver(self, _dev_handle: object, _intf: int) -> None: ...

    def get_configuration(self, _dev_handle: object) -> int:
        return self._configuration

    def set_configuration(self, _dev_handle: object, config_value: int) -> None:
        self._configuration = config_value

    def claim_interface(self, _dev_handle: object, _intf: int) -> None:
        if (self._folder / "busy").exists():
            raise usb.core.USBError("Resource busy", -6, errno.EBUSY)

    def release_interface(self, _dev_handle: object, _intf: int) -> None: ...

    def bulk_write(self, _dev_handle: object, ep: int, _intf: int, data: Any, _timeout: int) -> int:
        self._plugged()
        self.pipes.take(ep, bytes(data))
        return len(data)

    def bulk_read(self, _dev_handle: object, ep: int, _intf: int, buff: Any, _timeout: int) -> int:
        self._plugged()
        waiting = self.pipes.waiting[INS.index(ep)]
        if not waiting:
            raise usb.core.USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
        got = waiting[: len(buff)]
        del waiting[: len(buff)]
        for place, byte in enumerate(got):
            buff[place] = byte
        return len(got)

    def _plugged(self) -> None:
        if self.pipes.is_gone or (self._folder / "unplugged").exists():
            raise usb.core.USBError("No such device", -4, errno.ENODEV)


def served() -> None:
    usb_pipes.BACKEND = StandIn(Path(os.environ["STANDIN"]))
    child.serve()
