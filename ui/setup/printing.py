"""The printers of this window, and how each kind of paper comes out: to be read here, and changed in the settings file.

What stands in the table is what the window prints by, rules of the hall and what a kind wants by itself taken together.
"""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent

from client.config import FILE, Settings
from client.ports.manners import THE_PRINTER, USUAL, Sides, manner_for, printer_for
from client.ports.papers import PAPER_WORDS, PaperKind
from client.ports.readiness import Device
from client.text import sentences, tr
from ui.live import BEAT
from ui.seat import Seat
from ui.setup.device_card import TONES
from ui.setup.lines import Lines
from ui.strip import SHAPES
from ui.widgets.chips import Chip
from ui.widgets.panel import Panel, words

SIDES: Mapping[Sides, str] = {
    Sides.ONE: tr("单面"),
    Sides.LONG_EDGE: tr("双面长边"),
    Sides.SHORT_EDGE: tr("双面短边"),
}
OWN_PRINTER = tr("窗口打印机")
ANY_TRAY = tr("自选")
_KINDS = tuple(PaperKind)


class PrintingPanel(Panel):
    """The lamp is one for all printers; it is looked at while the panel is in sight."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(tr("各类文书的打印"))
        self._seat = seat
        self._settings: Settings = seat.house.counter.settings
        self._lamp = Chip()
        self._advice = words("", "small", wrap=True, selectable=True)
        self.printers = Lines(tr("本窗口的打印机"), columns=2, stretched=1)
        heads = (tr("文书"), tr("打印机"), tr("纸盒"), tr("纸张"), tr("单双面"), tr("份数"))
        self.kinds = Lines(tr("各类文书的打印"), columns=len(heads), stretched=0, heads=heads)
        self.whose = words("", "small", wrap=True, selectable=True)
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT)
        self._beat.timeout.connect(self._look)
        self.kinds.currentCellChanged.connect(lambda *_cells: self._say_whose())
        self._lay_out(seat.house.profile.folder / FILE)
        self.tell(self._settings)

    def tell(self, settings: Settings) -> None:
        """The settings that count now."""
        self._settings = settings
        own = [(OWN_PRINTER, settings.printer or tr("未设置"))]
        self.printers.say([*own, *settings.printers.items()])
        self.kinds.say([_line(kind, settings) for kind in _KINDS])
        self._say_whose()
        self._look()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._beat.start()
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._beat.stop()

    @property
    def lamp(self) -> str:
        """What is said of the printers now."""
        return sentences(filter(None, (self._lamp.text(), self._advice.text())))

    def _lay_out(self, file: Path) -> None:
        self.header.addStretch(1)
        self.header.addWidget(self._lamp)
        where = tr("在 {file} 的 [printers] 和 [prints.…] 中更改，下次打开窗口时生效").format(file=file)
        told = words(where, "small", wrap=True, selectable=True)
        for part in (self._advice, self.printers, self.kinds, self.whose, told):
            self.body.addWidget(part)

    def _look(self) -> None:
        readiness = self._seat.lamps.get(Device.PRINTER.value)
        if readiness is None:  # nobody looked yet
            return
        said = f"{SHAPES[readiness.condition][0]} {readiness.words or tr('就绪')}"
        self._lamp.say(said, TONES[readiness.condition])
        self._advice.setText(readiness.advice)
        self._advice.setVisible(bool(readiness.advice))

    def _say_whose(self) -> None:
        """Under what name the kind one stands on is set, and whether it is: the names are those of the file."""
        row = self.kinds.currentRow()
        if row < 0:
            self.whose.setText(tr("用上下键选择一种文书，这里显示它在设置文件中的名称"))
            return
        kind, rules = _KINDS[row], self._settings.prints
        if kind in rules:
            told = tr("{kind}：另有规定，在 [prints.{name}]")
        elif USUAL in rules:
            told = tr("{kind}：没有另行规定，按 [prints.usual]；需要时写 [prints.{name}]")
        else:
            told = tr("{kind}：没有另行规定；需要时写 [prints.{name}]")
        self.whose.setText(told.format(kind=PAPER_WORDS[kind], name=kind.value))


def _line(kind: PaperKind, settings: Settings) -> tuple[str, ...]:
    manner, printer = manner_for(kind, settings.prints), printer_for(kind, settings.prints)
    return (
        PAPER_WORDS[kind],
        OWN_PRINTER if printer == THE_PRINTER else printer,
        manner.tray or ANY_TRAY,
        manner.media.value.upper(),
        SIDES[manner.sides],
        str(manner.copies),
    )
