"""The fields of a form in their order, built in small steps so that the screen's thread never stops for them."""

import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.clerk.intake.rows import Fields, Group, Row, is_group, is_list
from ui.tasks import Tasks
from ui.widgets.choices import focus_on
from ui.widgets.fields import bring_in_sight

STEP = 0.004  # seconds that building may take of the screen's thread at a time
SMALLEST = 120  # pixels of the form in sight, whatever else wants room

Known = Callable[[str], Any]


class FormBody(QScrollArea):
    """Rows and groups by path. What stands in the fields is `known(path)`; what happens in them is told."""

    entered = Signal(str)
    edited = Signal(str)
    left = Signal()
    add_asked = Signal(str)  # one entry more in that group
    remove_asked = Signal(str, int)
    built = Signal()

    def __init__(self, known: Known, tasks: Tasks) -> None:
        super().__init__()
        self._known = known
        self._tasks = tasks
        self._asked = False  # for the next turn
        self._form: Mapping[str, Any] = {"properties": {}}
        self.rows: dict[str, Row] = {}
        self.groups: dict[str, Group] = {}
        self._steps: list[Iterator[None]] = []
        self._goal: tuple[str, int | None] | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # no stop of Tab, but the place in its order where fields follow
        self.setMinimumHeight(SMALLEST)
        self._fields_here = self._fresh()

    @property
    def building(self) -> bool:
        return bool(self._steps)

    def show_form(self, form: Mapping[str, Any], goal: str = "") -> None:
        """The fields of `form` instead of those that stand here; afterwards the keyboard goes to `goal`."""
        self._goal = (goal, None) if goal else None
        self._form = form
        self.rows, self.groups = {}, {}
        self._fields_here = self._fresh()
        self._steps = [self._build("", form, self._fields_here)]
        self._ask_turn()

    def rebuild_group(self, path: str, goal: str) -> None:
        """Its entries anew; afterwards the keyboard goes to `goal`. What is half built is begun again as a whole."""
        if self.building:
            self.show_form(self._form, goal)
            return
        self._goal = (goal, None)
        for gone in [each for each in self.rows if each.startswith(f"{path}.")]:
            del self.rows[gone]
        self.groups[path].clear()
        self._steps = [self._entries(self.groups[path])]
        self._ask_turn()

    def focus_field(self, path: str, caret: int | None = None) -> None:
        """Give a field the keyboard, or the first of a group; as soon as it is built."""
        if self.building:
            self._goal = (path, caret)
            return
        within = (row for each, row in self.rows.items() if each.startswith(f"{path}."))
        row = self.rows.get(path) or next(within, None)
        if row is None:
            return
        focus_on(row.field)
        if caret is not None:
            row.field.set_caret(caret)

    def focused(self) -> Row | None:
        """The row that has the keyboard."""
        inside = self.window().focusWidget()
        return next((row for row in self.rows.values() if row.isAncestorOf(inside)), None)

    def set_editable(self, *, editable: bool) -> None:
        self._fields_here.setEnabled(editable)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It takes the room that is left, and asks for no more than it must have."""
        return QSize(super().sizeHint().width(), SMALLEST)

    def _fresh(self) -> Fields:
        host, fields = QWidget(), Fields()
        column = QVBoxLayout(host)
        column.setContentsMargins(0, 0, 4, 0)
        column.addWidget(fields)
        column.addStretch(1)
        old: QWidget | None = self.takeWidget()
        if old is not None:
            old.deleteLater()
        self.setWidget(host)
        return fields

    def _ask_turn(self) -> None:
        if not self._asked:
            self._asked = True
            self._tasks.go_on(self._build_on, owner=self)

    def _build_on(self) -> None:
        """Build for a moment; the rest when keys were heard, before any other answer: quick typing overtook it."""
        self._asked = False
        end = time.perf_counter() + STEP
        while self._steps and time.perf_counter() < end:
            if next(self._steps[0], self) is self:
                del self._steps[0]
        if self._steps:
            self._ask_turn()
            return
        for one, following in pairwise([self, *self._fields_here.stops()]):
            QWidget.setTabOrder(one, following)
        goal, self._goal = self._goal, None
        self.built.emit()
        if goal is not None:
            self.focus_field(*goal)

    def _build(self, prefix: str, schema: Mapping[str, Any], fields: Fields) -> Iterator[None]:
        for key, part in schema["properties"].items():
            path = f"{prefix}{key}"
            if is_group(part):
                group = self.groups[path] = Group(path, part, partial(self.add_asked.emit, path))
                fields.add(group)
                yield from self._entries(group)
            else:
                fields.add(self._row(path, part))
                yield

    def _entries(self, group: Group) -> Iterator[None]:
        path, schema = group.path, group.schema
        if not is_list(schema):
            yield from self._build(f"{path}.", schema, group.add_entry())
            return
        count = max(len(self._known(path) or ()), 1)
        for place in range(count):
            remove = partial(self.remove_asked.emit, path, place) if count > 1 else None
            yield from self._build(f"{path}.{place}.", schema["items"], group.add_entry(remove))

    def _row(self, path: str, schema: Mapping[str, Any]) -> Row:
        row = self.rows[path] = Row(path, schema)
        row.field.put(self._known(path))
        row.field.entered.connect(partial(self._entered, row))
        row.field.edited.connect(partial(self.edited.emit, path))
        row.field.left.connect(self.left)
        return row

    def _entered(self, row: Row) -> None:
        bring_in_sight(row)
        bring_in_sight(self.window().focusWidget())  # of a row that is higher than the form
        self.entered.emit(row.path)
