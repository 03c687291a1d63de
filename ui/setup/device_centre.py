"""The devices of this window at a glance: what is wrong with which, what to do now, and a test of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from client.desk.devices import Devices
from client.device_file import load_device_file
from client.ports.devices import DEVICE_SETTINGS, Fitted
from client.ports.readiness import DEVICE_WORDS, Device
from client.rules.rights import Role
from client.text import sentences, tr
from ui.live import LivePage
from ui.seat import Seat
from ui.setup.device_card import DeviceCard
from ui.strip import OPTIONAL
from ui.widgets.chips import Tone
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words
from ui.widgets.table import Column, Table, line_of

GAP = 10
SETTINGS = "setup"
_SEEKING = tr("正在查找…")


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One thing that was found; `used`: this window has it."""

    device: Device
    label: str
    address: str
    used: bool


COLUMNS: tuple[Column[FoundRow], ...] = (
    Column(tr("设备"), lambda row: DEVICE_WORDS[row.device], 120),
    Column(tr("名称"), lambda row: row.label, 0),
    Column(tr("地址"), lambda row: row.address, 360),
    Column(
        tr("本窗口"),
        lambda row: tr("在用") if row.used else tr("没有用"),
        110,
        lambda row: Tone.GOOD if row.used else Tone.PLAIN,
    ),
)


class DevicesPage(LivePage):
    name = tr("设备")
    icon = "devices"
    place_name = "devices"

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._devices: Devices = seat.hands.devices
        self._locked: Mapping[str, str] = {}
        self._found: dict[Device, Sequence[FoundRow]] = {}
        self._seeking: set[Device] = set()
        self._troubles: dict[Device, str] = {}
        self.cards = {
            each.device: DeviceCard(seat, each)
            for each in self._devices.fitted
            if each.address is not None or each.device not in OPTIONAL
        }
        self.table: Table[FoundRow] = Table(
            tr("找到的设备"), COLUMNS, seat.tokens, tr("按“查找设备”查找本机和网络上的设备")
        )
        self.seek_button = KeyButton(tr("查找设备"), seat.keys["seek_devices"], self.seek, look="verb")
        self._settings = KeyButton(tr("到设置页更改"), "", self._to_settings, look="quiet")
        if seat.session.role is not Role.ADMINISTRATOR:
            self._settings.hide()
        self._told = words("", "small", wrap=True, selectable=True)
        self._wrong = words("\n".join(self._devices.wrong), "warn", wrap=True, selectable=True)
        if not self._devices.wrong:
            self._wrong.hide()
        self._lay_out()

    def shown(self) -> None:
        super().shown()
        folder = self.seat.house.profile.folder
        self.seat.tasks.run(
            self.seat.lanes.files, lambda: load_device_file(folder).locked, self._tell_locked, owner=self
        )
        first = next(iter(self.cards.values()), None)
        if first is not None:
            first.button.setFocus()

    def refresh(self) -> None:
        for device, card in self.cards.items():
            locked = DEVICE_SETTINGS[device] in self._locked
            card.tell(self.seat.lamps.get(device.value), self._devices.record(card.fitted), locked=locked)

    def seek(self) -> None:
        """Look for what could be set up, each kind on the lane of its device: a scan on its way ends first."""
        self._told.setText(_SEEKING)
        for device, card in self.cards.items():
            if device in self._seeking:
                continue
            self._seeking.add(device)
            self.seat.tasks.run(
                card.lane,
                card.fitted.found,
                lambda found, fitted=card.fitted: self._seen(fitted, found, ""),  # type: ignore[misc] # bound here
                lambda error, fitted=card.fitted: self._seen(fitted, (), error.title),  # type: ignore[misc] # same
                owner=self,
            )

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for card in self.cards.values():
            row.addWidget(card, 1)
        panel = Panel(tr("找到的设备"))
        panel.header.addWidget(self._told, 1)
        panel.header.addWidget(self._settings)
        panel.header.addWidget(self.seek_button)
        panel.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._wrong)
        column.addLayout(row, 3)
        column.addWidget(panel, 2)

    def _tell_locked(self, locked: Mapping[str, str]) -> None:
        self._locked = locked
        self.refresh()

    def _seen(self, fitted: Fitted, found: Sequence[tuple[str, str]], trouble: str) -> None:
        self._seeking.discard(fitted.device)
        device = fitted.device
        self._found[device] = [FoundRow(device, label, at, at == fitted.address) for at, label in found]
        rows = [row for each in self.cards for row in self._found.get(each, ())]
        self.table.show_lines([line_of(row, (row.device, row.address), COLUMNS) for row in rows])
        self._troubles[device] = trouble
        if not self._seeking:
            said = [tr("找到 {count} 个").format(count=len(rows)), *filter(None, self._troubles.values())]
            self._told.setText(sentences(said))

    def _to_settings(self) -> None:
        self.seat.bell.go.emit(SETTINGS, {})
