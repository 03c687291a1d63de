"""What was found and could be set up: each a row, taken with one key, and at work from then on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from client.config import ENVIRONMENT, Origin
from client.desk.devices import Devices
from client.errors import DeskError
from client.ports.devices import DEVICE_SETTINGS, Fitted
from client.ports.readiness import DEVICE_WORDS, Device
from client.rules.rights import Role
from client.text import sentences, tr
from ui.seat import Seat
from ui.setup.device_card import lane_of
from ui.setup.devices import CAMERA, LOCKED
from ui.setup.writing import write_over
from ui.widgets.chips import Tone
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words
from ui.widgets.table import Column, Table, line_of

SETTINGS = "setup"
_SEEKING = tr("正在查找…")


class Use(StrEnum):
    """Whether this window has it, or may take it."""

    IN_USE = "in_use"
    FREE = "free"
    LOCKED = "locked"
    ENVIRONMENT = "environment"


USE_WORDS: Mapping[Use, str] = {
    Use.IN_USE: tr("在用"),
    Use.FREE: tr("没有用"),
    Use.LOCKED: tr("设备文件锁定"),
    Use.ENVIRONMENT: tr("环境变量决定"),
}
_DECIDED = {Origin.LOCKED: Use.LOCKED, Origin.ENVIRONMENT: Use.ENVIRONMENT}


@dataclass(frozen=True, slots=True)
class FoundRow:
    device: Device
    label: str
    address: str
    use: Use

    @property
    def why(self) -> str:
        """What taking it does, or why it cannot be taken."""
        if self.use is Use.IN_USE:
            return tr("本窗口正在用它")
        if self.use is Use.LOCKED:
            return LOCKED
        if self.use is Use.ENVIRONMENT:
            setting = ENVIRONMENT + DEVICE_SETTINGS[self.device].upper()
            return tr("由环境变量 {name} 决定，这里改不了").format(name=setting)
        return tr("采用后写进本窗口的设置，并马上试一次")


COLUMNS: tuple[Column[FoundRow], ...] = (
    Column(tr("设备"), lambda row: DEVICE_WORDS[row.device], 120),
    Column(tr("名称"), lambda row: row.label, 0),
    Column(tr("地址"), lambda row: row.address, 360),
    Column(
        tr("本窗口"),
        lambda row: USE_WORDS[row.use],
        140,
        lambda row: Tone.GOOD if row.use is Use.IN_USE else Tone.PLAIN,
    ),
)


class FoundPanel(Panel):
    """Everybody may look; who may change the settings may take."""

    taken = Signal(object)  # the Fitted that works from now on

    def __init__(self, seat: Seat, devices: Devices) -> None:
        super().__init__(tr("找到的设备"))
        self._seat, self._devices = seat, devices
        self._origins: Mapping[str, Origin] = {}
        self._found: dict[Device, Sequence[tuple[str, str]]] = {}
        self._seeking: set[Device] = set()
        self._troubles: dict[Device, str] = {}
        self._taking = False
        self.table: Table[FoundRow] = Table(
            tr("找到的设备"), COLUMNS, seat.tokens, tr("按“查找设备”查找本机和网络上的设备")
        )
        self.seek_button = KeyButton(tr("查找设备"), seat.keys["seek_devices"], self.seek, look="verb")
        self.settings_button = KeyButton(tr("到设置页更改"), "", self._to_settings, look="quiet")
        self.take_button = KeyButton(tr("采用"), seat.keys["take_device"], self.take, look="main")
        self._told = words("", "small", wrap=True, selectable=True)
        self._why = words("", "small", wrap=True, selectable=True)
        self._may_take = seat.session.role is Role.ADMINISTRATOR
        self._lay_out()
        self.table.chosen.connect(self._say_chosen)
        self.table.opened.connect(self.take_button.setFocus)
        self.take_button.refused.connect(self._say_chosen)
        self._say_chosen()

    @property
    def told(self) -> str:
        """How many were found, and what could not be looked for."""
        return self._told.text()

    @property
    def why(self) -> str:
        """What taking the chosen one does, or why it cannot be taken."""
        return self._why.text()

    def tell_origins(self, origins: Mapping[str, Origin]) -> None:
        """Where each setting comes from: what somebody else decides cannot be taken here."""
        self._origins = origins
        self._show()

    def seek(self) -> None:
        """Look for what could be set up, each kind on the lane of its device: a scan on its way ends first."""
        self._told.setText(_SEEKING)
        for fitted in self._devices.fitted:
            device = fitted.device
            if device in self._seeking or device is Device.CAMERA:  # cameras are found with the scanners
                continue
            self._seeking.add(device)
            self._seat.tasks.run(
                lane_of(self._seat.lanes, device),
                fitted.found,
                lambda found, device=device: self._seen(device, found, ""),  # type: ignore[misc] # bound here
                lambda error, device=device: self._seen(device, (), error.title),  # type: ignore[misc] # same
                owner=self,
            )

    def take(self) -> None:
        """Write the chosen one into the settings of this window, and work with it; its lane ends other work first."""
        row, seat = self.table.meant, self._seat
        if row is None or row.use is not Use.FREE or self._taking or seat.acting() is None:
            return
        self._taking = True
        self._say_chosen()
        changed = {DEVICE_SETTINGS[row.device]: row.address}

        def write() -> None:
            write_over(seat.door, seat.house.profile.folder, changed)
            seat.house.counter.in_force.move_devices(changed)

        seat.tasks.run(seat.lanes.store, write, lambda _written: self._exchange(row), self._not_taken, owner=self)

    def _exchange(self, row: FoundRow) -> None:
        self._seat.tasks.run(
            lane_of(self._seat.lanes, row.device),
            lambda: self._devices.take(row.device, row.address),
            self._is_taken,
            self._not_taken,
            owner=self,
            words=tr("正在换用设备"),
        )

    def _is_taken(self, fitted: Fitted) -> None:
        self._taking = False
        self._origins = {**self._origins, DEVICE_SETTINGS[fitted.device]: Origin.FILE}
        self._show()
        told = tr("已采用{device}").format(device=DEVICE_WORDS[fitted.device])
        if fitted.is_at_counter:
            self._seat.notices.good(told, tr("从现在起使用；正在办的件和排着的打印不受影响"))
        else:
            self._seat.notices.good(told, tr("这里可以试；办件时下次打开窗口起使用"))
        self.taken.emit(fitted)

    def _not_taken(self, error: DeskError) -> None:
        self._taking = False
        self._say_chosen()
        self._seat.notices.error(error)

    def _lay_out(self) -> None:
        self.header.addWidget(self._told, 1)
        self.header.addWidget(self.settings_button)
        self.header.addWidget(self.seek_button)
        self.body.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._why, 1)
        foot.addWidget(self.take_button)
        self.body.addLayout(foot)
        for part in (self.settings_button, self.take_button, self._why):
            part.setVisible(self._may_take)

    def _seen(self, device: Device, found: Sequence[tuple[str, str]], trouble: str) -> None:
        self._seeking.discard(device)
        self._found[device] = found
        self._troubles[device] = trouble
        self._show()
        if not self._seeking:
            count = len(self.table.lines.lines)
            said = [tr("找到 {count} 个").format(count=count), *filter(None, self._troubles.values())]
            self._told.setText(sentences(said))
            if count and self.seek_button.hasFocus():  # whoever looked wants to choose
                self.table.setFocus()

    def _show(self) -> None:
        rows = [self._row(device, *each) for device, found in self._found.items() for each in found]
        order = list(Device)
        rows.sort(key=lambda row: order.index(row.device))
        self.table.show_lines([line_of(row, (row.device, row.address), COLUMNS) for row in rows])
        self._say_chosen()

    def _row(self, device: Device, address: str, label: str) -> FoundRow:
        if device is Device.SCANNER and address.startswith(CAMERA):
            device = Device.CAMERA
        if address in {fitted.address for fitted in self._devices.fitted}:
            return FoundRow(device, label, address, Use.IN_USE)
        origin = self._origins.get(DEVICE_SETTINGS[device], Origin.USUAL)
        return FoundRow(device, label, address, _DECIDED.get(origin, Use.FREE))

    def _say_chosen(self) -> None:
        row = self.table.row
        self.take_button.setEnabled(row is not None and row.use is Use.FREE and not self._taking)
        self._why.setText(tr("正在采用…") if self._taking else row.why if row else "")

    def _to_settings(self) -> None:
        self._seat.bell.go.emit(SETTINGS, {})
