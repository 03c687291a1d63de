"""A field of the form with its name and what is wrong with it; and the groups that fields stand in."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from client.retold import retold
from client.rules.forms import FormFault
from client.text import chinese, clauses, labelled, tr
from ui.clerk.intake.answers import FROM
from ui.clerk.intake.beside_line import BesideLine, Said
from ui.theme.style import set_look, set_mark
from ui.widgets.chips import Chip, Tone
from ui.widgets.choices import Checks, Choice, Field, stops
from ui.widgets.fields import MOST, TO_FILL, LongField, TextField
from ui.widgets.keys import KeyButton
from ui.widgets.panel import words
from ui.widgets.typed import AMOUNT, DATE, NUMBER, PHONE, WORDS, Typed

LABEL = 6  # characters of small print in a line of a field's name
AUTO = tr("自动")
HINT = "x-hint"  # what stands in an empty field
_TYPED: Mapping[str, Typed] = {
    "date": DATE,
    "phone": PHONE,
    "amount": AMOUNT,
    "identifier": NUMBER,
    "resident-id": NUMBER,
    "uscc": NUMBER,
}


def is_group(schema: Mapping[str, Any]) -> bool:
    """Whether it is no single field: an object, or a list of them."""
    return schema.get("type") == "object" or is_list(schema)


def _advice(fault: FormFault) -> str:
    """The sentence without the field's name, which stands beside it."""
    return retold(fault.sentence.removeprefix(chinese("“{title}”：").format(title=fault.title)))


def is_list(schema: Mapping[str, Any]) -> bool:
    return schema.get("type") == "array" and schema.get("items", {}).get("type") == "object"


def field_of(key: str, schema: Mapping[str, Any], title: str) -> Field:
    """The field that a schema asks for."""
    if schema.get("type") == "array":
        return Checks(title, schema.get("items", {}).get("enum", ()))
    if "enum" in schema:
        return Choice(title, [(option, option) for option in schema["enum"]])
    most = schema.get("maxLength", MOST)
    is_long = schema.get("x-widget") == "textarea"
    field = LongField(title, most=most) if is_long else TextField(title, most=most, typed=_typed(key, schema))
    if HINT in schema:
        field.setPlaceholderText(schema[HINT])
    return field


def _typed(key: str, schema: Mapping[str, Any]) -> Typed:
    is_identifier = key == "identifier" or schema.get(FROM) == "applicant.identifier"
    hint = "identifier" if is_identifier else schema.get("x-widget", "")
    return _TYPED.get(hint) or _TYPED.get(schema.get("format", ""), WORDS)


class Row(QWidget):
    """Name, field, and beneath it the sentence of its fault. What is only missing is marked and not said.

    Last comes what the page says that is looked at, where it says something (`say_beside`).
    """

    def __init__(self, path: str, schema: Mapping[str, Any], field: Field | None = None) -> None:
        super().__init__()
        key = path.rpartition(".")[2]
        title = str(schema.get("title", key))
        self.path = path
        self.schema = schema
        self.field = field or field_of(key, schema, title)
        self.field.setObjectName(path)  # whoever listens outside knows a field by its place
        self._unit = str(schema.get("x-unit", ""))
        self._fault: FormFault | None = None
        self._against = ""
        self._writing = False
        self._said: QLabel | None = None
        self._inside = False
        self._beside: Said | None = None
        self._line: BesideLine | None = None  # made when a page has something to say of it
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        name = field_name(title)
        name.setBuddy(self.field)
        if isinstance(self.field, (LongField, Checks)):
            name.setContentsMargins(0, 5, 0, 0)
            grid.addWidget(name, 0, 0, alignment=Qt.AlignmentFlag.AlignTop)
        else:
            grid.addWidget(name, 0, 0)
        grid.addWidget(self.field, 0, 1)
        grid.setColumnStretch(1, 1)
        self.field.entered.connect(self._entered)
        self.field.edited.connect(self._written)
        self.field.left.connect(self._left)
        self.say_auto(auto=False)

    def say_auto(self, *, auto: bool) -> None:
        """Whether nobody had to type it."""
        if isinstance(self.field, TextField):
            self.field.say_aside(AUTO if auto else self._unit, "auto" if auto else "small")

    def tell(self, fault: FormFault | None) -> None:
        """What is wrong with it, as the desk says; None when nothing is."""
        if fault != self._fault:
            self._fault = fault
            self._paint()

    def say_against(self, word: str) -> None:
        """What the card that was read says instead; "" where it agrees, or says nothing."""
        if word != self._against:
            self._against = word
            self._paint()

    @property
    def beside(self) -> Said | None:
        """What the page says of it."""
        return self._beside

    @property
    def is_entered(self) -> bool:
        """Whether the caret is in it."""
        return self._inside

    def say_beside(self, said: Said | None, make_key: Callable[[], KeyButton]) -> None:
        """What the page says of it, in a line of its own with a key that takes it; None where it says nothing."""
        if said == self._beside:
            return
        self._beside = said
        if self._line is None:
            self._line = BesideLine(make_key)
            self._grid.addWidget(self._line, 2, 1)
        self._paint()

    def _entered(self) -> None:
        self._inside = True
        self._paint()

    def _written(self) -> None:
        self._writing = True
        self._paint()

    def _left(self) -> None:
        self._inside = self._writing = False
        self._paint()

    def _paint(self) -> None:
        fault, field = self._fault, self.field
        missing = fault is not None and fault.missing
        wrong = fault is not None and not fault.missing and not self._writing
        set_mark(field, "wanting", on=missing)
        set_mark(field, "wrong", on=wrong)
        if isinstance(field, (TextField, LongField)):
            field.setPlaceholderText(TO_FILL if missing else "")
        sentence = f"▲ {_advice(fault)}" if fault is not None and wrong else ""
        if missing and isinstance(field, Checks):
            sentence = f"◐ {TO_FILL}"
        if not sentence and self._against and not self._writing:
            said = tr("证件上是“{word}”").format(word=retold(self._against))
            sentence = f"◐ {said}"
        self._say(sentence, "wrong" if wrong else "wanting")
        beside = self._line.say(self._beside, inside=self._inside) if self._line is not None else ""
        told = (sentence or (TO_FILL if missing else ""), beside)
        field.setAccessibleDescription(clauses(filter(None, told)))

    def _say(self, sentence: str, look: str) -> None:
        if self._said is None:
            if not sentence:
                return
            self._said = words("", look, wrap=True)
            self._grid.addWidget(self._said, 1, 1)
        set_look(self._said, look)
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))


class Fields(QFrame):
    """Fields and groups one beneath the other; whoever asks for them again must not ask the layout.

    (Asked, PySide keeps what a layout holds alive under an address that C++ gives to another.)
    """

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[Row | Group] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def add(self, part: "Row | Group") -> None:
        self.parts.append(part)
        self._column.addWidget(part)

    def stops(self) -> Iterator[QWidget]:
        """Where Tab stops in it, in the order of reading."""
        for part in self.parts:
            yield from stops(part.field) if isinstance(part, Row) else part.stops()


class Entry(Fields):
    """One of a list of groups, with its number."""

    def __init__(self, title: str, place: int, remove: Callable[[], object] | None) -> None:
        super().__init__()
        number = tr("第{place}项").format(place=place + 1)
        self._remove = None if remove is None else _button(tr("移除"), labelled(tr("移除"), title + number), remove)
        head = QHBoxLayout()
        head.addWidget(words(number, "small"))
        head.addStretch(1)
        if self._remove is not None:
            head.addWidget(self._remove)
        self._column.addLayout(head)

    def stops(self) -> Iterator[QWidget]:
        if self._remove is not None:
            yield self._remove
        yield from super().stops()


class Group(QFrame):
    """Fields that belong together, or a list of such, each entry with its number."""

    def __init__(self, path: str, schema: Mapping[str, Any], add: Callable[[], object]) -> None:
        super().__init__()
        self.path = path
        self.schema = schema
        self.entries: list[Fields] = []
        self._title = str(schema.get("title", path))
        self._chip = Chip()
        self.setProperty("look", "box")
        self.setAccessibleName(self._title)
        head = QHBoxLayout()
        head.addWidget(words(self._title, "title"))
        head.addWidget(self._chip)
        head.addStretch(1)
        self._body = QVBoxLayout()
        self._body.setSpacing(6)
        self._add = _button(tr("添加一项"), labelled(tr("添加一项"), self._title), add)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 6, 8, 8)
        outer.setSpacing(6)
        outer.addLayout(head)
        outer.addLayout(self._body)
        if is_list(schema):
            outer.addWidget(self._add, alignment=Qt.AlignmentFlag.AlignLeft)

    def tell(self, fault: FormFault | None) -> None:
        """What is wrong with the group as a whole."""
        missing = fault is not None and fault.missing
        said = TO_FILL if missing else _advice(fault) if fault is not None else ""
        self._chip.say(said, Tone.WARN if missing else Tone.BAD)

    def add_entry(self, remove: Callable[[], object] | None = None) -> Fields:
        """Room for one entry's fields."""
        entry = Entry(self._title, len(self.entries), remove) if is_list(self.schema) else Fields()
        self.entries.append(entry)
        self._body.addWidget(entry)
        return entry

    def clear(self) -> None:
        """Without entries, to be filled anew."""
        for entry in self.entries:
            entry.hide()
            self._body.removeWidget(entry)
            entry.deleteLater()
        self.entries = []

    def stops(self) -> Iterator[QWidget]:
        for entry in self.entries:
            yield from entry.stops()
        if is_list(self.schema):
            yield self._add


def field_name(title: str) -> QLabel:
    """The name before a field, in as many lines as it takes; all are equally wide."""
    name = words(title, "small", wrap=True)
    name.setFixedWidth(name.fontMetrics().horizontalAdvance(chinese("宽")) * LABEL)
    return name


def _button(text: str, name: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setAutoDefault(True)
    set_look(button, "quiet")
    button.clicked.connect(lambda _checked: act())
    return button
