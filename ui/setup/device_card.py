"""One device on the page of devices: how it stands and what to do, how it is spoken to, what it did, and one test."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

from client.desk.device_words import counted_words
from client.errors import DeskError
from client.lanes import Lane
from client.ports.devices import Fitted, Record, Tried
from client.ports.pages import Picture
from client.ports.readiness import DEVICE_WORDS, Condition, Device, Readiness
from client.text import bracketed, sentences, tr
from ui.seat import Lanes, Seat
from ui.strip import SHAPES
from ui.theme.style import set_look
from ui.widgets.certificate import CertificateCard
from ui.widgets.chips import Chip, Tone
from ui.widgets.facts import Facts
from ui.widgets.image import image_of
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words

VERBS: Mapping[Device, str] = {
    Device.READER: tr("试读"),
    Device.SCANNER: tr("试扫"),
    Device.CAMERA: tr("试拍"),
    Device.PRINTER: tr("试打"),
    Device.RATING: tr("试按"),
    Device.KEY: tr("查看证书"),
}
TONES: Mapping[Condition, Tone] = {
    Condition.READY: Tone.GOOD,
    Condition.ATTENTION: Tone.WARN,
    Condition.FAILED: Tone.BAD,
    Condition.UNSET: Tone.PLAIN,
}
LANES = {Device.CAMERA: "scanner"}  # of those that share one
_ADVICE_LOOKS = {Condition.ATTENTION: "warn", Condition.FAILED: "bad"}
_SAMPLE = (210, 150)  # pixels of the page that was scanned as a test


def lane_of(lanes: Lanes, device: Device) -> Lane:
    """Where a device is spoken to."""
    lane: Lane = getattr(lanes, LANES.get(device, device.value))
    return lane


class DeviceCard(Panel):
    """`tell` shows facts that are at hand; `test` asks the device itself, on its lane."""

    def __init__(self, seat: Seat, fitted: Fitted) -> None:
        super().__init__(DEVICE_WORDS[fitted.device])
        self._seat = seat
        self.fitted = fitted
        self._trying = False
        self._chip = Chip()
        self._advice = words("", "small", wrap=True, selectable=True)
        self._facts = Facts()
        self._came_of = words("", "small", wrap=True, selectable=True)
        self.certificates = CertificateCard()
        self._sample = QLabel()
        self._sample.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.button = KeyButton(VERBS[fitted.device], seat.keys["do_here"], self.test, look="verb", scope=self)
        self.header.addStretch(1)
        self.header.addWidget(self._chip)
        for part in (self._advice, self._facts, self._came_of, self._sample):
            self.body.addWidget(part)
        self.body.addWidget(self.certificates, 100)  # it takes the room that is left, when it is there
        self.body.addStretch(1)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.button.setEnabled(fitted.test is not None)
        for hidden in (self._advice, self._came_of, self.certificates, self._sample):
            hidden.hide()
        if fitted.device is Device.KEY:
            seat.bell.keys_changed.connect(self._forget)

    @property
    def lane(self) -> Lane:
        """Where its device is spoken to."""
        return lane_of(self._seat.lanes, self.fitted.device)

    def fit(self, fitted: Fitted) -> None:
        """Another device stands there now: what came of trying the one before is no longer said."""
        self.fitted = fitted
        self._forget()
        self.button.setEnabled(fitted.test is not None)

    def _forget(self) -> None:
        for hidden in (self._came_of, self.certificates, self._sample):
            hidden.hide()

    def tell(self, readiness: Readiness | None, record: Record, *, locked: bool) -> None:
        """How it stands, and what it did so far; None: nobody looked yet."""
        fitted = self.fitted
        if readiness is not None:
            shape = SHAPES[readiness.condition][0]
            said = readiness.words or tr("就绪")
            self._chip.say(f"{shape} {said}", TONES[readiness.condition])
            self._advice.setText(readiness.advice)
            self._advice.setVisible(bool(readiness.advice))
            set_look(self._advice, _ADVICE_LOOKS.get(readiness.condition, "small"))
            self.setAccessibleDescription(sentences((said, readiness.advice)))
        if fitted.address is None:
            return
        address = fitted.address + bracketed(tr("由设备文件锁定") if locked else "")
        facts = [(tr("地址"), address), (tr("驱动"), fitted.driver.words)]
        if fitted.driver.library:
            facts.append((tr("组件"), fitted.driver.library))
        facts.append((tr("用过"), counted_words(record.good, record.last_good, record.failed)))
        if record.last_failed is not None:
            told = f"{record.last_failed:%Y-%m-%d %H:%M}" + bracketed(record.last_code)
            facts.append((tr("最近一次出错"), told))
        self._facts.say(facts)

    def test(self) -> None:
        """Ask the device for one card, page or sheet; what came of it stands here."""
        test = self.fitted.test
        if test is None or self._trying:
            return
        self._trying = True
        self._forget()
        self._say(tr("正在试，请稍候…"), "small")
        self._seat.tasks.run(self.lane, test, self._tested, self._failed, owner=self)

    @property
    def said(self) -> str:
        """What came of the test."""
        return "" if self._came_of.isHidden() else self._came_of.text()

    @property
    def text(self) -> str:
        """All that is told of the device."""
        return "\n".join(filter(None, (self._chip.text(), self._advice.text(), self._facts.text)))

    def _say(self, told: str, look: str) -> None:
        self._came_of.setText(told)
        self._came_of.setAccessibleName(told)
        set_look(self._came_of, look)
        self._came_of.show()

    def _tested(self, tried: Tried) -> None:
        self._trying = False
        self._say(f"✓ {tried.brief or tried.told}", "good")
        self._seat.narrator.tell("device-tested", device=self.fitted.device.value, ok=True)
        self.certificates.tell(tried.keys, self._seat.house.counter.clock())
        page, paint = tried.page, self._seat.hands.paint
        if page is not None:
            self._seat.tasks.run(
                self._seat.lanes.looks, lambda: paint(page.content, "image/jpeg", *_SAMPLE), self._show, owner=self
            )

    def _failed(self, error: DeskError) -> None:
        self._trying = False
        self._say(f"▲ {sentences((error.title, error.advice))}", "bad")
        self._seat.narrator.tell("device-tested", device=self.fitted.device.value, ok=False)

    def _show(self, picture: Picture) -> None:
        self._sample.setPixmap(QPixmap.fromImage(image_of(picture)))
        self._sample.setAccessibleName(tr("试扫的一页"))
        self._sample.show()
