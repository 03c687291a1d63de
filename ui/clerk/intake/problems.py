"""What is wrong with the materials, line by line, in words a clerk may better: what a notice must list whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from client.desk.intake import requirement_words
from client.desk.sheet import CaseSheet, SlotSheet, SlotState
from client.rules.items import Material
from client.text import chinese, tr
from ui.clerk.intake.aside import line, texts
from ui.widgets.chips import Chip, Tone
from ui.widgets.panel import words

NOT_GIVEN = chinese("未提交")  # these go on the notice
NOT_FIT = chinese("不符合要求")


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of a notice."""

    material: Material
    problem: str

    @property
    def words(self) -> str:
        asked = requirement_words(self.material).rstrip("。")
        return chinese("{name}：{problem}。{asked}。").format(
            name=self.material.name, problem=self.problem, asked=asked
        )


class Problems(QWidget):
    """A line for each wanting material with its words; `others` are the rest, of which a clerk may say some too."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._slots: tuple[SlotSheet, ...] = ()
        self._fields: dict[str, QLineEdit] = {}
        self.others = QWidget()
        self._wanting, self._rest = _column(self), _column(self.others)

    def show_case(self, sheet: CaseSheet) -> None:
        """The wanting first, then the rest."""
        for column in (self._wanting, self._rest):
            while (item := column.takeAt(0)) is not None:
                if (old := item.widget()) is not None:
                    old.deleteLater()
        self._slots = sheet.slots
        shown = sorted(sheet.slots, key=lambda slot: not slot.wanting)
        self._fields = {slot.material.key: _field(slot) for slot in shown}
        for slot in shown:
            field = self._fields[slot.material.key]
            field.textChanged.connect(lambda _text: self.changed.emit())
            (self._wanting if slot.wanting else self._rest).addWidget(_row(slot, field))
        if self._rest.count():
            self._rest.insertWidget(0, words(tr("其余材料不符合要求的，也请在此写明，一并告知"), "small", wrap=True))

    @property
    def fields(self) -> tuple[QLineEdit, ...]:
        """One after another, as they stand."""
        return tuple(self._fields.values())

    def said(self) -> dict[str, str]:
        """What the desk is told, by key of the material."""
        return {key: text for key, field in self._fields.items() if (text := field.text().strip())}

    def lines(self) -> tuple[Problem, ...]:
        """What the notice will list, in its order: every wanting material, whether its words were left or not."""
        said = self.said()
        listed = (slot for slot in self._slots if slot.wanting or slot.material.key in said)
        return tuple(Problem(slot.material, said.get(slot.material.key) or _usual(slot)) for slot in listed)

    def typed(self) -> Mapping[str, str]:
        return {key: field.text() for key, field in self._fields.items()}

    def take(self, typed: object) -> None:
        if isinstance(typed, Mapping):
            for key, text in texts(typed).items():
                if key in self._fields:
                    self._fields[key].setText(text)


def _column(of: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(of)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return column


def _usual(slot: SlotSheet) -> str:
    if not slot.wanting:
        return ""
    return NOT_FIT if slot.state is SlotState.DEFECTIVE else NOT_GIVEN


def _field(slot: SlotSheet) -> QLineEdit:
    name = tr("“{material}”的问题").format(material=slot.material.name)
    field = line(name, _usual(slot), tr("已齐；不符合要求的写明何处不符"))
    field.setObjectName(f"problem.{slot.material.key}")
    return field


def _row(slot: SlotSheet, field: QLineEdit) -> QWidget:
    row = QWidget()
    layout = QVBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(3)
    head = QHBoxLayout()
    head.setSpacing(8)
    layout.addLayout(head)
    layout.addWidget(field)
    head.addWidget(words(slot.material.name, "strong" if slot.wanting else "", wrap=True), 1)
    chip = Chip()
    head.addWidget(chip, alignment=Qt.AlignmentFlag.AlignTop)
    if slot.wanting:
        chip.say(
            tr("不符合要求", "state") if slot.state is SlotState.DEFECTIVE else tr("缺", "state"), Tone.WARN, shape=True
        )
    return row
