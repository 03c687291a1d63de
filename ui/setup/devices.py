"""Platform, devices and the place of the key: each with what was found, and each tried on the spot."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from client.config import Settings
from client.device_file import DeviceFile
from client.errors import DeskError
from client.ports.devices import DEVICE_SETTINGS
from client.ports.readiness import DEVICE_WORDS, Device
from client.text import sentences, tr
from ui.setup.check import wrong
from ui.setup.device_card import VERBS
from ui.setup.fields import LATIN, LONGEST, Address
from ui.setup.rows import FieldRow, TrialRow, Trying
from ui.widgets.chips import Tone
from ui.widgets.fields import TextField
from ui.widgets.panel import Panel, words

KEY_PLACE = "key"  # beside the names of the lamps
CAMERA = "camera:"  # begins the address of a document camera among the scanners found
LOCKED = tr("由设备文件锁定，这里改不了；需要更改请联系系统管理员")
_SEEKING = tr("正在查找…")

Found = Sequence[tuple[str, str]]
Hall = Callable[[], tuple[str, str]]
"""Name of the hall and number of the window, as they stand on the page."""


class DevicesPanel(Panel):
    """`seek` asks what there is; the fields can be typed in meanwhile."""

    def __init__(self, trying: Trying, hall: Hall, kept: Settings | None) -> None:
        super().__init__(tr("平台和设备"))
        self._trying = trying
        trials = trying.trials
        self._hub = TextField(tr("平台地址"), most=LONGEST, typed=LATIN)
        self._hub.put(kept.hub_url if kept else "")
        self._hub.setPlaceholderText(tr("空着：单机工作"))
        self._addresses = {
            name: Address(DEVICE_WORDS[device], getattr(kept, name, None) or "")
            for device, name in DEVICE_SETTINGS.items()
        }
        self._addresses["rating_port"].setPlaceholderText(tr("如 COM5?digit-from-best"))
        self._addresses["seal_key"].setPlaceholderText(tr("如 pcsc: 或 skf: 加驱动库的路径"))
        hub = TrialRow(
            tr("平台地址"), self._hub, trying, "platform", tr("试连"), trials.try_hub, partial(wrong, "hub_url")
        )
        try_at: Mapping[Device, Callable[[str], str]] = {
            Device.READER: trials.try_reader,
            Device.SCANNER: trials.try_scanner,
            Device.CAMERA: trials.try_scanner,
            Device.PRINTER: lambda to: trials.try_printer(to, *hall()),
            Device.RATING: trials.try_rating,
            Device.KEY: trials.try_keys,
        }
        self.rows: Mapping[str, TrialRow] = {
            "hub_url": hub,
            **{name: self._row(device, name, try_at[device]) for device, name in DEVICE_SETTINGS.items()},
        }
        self._shipped: Mapping[str, str] = {}
        self._given = {name: row.value() for name, row in self.rows.items()}
        for row in self.rows.values():
            self.body.addWidget(row)
        self._key_place = words("", "small", wrap=True, selectable=True)
        self.body.addWidget(self._key_place)
        self.body.addStretch(1)

    def _row(self, device: Device, name: str, try_at: Callable[[str], str]) -> TrialRow:
        field, check = self._addresses[name], partial(wrong, name)
        return TrialRow(DEVICE_WORDS[device], field, self._trying, device.value, VERBS[device], try_at, check)

    def values(self) -> dict[str, str | None]:
        """By their names in the settings; None where nothing stands, or what the device file says by itself."""
        said = {name: row.value() for name, row in self.rows.items()}
        return {name: None if value == self._shipped.get(name) else value or None for name, value in said.items()}

    def ship(self, file: DeviceFile) -> None:
        """What IT's device file says stands in its fields, and is not written a second time; what is locked stays."""
        self._shipped = {**file.usual, **file.locked}
        for name, address in self._shipped.items():
            row = self.rows[name]
            if isinstance(row.field, Address) and (name in file.locked or not row.value()):
                row.field.put(address)
                row.say(LOCKED if name in file.locked else tr("设备文件给出的地址；可以另选"))
            row.field.setEnabled(name not in file.locked)

    def renew(self, settings: Settings) -> None:
        """What was taken on the page of devices meanwhile; what somebody typed here stands."""
        for name, row in self.rows.items():
            now = getattr(settings, name) or ""
            if isinstance(row.field, Address) and row.value() == self._given[name] != now:
                row.field.put(now)
            self._given[name] = now

    def seek(self) -> None:
        """Ask for the place of the key and for what is connected; one after the other, off the GUI thread."""
        trials = self._trying.trials
        self._run(KEY_PLACE, trials.try_key_place, lambda told: self._say_place(f"✓ {told}"), self._place_failed)
        self._find("reader_port", trials.reader_ports)
        self._find("printer", trials.printers)
        self._find("scanner", trials.scanners, self._offer_cameras)

    def _find(
        self, name: str, find: Callable[[], Found], also: Callable[[Found], object] = lambda _found: None
    ) -> None:
        row = self.rows[name]
        if not row.said:
            row.say(_SEEKING)

        def done(found: Found) -> None:
            _offer(row, found)
            also(found)

        self._run(name, find, done, lambda error: _missed(row, error))

    def _offer_cameras(self, found: Found) -> None:
        """They are found with the scanners."""
        self._addresses["camera"].offer([each for each in found if each[0].startswith(CAMERA)])

    def _run(
        self, name: str, work: Callable[[], object], done: Callable[..., object], failed: Callable[[DeskError], object]
    ) -> None:
        self._trying.tasks.run(self._trying.lane(name), work, done, failed, owner=self)

    def _say_place(self, told: str) -> None:
        self._key_place.setText(told)
        self._key_place.setAccessibleName(told)

    def _place_failed(self, error: DeskError) -> None:
        self._say_place(f"▲ {sentences((error.title, error.advice))}")


def _offer(row: FieldRow, found: Sequence[tuple[str, str]]) -> None:
    if isinstance(row.field, Address):
        row.field.offer(found)
    if row.said == _SEEKING:
        row.say("" if found or row.field.value() else tr("没有找到；可以填写地址，或先跳过"))


def _missed(row: FieldRow, error: DeskError) -> None:
    """What could not be looked for can still be typed; of what stands there already its own lamp tells."""
    if row.said != _SEEKING:
        return
    if row.field.value():
        row.say("")
    else:
        row.say(sentences((error.title, error.advice)), Tone.WARN)
