"""The settings of this window: what is connected, who works here, and where each setting comes from."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer

from client.config import ENVIRONMENT, Origin, origins
from client.errors import DeskError
from client.lanes import Lane
from client.ports.readiness import Device
from client.text import tr
from ui.page import Page
from ui.seat import Seat
from ui.setup.check import settled
from ui.setup.device_card import lane_of
from ui.setup.devices import LOCKED, DevicesPanel
from ui.setup.drivers import DriversPanel
from ui.setup.effective import EffectivePanel
from ui.setup.look import LookPanel
from ui.setup.printing import PrintingPanel
from ui.setup.roster import RosterPanel
from ui.setup.rows import FieldRow, Trying
from ui.setup.sheet import Sheet, foot, lay_out
from ui.setup.templates import TemplatesPanel
from ui.setup.writing import write_over
from ui.widgets.chips import Tone
from ui.widgets.keys import KeyButton
from ui.widgets.panel import words

NEXT_TIME = tr("改动保存后，下次打开窗口时生效")


class SettingsPage(Page):
    """For administrators. What is changed is written by the front door; the window at work keeps what it began with."""

    name = tr("设置")
    icon = "setup"
    place_name = "setup"

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._steps: list[Callable[[], None]] = [self._frame, self._put_devices, self._put_drivers, self._put_look]
        self._steps += [self._put_roster, self._put_templates, self._put_printing, self._put_effective]
        self._steps.append(self._read)
        self._sheet = Sheet()
        self._told = words(NEXT_TIME, "quiet", wrap=True)
        self._rows: dict[str, FieldRow] = {}

    def shown(self) -> None:
        if self._steps:
            self._step()
        else:
            self._devices.renew(self.seat.house.counter.settings)
            self._read()

    def _step(self) -> None:
        """Build a part at a time: the window goes on answering meanwhile."""
        if self._steps:
            self._steps.pop(0)()
            QTimer.singleShot(0, self, self._step)

    def _read(self) -> None:
        """What may have changed since: where the settings come from, and who is on the roster."""
        folder, in_force = self.seat.house.profile.folder, self.seat.house.counter.in_force

        def found() -> Mapping[str, Origin]:
            return {**origins(folder), **dict.fromkeys(in_force.policy, Origin.POLICY)}

        self.seat.tasks.run(self.seat.lanes.looks, found, self._tell_origins, owner=self)
        self._roster.read()

    def _frame(self) -> None:
        save = KeyButton(tr("保存设置"), self.seat.keys["save"], self._save, look="main", scope=self)
        lay_out(self, self._sheet, foot(self._told, save, stretched=self._told))

    def _put_devices(self) -> None:
        seat, settings = self.seat, self.seat.house.counter.settings
        trying = Trying(seat.door.trials(), seat.tasks, self._lane, seat.keys["do_here"], self._give_way)
        self._devices = DevicesPanel(trying, lambda: (settings.hall_name, settings.window_no), settings)
        self._rows.update(self._devices.rows)
        self._sheet.put(self._devices, 0)
        self._devices.rows["hub_url"].field.setFocus()
        self._devices.seek()

    def _put_drivers(self) -> None:
        self._drivers = DriversPanel(self.seat.house.counter.settings)
        self._rows.update(self._drivers.rows)
        self._sheet.put(self._drivers, 0)

    def _put_look(self) -> None:
        self._look = LookPanel(self.seat.house.counter.settings)
        self._rows.update(self._look.rows)
        self._sheet.put(self._look, 0)

    def _put_roster(self) -> None:
        self._roster = RosterPanel(self.seat)
        self._sheet.put(self._roster, 1)

    def _put_templates(self) -> None:
        self._templates = TemplatesPanel(self.seat, self.seat.house.counter.settings)
        self._rows.update(self._templates.rows)
        self._sheet.put(self._templates, 1)

    def _put_printing(self) -> None:
        self._printing = PrintingPanel(self.seat)
        self._sheet.put(self._printing, 0)

    def _put_effective(self) -> None:
        self._effective = EffectivePanel(self.seat.house.counter.settings)
        self._sheet.put(self._effective, 0)

    def _lane(self, lamp: str) -> Lane:
        return self.seat.lanes.looks if lamp not in set(Device) else lane_of(self.seat.lanes, Device(lamp))

    def _give_way(self, lamp: str) -> None:
        """A port is held by one at a time; a later read opens ours again."""
        if lamp in set(Device):
            self.seat.hands.devices.let_go(Device(lamp))

    def _tell_origins(self, found: Mapping[str, Origin]) -> None:
        self._effective.tell(self.seat.house.counter.settings, found)
        outside = found["prints"] in {Origin.ENVIRONMENT, Origin.LOCKED}
        self._printing.tell(self.seat.house.counter.settings, settled_outside=outside)
        for name, row in self._rows.items():
            if found[name] is Origin.ENVIRONMENT:
                row.field.setEnabled(False)
                row.say(tr("由环境变量 {name} 决定，这里改不了").format(name=ENVIRONMENT + name.upper()))
            elif found[name] is Origin.LOCKED:
                row.field.setEnabled(False)
                row.say(LOCKED)

    def _save(self) -> None:
        if self._steps:  # not built yet
            return
        if self._printing.go_wrong():
            self._told.setText(tr("还有 {count} 项要改").format(count=1))
            return
        effective = self.seat.house.counter.settings
        panels = (self._devices, self._drivers, self._look, self._templates, self._printing)
        values = {name: value for panel in panels for name, value in panel.values().items()}
        changed = {name: value for name, value in values.items() if value != getattr(effective, name)}
        settings, wrong = settled({**effective.model_dump(), **changed})
        for name, told in wrong.items():
            self._rows[name].say(told, Tone.BAD)
        if settings is None:
            self._told.setText(tr("还有 {count} 项要改").format(count=len(wrong)))
            self._rows[next(iter(wrong))].field.setFocus()
        elif not changed:
            self._told.setText(tr("没有改动"))
        else:
            self._write({name: getattr(settings, name) for name in changed})

    def _write(self, changed: Mapping[str, object]) -> None:
        door, folder = self.seat.door, self.seat.house.profile.folder

        def done(_written: None) -> None:
            self._told.setText(NEXT_TIME)
            self.seat.notices.good(tr("设置已保存"), tr("下次打开窗口时生效"))

        def failed(error: DeskError) -> None:
            self.seat.notices.error(error)

        self.seat.tasks.run(self.seat.lanes.store, lambda: write_over(door, folder, changed), done, failed, owner=self)
