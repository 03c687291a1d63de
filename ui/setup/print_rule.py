"""What a hall decides of one kind of paper, in fields: the printer, tray, paper, sides and copies of its rule."""

from collections.abc import Iterable, Mapping

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from client.ports.manners import Media, PrintRule, Sides
from client.text import tr
from ui.setup.fields import LATIN
from ui.setup.rows import FieldRow
from ui.widgets.chips import Tone
from ui.widgets.choices import Choice
from ui.widgets.fields import TextField

SIDES: Mapping[Sides, str] = {
    Sides.ONE: tr("单面"),
    Sides.LONG_EDGE: tr("双面长边"),
    Sides.SHORT_EDGE: tr("双面短边"),
}
AS_USUAL = "-"  # a choice that leaves the rule without a word about it; nothing chosen would ask for a choice
_UNSAID = (AS_USUAL, tr("不另定"))
_TRAY = 63  # letters of a tray's keyword
WRONG: Mapping[str, str] = {
    "tray": tr("应为打印机自己的纸盒名称，如 tray-1，只有字母、数字和 . _ -"),
    "copies": tr("应为 1 至 9；空着表示不另定"),
}

Rule = Mapping[str, str]
"""The words of a rule by its fields, as they are typed; what is not decided is not there."""


def wrong_in(rule: Rule) -> Mapping[str, str]:
    """What is wrong with a rule, field by field."""
    try:
        PrintRule.model_validate(rule)
    except ValidationError as error:
        return {str(each["loc"][0]): WRONG[str(each["loc"][0])] for each in error.errors(include_url=False)}
    return {}


class RuleRows(QWidget):
    """The fields of one rule; `edited` after each change, also one that cannot stand: that is said beneath it."""

    edited = Signal()

    def __init__(self, printers: Iterable[str]) -> None:
        super().__init__()
        fields: Mapping[str, tuple[str, Choice | TextField]] = {
            "printer": (tr("打印机"), Choice(tr("打印机"), [_UNSAID, *((name, name) for name in printers)])),
            "tray": (tr("纸盒"), TextField(tr("纸盒"), most=_TRAY, typed=LATIN)),
            "media": (tr("纸张"), Choice(tr("纸张"), [_UNSAID, *((each.value, each.upper()) for each in Media)])),
            "sides": (tr("单双面"), Choice(tr("单双面"), [_UNSAID, *((each.value, SIDES[each]) for each in SIDES)])),
            "copies": (tr("份数"), TextField(tr("份数"), most=1, typed=LATIN)),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.rows = {name: FieldRow(word, field) for name, (word, field) in fields.items()}
        for row in self.rows.values():
            column.addWidget(row)
            row.field.edited.connect(self._edited)

    def put(self, rule: Rule) -> None:
        """Have that rule in the fields; nobody hears of an edit."""
        for name, row in self.rows.items():
            row.field.put(rule.get(name, AS_USUAL if isinstance(row.field, Choice) else ""))  # type: ignore[union-attr] # none of them is a pair
        self._say(rule)

    def rule(self) -> Rule:
        said = {name: row.value() for name, row in self.rows.items()}
        return {name: value for name, value in said.items() if value not in {"", AS_USUAL}}

    def _edited(self) -> None:
        self._say(self.rule())
        self.edited.emit()

    def _say(self, rule: Rule) -> None:
        wrong = wrong_in(rule)
        for name, row in self.rows.items():
            row.say(wrong.get(name, ""), Tone.BAD if name in wrong else Tone.PLAIN)
