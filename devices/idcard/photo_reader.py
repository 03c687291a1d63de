"""A reader whose documents carry a picture: the chip's photo goes through a maker's decoder in a child of its own."""

from dataclasses import replace

import structlog

from client.errors import DeviceError
from client.ports.id_card import IdCardReader, IdentityDocument
from client.ports.readiness import Condition, Readiness
from client.text import tr
from devices.idcard.card_child import CardChild, Terms
from devices.idcard.libraries import OPENED
from devices.idcard.photo import picture_of

DECODER_NAME = tr("证件照片解码库")
NO_PHOTOS = tr("证件照片不能显示")
NO_PHOTOS_ADVICE = tr("读卡不受影响；请大厅管理员核对设置photo_library中的解码库")

GRACE = 1.5  # seconds of grace its child has: a person waits for the card

_DECODED = 1
_DECODING = 0.5  # seconds

log = structlog.get_logger(__name__)


class PhotoDecoder:
    """The library at `path`. A picture is a help: without one the card is read all the same."""

    def __init__(self, path: str, terms: Terms) -> None:
        driver = {"driver": "photo", "library": path}
        self._child = CardChild(DECODER_NAME, driver, opened=OPENED, terms=terms)
        self._fault = ""

    def wake(self) -> bool:
        """Have it ready before a card comes; whether it is."""
        with self._child.turn():
            return self._woken()

    def picture(self, photo: bytes) -> bytes | None:
        """PNG of a photo as the chip has it; None where there is none to be had, and the log says why."""
        with self._child.turn():
            if not self._woken():
                return None
            try:
                status, bmp = self._child.ask(_DECODING, photo=photo.hex())
            except DeviceError:  # the child was lost, which is in the log; the next look tells
                return None
        picture = picture_of(bmp) if status == _DECODED else None
        if picture is None:
            log.info("photo not decoded", status=status, length=len(bmp))
        return picture

    def close(self) -> None:
        self._child.close()

    def _woken(self) -> bool:
        try:
            if not self._child.is_open:
                self._child.open()
        except DeviceError as error:
            if self._fault != error.code:  # once, however often it is looked at
                log.info("photo decoder not ready", fault=error.code)
            self._fault = error.code
            return False
        self._fault = ""
        return True


class PhotoReader:
    """`reader` with pictures from `decoder`."""

    def __init__(self, reader: IdCardReader, decoder: PhotoDecoder) -> None:
        self.name = reader.name
        self._reader = reader
        self._decoder = decoder

    def read(self) -> IdentityDocument:
        document = self._reader.read()
        if document.photo_picture is not None or not document.photo:
            return document
        return replace(document, photo_picture=self._decoder.picture(document.photo))

    def check(self) -> Readiness:
        """How the reader stands; where that is well, whether its photos will be seen."""
        look = self._reader.check()
        is_awake = self._decoder.wake()
        if look.condition is not Condition.READY or is_awake:
            return look
        return Readiness(Condition.ATTENTION, NO_PHOTOS, NO_PHOTOS_ADVICE)

    def close(self) -> None:
        self._reader.close()
        self._decoder.close()
