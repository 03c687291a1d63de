"""A passport reader on a serial line that sends the machine-readable zone by itself once a document lies on it."""

import time

from client.errors import CaseError, DeviceError, DeviceState, Fault
from client.ports.clock import Clock
from client.ports.id_card import IdentityDocument
from client.ports.readiness import Condition, Readiness
from client.ports.zone import document_of
from client.rules.mrz import ALPHABET, is_whole_mrz, may_be_mrz
from client.text import tr
from devices.idcard import faults
from devices.idcard.serial_line import Line, SerialLine
from devices.serial_port import port_is_there

NAME = tr("护照阅读器")
PATIENCE = 8.0  # seconds for laying a passport down
REST = 0.5  # seconds without a byte that end what is being sent
_SLICE = 0.05
_SOME = 12  # characters that fit a zone: somebody laid a document down


class ZoneReader:
    """At `port`, 8N1 at `rate`. What it sent before it was asked is of somebody else, and is dropped."""

    def __init__(
        self, port: str, *, rate: int, clock: Clock, name: str = NAME, patience: float = PATIENCE, rest: float = REST
    ) -> None:
        self.name = name
        self._port = port
        self._rate = rate
        self._clock = clock
        self._patience = patience
        self._rest = rest
        self._line: Line = SerialLine(port, name=name, wait=min(_SLICE, rest), patience=1.0)

    def read(self) -> IdentityDocument:
        """The document laid down next. Raises DeviceError; the next call begins anew, with the port if need be."""
        if self._line.is_open:
            self._dropped()
        else:
            self._line.open(self._rate)
        zone, is_cut = self._heard(time.monotonic() + self._patience)
        if not zone and not is_cut:
            raise self._error(DeviceState.TIMED_OUT, faults.NO_ZONE)
        try:
            return document_of(zone, self._clock().date())
        except CaseError as error:
            raise self._error(DeviceState.UNREADABLE, faults.ZONE_UNREADABLE) from error

    def check(self) -> Readiness:
        """Whether its port is there; a zone that fails tells the rest itself."""
        if port_is_there(self._port):
            return Readiness(Condition.READY, "")
        return Readiness(Condition.FAILED, tr("未连接"), self._error(DeviceState.ABSENT, faults.NO_READER).advice)

    def close(self) -> None:
        """Give the port back."""
        self._line.close()

    def _dropped(self) -> None:
        """A line that broke meanwhile is opened anew: the reader may have been plugged in again."""
        try:
            self._line.receive()
        except DeviceError:
            self._line.open(self._rate)

    def _heard(self, give_up: float) -> tuple[str, bool]:
        """The zone that came, in one line; blank where none did, and whether something like one broke off."""
        text, is_cut, last = "", False, time.monotonic()
        while (now := time.monotonic()) < give_up:
            got = self._line.receive()
            if got:
                last = now
            elif text and now - last > self._rest:
                return "", True
            for character in filter(ALPHABET.__contains__, got.decode("latin-1").upper()):
                is_cut = is_cut or (len(text) >= _SOME and not may_be_mrz(text + character))
                text = _fitting(text + character)
                if is_whole_mrz(text):
                    return text, False
        return "", is_cut or len(text) >= _SOME

    def _error(self, state: DeviceState, fault: Fault) -> DeviceError:
        return DeviceError(state, fault, device=self.name)


def _fitting(text: str) -> str:
    """The longest end of `text` that may be the beginning of a zone: noise before it is left out."""
    return next((text[start:] for start in range(len(text)) if may_be_mrz(text[start:])), "")
