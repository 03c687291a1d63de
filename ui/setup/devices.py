"""Platform, devices and the place of the key: each with what was found, and each tried on the spot."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from client.config import Settings
from client.errors import DeskError
from client.text import sentences, tr
from ui.setup.check import wrong
from ui.setup.fields import LATIN, LONGEST, Address
from ui.setup.rows import FieldRow, TrialRow, Trying
from ui.widgets.chips import Tone
from ui.widgets.fields import TextField
from ui.widgets.panel import Panel, words

KEY_PLACE = "key"  # beside the names of the lamps
_SEEKING = tr("正在查找…")

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
        self._reader = Address(tr("身份证阅读器"), (kept and kept.reader_port) or "")
        self._scanner = Address(tr("扫描仪"), (kept and kept.scanner) or "")
        self._printer = Address(tr("打印机"), (kept and kept.printer) or "")
        self.rows: Mapping[str, TrialRow] = {
            "hub_url": TrialRow(
                tr("平台地址"), self._hub, trying, "platform", tr("试连"), trials.try_hub, partial(wrong, "hub_url")
            ),
            "reader_port": TrialRow(tr("身份证阅读器"), self._reader, trying, "reader", tr("试读"), trials.try_reader),
            "scanner": TrialRow(
                tr("扫描仪"),
                self._scanner,
                trying,
                "scanner",
                tr("试扫"),
                trials.try_scanner,
                partial(wrong, "scanner"),
            ),
            "printer": TrialRow(
                tr("打印机"),
                self._printer,
                trying,
                "printer",
                tr("试打"),
                lambda to: trials.try_printer(to, *hall()),
                partial(wrong, "printer"),
            ),
        }
        self._given = {name: row.value() for name, row in self.rows.items()}
        for row in self.rows.values():
            self.body.addWidget(row)
        self._key_place = words("", "small", wrap=True, selectable=True)
        self.body.addWidget(self._key_place)
        self.body.addStretch(1)

    def values(self) -> dict[str, str | None]:
        """By their names in the settings."""
        return {name: row.value() or None for name, row in self.rows.items()}

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
        self._find("scanner", trials.scanners)

    def _find(self, name: str, find: Callable[[], Sequence[tuple[str, str]]]) -> None:
        row = self.rows[name]
        row.say(_SEEKING)
        self._run(name, find, lambda found: _offer(row, found), lambda error: _missed(row, error))

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
        row.say("" if found else tr("没有找到；可以填写地址，或先跳过"))


def _missed(row: FieldRow, error: DeskError) -> None:
    """What could not be looked for can still be typed."""
    if row.said == _SEEKING:
        row.say(sentences((error.title, error.advice)), Tone.WARN)
