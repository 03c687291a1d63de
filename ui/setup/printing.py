"""The printers of this window, and how each kind of paper comes out: by rules of the hall, and by itself.

The table shows what the rules as they stand on the page come to; the fields beneath are those of the line one is on.
"""

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent

from client.config import FILE, Settings
from client.ports.manners import THE_PRINTER, USUAL, PrintRule, PrintRules, manner_for, printer_for
from client.ports.papers import PAPER_WORDS, PaperKind
from client.ports.readiness import Device
from client.text import sentences, tr
from ui.live import BEAT
from ui.seat import Seat
from ui.setup.device_card import TONES
from ui.setup.lines import Lines
from ui.setup.print_rule import SIDES, Rule, RuleRows, wrong_in
from ui.strip import SHAPES
from ui.widgets.chips import Chip
from ui.widgets.panel import Panel, words

OWN_PRINTER = tr("窗口打印机")
ANY_TRAY = tr("自选")
OTHERS = tr("未另定的各类")
BY_KIND = tr("按文书")
Of = PaperKind | Literal["usual"]
_KINDS: tuple[Of, ...] = (USUAL, *PaperKind)


class PrintingPanel(Panel):
    """The lamp is one for all printers; it is looked at while the panel is in sight."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(tr("各类文书的打印"))
        self._seat = seat
        settings = self._settings = seat.house.counter.settings
        self._rules: dict[Of, Rule] = {kind: _typed(rule) for kind, rule in settings.prints.items()}
        self._lamp = Chip()
        self._advice = words("", "small", wrap=True, selectable=True)
        self.printers = Lines(tr("本窗口的打印机"), columns=2, stretched=1)
        heads = (tr("文书"), tr("打印机"), tr("纸盒"), tr("纸张"), tr("单双面"), tr("份数"))
        self.kinds = Lines(tr("各类文书的打印"), columns=len(heads), stretched=0, heads=heads)
        self.whose = words("", "title", wrap=True)
        self.rule = RuleRows(settings.printers)
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT)
        self._beat.timeout.connect(self._look)
        self._lay_out(seat.house.profile.folder / FILE)
        self.tell(settings)
        self.kinds.setCurrentCell(0, 0)
        self._show_rule()
        self.kinds.currentCellChanged.connect(lambda *_cells: self._show_rule())
        self.rule.edited.connect(self._keep)

    def tell(self, settings: Settings, *, settled_outside: bool = False) -> None:
        """The settings that count now; what is decided outside the file cannot be changed here."""
        self._settings = settings
        self.printers.say([(OWN_PRINTER, settings.printer or tr("未设置")), *settings.printers.items()])
        self.rule.setEnabled(not settled_outside)
        self._say_kinds()
        self._look()

    def values(self) -> dict[str, object]:
        """By their names in the settings. What cannot stand is shown by `go_wrong` before this is asked."""
        rules = {kind: PrintRule.model_validate(rule) for kind, rule in self._rules.items() if rule}
        return {"prints": rules}

    def go_wrong(self) -> bool:
        """Whether a rule cannot stand; its line is gone to, and the field."""
        for row, kind in enumerate(_KINDS):
            if wrong := wrong_in(self._rules.get(kind, {})):
                self.kinds.setCurrentCell(row, 0)
                self.rule.rows[next(iter(wrong))].field.setFocus()
                return True
        return False

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
        where = tr("打印机在 {file} 的 [printers] 中登记，下次打开窗口时可选").format(file=file)
        told = words(where, "small", wrap=True, selectable=True)
        for part in (self._advice, self.printers, told, self.kinds, self.whose, self.rule):
            self.body.addWidget(part)

    def _look(self) -> None:
        readiness = self._seat.lamps.get(Device.PRINTER.value)
        if readiness is None:  # nobody looked yet
            return
        said = f"{SHAPES[readiness.condition][0]} {readiness.words or tr('就绪')}"
        self._lamp.say(said, TONES[readiness.condition])
        self._advice.setText(readiness.advice)
        self._advice.setVisible(bool(readiness.advice))

    def _kind(self) -> Of:
        return _KINDS[max(self.kinds.currentRow(), 0)]

    def _show_rule(self) -> None:
        kind = self._kind()
        self.whose.setText(tr("{kind}的打印").format(kind=_word(kind)))
        self.rule.put(self._rules.get(kind, {}))

    def _keep(self) -> None:
        self._rules[self._kind()] = self.rule.rule()
        self._say_kinds()

    def _say_kinds(self) -> None:
        """What cannot stand yet counts for nothing in the table."""
        rules = {
            kind: PrintRule.model_validate(rule) for kind, rule in self._rules.items() if rule and not wrong_in(rule)
        }
        self.kinds.say([_line(kind, rules) for kind in _KINDS])


def _typed(rule: PrintRule) -> Rule:
    return {name: str(value) for name, value in rule.model_dump(mode="json", exclude_none=True).items()}


def _word(kind: Of) -> str:
    return OTHERS if kind == USUAL else PAPER_WORDS[PaperKind(kind)]


def _line(kind: Of, rules: PrintRules) -> tuple[str, ...]:
    counting: PrintRules = {USUAL: rules.get(USUAL, PrintRule())} if kind == USUAL else rules
    one = PaperKind.GRANT if kind == USUAL else PaperKind(kind)  # any kind comes out as usual that has no rule there
    manner, printer = manner_for(one, counting), printer_for(one, counting)
    by_kind = kind == USUAL and counting[USUAL].copies is None
    return (
        _word(kind),
        OWN_PRINTER if printer == THE_PRINTER else printer,
        manner.tray or ANY_TRAY,
        manner.media.value.upper(),
        SIDES[manner.sides],
        BY_KIND if by_kind else str(manner.copies),
    )
