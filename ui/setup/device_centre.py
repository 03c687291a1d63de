"""The devices of this window at a glance: what is wrong with which, what to do now, and a test of each."""

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from client.config import Origin, origins
from client.desk.devices import Devices
from client.errors import DeskError
from client.ports.devices import DEVICE_SETTINGS, Fitted
from client.ports.readiness import Device
from client.text import tr
from ui.live import LivePage
from ui.seat import Seat
from ui.setup.device_card import DeviceCard
from ui.setup.found_devices import FoundPanel
from ui.strip import OPTIONAL
from ui.widgets.panel import words

GAP = 10


class DevicesPage(LivePage):
    name = tr("设备")
    icon = "devices"
    place_name = "devices"

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._devices: Devices = seat.hands.devices
        self._origins: Mapping[str, Origin] = {}
        self.cards = {
            each.device: DeviceCard(seat, each)
            for each in self._devices.fitted
            if each.address is not None or each.device not in OPTIONAL
        }
        self.found = FoundPanel(seat, self._devices)
        self.found.taken.connect(self._taken)
        self._wrong = words("\n".join(self._devices.wrong), "warn", wrap=True, selectable=True)
        if not self._devices.wrong:
            self._wrong.hide()
        self._lay_out()

    def shown(self) -> None:
        super().shown()
        folder = self.seat.house.profile.folder
        self.seat.tasks.run(
            self.seat.lanes.files, lambda: origins(folder), self._tell_origins, self._not_told, owner=self
        )
        first = next(iter(self.cards.values()), None)
        if first is not None:
            first.button.setFocus()

    def refresh(self) -> None:
        for device, card in self.cards.items():
            locked = self._origins.get(DEVICE_SETTINGS[device]) is Origin.LOCKED
            card.tell(self.seat.lamps.get(device.value), self._devices.record(card.fitted), locked=locked)

    def _lay_out(self) -> None:
        self._row = QHBoxLayout()
        self._row.setSpacing(GAP)
        for card in self.cards.values():
            self._row.addWidget(card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._wrong)
        column.addLayout(self._row, 3)
        column.addWidget(self.found, 2)

    def _tell_origins(self, found: Mapping[str, Origin]) -> None:
        self._origins = found
        self.found.tell_origins(found)
        self.refresh()

    def _not_told(self, error: DeskError) -> None:
        """Devices can be looked after beside a settings file that somebody broke; taking one says what is wrong."""
        self.seat.notices.error(error)

    def _taken(self, fitted: Fitted) -> None:
        """Its card stands for the device that is there now, and tries it at once."""
        card = self.cards.get(fitted.device)
        if card is None:
            card = self.cards[fitted.device] = DeviceCard(self.seat, fitted)
            self._row.insertWidget(list(Device).index(fitted.device), card, 1)
        card.fit(fitted)
        self.refresh()
        card.test()
